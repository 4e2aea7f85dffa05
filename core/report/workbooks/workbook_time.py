"""The sheet of cases over time: in blocks, never case by case, with a chart of the VLAD."""

from collections.abc import Iterator

from openpyxl import Workbook

from core.flow import Review
from core.report.choices import Choices
from core.report.disclosure import withhold
from core.report.workbooks.cells import Column, Line, fill, new_table
from core.report.workbooks.native_chart import ROWS_HIGH, Run, line
from core.report.workbooks.workbook_page import AMOUNT, COUNT, heading, shown
from core.results.blocks import LEAST, TimeBlock, time_blocks
from core.results.outcome import OutcomeResult
from core.results.over_time import (
    ODDS_RATIOS,
    RESTART_RULE,
    CusumLimits,
    OverTime,
    cusum_limits,
    over_time,
)
from core.results.wording import month
from core.statistics.cusum import ra_cusum

NAME = "Over time"
HOW = (
    "VLAD is the running total of expected minus observed: it rises where there were fewer events "
    f"than expected. No row holds fewer than {LEAST} cases."
)
HELD = "With the small-number rule expected numbers, VLAD and charts are left out."
COLUMNS = (
    Column("Outcome", 30),
    Column("Block", 30),
    Column("Cases", 10, COUNT),
    Column("Observed (events)", 12, COUNT),
    Column("Expected (events)", 12, AMOUNT),
    Column("VLAD at its end (events)", 12, AMOUNT),
)


def add_over_time(book: Workbook, review: Review, choices: Choices) -> None:
    """Add each chosen outcome that has a risk for each case, in blocks of cases or by month."""
    found = [
        (result, _course(review, result.code))
        for result in shown(review, choices)
        if result.kind == "binary"
    ]
    hidden = (HELD,) if choices.small_numbers else ()
    told = heading(review, choices, NAME, HOW, *hidden, *_remarks(found))
    sheet, row = new_table(book, NAME, told, COLUMNS)
    anchor = row
    for result, drawn in found:
        blocks = time_blocks(drawn, choices.time_unit, choices.block)
        lines = [_line(result, block, choices) for block in blocks]
        after = fill(sheet, row, COLUMNS, lines)
        if lines and not choices.small_numbers:
            run = Run("VLAD", "line", row, after - 1)
            axes = ("Blocks of cases", f"Expected minus observed {result.words.events}")
            chart = line(sheet, f"VLAD: {result.label}", axes, (2, 6), run)
            sheet.add_chart(chart, f"H{anchor}")
            anchor += ROWS_HIGH
        row = after


def _course(review: Review, code: str) -> OverTime:
    """Return the VLAD alone: what a CUSUM's limit means takes long to work out and is not shown."""
    outcome = review.extract.manifest.outcome(code)
    return over_time(outcome, review.extract.cases, review.inclusion(code), CusumLimits(None, None))


def _line(result: OutcomeResult, block: TimeBlock, choices: Choices) -> Line:
    months = [f"{end:%b %Y}" for end in (block.start, block.end)]
    label = " – ".join(dict.fromkeys(months))
    if choices.small_numbers:
        return (result.label, label, withhold(block.cases), withhold(block.observed), None, None)
    return (result.label, label, block.cases, block.observed, block.expected, block.vlad)


def _remarks(found: list[tuple[OutcomeResult, OverTime]]) -> Iterator[str]:
    """Yield what the CUSUM of each outcome signalled, by month."""
    for result, drawn in found:
        if len(drawn.rows) < LEAST:
            yield f"{result.label}: fewer than {LEAST} counted cases, so no course is shown."
        else:
            yield f"{result.label}: {'; '.join(_signals(drawn))}."
    if found:
        yield RESTART_RULE


def _signals(drawn: OverTime) -> Iterator[str]:
    limits = cusum_limits(drawn.risks)
    sides = zip(("more", "fewer"), ODDS_RATIOS, (limits.worse, limits.better), strict=True)
    for side, odds_ratio, limit in sides:
        if limit is None:
            yield f"no CUSUM for {side} events than expected exists at these risks"
            continue
        chart = ra_cusum(drawn.risks, drawn.events, odds_ratio, limit)
        months = drawn.days[chart.signals].astype("datetime64[M]").tolist()
        when = ", ".join(month(one) for one in months)
        found = f"signals in {when}" if when else "no signal"
        yield f"CUSUM for {side} events than expected: {found}"
