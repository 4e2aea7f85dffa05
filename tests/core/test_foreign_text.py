"""Text tables in every encoding, separator and line end; what a spreadsheet mangled is told."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadTextError, FileLimitError, NoTableError, UnsupportedFileError
from core.intake.reading.foreign import ForeignTable
from core.intake.reading.limits import Limits
from core.intake.reading.opening import open_foreign
from tests.core.foreign_files import HEADER, RECORDS, by_libreoffice, csv_text


def only(data: bytes, limits: Limits | None = None) -> ForeignTable:
    foreign = open_foreign(data, "a.csv", accept_weak=True, limits=limits or Limits())
    (table,) = foreign.tables
    return table


EXPECTED = [[str(cell) for cell in line] for line in (HEADER, *RECORDS)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_way_to_write_it(encoding: str, separator: str, end: str) -> None:
    assert only(csv_text(separator, end).encode(encoding)).rows.tolist() == EXPECTED


def test_windows_text_is_read_and_told() -> None:
    table = only("Case,Surgeon\r\nF-1,Müller – FICTIONAL\r\n".encode("cp1252"))
    assert table.rows[1, 1] == "Müller – FICTIONAL"
    assert any("Windows-1252" in remark for remark in table.remarks)


@pytest.mark.parametrize("data", [b"a,b\r\n\x81\xff,1\r\n", b"a,b\n1,\x00\x01\n", b"\xff\xfea"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(BadTextError):
        only(data)


@pytest.mark.parametrize(
    ("token", "encoding"), [("44,34,76", "UTF-8"), ("59", "UTF-8"), ("9", "UTF-16")]
)
def test_libreoffice_writes_what_we_read(tmp_path: Path, token: str, encoding: str) -> None:
    """LibreOffice's CSV filter: separator, quote and character set by their numbers."""
    character_set = {"UTF-8": "76", "UTF-16": "65535"}[encoding]
    options = token if "," in token else f"{token},34,{character_set}"
    folder = tmp_path / "made"
    folder.mkdir()
    source = "Case;Name\nF-1;Ünlaut\n".replace(";", ",")
    made = by_libreoffice(folder, source, f"csv:Text - txt - csv (StarCalc):{options}")
    assert only(made).rows[1, 0] == "F-1"


def test_quotes_line_breaks_and_separators_inside_cells() -> None:
    data = b'Case,Note\r\n"F-1","a ""quoted"", word"\r\n"F-2","two\r\nlines"\r\n'
    assert only(data).rows[1:].tolist() == [["F-1", 'a "quoted", word'], ["F-2", "two\r\nlines"]]


def test_multi_values_with_semicolons_do_not_take_over() -> None:
    data = "".join(f'"F-{n}","1;2;3","4;5"\r\n' for n in range(20)).encode()
    assert only(data).rows.shape == (20, 3)


def test_decimal_commas_between_semicolons() -> None:
    assert only(b"Case;Risk\nF-1;0,031\nF-2;0,2\n").rows[1].tolist() == ["F-1", "0,031"]


def test_a_spreadsheets_first_line_about_separators() -> None:
    assert only(b"sep=;\r\nCase;Age\r\nF-1;71\r\n").rows.tolist() == [
        [None, None],
        ["Case", "Age"],
        ["F-1", "71"],
    ]


def test_an_unclosed_quote_is_named_by_its_line() -> None:
    with pytest.raises(BadTextError, match="Line 3"):
        only(b'Case,Note\r\nF-1,a\r\nF-2,"never closed\r\n')


def test_rows_of_other_widths_are_kept_and_told() -> None:
    table = only(b"a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,1,1\n")
    assert table.rows.shape == (5, 4)
    assert table.rows[2].tolist() == ["4", "5", None, None]
    assert "Rows that have not 3 cells, as most have: 3, 4." in table.remarks


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b"   \n"])
def test_an_empty_file_is_told(data: bytes) -> None:
    with pytest.raises(NoTableError, match="empty"):
        only(data)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("4.56E+12", "cut to a few digits"),
        ("123456789012345000", "15 digits"),
        ("12-Mar", "day and month without a year"),
        ("Mar-12", "day and month without a year"),
        ("########", "too narrow"),
        ("#REF!", "formula's error"),
    ],
)
def test_what_a_spreadsheet_mangled_is_told_and_kept(cell: str, words: str) -> None:
    table = only(f"Case,Odd\nF-1,fine\nF-2,{cell}\nF-3,{cell}\n".encode())
    assert table.rows[2, 1] == cell
    (told,) = [remark for remark in table.remarks if words in remark]
    assert told.startswith("Column 2")
    assert "2, the first in row 3" in told
    assert cell not in told


@pytest.mark.parametrize("cell", ["9434765919", "0.031", "2025-04-30", "AB12 3CD", "1. Male", "#1"])
def test_ordinary_cells_are_not_called_mangled(cell: str) -> None:
    assert not any("Column" in said for said in only(f"a,b\nF-1,{cell}\n".encode()).remarks)


def test_mixed_dates_are_told() -> None:
    said = only(b"a,b\n1,30/04/2025\n2,2025-05-01\n").remarks
    assert "Column 2: dates are written in more than one way." in said
    said = only(b"a,b\n1,30/04/2025\n2,04/30/2025\n").remarks
    assert "Column 2: some dates have the day first and some the month." in said


def test_limits() -> None:
    with pytest.raises(FileLimitError):
        only(csv_text().encode(), Limits(file=10))
    with pytest.raises(FileLimitError):
        only(csv_text().encode(), Limits(rows=3))
    with pytest.raises(FileLimitError):
        only(b"a," * 1_001 + b"\n")


@pytest.mark.parametrize(
    ("start", "word"),
    [(b"-----BEGIN PGP MESSAGE-----\n", "PGP"), (b"<html>", "web page"), (b"Rar!\x1a\x07", "RAR")],
)
def test_what_is_no_table_is_named(start: bytes, word: str) -> None:
    with pytest.raises(UnsupportedFileError, match=word):
        only(start + b"more")


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=2, max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read(lines: list[tuple[str, ...]], separator: str, code: str) -> None:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(
        [("Case", "One", "Two"), *lines]
    )
    rows = only(held.getvalue().encode(code)).rows
    assert rows[1:].tolist() == [[cell or None for cell in line] for line in lines]
