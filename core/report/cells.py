"""Safe cells: a text stays the text it is, a number a number with its format."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Content = str | float | int | date | None

LONGEST = 32_767
"""The most signs a cell can hold (Excel's own limit)."""
CUT = " … [the rest does not fit in a cell]"
STARTS = ("=", "+", "-", "@", "\t")
DAY = "d mmmm yyyy"

_UNFIT = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEADING = PatternFill("solid", fgColor="E8EDF2")
_TOP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in signs, and the format of its numbers."""

    heading: str
    width: float = 14
    number_format: str = "General"


def put(sheet: Worksheet, row: int, column: int, content: Content) -> Cell:
    """Set what a cell holds, and return it; a text is never taken for a formula or an error.

    Control characters, which a workbook cannot hold, are shown as �; an end of line is one sign.
    """
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("a cell within a merged one holds nothing")
    if not isinstance(content, str):
        cell.value = content
        if isinstance(content, date):
            cell.number_format = DAY
        return cell
    cell.value = fitting(content)
    cell.data_type = "s"
    if content.lstrip(" \r\n").startswith(STARTS) or content[:1] in {"\r", "\n"}:
        cell.quotePrefix = True
    return cell


def fitting(text: str) -> str:
    """Return `text` as a cell can hold it; `_x0041_`, a code to readers, stays what it is."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    whole = _ESCAPE.sub("_x005F_", _UNFIT.sub("\ufffd", lines))
    return whole if len(whole) <= LONGEST else whole[: LONGEST - len(CUT)] + CUT


def head(sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    """Write the headings of `columns` into `row`, and set how wide the columns are."""
    for place, column in enumerate(columns, 1):
        cell = put(sheet, row, place, column.heading)
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEADING, _TOP
        sheet.column_dimensions[get_column_letter(place)].width = column.width


def rows(
    sheet: Worksheet, first: int, columns: Sequence[Column], lines: Iterable[Sequence[Content]]
) -> int:
    """Write `lines` from row `first` on; return the row after the last."""
    for line in lines:
        for place, (column, content) in enumerate(zip(columns, line, strict=True), 1):
            if content is None:
                continue
            cell = put(sheet, first, place, content)
            if isinstance(content, str):
                cell.alignment = _TOP
            elif column.number_format != "General":
                cell.number_format = column.number_format
        first += 1
    return first
