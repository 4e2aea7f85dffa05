"""Workbooks: every visible sheet as a raw grid, with all that a plain reading would hide, told."""

import io
import zipfile
from collections.abc import Iterator
from functools import partial

import numpy as np
from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from core.errors import NoTableError
from core.intake.reading.failures import read_as
from core.intake.reading.foreign import PATH, ForeignTable, Grid, Report
from core.intake.reading.limits import Limits
from core.intake.reading.shared_texts import text_lengths
from core.intake.reading.sheet_parts import sheet_parts
from core.intake.reading.sheet_survey import Survey, survey_sheet
from core.intake.reading.workbook_parts import check_parts, open_whole

SURVEYING = "Looking over the workbook"
LOADING = "Loading a sheet"
ROWS = "Reading the rows"
_TICK = 1_000


def read_workbook(
    data: bytes, source: str, limits: Limits, report: Report, *, with_hidden: bool = False
) -> tuple[list[ForeignTable], tuple[str, ...], tuple[str, ...]]:
    """Return the tables of the workbook `data`, the sources of hidden sheets, and remarks.

    Hidden sheets are read only `with_hidden`. A formula's stored value is used. Raises
    DamagedFileError, FileLimitError or NoTableError (no sheet holds a cell).
    """
    with read_as(), zipfile.ZipFile(io.BytesIO(data)) as zipped:
        check_parts(zipped, limits)
        parts, lengths = sheet_parts(zipped), text_lengths(zipped)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        kinds = book.sheets_metadata
        hidden = [each for each in kinds if each.visible != SheetVisibleEnum.Visible]
        read = [each for each in kinds if _is_read(each, with_hidden)]
        tables: list[ForeignTable] = []
        for sheet in read:
            part = parts[sheet.name]
            report(len(tables), len(read), SURVEYING)
            survey = survey_sheet(
                partial(open_whole, zipped, part),
                lengths,
                limits,
                lambda: report(0, len(read), SURVEYING),
            )
            report(len(tables), len(read), LOADING)
            loaded = book.get_sheet_by_name(sheet.name)
            tables.append(_table(loaded, survey, f"{source}{PATH}{sheet.name}", limits, report))
    held = [table for table in tables if table.rows.size]
    if not held:
        raise NoTableError("No sheet of the workbook that is shown holds a cell.")
    sources = tuple(f"{source}{PATH}{each.name}" for each in hidden)
    return (
        held,
        () if with_hidden else sources,
        tuple(_told(kinds, tables, with_hidden=with_hidden)),
    )


def _is_read(sheet: SheetMetadata, with_hidden: bool) -> bool:
    shown = sheet.visible == SheetVisibleEnum.Visible
    return sheet.typ == SheetTypeEnum.WorkSheet and (shown or with_hidden)


def _table(
    sheet: CalamineSheet, survey: Survey, source: str, limits: Limits, report: Report
) -> ForeignTable:
    if sheet.start is None or sheet.end is None:
        return ForeignTable(source, np.empty((0, 0), dtype=object), ("The sheet is empty.",))
    limits.check_table(sheet.end[0] + 1, sheet.end[1] + 1)
    grid = _grid(sheet, report)
    for (row, column), error in survey.errors.items():
        if row < grid.shape[0] and column < grid.shape[1]:
            grid[row, column] = error
    return ForeignTable(source, grid, tuple(_remarks(sheet, survey)))


def _grid(sheet: CalamineSheet, report: Report) -> Grid:
    """Lay the sheet out from its first cell A1; equal texts are held once."""
    left = sheet.start[1] if sheet.start else 0
    height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    grid = np.full((height, width), None, dtype=object)
    known: dict[str, str] = {}
    for place, row in enumerate(sheet.iter_rows()):
        if place % _TICK == 0:
            report(place, height, ROWS)
        grid[place, left:] = [
            known.setdefault(cell, cell) or None if type(cell) is str else cell for cell in row
        ]
    return grid


def _remarks(sheet: CalamineSheet, survey: Survey) -> Iterator[str]:
    if survey.formulas:
        yield (
            f"Cells with a formula: {_cells(survey.formulas)}. The value stored with each was used;"
            " nothing is calculated again."
        )
    if survey.uncalculated:
        yield (
            f"Formulas without a stored value, read as empty: {_cells(survey.uncalculated)}. Open"
            " the workbook in a spreadsheet program and save it, to store them."
        )
    if survey.errors:
        yield f"Cells with a formula's error, as #N/A, kept as text: {len(survey.errors):,}."
    if merged := sheet.merged_cell_ranges:
        row, column = merged[0][0]
        yield (
            f"Merged groups of cells: {len(merged):,} (the first begins in row {row + 1}, column"
            f" {column + 1}). Each value stands in the first cell of its group alone."
        )
    if survey.hidden_rows:
        yield f"Rows hidden or filtered out in the sheet, but read: {survey.hidden_rows:,}."
    if survey.hidden_columns:
        yield f"Groups of columns hidden in the sheet, but read: {survey.hidden_columns:,}."


def _cells(names: list[str]) -> str:
    return f"{len(names):,} (the first is {names[0]})"


def _told(
    sheets: list[SheetMetadata], tables: list[ForeignTable], *, with_hidden: bool
) -> Iterator[str]:
    hidden = sum(sheet.visible != SheetVisibleEnum.Visible for sheet in sheets)
    if hidden:
        yield f"Hidden sheets, {'read as was asked' if with_hidden else 'not read'}: {hidden}."
    others = sum(sheet.typ != SheetTypeEnum.WorkSheet for sheet in sheets)
    if others:
        yield f"Sheets of charts or macros, not read: {others}."
    empty = sum(not table.rows.size for table in tables)
    if empty:
        yield f"Empty sheets: {empty}."
