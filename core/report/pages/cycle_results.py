"""The tables of a cycle: every outcome of every extract, and the years each on their own."""

from collections.abc import Iterable, Sequence

import pandas as pd

from core.report.evidence import OutcomeEvidence
from core.report.pages.content import period
from core.report.pages.document import Grid
from core.report.pages.several import Part, Several
from core.results.cycle import Year
from core.results.subset import Subset, subset
from core.results.wording import count, expected_count, ratio, span

WHOLE = ("Audit and period", "Outcome", "Cases", "Observed", "Expected", "Ratio", "Position")
YEARLY = ("Year", "Outcome", "Cases", "Observed", "Expected", "Ratio")
NONE = "–"


def outcome_grid(parts: Sequence[Part]) -> Grid:
    """Return one row an outcome, for the whole period of its extract, as its evidence says."""
    rows = [_whole(part, one) for part in parts for one in part.evidence.outcomes]
    return Grid("Whole periods, ratio with its 95\u202f% interval", WHOLE, tuple(rows), (2, 3, 4))


def year_grid(found: Several) -> Grid:
    """Return one row a year and outcome; no operation stands in two rows of an outcome."""
    rows = [row for year in found.cycle.years for row in _yearly(found, year)]
    return Grid("Years, ratio with its 95\u202f% interval", YEARLY, tuple(rows), (2, 3, 4))


def _whole(part: Part, outcome: OutcomeEvidence) -> tuple[str, ...]:
    shown = {figure.name: figure.shown for figure in outcome.figures if figure.shown}
    low, high = (shown.get(f"ratio_interval.{end}") for end in ("lower", "upper"))
    interval = f" ({span(low, high)})" if low and high else ""
    return (
        f"{part.manifest.audit.name}, {period(part.manifest)}",
        outcome.label,
        *(shown.get(name, NONE) for name in ("cases", "observed", "expected")),
        f"{shown.get('ratio', NONE)}{interval}",
        shown.get("position", NONE),
    )


def _yearly(found: Several, year: Year) -> Iterable[tuple[str, ...]]:
    part = found.at(year.window.place)
    days = part.review.extract.cases["operated_on"]
    after = pd.Timestamp(year.end) + pd.Timedelta(days=1)
    rows = ((days >= pd.Timestamp(year.start)) & (days < after)).to_numpy(bool)
    for outcome in part.manifest.outcomes:
        if outcome.kind != "continuous":
            inclusion = part.review.inclusion(outcome.code)
            numbers = subset(year.label, outcome, inclusion, rows)
            yield _year_row(f"{outcome.label} ({part.manifest.audit.name})", numbers)


def _year_row(label: str, found: Subset) -> tuple[str, ...]:
    return (
        found.label,
        label,
        count(found.cases),
        count(found.observed),
        expected_count(found.expected),
        _ratio(found.ratio, found.ratio_interval),
    )


def _ratio(found: float | None, interval: tuple[float, float] | None) -> str:
    if found is None or interval is None:
        return NONE
    return f"{ratio(found)} ({span(*map(ratio, interval))})"
