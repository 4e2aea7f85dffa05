"""The sheet of results: a measure a row, an outcome a column, every number a number."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl import Workbook

from core.flow import Review
from core.report.choices import Choices
from core.report.disclosure import withhold
from core.report.evidence import Value
from core.report.recompute import flattened
from core.report.small_numbers import HELD_BACK, is_count
from core.report.workbooks.cells import Column, Content, Line, fill, new_table
from core.report.workbooks.workbook_page import AMOUNT, COUNT, PROBABILITY, RATE, heading, shown
from core.results.as_json import result_as_json
from core.results.outcome import OutcomeResult
from core.results.wording import level_in_words
from core.results.words import position_label

NAME = "Results"
PLACES = 4
"""Places of a rate or ratio beside hidden counts, as in evidence."""
NOT_SHOWN = "not shown in this workbook"
READ = (
    "Every outcome of the extract stands here with its position. Rates and tails of a favourable "
    "outcome are those of its adverse complement. Inside the limits is not proof of good results."
)
ALL_CASES = "all counted cases, limits {rules}"
OTHER_METHOD = "all counted cases, not by the audit’s method"


@dataclass(frozen=True, slots=True)
class Measure:
    """A row: its words, its unit, the name of its figure and the format of its numbers."""

    words: str
    unit: str
    figure: str
    number_format: str = AMOUNT


MEASURES = (
    Measure("Cases counted", "cases", "cases", COUNT),
    Measure("Observed", "events (of an average: its mean)", "observed", "#,##0.##"),
    Measure("Expected", "events", "expected"),
    Measure("Ratio", "observed ÷ expected", "ratio"),
    Measure("Ratio, 95 % interval from", "observed ÷ expected", "ratio_interval.lower"),
    Measure("Ratio, 95 % interval to", "observed ÷ expected", "ratio_interval.upper"),
    Measure("Crude rate", "of cases", "crude_rate", RATE),
    Measure("Crude rate, 95 % interval from", "of cases", "crude_rate_interval.lower", RATE),
    Measure("Crude rate, 95 % interval to", "of cases", "crude_rate_interval.upper", RATE),
    Measure("Risk-adjusted rate", "of cases", "adjusted_rate", RATE),
    Measure(
        "Risk-adjusted rate, 95 % interval from", "of cases", "adjusted_rate_interval.lower", RATE
    ),
    Measure(
        "Risk-adjusted rate, 95 % interval to", "of cases", "adjusted_rate_interval.upper", RATE
    ),
    Measure("National rate", "of cases", "national_rate", RATE),
    Measure("National ratio", "observed ÷ expected", "national_ratio"),
    Measure(
        "Chance of as many or more, on the national line", "probability", "p_upper", PROBABILITY
    ),
    Measure(
        "Chance of as few or fewer, on the national line", "probability", "p_lower", PROBABILITY
    ),
    Measure("Fewest events above the alert line", "events", "events_to_alert", COUNT),
    Measure("Fewest events above the alarm line", "events", "events_to_alarm", COUNT),
    Measure(
        "Chance to alert were the rate double", "probability", "power.double_rate_alert", "0.00"
    ),
    Measure(
        "Chance to alarm were the rate double", "probability", "power.double_rate_alarm", "0.00"
    ),
    Measure("Left out: meets an exclusion", "cases", "left_out.excluded", COUNT),
    Measure("Left out: follow-up not complete", "cases", "left_out.follow_up_incomplete", COUNT),
    Measure("Left out: outcome missing", "cases", "left_out.missing_outcome", COUNT),
    Measure("Left out: risk missing", "cases", "left_out.missing_risk", COUNT),
    Measure(
        "Ratio at best, were what is missing known", "observed ÷ expected", "missing_bounds.lower"
    ),
    Measure(
        "Ratio at worst, were what is missing known", "observed ÷ expected", "missing_bounds.upper"
    ),
)


def add_results(book: Workbook, review: Review, choices: Choices) -> None:
    """Add the sheet of results to `book`."""
    columns = (
        Column("Measure", 46),
        Column("Unit", 32),
        *(Column(result.label, 26) for result in review.results),
    )
    told = heading(review, choices, NAME, READ)
    sheet, row = new_table(book, NAME, told, columns)
    sheet.freeze_panes = f"C{row}"
    figures = {result.code: _figures(result, choices) for result in shown(review, choices)}
    said: tuple[Line, ...] = (
        ("Position", "", *(position_label(result) for result in review.results)),
        ("Which cases", "", *(_scope(result, choices) for result in review.results)),
    )
    row = fill(sheet, row, columns, said)
    for measure in _measures(review):
        values = (figures.get(one.code, {}).get(measure.figure) for one in review.results)
        formats = (
            *columns[:2],
            *(
                Column(one.label, number_format=_number_format(measure, one))
                for one in review.results
            ),
        )
        row = fill(sheet, row, formats, [(measure.words, measure.unit, *values)])


def _measures(review: Review) -> Iterator[Measure]:
    levels = sorted({limit.level for result in review.results for limit in result.limits})
    for measure in MEASURES:
        yield measure
        if measure.figure == "national_ratio":
            for level in levels:
                for end in ("lower", "upper"):
                    words = f"{level_in_words(level)} limit, {end}"
                    yield Measure(words, "observed ÷ expected", f"limits.{level:g}.{end}")


def _number_format(measure: Measure, result: OutcomeResult) -> str:
    """A count for each case, which can exceed 1, is no percentage."""
    return (
        AMOUNT
        if measure.number_format == RATE and result.kind == "ratio"
        else (measure.number_format)
    )


def _scope(result: OutcomeResult, choices: Choices) -> str:
    if not choices.shows(result.code):
        return NOT_SHOWN
    return ALL_CASES.format(rules=result.line.rules) if result.audit_method else OTHER_METHOD


def _figures(result: OutcomeResult, choices: Choices) -> dict[str, Content]:
    found = flattened(result_as_json(result))
    if not choices.small_numbers:
        return {name: _plain(value) for name, value in found.items()}
    kept = {name: value for name, value in found.items() if name not in HELD_BACK}
    return {name: _withheld(name, value) for name, value in kept.items()}


def _withheld(name: str, value: Value) -> Content:
    if is_count(name) and isinstance(value, int | float):
        return withhold(value)
    return round(value, PLACES) if isinstance(value, float) else _plain(value)


def _plain(value: Value) -> Content:
    return None if isinstance(value, str) else value
