"""What a file from an audit holds once opened: raw tables, where each stands, what to know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Cell = str | int | float | bool | datetime | date | time | timedelta | None
Grid = NDArray[np.object_]
Report = Callable[[int, int, str], None]
Protection = Literal["strong", "weak", "none"]

PATH = " › "


@dataclass(frozen=True, slots=True, eq=False)
class ForeignTable:
    """One sheet or text table, as the file has it.

    `source` is its path inside the file ("cases.zip › cases.xlsx › Sheet1"). `rows` is a grid of
    shape (rows, columns) whose first row and column are the file's own first ones (row 0 is row 1
    of a sheet); each cell has the file's type (a `Cell`), None where empty, and a text table holds
    text alone. `remarks` are sentences for the user.
    """

    source: str
    rows: Grid
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Foreign:
    """An opened file: its name, the SHA-256 of its bytes, how it was protected, what it holds.

    `protection` is "strong" (age, AES or an encrypted workbook), "weak" (legacy ZipCrypto) or
    "none". `hidden` are the sources of hidden sheets, which were not read. `remarks` are sentences
    on the file and its containers.
    """

    name: str
    digest: str
    protection: Protection
    tables: tuple[ForeignTable, ...]
    hidden: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
