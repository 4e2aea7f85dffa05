"""A sheet's own XML, looked over before it is loaded: how far it reaches, formulas, errors.

The reader of workbooks lays a sheet out as one dense block and drops formulas and error cells, so
its reach is measured here first, and what it would drop is noted.
Source: ECMA-376 part 1, 18.3.1 (worksheets).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import IO

from core.errors import DamagedFileError, FileLimitError
from core.intake.reading.limits import MEGABYTE, Limits
from core.intake.reading.shared_texts import Lengths, TextMeter

OpenPart = Callable[[], AbstractContextManager[IO[bytes]]]

_PIECE = 8 * MEGABYTE
_LONGEST_ROW = 32 * MEGABYTE
_FAR = re.compile(rb'<c r="(?:[A-Za-z]{3}|[J-Zj-z][A-Za-z]|[Ii][W-Zw-z]|[A-Za-z]{1,2}[0-9]{6})')
NEAR_CELLS = 256 * 99_999
_CELL = re.compile(rb"<(?:\w+:)?(c|row)(?=[\s/>])([^>]*?)(/>|></|>)")
_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?c ([^>]*)>\s*<(?:\w+:)?f[\s/>](.*?)</(?:\w+:)?c>", re.DOTALL)
_ERROR = re.compile(rb"""<(?:\w+:)?c ([^>]*\bt=["']e["'][^>]*)>(.*?)</(?:\w+:)?c>""", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)<")
_TEXT_RESULT = re.compile(rb"""\bt=["']str["']""")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row [^>]*\bhidden=["'](?:1|true)["']""")
_HIDDEN_COLUMN = re.compile(rb"""<(?:\w+:)?col [^>]*\bhidden=["'](?:1|true)["']""")


@dataclass(slots=True)
class Survey:
    """What a sheet holds beside its values; cells are named as the sheet names them ("C7")."""

    formulas: list[str] = field(default_factory=list)
    uncalculated: list[str] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: int = 0
    hidden_columns: int = 0


def survey_sheet(
    open_part: OpenPart, lengths: Lengths, limits: Limits, tick: Callable[[], None]
) -> Survey:
    """Return what the sheet's XML says beside its values, once its reach is within `limits`.

    `lengths` are those of the workbook's shared texts. `open_part` opens the XML anew; `tick` is
    called at every piece and may raise to stop. Raises FileLimitError or DamagedFileError.
    """
    found, near, texts = Survey(), True, TextMeter(lengths, limits)
    for piece in _pieces(open_part, limits):
        tick()
        near = near and _is_near(piece)
        texts.add(piece)
        _note(piece, found)
    if not near or limits.cells < NEAR_CELLS:
        _check_reach(open_part, limits, tick)
    return found


def _pieces(open_part: OpenPart, limits: Limits) -> Iterator[bytes]:
    """Yield the XML in pieces of whole rows, never holding more than a few megabytes."""
    rest, size = b"", 0
    with open_part() as part:
        while read := part.read(_PIECE):
            size += len(read)
            if size > limits.text or len(rest) > _LONGEST_ROW:
                raise FileLimitError("A sheet of the workbook is larger than is read.")
            if b"\0" in read:
                raise DamagedFileError("A sheet of the workbook is not well-formed.")
            piece = rest + read
            end = piece.rfind(b"row>") + 4
            if end < 4:
                rest = piece
                continue
            yield piece[:end]
            rest = piece[end:]
    yield rest


def _is_near(piece: bytes) -> bool:
    """Say whether every cell surely lies in rows to 99,999 and columns to IV (256)."""
    first = piece.find(b"<row")
    if first < 0:
        return not _CELL.search(piece)
    rows = piece[first:]
    plainly_placed = rows.count(b"<c") == rows.count(b'<c r="') and b":c" not in rows
    return plainly_placed and not _CELL.search(piece, 0, first) and not _FAR.search(rows)


def _check_reach(open_part: OpenPart, limits: Limits, tick: Callable[[], None]) -> None:
    """Measure the sheet cell by cell; styled cells without content do not count."""
    rows = columns = row = column = 0
    for piece in _pieces(open_part, limits):
        tick()
        for tag, attributes, end in _CELL.findall(piece):
            place = _PLACE.search(attributes)
            if tag == b"row":
                row, column = int(place[2]) if place else row + 1, 0
                continue
            column = _column_number(place[1]) if place else column + 1
            if end == b">":
                rows = max(rows, int(place[2]) if place else row)
                columns = max(columns, column)
        limits.check_table(rows, columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _note(piece: bytes, found: Survey) -> None:
    found.hidden_columns += len(_HIDDEN_COLUMN.findall(piece)) if b"<col" in piece else 0
    found.hidden_rows += len(_HIDDEN_ROW.findall(piece)) if b" hidden=" in piece else 0
    if b"<f" in piece or b":f" in piece:
        for attributes, body in _FORMULA.findall(piece):
            name = _name(attributes)
            found.formulas.append(name)
            if not _VALUE.search(body) and not _TEXT_RESULT.search(attributes):
                found.uncalculated.append(name)
    if b't="e"' in piece or b"t='e'" in piece:
        for attributes, body in _ERROR.findall(piece):
            place, value = _PLACE.search(attributes), _VALUE.search(body)
            if place and value:
                at = (int(place[2]) - 1, _column_number(place[1]) - 1)
                found.errors[at] = value[1].decode("ascii", "replace")


def _name(attributes: bytes) -> str:
    place = _PLACE.search(attributes)
    return (place[1] + place[2]).decode("ascii") if place else "?"
