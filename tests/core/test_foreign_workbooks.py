"""What a plain reading of a workbook would hide: told, kept or refused, and nothing lost."""

import datetime
import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

from core.errors import DamagedFileError, FileLimitError, NoTableError, PlumblineError
from core.intake.reading.foreign import Foreign, ForeignTable
from core.intake.reading.limits import Limits
from core.intake.reading.opening import open_foreign
from core.intake.table_area import table_area
from tests.core.foreign_files import (
    HEADER,
    RECORDS,
    by_libreoffice,
    plain_workbook,
    saved,
    sheet,
)


def opened(data: bytes, limits: Limits | None = None, *, with_hidden: bool = False) -> Foreign:
    return open_foreign(
        data, "a.xlsx", accept_weak=True, with_hidden=with_hidden, limits=limits or Limits()
    )


def only(data: bytes) -> ForeignTable:
    (table,) = opened(data).tables
    return table


def said(remarks: tuple[str, ...], words: str) -> str:
    (found,) = [remark for remark in remarks if words in remark]
    return found


def with_part(data: bytes, name: str, change: tuple[bytes, bytes]) -> bytes:
    """Return the workbook with one part's bytes replaced, as another writer may have them."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", 8) as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename == name:
                assert change[0] in text
                text = text.replace(*change)
            new.writestr(entry.filename, text)
    return held.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_cells_keep_the_types_of_the_file() -> None:
    workbook = Workbook()
    day, clock = datetime.datetime(2025, 4, 30, 14, 5), datetime.time(3, 4)
    cells = ["text", 5, 0.25, True, day, clock, None, "é"]
    sheet(workbook).append(cells)
    rows = only(saved(workbook)).rows
    assert rows.tolist() == [cells]
    assert type(rows[0, 3]) is bool


def test_the_grid_begins_at_the_first_cell_of_the_sheet() -> None:
    workbook = Workbook()
    sheet(workbook)["C4"] = "here"
    rows = only(saved(workbook)).rows
    assert rows.shape == (4, 3)
    assert rows[3, 2] == "here"
    assert sum(cell is not None for cell in rows.flat) == 1


def test_formulas_give_their_stored_value_and_are_told(tmp_path: Path) -> None:
    text = 'Case,Twice\nF-1,"=2*21"\nF-2,"=1/0"\nF-3,"=""a""&""b"""\n'
    table = only(by_libreoffice(tmp_path, text, "xlsx"))
    assert table.rows[1:, 1].tolist() == [42.0, "#DIV/0!", "ab"]
    assert "3 (the first is B2)" in said(table.remarks, "Cells with a formula:")
    assert "1" in said(table.remarks, "formula's error")
    assert not any("without a stored value" in remark for remark in table.remarks)


def test_formulas_that_were_never_calculated_are_told() -> None:
    workbook = Workbook()
    sheet(workbook).append(["Case", "Twice"])
    sheet(workbook).append(["F-1", "=2*21"])
    table = only(saved(workbook))
    assert table.rows[1, 1] is None
    assert "1 (the first is B2)" in said(table.remarks, "without a stored value, read as empty")


def test_merged_cells_are_told() -> None:
    workbook = Workbook()
    sheet(workbook).append([None, "Patient", None])
    sheet(workbook).append(["Case", "Age", "Sex"])
    sheet(workbook).append(["F-1", 71, "F"])
    sheet(workbook).merge_cells("B1:C1")
    table = only(saved(workbook))
    assert "1 (the first begins in row 1, column 2)" in said(table.remarks, "Merged groups")


def test_hidden_sheets_are_listed_and_read_only_when_asked() -> None:
    workbook = Workbook()
    sheet(workbook).append(["shown"])
    for name, state in (("Hidden", "hidden"), ("Deep", "veryHidden")):
        added = workbook.create_sheet(name)
        added.append([name])
        added.sheet_state = state
    data = saved(workbook)
    shown = opened(data)
    assert [table.source for table in shown.tables] == ["a.xlsx › Sheet"]
    assert shown.hidden == ("a.xlsx › Hidden", "a.xlsx › Deep")
    assert said(shown.remarks, "Hidden sheets") == "Hidden sheets, not read: 2."
    asked = opened(data, with_hidden=True)
    assert len(asked.tables) == 3
    assert asked.hidden == ()
    assert "read as was asked" in said(asked.remarks, "Hidden sheets")


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    workbook = Workbook()
    for row in range(4):
        sheet(workbook).append([f"F-{row}", row])
    sheet(workbook).row_dimensions[3].hidden = True
    sheet(workbook).column_dimensions["B"].hidden = True
    table = only(saved(workbook))
    assert table.rows[2].tolist() == ["F-2", 2]
    assert "1." in said(table.remarks, "Rows hidden")
    assert "1." in said(table.remarks, "columns hidden")


def test_empty_and_chart_sheets_are_told() -> None:
    workbook = Workbook()
    sheet(workbook).append(["Case", 1])
    workbook.create_sheet("Nothing")
    chart = BarChart()
    chart.add_data(Reference(sheet(workbook), min_col=2, min_row=1))
    workbook.create_chartsheet("Drawn").add_chart(chart)
    foreign = opened(saved(workbook))
    assert len(foreign.tables) == 1
    assert said(foreign.remarks, "Empty") == "Empty sheets: 1."
    assert said(foreign.remarks, "charts") == "Sheets of charts or macros, not read: 1."


def test_a_workbook_without_a_cell_is_told() -> None:
    with pytest.raises(NoTableError):
        opened(saved(Workbook()))


def test_all_sheets_are_tables_in_order() -> None:
    workbook = Workbook()
    sheet(workbook).append(["one"])
    workbook.create_sheet("Second › with arrow").append(["two"])
    assert [table.rows[0, 0] for table in opened(saved(workbook)).tables] == ["one", "two"]


def test_a_styled_but_empty_far_cell_is_no_reach() -> None:
    workbook = Workbook()
    sheet(workbook).append(["Case"])
    sheet(workbook)["XFD1048576"].number_format = "0.00"
    assert only(saved(workbook)).rows.shape == (1, 1)


@pytest.mark.parametrize("far", ["XFD1", "A1048576", "XFD1048576"])
def test_a_cell_far_outside_is_refused_before_it_is_laid_out(far: str) -> None:
    workbook = Workbook()
    sheet(workbook)[far] = "far"
    sheet(workbook)["A1"] = "near"
    with pytest.raises(FileLimitError, match="A table"):
        opened(saved(workbook))


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c r = "XFD1048576"><v>1</v></c></row>',
        b"<row r='1'><c t='n' r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1"><c\n r="xfd1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>',
        b'<row r="1">' + b"<c><v>1</v></c>" * 1_001 + b"</row>",
    ],
)
def test_no_spelling_of_a_far_cell_is_laid_out(row: bytes) -> None:
    workbook = Workbook()
    sheet(workbook)["A1"] = 7
    data = with_part(
        saved(workbook), SHEET, (b"<sheetData>", b'<sheetData><row r="1"><c r="A1"/></row>' + row)
    )
    with pytest.raises(PlumblineError):
        opened(data)


def test_limits_on_rows_columns_and_cells() -> None:
    data = plain_workbook()
    for limits in (Limits(rows=3), Limits(columns=5), Limits(cells=23)):
        with pytest.raises(FileLimitError, match="A table"):
            opened(data, limits)
    opened(data, Limits(rows=4, columns=6, cells=24))


def test_a_part_longer_than_it_says_is_refused() -> None:
    data = plain_workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        part = zipped.getinfo(SHEET)
    size = part.file_size.to_bytes(4, "little")
    with pytest.raises(DamagedFileError):
        opened(data.replace(size, (part.file_size // 2).to_bytes(4, "little")))


def test_a_sheet_that_unpacks_to_far_more_is_refused() -> None:
    workbook = Workbook()
    sheet(workbook)["A1"] = "x"
    spaces = (b"<sheetData>", b"<sheetData>" + b" " * 40_000_000)
    with pytest.raises(FileLimitError, match="times its size"):
        opened(with_part(saved(workbook), SHEET, spaces))


def test_a_document_type_is_refused() -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;">]><workbook'
    with pytest.raises(DamagedFileError):
        opened(with_part(plain_workbook(), "xl/workbook.xml", (b"<workbook", laughs)))


def test_one_long_text_repeated_is_refused_before_it_is_copied(tmp_path: Path) -> None:
    text = f"{'x' * 32_000}\n" + "a,b,c,d,e,f,g,h\n" * 2_000
    data = by_libreoffice(tmp_path, text, "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        cells = zipped.read(SHEET)
    everywhere = re.sub(rb"<v>[0-9]+</v>", b"<v>0</v>", cells)
    assert only(data).rows.shape == (2_001, 8)
    with pytest.raises(FileLimitError, match="texts"):
        opened(with_part(data, SHEET, (cells, everywhere)))


def test_totals_titles_and_repeated_records_of_a_real_sheet() -> None:
    workbook = Workbook()
    sheet(workbook).append([None])
    sheet(workbook)["B2"] = "FICTIONAL audit, made up"
    for place, line in enumerate((HEADER, *RECORDS, RECORDS[0]), start=4):
        for column, cell in enumerate(line, start=2):
            sheet(workbook).cell(place, column, cell)
    sheet(workbook)["B9"] = "Total"
    sheet(workbook)["G9"] = 1
    area = table_area(only(saved(workbook)).rows)
    assert area.header == (3,)
    assert area.names == HEADER
    assert area.columns == (1, 2, 3, 4, 5, 6)
    assert area.records == (4, 5, 6, 7)
    assert "Rows taken as totals and left out: 9." in area.remarks
    assert "Rows that equal an earlier row in every cell, kept: 8." in area.remarks
