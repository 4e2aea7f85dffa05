"""One column of a foreign table read as one of the audit's, with every cell that is odd."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.intake.headings import Sheet
from core.intake.mapping import Assigned
from core.intake.spelling import Reading, Unreadable, date_parts, reader
from core.intake.targets import OPERATED_ON, Target

EARLIEST = "1950-01-01"


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that could not be read, or not as the rest: its row in the file, from 1, its column.

    `fatal` is a cell without which its row is no case. No problem holds a value.
    """

    row: int
    column: str
    why: str
    fatal: bool = False

    @property
    def words(self) -> str:
        """The problem in one sentence."""
        return f"Row {self.row}, column {self.column!r}: {self.why}."


@dataclass(frozen=True, slots=True, eq=False)
class ColumnRead:
    """One column read: its texts for every record, and what was wrong."""

    cells: "pd.Series[Any]"
    problems: tuple[Problem, ...]


def read_column(
    sheet: Sheet, found: Assigned, target: Target, latest: date | None = None
) -> ColumnRead:
    """Return the column of `sheet` as `target`; a date of operation after `latest` is none.

    Each distinct text is read once, then spread over the records.
    """
    cells = sheet.cells(found.column)
    which, known_texts = pd.factorize(cells)
    texts: list[str] = list(known_texts)
    read = reader(target, found, texts)
    fatal = target.role == OPERATED_ON
    readings = [_plausible(read(text), latest) if fatal else read(text) for text in texts]
    wrong = {at: one.why for at, one in enumerate(readings) if isinstance(one, Unreadable)}
    known = [one if isinstance(one, str) else "" for one in readings]
    values = np.array([*known, ""], dtype=object)[which]
    rows = sheet.row_numbers()
    problems = [
        Problem(int(rows[at]), found.heading, wrong[which[at]], fatal)
        for at in np.flatnonzero(np.isin(which, list(wrong)))
    ]
    if fatal:
        blank = [place for place, text in enumerate(known) if text == "" and place not in wrong]
        problems += [
            Problem(int(rows[at]), found.heading, "is empty", fatal=True)
            for at in np.flatnonzero(np.isin(which, blank))
        ]
    problems += _mixed(which, texts, rows, found, target)
    return ColumnRead(pd.Series(values, dtype=object, name=target.name), tuple(problems))


def _plausible(reading: Reading, latest: date | None) -> Reading:
    """A day that no operation of an audit can have is none; 1900 is what programs put for empty."""
    if isinstance(reading, Unreadable) or not reading:
        return reading
    if reading < EARLIEST:
        return Unreadable("lies before 1950")
    late = latest is not None and reading > latest.isoformat()
    return Unreadable("lies in the future") if late else reading


def _mixed(
    which: NDArray[np.intp], texts: Sequence[str], rows: NDArray[np.intp], found: Assigned,
    target: Target,
) -> Iterator[Problem]:  # fmt: skip
    """Mark the dates written otherwise than most of their column; they are read all the same."""
    if target.kind != "date":
        return
    slashed = np.array([date_parts(text) is not None for text in texts], dtype=bool)
    filled = np.array([text != "" for text in texts], dtype=bool)
    of_cell, cell_filled = slashed[which], filled[which]
    many = of_cell.sum() * 2 >= cell_filled.sum()
    odd = cell_filled & (of_cell != many)
    if odd.any() and of_cell.any():
        for at in np.flatnonzero(odd):
            yield Problem(int(rows[at]), found.heading, "is written otherwise than most dates here")
