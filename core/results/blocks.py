"""One outcome over time in blocks, so that no single case can be read from what leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.results.over_time import OverTime

Unit = Literal["month", "cases"]
LEAST = 10
"""No block holds fewer cases: shorter ones are joined to their neighbours."""
BLOCK = 25


@dataclass(frozen=True, slots=True)
class TimeBlock:
    """Counted cases that follow each other: first and last month, cases, observed, expected.

    `first` and `after` are places in the order of operation: the block is shown[first:after].
    `vlad` is the running total of expected minus observed at its end.
    """

    start: date
    end: date
    first: int
    after: int
    observed: int
    expected: float
    vlad: float

    @property
    def cases(self) -> int:
        """The cases of the block."""
        return self.after - self.first


def time_blocks(shown: OverTime, unit: Unit, size: int = BLOCK) -> tuple[TimeBlock, ...]:
    """Return the charts' cases by calendar month, or in blocks of `size` cases.

    Every block holds at least LEAST cases; fewer in all give no block. Months are whole: a day's
    cases never lie in two blocks of months.
    """
    if len(shown.rows) < LEAST:
        return ()
    edges = _months(shown) if unit == "month" else _every(len(shown.rows), max(size, LEAST))
    return tuple(map(_block_of(shown), edges[:-1], edges[1:]))


def _months(shown: OverTime) -> list[int]:
    months = shown.days.astype("datetime64[M]")
    starts = [0, *(np.flatnonzero(months[1:] != months[:-1]) + 1).tolist(), len(months)]
    return _joined(starts)


def _every(cases: int, size: int) -> list[int]:
    return _joined([*range(0, cases, size), cases])


def _joined(edges: list[int]) -> list[int]:
    """Leave out edges that would make a block too short; the last one joins the one before."""
    kept = [edges[0]]
    for edge in edges[1:]:
        if edge - kept[-1] >= LEAST:
            kept.append(edge)
    if kept[-1] != edges[-1]:
        kept[-1:] = [edges[-1]] if len(kept) > 1 else [kept[-1], edges[-1]]
    return kept


def _block_of(shown: OverTime) -> Callable[[int, int], TimeBlock]:
    def block(first: int, after: int) -> TimeBlock:
        return TimeBlock(
            start=_month(shown.days[first]),
            end=_month(shown.days[after - 1]),
            first=first,
            after=after,
            observed=round(float(shown.events[first:after].sum())),
            expected=float(shown.risks[first:after].sum()),
            vlad=float(shown.vlad[after - 1]),
        )

    return block


def _month(day: NDArray[np.datetime64] | np.datetime64) -> date:
    found: date = np.asarray(day).astype("datetime64[M]").astype("datetime64[D]").item()
    return found
