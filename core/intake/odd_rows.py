"""Rows of a table that hold no record: totals, notes below it, and its header over again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.intake.reading.foreign import Grid

_TOTAL = re.compile(
    r"(?:grand |sub-?|overall )?totals?|sums?|averages?|means?|medians?|overall|counts?",
    re.IGNORECASE,
)
_NOTE_WIDTH = 5


@dataclass(frozen=True, slots=True)
class OddRows:
    """The rows of a table that are no records, from 0 in the grid, by what they were taken as."""

    totals: tuple[int, ...]
    notes: tuple[int, ...]
    headers: tuple[int, ...]

    def all(self) -> frozenset[int]:
        """Return every odd row."""
        return frozenset((*self.totals, *self.notes, *self.headers))


def odd_rows(rows: Grid, filled: NDArray[np.bool_], header: Sequence[int], start: int) -> OddRows:
    """Return the rows from `start` on that are no records.

    A total is named as one in its first cell and has fewer cells than most rows or is the last;
    notes are the last rows with one cell in a table of five columns or more.
    """
    widths = filled.sum(axis=1)
    used = [int(row) for row in np.flatnonzero(widths) if row >= start]
    usual = float(np.median(widths[used])) if used else 0.0
    notes = _notes(used, widths, usual)
    rest = [row for row in used if row not in notes]
    totals = tuple(
        row
        for row in rest
        if _is_total(rows, filled, row) and (widths[row] < usual or row == rest[-1])
    )
    repeats = tuple(row for row in rest if header and _same(rows, row, header[-1]))
    return OddRows(totals, tuple(sorted(notes)), repeats)


def _notes(used: Sequence[int], widths: NDArray[np.intp], usual: float) -> set[int]:
    found: set[int] = set()
    for row in reversed(used):
        if usual < _NOTE_WIDTH or widths[row] > 1:
            break
        found.add(row)
    return found


def _is_total(rows: Grid, filled: NDArray[np.bool_], row: int) -> bool:
    first = rows[row, int(np.argmax(filled[row]))]
    return isinstance(first, str) and _TOTAL.fullmatch(first.strip(" :\t")) is not None


def _same(rows: Grid, row: int, other: int) -> bool:
    return bool(np.array_equal(rows[row], rows[other]))
