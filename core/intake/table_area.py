"""Where in a grid of raw cells the table is: its header, its columns and its records."""

from dataclasses import dataclass


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
