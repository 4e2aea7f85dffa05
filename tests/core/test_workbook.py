"""The workbook: its numbers, what never stands in it, and that it is made in memory alone."""

import csv
import io
import os
import tempfile
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from openpyxl import Workbook

from core.flow import Review
from core.report.cells import Column, Heading, fill, fitting, new_table
from core.report.choices import Choices
from core.report.workbook import workbook_bytes
from core.report.xlsx import book_bytes, new_book
from core.results.options import AUDIT_METHOD
from core.review.events import Entry
from core.review.kept import archive_id
from core.review.notes import NoteWritten, OnCase, OnOutcome
from core.review.queries import QueryDrafted
from core.review.reflection import ActionWritten, ReflectionWritten
from core.review.state import ReviewState, replay
from tests.core.foreign_files import client, run
from tests.core.made_export import review

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CHOICES = Choices(made_at=AT)
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


def state_of(*events: Any) -> ReviewState:
    return replay([Entry(id=str(n), at=AT, event=event) for n, event in enumerate(events)])


def written(text: str, case: str = "C1") -> ReviewState:
    """Return a state where `text` stands wherever the surgeon can write."""
    mine = archive_id(review().extract)
    return state_of(
        NoteWritten(note="1", extract=mine, anchor=OnOutcome("death"), text=text, tags=(text,)),
        NoteWritten(note="2", extract=mine, anchor=OnCase(case), text=text),
        ReflectionWritten(extract=mine, outcome=None, part="what", text=text),
        ActionWritten(
            action="a", extract=mine, outcome="death", kind="pdp", text=text, due=date(2027, 1, 2)
        ),
        QueryDrafted(query="q", extract=mine, kind="other", case_id=case, evidence=text),
    )


@pytest.fixture(scope="module")
def plain() -> bytes:
    return workbook_bytes(review(), replay(()), CHOICES)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def text_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def results_of(book: Workbook) -> dict[str, list[Any]]:
    sheet = book["Results"]
    return {row[0].value: [cell.value for cell in row[2:]] for row in sheet.iter_rows()}


def test_the_results_are_the_reviews(plain: bytes) -> None:
    rows = results_of(opened(plain))
    first, second = review().results
    assert rows["Measure"] == [first.label, second.label]
    assert rows["Cases counted"] == [first.cases, second.cases]
    assert rows["Observed"] == [first.observed, second.observed]
    assert rows["Expected"] == pytest.approx([first.expected, second.expected])
    assert rows["Ratio"] == pytest.approx([first.ratio, second.ratio])
    lower = [found.limits[0].lower for found in (first, second)]
    assert rows["95\u202f% limit, lower"] == pytest.approx(lower)
    assert rows["Crude rate"] == pytest.approx([first.crude_rate, second.crude_rate])


def test_numbers_have_formats_and_units(plain: bytes) -> None:
    sheet = opened(plain)["Results"]
    formats = {row[0].value: (row[1].value, row[2].number_format) for row in sheet.iter_rows()}
    assert formats["Cases counted"] == ("cases", "#,##0")
    assert formats["Crude rate"] == ("of cases", "0.0%")
    assert formats["Ratio"] == ("observed ÷ expected", "#,##0.00")


def test_sheets_are_ready_to_read_and_print(plain: bytes) -> None:
    book = opened(plain)
    assert book.sheetnames == [
        "Results",
        "Funnel",
        "Over time",
        "Notes",
        "Actions",
        "Methods",
        "Provenance",
    ]
    assert book.properties.language == "en-GB"
    assert "FICTIONAL" in (book.properties.title or "")
    assert book.properties.created == book.properties.modified == AT.replace(tzinfo=None)
    for sheet in book.worksheets:
        assert sheet.freeze_panes
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.print_title_rows
        assert sheet.oddHeader.center.text == "FICTIONAL"
        assert sheet.column_dimensions["A"].width > 8


def test_there_are_native_charts_over_the_tables(plain: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 4
        drawn = [archive.read(name).decode() for name in sorted(charts)]
    assert sum("scatterChart" in chart for chart in drawn) == 2
    assert sum("lineChart" in chart for chart in drawn) == 2
    assert all("'Funnel'!" in chart for chart in drawn if "scatterChart" in chart)


def with_peers(peers: str) -> Review:
    whole = review()
    manifest = whole.extract.manifest
    outcomes = tuple(msgspec.structs.replace(one, peers=peers) for one in manifest.outcomes)
    changed = msgspec.structs.replace(manifest, outcomes=outcomes)
    return replace(whole, extract=replace(whole.extract, manifest=changed))


@pytest.mark.parametrize(
    ("peers", "points", "counts"),
    [("counts", True, True), ("points", True, False), ("hidden", False, False)],
)
def test_peers_as_the_extract_allows(peers: str, points: bool, counts: bool) -> None:
    book = opened(workbook_bytes(with_peers(peers), replay(()), CHOICES))
    rows = list(book["Funnel"].iter_rows(values_only=True))
    others = [row for row in rows if row[1] == "Other surgeons"]
    assert bool(others) == points
    assert any(row[4] is not None or row[5] is not None for row in others) == counts
    own = [row for row in rows if row[1] == "Own"]
    assert [row[5] for row in own] == [result.observed for result in review().results]


@pytest.mark.parametrize("kind", ["ratio", "continuous"])
def test_other_kinds_of_outcome(kind: str) -> None:
    whole = review()
    first, second = whole.extract.manifest.outcomes
    manifest = msgspec.structs.replace(
        whole.extract.manifest, outcomes=(msgspec.structs.replace(first, kind=kind), second)
    )
    cases = whole.extract.cases.assign(**{"expected.death": whole.extract.cases["risk.death"]})
    changed = replace(whole, extract=replace(whole.extract, manifest=manifest, cases=cases))
    results = (changed.measure("death", AUDIT_METHOD), whole.results[1])
    book = opened(workbook_bytes(replace(changed, results=results), replay(()), CHOICES))
    rows = results_of(book)
    assert rows["Observed"][0] == pytest.approx(results[0].observed)
    assert rows["Position"][0]
    drawn = [row[0] for row in book["Funnel"].values]
    assert (first.label in drawn) == (kind == "ratio")
    assert first.label not in [row[0] for row in book["Over time"].values]


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


def test_over_time_is_never_case_by_case(plain: bytes) -> None:
    rows = list(opened(plain)["Over time"].iter_rows(values_only=True))
    for result in review().results:
        blocks = [row for row in rows if row[0] == result.label]
        assert len(blocks) > 3
        assert min(row[2] for row in blocks) >= 10
        assert sum(row[2] for row in blocks) == result.cases
        assert sum(row[3] for row in blocks) == result.observed
        vlad = sum(row[4] for row in blocks) - result.observed
        assert blocks[-1][5] == pytest.approx(vlad)


def test_signals_are_those_of_the_charts() -> None:
    whole = review()
    cases = whole.extract.cases.assign(**{"outcome.death": 1.0})
    changed = replace(whole, extract=replace(whole.extract, cases=cases))
    worse = changed.over_time("death").worse
    assert worse is not None
    months = worse.chart.signals
    first = changed.over_time("death").days[months[0]].astype("datetime64[D]").item()
    rows = opened(workbook_bytes(changed, replay(()), CHOICES))["Over time"].values
    told = next(row[0] for row in rows if str(row[0]).startswith("Death in hospital: CUSUM"))
    assert f"more events than expected: signals in {first:%B %Y}" in told
    assert told.split(";")[0].count("20") == len(months)
    assert "fewer events than expected: no signal" in told


def test_fewer_than_ten_cases_have_no_course() -> None:
    whole = review()
    few = replace(whole, extract=replace(whole.extract, cases=whole.extract.cases.head(9)))
    told = "\n".join(
        str(row[0]) for row in opened(workbook_bytes(few, replay(()), CHOICES))["Over time"].values
    )
    assert "fewer than 10 counted cases" in told
    assert "Death in hospital\n" not in told


def test_an_outcome_not_chosen_keeps_its_position_alone() -> None:
    choices = Choices(made_at=AT, outcomes=("death",))
    book = opened(workbook_bytes(review(), replay(()), choices))
    rows = results_of(book)
    assert all(rows["Position"])
    assert rows["Which cases"][1] == "not shown in this workbook"
    assert [value is None for value in rows["Ratio"]] == [False, True]
    label = review().results[1].label
    for name in ("Funnel", "Over time", "Methods"):
        assert label not in [row[0] for row in book[name].iter_rows(values_only=True)]


def test_small_numbers_leave_no_count_of_one_to_seven() -> None:
    choices = Choices(made_at=AT, small_numbers=True)
    book = opened(workbook_bytes(review(), replay(()), choices, cases=True))
    rows = results_of(book)
    first = review().results[0]
    assert rows["Observed"][0] == 5 * ((first.observed + 2.5) // 5)
    assert rows["Left out: risk missing"][0] == "*"
    assert rows["Expected"] == [None, None]
    assert not any(row[1] in ("Own", "Other surgeons") for row in book["Funnel"].values)
    assert not any(sheet._charts for sheet in book.worksheets)
    blocks = [row for row in book["Over time"].values if row[0] == first.label]
    assert {row[3] for row in blocks} <= {0, "*"} | set(range(10, 100, 5))
    assert all(row[4] is None and row[5] is None for row in blocks)


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


def test_no_rows_of_cases_unless_asked_for(plain: bytes) -> None:
    assert "Cases" not in opened(plain).sheetnames
    book = opened(workbook_bytes(review(), replay(()), CHOICES, cases=True))
    top = book["Cases"]["A3"].value + book["Cases"]["A4"].value + book["Cases"]["A2"].value
    assert "Attention: each row is one patient" in top


def test_an_extract_without_cases() -> None:
    whole = review()
    none = replace(whole, extract=replace(whole.extract, cases=whole.extract.cases.head(0)))
    assert "Cases" in opened(workbook_bytes(none, replay(()), CHOICES, cases=True)).sheetnames


def test_equal_input_gives_equal_bytes() -> None:
    state = written("the same words")
    first = workbook_bytes(review(), state, CHOICES, cases=True)
    assert first == workbook_bytes(review(), state, CHOICES, cases=True)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2026, 11, 22, 9, 30, 0)}


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
