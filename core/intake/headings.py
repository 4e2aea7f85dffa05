"""How headings are compared, and a table's cells as text by column and record."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.intake.lookalikes import as_latin
from core.intake.reading.foreign import Grid
from core.intake.table_area import TableArea

_NOT_WORDS = re.compile(r"[^0-9a-z]+")
_QUESTION = re.compile(r"^\s*q?\s*([0-9]+(?:\.[0-9]+)+[a-z]?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A foreign table's cells by column and record.

    `names` are the columns' headings (`Field 1`, `Field 2` … where there are none) and `columns`
    their places in `grid`; `records` are the rows that hold a record. Places count from 0.
    """

    names: tuple[str, ...]
    columns: tuple[int, ...]
    grid: Grid
    records: NDArray[np.intp]
    headed: bool

    def cells(self, column: int, most: int | None = None) -> "pd.Series[Any]":
        """Return the column at that place among `names` as stripped text, one cell a record.

        `most` takes the first records alone.
        """
        values = self.grid[self.records[:most], self.columns[column]]
        return pd.Series([text_of(cell) for cell in values], dtype=object, name=self.names[column])

    def row_numbers(self) -> NDArray[np.intp]:
        """Return each record's row number in the file, from 1."""
        return self.records + 1


def sheet_of(rows: Grid, area: TableArea) -> Sheet:
    """Return the table that stands in `area` of the grid `rows`."""
    names = [name.strip() for name in area.names]
    return Sheet(
        names=tuple(name or f"Field {place}" for place, name in enumerate(names, start=1)),
        columns=area.columns,
        grid=rows,
        records=np.array(area.records, dtype=np.intp),
        headed=bool(area.header),
    )


def text_of(cell: object) -> str:
    """Return a cell as stripped text: whole numbers without decimals, dates in ISO form."""
    if type(cell) is str:
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return str(cell.date() if cell.time() == time() else cell.isoformat(" "))
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def plain(name: str) -> str:
    """Return a heading for comparison: small letters and figures, single spaces."""
    return _NOT_WORDS.sub(" ", name.casefold()).strip()


def compared(name: str) -> str:
    """Return a heading for comparison, letters that only look Latin as the Latin ones."""
    return plain(as_latin(name))


def question_of(name: str) -> str | None:
    """Return the question number that a heading begins with, or None."""
    found = _QUESTION.match(as_latin(name))
    return found[1].lower() if found else None


def wordings(name: str) -> tuple[str, ...]:
    """Return what a heading may be compared by: the whole, and without its question number."""
    return tuple(dict.fromkeys(words for words in _wordings(name) if words))


def _wordings(name: str) -> Iterator[str]:
    yield compared(name)
    yield compared(_QUESTION.sub("", as_latin(name)))
