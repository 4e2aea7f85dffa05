"""CSV bytes ◄─► typed tables, by column contracts; strict, and silent about what cells hold.

UTF-8 without a byte order mark, RFC 4180, one header line. Rows are counted from 1, the first row
below the header.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from core.errors import BadColumnError, DuplicateCaseError
from core.extract.cells import Place, check_cells
from core.extract.schema import ColumnContract

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r")) + b"\x7f"
_QUOTED = re.compile(rb'(?<![^,\n])"[^"]*(?:""[^"]*)*"(?![^,\r\n])')
_NUMERIC = ("number", "integer", "flag")

_WRITERS: dict[str, Callable[[Any], str]] = {
    "number": repr,
    "integer": lambda cell: str(int(cell)),
    "flag": lambda cell: str(int(cell)),
    "date": lambda cell: str(cell)[:10],
}


def read_table(data: bytes, contracts: Sequence[ColumnContract], table: str) -> pd.DataFrame:
    """Return the table in the CSV `data`, columns and rows in its own order.

    text, code: str or None; codes: str, empty for none; date: datetime64; number, integer, flag:
    float64 with NaN, but int64 for a required integer. Raises BadColumnError.
    """
    _check_text(data, table)
    wanted = {contract.name: contract for contract in contracts}
    names = _header(data, table)
    _check_names(names, wanted, table)
    _check_widths(data, len(names), table)
    frame = _parse(data, [wanted[name] for name in names], table)
    return pd.DataFrame(
        {name: check_cells(frame[name], wanted[name], table) for name in names}, copy=False
    )


def check_unique(cases: pd.DataFrame, table: str) -> None:
    """Raise DuplicateCaseError where a `case_id` stands on two rows."""
    again = cases["case_id"].duplicated().to_numpy()
    if again.any():
        row = int(again.argmax()) + 1
        raise DuplicateCaseError(f"{table}, row {row}: this case stands on an earlier row too.")


def table_bytes(frame: pd.DataFrame, contracts: Sequence[ColumnContract]) -> bytes:
    """Return `frame` as CSV in the contracts' order; reading it gives the same values back.

    ValueError where the frame has a column without a contract or lacks one that must be there.
    """
    columns = [contract for contract in contracts if contract.name in frame]
    needed = {contract.name for contract in contracts if not contract.optional}
    if len(columns) != len(frame.columns) or not needed <= set(frame.columns):
        raise ValueError("the table's columns are not those of its contract")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(contract.name for contract in columns)
    cells = (_written(frame[contract.name], contract) for contract in columns)
    writer.writerows(zip(*cells, strict=True))
    return text.getvalue().encode("utf-8")


def _check_text(data: bytes, table: str) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise BadColumnError(f"{table} is not text in UTF-8.") from None
    if len(data.translate(None, _CONTROLS)) != len(data):
        raise BadColumnError(f"{table} holds control characters.")


def _header(data: bytes, table: str) -> list[str]:
    line = data.split(b"\n", 1)[0].removesuffix(b"\r").decode("utf-8")
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        raise BadColumnError(f"{table}: the header cannot be read.") from None


def _check_names(names: list[str], wanted: dict[str, ColumnContract], table: str) -> None:
    for number, name in enumerate(names, start=1):
        if name not in wanted:
            raise BadColumnError(f"{table}: column {number} is not declared in the manifest.")
        if name in names[: number - 1]:
            raise BadColumnError(f"{table}: column {name} stands there twice.")
    for contract in wanted.values():
        if not contract.optional and contract.name not in names:
            raise BadColumnError(f"{table}: column {contract.name} is missing.")


def _parse(data: bytes, contracts: list[ColumnContract], table: str) -> pd.DataFrame:
    names = [contract.name for contract in contracts]
    numeric = [contract.name for contract in contracts if contract.type in _NUMERIC]
    try:
        return _read(data, names, numeric)
    except (ValueError, OverflowError):
        _refuse_first_word(_read(data, names, []), numeric, table)
        raise BadColumnError(f"{table}: a number cannot be read.") from None


def _read(data: bytes, names: list[str], numeric: list[str]) -> pd.DataFrame:
    return pd.read_csv(
        io.BytesIO(data),
        header=None,
        names=names,
        skiprows=1,
        index_col=False,
        dtype={name: np.float64 if name in numeric else object for name in names},
        keep_default_na=False,
        na_values={name: [""] for name in numeric},
        skip_blank_lines=False,
        low_memory=False,
    )


def _refuse_first_word(text: pd.DataFrame, numeric: list[str], table: str) -> None:
    for name in numeric:
        number = pd.to_numeric(text[name], errors="coerce")
        Place(table, name).refuse((number.isna() & (text[name] != "")).to_numpy(), "not a number")


def _check_widths(data: bytes, width: int, table: str) -> None:
    bare = _QUOTED.sub(b"", data) if b'"' in data else data
    bare = bare.replace(b"\r\n", b"\n") if b"\r" in bare else bare
    if b'"' in bare or b"\r" in bare:
        raise BadColumnError(f"{table}: a quote or a line break stands where none may.")
    characters = np.frombuffer(bare.removesuffix(b"\n") + b"\n", dtype=np.uint8)
    ends = np.flatnonzero(characters == ord("\n"))
    commas = np.searchsorted(np.flatnonzero(characters == ord(",")), ends)
    wrong = np.diff(commas, prepend=0) != width - 1
    if wrong.any():
        row = int(wrong.argmax())
        raise BadColumnError(f"{table}, row {row}: its cells are not as many as the columns.")


def _written(column: "pd.Series[Any]", contract: ColumnContract) -> list[str]:
    write = _WRITERS.get(contract.type, str)
    cells = zip(column.tolist(), column.isna().tolist(), strict=True)
    return ["" if empty else write(cell) for cell, empty in cells]
