"""What never stands in a workbook: identifiers, formulas, plaintext on the disk."""

import csv
import io
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openpyxl import Workbook

from core.flow import Review
from core.report.choices import Choices
from core.report.workbooks.cells import Column, Heading, fill, fitting, new_table
from core.report.workbooks.workbook import workbook_bytes
from core.report.workbooks.xlsx import book_bytes, new_book
from core.review.state import replay
from tests.core.foreign_files import client, run
from tests.core.made_export import review
from tests.core.made_workbook import AT, CHOICES, opened, results_of, text_of, written

NHS = "943 476 5919"
INJECTIONS = (
    '=HYPERLINK("http://example.invalid","x")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    "'=1+1",
    "#N/A",
    "_x003D_1+1",
    "\n=1+1",
)


def canaries() -> tuple[Review, list[str]]:
    """Return the example with a canary in every field that holds text, and all canaries."""
    whole = review()
    cases = whole.extract.cases.copy()
    names = [name for name in cases if isinstance(cases[name].dropna().iloc[0], str)]
    planted = []
    for number, name in enumerate(names):
        canary = f"ZZ{number:02d}CANARY"
        cases[name] = [canary, *cases[name].tolist()[1:]]
        planted.append(canary)
    return replace(whole, extract=replace(whole.extract, cases=cases)), planted


@pytest.mark.parametrize("small_numbers", [False, True])
def test_no_identifier_is_in_any_member(small_numbers: bool) -> None:
    marked, planted = canaries()
    assert len(planted) > 5
    identifying = [str(marked.extract.cases[name].iloc[0]) for name in ("case_id", "record_number")]
    state = written(f"saw {' and '.join(identifying)}, {NHS}", case=identifying[0])
    choices = Choices(made_at=AT, small_numbers=small_numbers)
    whole = text_of(workbook_bytes(marked, state, choices, cases=True))
    assert [canary for canary in planted if canary in whole] == []
    assert NHS not in whole
    assert NHS.replace(" ", "") not in whole
    assert "NHS number removed" in whole
    assert not any(case in whole for case in review().extract.cases["case_id"].iloc[1:])
    assert not any(value in whole for value in review().extract.cases["record_number"].iloc[1:])


def test_hostile_labels_of_an_extract_stay_text() -> None:
    nasty = "=1+1\x00\x1b\ud800 <b>&[Tab]&A _x0041_ " + "long " * 40
    whole = review()
    manifest = whole.extract.manifest
    manifest = msgspec.structs.replace(
        manifest,
        audit=msgspec.structs.replace(manifest.audit, name=nasty),
        surgeon=msgspec.structs.replace(manifest.surgeon, name=nasty),
        outcomes=tuple(
            msgspec.structs.replace(one, label=nasty, definition=nasty) for one in manifest.outcomes
        ),
    )
    changed = replace(
        whole,
        extract=replace(whole.extract, manifest=manifest),
        results=tuple(replace(result, label=nasty) for result in whole.results),
    )
    book = opened(workbook_bytes(changed, replay(()), CHOICES, cases=True))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert results_of(book)["Measure"] == [fitting(nasty)] * 2


def test_nothing_is_put_into_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def refuse(*_: Any, **__: Any) -> Any:
        made.append("a file")
        raise OSError("the temporary folder is read-only")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refuse)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(os.listdir(tmp_path))
    assert workbook_bytes(review(), written("words"), CHOICES, cases=True)
    assert set(os.listdir(tmp_path)) == before
    assert made == []
    with pytest.raises(OSError, match="read-only"):
        Workbook().save(io.BytesIO())


def injected(texts: tuple[str, ...]) -> bytes:
    book = new_book("Injections", "FICTIONAL", AT)
    columns = (Column("Text", 40), Column("Number", 12, "0.00"))
    sheet, row = new_table(book, "Texts", Heading("Texts"), columns)
    fill(sheet, row, columns, [(text, 1.5) for text in texts])
    return book_bytes(book)


def test_no_text_becomes_a_formula() -> None:
    data = injected(INJECTIONS)
    cells = [row[0] for row in opened(data)["Texts"].iter_rows(min_row=4)]
    assert [cell.value for cell in cells] == [fitting(text) for text in INJECTIONS]
    assert "<f>" not in text_of(data)
    assert 't="e"' not in text_of(data)
    assert all(cell.quotePrefix for cell in cells[:8])


def test_what_a_workbook_cannot_hold_is_replaced() -> None:
    assert fitting("a\x00b\x1bc\ud800d\ufffee") == "a\ufffdb\ufffdc\ufffdd\ufffde"
    assert fitting("a\tb\nc\r\nd\re") == "a\tb\nc\nd\ne"
    assert len(fitting("x" * 40_000)) == 32_767
    assert opened(injected(("a\x00b\x1b\ud800",)))["Texts"]["A4"].value == "a\ufffdb\ufffd\ufffd"


def as_csv(folder: Path, data: bytes) -> dict[str, list[list[str]]]:
    """Return the rows of each sheet as LibreOffice holds them, by name."""
    source = folder / "book.xlsx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    form = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,false,false,false,false,-1"
    run(client("soffice"), profile, "--headless", "--convert-to", form, source.name, cwd=folder)
    return {
        path.stem.removeprefix("book-"): list(
            csv.reader(io.StringIO(path.read_text(encoding="utf-8")), delimiter="\t")
        )
        for path in folder.glob("book-*.csv")
    }


def number(cell: str) -> float:
    return float(cell.rstrip("%")) / (100 if cell.endswith("%") else 1)


def test_libreoffice_reads_the_same_numbers_and_texts(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "book").mkdir()
    book = as_csv(tmp_path / "book", workbook_bytes(review(), replay(()), CHOICES, cases=True))
    rows = {row[0]: row[2:] for row in book["Results"] if row}
    first, second = review().results
    for words, values in {
        "Cases counted": (first.cases, second.cases),
        "Expected": (first.expected, second.expected),
        "Ratio": (first.ratio, second.ratio),
        "Crude rate": (first.crude_rate, second.crude_rate),
    }.items():
        assert [number(cell) for cell in rows[words]] == pytest.approx(values, rel=1e-9)
    assert len(book) == 8
    texts = [row[0] for row in as_csv(tmp_path / "texts", injected(INJECTIONS))["Texts"] if row]
    assert texts[-len(INJECTIONS) :] == [text.replace("\r", "\n") for text in INJECTIONS]
