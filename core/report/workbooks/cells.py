"""Safe cells: a text stays the text it is, a number a number with its format."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.report.disclosure import STAR

Content = str | float | int | date | None
Line = tuple[Content, ...]

LONGEST = 32_767
"""The most signs a cell can hold (Excel's own limit)."""
CUT = " … [the rest does not fit in a cell]"
STARTS = ("=", "+", "-", "@", "\t")
DAY = "d mmmm yyyy"

_UNFIT = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEADING = PatternFill("solid", fgColor="E8EDF2")
_TOP = Alignment(wrap_text=True, vertical="top")
_LEFT, _RIGHT = Alignment(horizontal="left"), Alignment(horizontal="right")
_PLAIN = Font(name="Calibri", size=11)
_BOLD = Font(name="Calibri", size=11, bold=True)
_TITLE = Font(name="Calibri", size=15, bold=True)
_ATTENTION = Font(name="Calibri", size=11, bold=True, color="8A2B06")
_LINE, _TALLEST = 15.0, 405.0
_A4, _PAGE = 9, 240.0
"""The paper's number in a workbook, and how many signs of width one page still shows legibly."""


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


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a table: its title, the sentences under it, and what each page repeats.

    `attention` is the first of the sentences, drawn to the eye.
    """

    title: str
    sentences: tuple[str, ...] = ()
    attention: str = ""
    banner: str = ""


def new_table(
    book: Workbook, name: str, heading: Heading, columns: Sequence[Column]
) -> tuple[Worksheet, int]:
    """Return a new sheet, ready to print on A4, and the first row under its frozen headings."""
    sheet = book.create_sheet(name)
    put(sheet, 1, 1, heading.title).font = _TITLE
    told = [*([heading.attention] if heading.attention else []), *heading.sentences]
    for row, sentence in enumerate(told, 2):
        attention = row == 2 and bool(heading.attention)
        put(sheet, row, 1, sentence).font = _ATTENTION if attention else _PLAIN
    row = len(told) + 3
    _head(sheet, row, columns)
    sheet.freeze_panes = f"B{row + 1}"
    _print_set_up(sheet, row, sum(column.width for column in columns), heading.banner)
    return sheet, row + 1


def fill(
    sheet: Worksheet, first: int, columns: Sequence[Column], lines: Iterable[Sequence[Content]]
) -> int:
    """Write `lines` from row `first` on; return the row after the last."""
    row = first
    for row, line in enumerate(lines, first):
        tall = _make_room(sheet, row, columns, line)
        for place, (column, content) in enumerate(zip(columns, line, strict=True), 1):
            if content in (None, ""):
                continue
            cell = put(sheet, row, place, content)
            if tall:
                cell.alignment = _TOP
            elif isinstance(content, date):
                cell.alignment = _LEFT
            elif content == STAR:
                cell.alignment = _RIGHT
            if not isinstance(content, str | date):
                cell.number_format = column.number_format
    return row + 1


def _head(sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns, 1):
        cell = put(sheet, row, place, column.heading)
        cell.font, cell.fill, cell.alignment = _BOLD, _HEADING, _TOP
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    _make_room(sheet, row, columns, [column.heading for column in columns])


def _make_room(
    sheet: Worksheet, row: int, columns: Sequence[Column], line: Sequence[Content]
) -> bool:
    """Make a row as high as its longest text needs: not every reader does so. Say whether."""
    lines = [
        sum(ceil((len(part) + 1) / (1.1 * column.width)) for part in content.split("\n"))
        for column, content in zip(columns, line, strict=True)
        if isinstance(content, str)
    ]
    tall = max(lines, default=1) > 1
    if tall:
        sheet.row_dimensions[row].height = min(_LINE * max(lines), _TALLEST)
    return tall


def _print_set_up(sheet: Worksheet, row: int, width: float, banner: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = ceil(width / _PAGE), 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows, sheet.print_title_cols = f"{row}:{row}", "A:A"
    above, below = HeaderFooterItem(), HeaderFooterItem()
    above.center.text = banner.replace("&", "&&") or None
    below.left.text, below.right.text = sheet.title, "Page &P of &N"
    sheet.oddHeader, sheet.oddFooter = above, below
