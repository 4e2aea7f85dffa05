"""A national table as it was sent: CSV bytes to columns of text, cell errors by row and column."""

import csv
import io
import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import BadTableError

FIRST_ROW = 1
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_table(data: bytes) -> pd.DataFrame:
    """Return the CSV in `data` (UTF-8, with or without a byte order mark) as text cells.

    Cells are stripped; an empty one is "". Every row must have as many cells as the header.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTableError("The table is not text in UTF-8.") from None
    if _CONTROLS.search(text):
        raise BadTableError("The table holds control characters.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [row for row in reader if row]
    except csv.Error:
        raise BadTableError(f"Line {reader.line_num} is not well-formed CSV.") from None
    if not rows:
        raise BadTableError("The table is empty.")
    return _frame([name.strip() for name in rows[0]], rows[1:])


def _frame(names: list[str], rows: list[list[str]]) -> pd.DataFrame:
    seen = {""}
    for position, name in enumerate(names, start=1):
        if name in seen:
            raise BadTableError(f"Column {position} has no name, or the name of an earlier one.")
        seen.add(name)
    for row, cells in enumerate(rows, start=FIRST_ROW):
        if len(cells) != len(names):
            raise BadTableError(f"Row {row} has {len(cells)} cells; the header has {len(names)}.")
    if not rows:
        raise BadTableError("The table has no rows.")
    columns = ([cell.strip() for cell in held] for held in zip(*rows, strict=True))
    return pd.DataFrame(dict(zip(names, columns, strict=True)), dtype=object)


def column(table: pd.DataFrame, *names: str) -> pd.Series:
    """Return the first column of `table` that bears one of `names`."""
    for name in names:
        if name in table:
            return table[name]
    raise BadTableError(f"The table has no column {names[0]!r}.")


def refuse(wrong: NDArray[np.bool_], name: object, must: str) -> None:
    """Raise BadTableError for the first row where `wrong`, naming row and column alone.

    Rows are counted from 1, the first row below the header.
    """
    if wrong.any():
        row = int(np.argmax(wrong)) + FIRST_ROW
        raise BadTableError(f"Row {row}, column {str(name)!r}: {must}.")
