"""The sheet of funnels: the national line, the limits and the points, with a chart of each."""

from collections.abc import Iterator

import numpy as np
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.flow import Review
from core.report.choices import Choices
from core.report.workbooks.cells import Column, Line, fill, new_table
from core.report.workbooks.native_chart import ROWS_HIGH, Look, Run, scatter
from core.report.workbooks.workbook_page import COUNT, heading, shown
from core.results.funnel import HIGHEST, Curve, Funnel
from core.results.outcome import OutcomeResult
from core.results.wording import level_in_words

NAME = "Funnel"
HOW = "Each row is a point of the charts beside: across are expected events, up is the ratio."
NO_COUNTS = "The audit lets other points be shown, not their numbers of cases and events."
NO_POINTS = "With the small-number rule no points and no charts are given: counts can be read off."
COLUMNS = (
    Column("Outcome", 30),
    Column("Series", 28),
    Column("Expected (events)", 12, "#,##0.000"),
    Column("Ratio (observed ÷ expected)", 18, "0.000"),
    Column("Cases", 10, COUNT),
    Column("Observed (events)", 12, COUNT),
)
STEP = 4
"""Of the curves' points, every fourth stands here."""
OTHERS = {"surgeon": "Other surgeons", "team": "Other teams", "hospital": "Other hospitals"}

Part = tuple[str, Look, list[Line]]


def add_funnel(book: Workbook, review: Review, choices: Choices) -> None:
    """Add the funnels of the chosen outcomes; nothing of an average, which has none."""
    results = [result for result in shown(review, choices) if result.kind != "continuous"]
    funnels = [review.funnel(result.code) for result in results]
    told = heading(review, choices, NAME, HOW, *_remarks(funnels, choices))
    sheet, row = new_table(book, NAME, told, COLUMNS)
    top = anchor = row
    for drawn in funnels:
        runs = []
        for name, look, lines in _parts(drawn, choices):
            after = fill(sheet, row, COLUMNS, lines)
            runs.append(Run(name, look, row, after - 1))
            row = after
        if runs and not choices.small_numbers:
            _add_chart(sheet, drawn, runs, anchor)
            anchor += ROWS_HIGH
    sheet.auto_filter.ref = f"A{top - 1}:F{max(row, top + 1) - 1}"


def _remarks(funnels: list[Funnel], choices: Choices) -> Iterator[str]:
    if choices.small_numbers:
        yield NO_POINTS
    elif any(len(drawn.unit_expected) and drawn.unit_cases is None for drawn in funnels):
        yield NO_COUNTS
    for drawn in funnels:
        if drawn.remarks:
            yield f"{drawn.result.label}: {' '.join(drawn.remarks)}"


def _parts(drawn: Funnel, choices: Choices) -> Iterator[Part]:
    result = drawn.result
    ends = (0.0, float(drawn.grid[-1]))
    line = [_line(result, "National line", end, result.centre_ratio) for end in ends]
    yield "National line", "line", line
    for curve in drawn.curves:
        name, look, points = _curve(drawn, curve)
        if points:
            yield name, look, [_line(result, name, x, y) for x, y in points]
    if choices.small_numbers:
        return
    if len(drawn.unit_expected):
        yield OTHERS[result.level], "points", _others(drawn)
    if result.ratio is not None and result.expected is not None:
        own = _line(result, "Own", result.expected, result.ratio, result.cases, result.observed)
        yield "Own", "own", [own]


def _curve(drawn: Funnel, curve: Curve) -> tuple[str, Look, list[tuple[float, float]]]:
    name = f"{level_in_words(curve.level)} limit, {'upper' if curve.upper else 'lower'}"
    look: Look = "dotted" if curve.level > drawn.result.alert_level else "dashed"
    places = np.flatnonzero(np.isfinite(curve.ratio))
    kept = np.union1d(places[::STEP], places[-1:])
    return name, look, list(zip(drawn.grid[kept].tolist(), curve.ratio[kept].tolist(), strict=True))


def _others(drawn: Funnel) -> list[Line]:
    """Return the other points, with their counts only where the audit lets counts be read."""
    name = OTHERS[drawn.result.level]
    order = np.argsort(drawn.unit_expected, kind="stable")
    points = list(zip(drawn.unit_expected[order], drawn.unit_ratio[order], strict=True))
    if drawn.unit_cases is None or drawn.unit_observed is None:
        return [
            _line(drawn.result, name, round(float(x), 2), round(float(y), 2)) for x, y in points
        ]
    counts = zip(points, drawn.unit_cases[order], drawn.unit_observed[order], strict=True)
    return [
        _line(drawn.result, name, float(x), float(y), float(cases), float(observed))
        for (x, y), cases, observed in counts
    ]


def _line(
    result: OutcomeResult,
    name: str,
    expected: float,
    ratio: float,
    cases: float | None = None,
    observed: float | None = None,
) -> Line:
    return (result.label, name, expected, ratio, cases, observed)


def _add_chart(sheet: Worksheet, drawn: Funnel, runs: list[Run], row: int) -> None:
    result = drawn.result
    axes = (f"Expected {result.words.events}", "Observed ÷ expected")
    chart = scatter(sheet, f"Funnel: {result.label}", axes, (3, 4), runs)
    own = (result.ratio or 0.0) * 1.15
    top = max(2.2, own, min(float(drawn.unit_ratio.max(initial=0.0)) * 1.05, HIGHEST))
    chart.x_axis.scaling.min, chart.x_axis.scaling.max = 0, float(f"{drawn.grid[-1]:.3g}")
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, float(f"{top:.2g}")
    chart.x_axis.number_format = chart.y_axis.number_format = "General"
    sheet.add_chart(chart, f"H{row}")
