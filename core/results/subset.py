"""Numbers for a part of the signed period or one procedure: never peers, limits or a position."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.extract.manifest import Outcome, Period
from core.results.inclusion import LEAST_EXPECTED, Inclusion
from core.results.wording import cases, day, expected_count, ratio
from core.statistics.intervals import garwood

Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Subset:
    """Counted cases of a part: observed, expected, their ratio and its exact Poisson interval."""

    label: str
    cases: int
    observed: int
    expected: float
    ratio: float | None
    ratio_interval: tuple[float, float] | None
    adjusted: bool = True


def subset(label: str, outcome: Outcome, inclusion: Inclusion, rows: Rows) -> Subset:
    """Return the numbers of the included cases among `rows`; a continuous outcome has none."""
    kept = inclusion.included & rows if outcome.kind != "continuous" else rows & False
    observed = round(float(inclusion.event[kept].sum()))
    expected = float(inclusion.risk[kept].sum())
    if expected <= LEAST_EXPECTED:
        adjusted = outcome.comparison != "crude"
        return Subset(label, int(kept.sum()), observed, expected, None, None, adjusted)
    low, high = garwood(observed, expected, 0.95)
    interval = (float(low), float(high))
    return Subset(label, int(kept.sum()), observed, expected, observed / expected, interval)


def years(period: Period, cases_table: pd.DataFrame) -> tuple[tuple[str, Rows], ...]:
    """Return each year of the period, counted from its first day, with the cases in it."""
    parts = []
    start = period.start
    while start <= period.end:
        after = _a_year_on(start)
        end = min(period.end, after - timedelta(days=1))
        days = cases_table["operated_on"]
        rows = ((days >= pd.Timestamp(start)) & (days < pd.Timestamp(after))).to_numpy(bool)
        parts.append((f"{day(start)} – {day(end)}", rows))
        start = after
    return tuple(parts)


def procedures(cases_table: pd.DataFrame) -> tuple[tuple[str, Rows], ...]:
    """Return each procedure with its cases, the most frequent first."""
    names = cases_table["procedure"].fillna("")
    return tuple(
        (str(name), (names == name).to_numpy(bool)) for name in names.value_counts().index if name
    )


def subset_words(part: Subset) -> str:
    """Return the numbers in words, and why there is no position."""
    if not part.adjusted:
        return f"{cases(part.cases)}: {part.observed} observed. Not adjusted for risk."
    said = (
        f"{cases(part.cases)}: {part.observed} observed, {expected_count(part.expected)} expected"
    )
    if part.ratio is not None and part.ratio_interval is not None:
        low, high = part.ratio_interval
        said += f", ratio {ratio(part.ratio)} (95\u202f% interval {ratio(low)} to {ratio(high)})"
    return f"{said}. The audit gives limits for the whole only, so a part has no position."


def _a_year_on(start: date) -> date:
    try:
        return start.replace(year=start.year + 1)
    except ValueError:
        return date(start.year + 1, 3, 1)
