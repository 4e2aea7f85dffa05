"""The cells of one column against its contract: typed values, or the first wrong row named."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import BadColumnError
from core.extract.schema import ColumnContract

LARGEST_INTEGER = 2**53
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Cells = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A column of a table, as an error names it."""

    table: str
    column: str

    def refuse(self, wrong: NDArray[np.bool_], words: str) -> None:
        """Raise BadColumnError at the first `wrong` row, the first row of data being row 1."""
        if wrong.any():
            row = int(wrong.argmax()) + 1
            raise BadColumnError(f"{self.table}, row {row}, column {self.column}: {words}.")


def check_cells(column: "pd.Series[Any]", contract: ColumnContract, table: str) -> Cells:
    """Return the column's typed values; BadColumnError where a cell breaks the contract.

    `column` holds floats for numbers (NaN where empty) and strings for all else.
    """
    place = Place(table, contract.name)
    if contract.type in ("number", "integer", "flag"):
        return _numbers(np.asarray(column, dtype=np.float64), contract, place)
    return _READERS[contract.type](np.asarray(column, dtype=object), contract, place)


def _numbers(values: NDArray[np.float64], contract: ColumnContract, place: Place) -> Cells:
    low = -np.inf if contract.minimum is None else contract.minimum
    high = np.inf if contract.maximum is None else contract.maximum
    empty = np.isnan(values)
    place.refuse(np.isinf(values), "the number is not finite")
    if contract.type == "flag":
        place.refuse(~empty & ~np.isin(values, (0, 1)), "neither 0 nor 1")
    if contract.type == "integer":
        whole = (values == np.floor(values)) & (np.abs(values) <= LARGEST_INTEGER)
        place.refuse(~empty & ~whole, "not a whole number")
    place.refuse((values < low) | (values > high), "outside the range that is allowed")
    if contract.required:
        place.refuse(empty, "empty, but a value is required")
        return values.astype(np.int64) if contract.type == "integer" else values
    return values


def _text(cells: Cells, contract: ColumnContract, place: Place) -> Cells:
    empty = cells == ""
    if contract.required:
        place.refuse(empty, "empty, but a value is required")
    values = cells.copy()
    values[empty] = None
    return values


def _code(cells: Cells, contract: ColumnContract, place: Place) -> Cells:
    values = _text(cells, contract, place)
    allowed = {*contract.allowed, ""}
    place.refuse(
        _each(cells, lambda cell: cell not in allowed), "not one of the codes that are declared"
    )
    return values


def _codes(cells: Cells, contract: ColumnContract, place: Place) -> Cells:
    allowed = set(contract.allowed)
    wrong = _each(cells, lambda cell: cell != "" and not allowed.issuperset(cell.split(";")))
    place.refuse(wrong, "not one of the codes that are declared")
    return cells


def _dates(cells: Cells, contract: ColumnContract, place: Place) -> Cells:
    _text(cells, contract, place)
    which, written = pd.factorize(cells)
    days = np.array([_day(cell) for cell in written], dtype="datetime64[us]")
    values = days[which] if len(days) else np.array([], dtype="datetime64[us]")
    place.refuse(np.isnat(values) & (cells != ""), "not a date written as YYYY-MM-DD")
    return values


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if _DATE.fullmatch(cell) else None
    except ValueError:
        return None


def _each(cells: Cells, wrong: Callable[[str], bool]) -> NDArray[np.bool_]:
    which, written = pd.factorize(cells)
    return np.array([wrong(cell) for cell in written], dtype=bool)[which]


_READERS: dict[str, Callable[[Cells, ColumnContract, Place], Cells]] = {
    "text": _text,
    "code": _code,
    "codes": _codes,
    "date": _dates,
}
