"""The workbook: its numbers, its sheets and charts, and what the choices leave out."""

import io
import zipfile
from dataclasses import replace

import msgspec
import pytest

from core.flow import Review
from core.report.choices import Choices
from core.report.workbooks.workbook import workbook_bytes
from core.results.options import AUDIT_METHOD
from core.review.state import replay
from tests.core.made_export import review
from tests.core.made_workbook import AT, CHOICES, opened, results_of, written


@pytest.fixture(scope="module")
def plain() -> bytes:
    return workbook_bytes(review(), replay(()), CHOICES)


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


def test_no_rows_of_cases_unless_asked_for(plain: bytes) -> None:
    assert "Cases" not in opened(plain).sheetnames
    book = opened(workbook_bytes(review(), replay(()), CHOICES, cases=True))
    assert "Attention: each row is one patient" in book["Cases"]["A2"].value


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
