"""Where in a grid of raw cells the table is: its header, its columns and its records."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import NoTableError
from core.intake.header_rows import header_rows, names_of
from core.intake.odd_rows import OddRows, odd_rows
from core.intake.reading.foreign import Cell, Grid


@dataclass(frozen=True, slots=True)
class TableArea:
    """The part of a grid that is the table; all positions count from 0 in the grid.

    `header` are the rows that name the columns, empty for a header-less file; `names` has one
    name for each of `columns`, "" where there is none (all "" without a header). `records` are the
    rows that hold a record each, in order; blank rows, totals and notes below are not among them.
    `remarks` say in words what was taken as what.
    """

    header: tuple[int, ...]
    columns: tuple[int, ...]
    names: tuple[str, ...]
    records: tuple[int, ...]
    remarks: tuple[str, ...] = ()


def table_area(rows: Grid) -> TableArea:
    """Return where the table in the grid `rows` is; nothing in the grid is changed.

    Raises NoTableError where no cell, or no record below the header, is filled.
    """
    filled = pd.notna(rows)
    if not filled.any():
        raise NoTableError("The table is empty.")
    header = header_rows(rows, filled)
    start = header[-1] + 1 if header else int(np.argmax(filled.any(axis=1)))
    odd = odd_rows(rows, filled, header, start)
    records = [row for row in range(start, len(rows)) if filled[row].any() and row not in odd.all()]
    if not records:
        raise NoTableError("The table has a row of column names, but no records below it.")
    columns = _columns(filled, header, records)
    names = names_of(rows, header, columns)
    told = (
        *_on_place(header, columns, filled),
        *_on_names(header, names, columns),
        *_on_rows(odd, filled, records),
        *_on_repeats(rows, records, columns),
    )
    return TableArea(header, columns, names, tuple(records), told)


def _columns(
    filled: NDArray[np.bool_], header: Sequence[int], records: Sequence[int]
) -> tuple[int, ...]:
    """All columns of a header-less file, whose positions count; else those with a cell."""
    if not header:
        return tuple(range(filled.shape[1]))
    used = filled[list(header)].any(axis=0) | filled[records].any(axis=0)
    return tuple(int(place) for place in np.flatnonzero(used))


def _on_place(
    header: Sequence[int], columns: Sequence[int], filled: NDArray[np.bool_]
) -> Iterator[str]:
    if not header:
        yield "No row of column names was found; columns are known by their position alone."
        return
    if header[0] > 0 or columns[0] > 0:
        yield f"The table begins in row {header[0] + 1}, column {columns[0] + 1}."
    above = int(filled[: header[0]].any(axis=1).sum())
    if above:
        yield f"Rows above the table, taken as its title and left out: {above}."
    if len(header) > 1:
        yield f"Rows that together name the columns: {_listed([row + 1 for row in header])}."


def _on_names(header: Sequence[int], names: Sequence[str], columns: Sequence[int]) -> Iterator[str]:
    if not header:
        return
    blank = [place + 1 for place, name in zip(columns, names, strict=True) if not name]
    if blank:
        yield f"Columns without a name: {_listed(blank)}."
    repeated = sum(count > 1 for name, count in Counter(names).items() if name)
    if repeated:
        yield f"Names that stand over more than one column: {repeated}."


def _on_rows(odd: OddRows, filled: NDArray[np.bool_], records: Sequence[int]) -> Iterator[str]:
    for rows, what in (
        (odd.totals, "taken as totals"),
        (odd.notes, "taken as notes below the table"),
        (odd.headers, "that repeat the column names"),
    ):
        if rows:
            yield f"Rows {what} and left out: {_listed([row + 1 for row in rows])}."
    inside = filled[records[0] : records[-1] + 1]
    blank = int((~inside.any(axis=1)).sum())
    if blank:
        yield f"Blank rows within the table, passed over: {blank:,}."


def _on_repeats(rows: Grid, records: Sequence[int], columns: Sequence[int]) -> Iterator[str]:
    seen: set[tuple[Cell, ...]] = set()
    repeats = []
    for row in records:
        cells = tuple(rows[row, columns[0] : columns[-1] + 1])
        if cells in seen:
            repeats.append(row + 1)
        seen.add(cells)
    if repeats:
        yield f"Rows that equal an earlier row in every cell, kept: {_listed(repeats)}."


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(f"{number}" for number in numbers[:5])
    return shown if len(numbers) <= 5 else f"{shown} … ({len(numbers):,} in all)"
