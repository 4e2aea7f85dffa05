"""Files as they come at the end of a long day: each slip is read rightly or told, never hidden."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from core.errors import BadMappingError, NothingToImportError
from core.extract.manifest import Surgeon
from core.intake.headings import Sheet
from core.intake.mapping import choose_surgeon
from core.intake.mapping_file import mapping_bytes, read_mapping
from core.intake.matching import propose
from core.intake.translation import Translation, translate
from core.issuing.imported import MOST_REMARKS, Imported, make_extract
from core.results.origin_words import origin_words
from tests.core.made_foreign import OTHER, OWN, as_csv, opened
from tests.core.made_import import NVR, ORIGIN, TERMS

HEAD = ("Date of procedure", "Died in hospital", "risk_aaa_death", "Sex", "Creatinine")
RECORD = ("05/02/2024", "No", "0.9%", "1. Male", "88")


def sheet(*rows: Sequence[str], head: Sequence[str] = HEAD) -> Sheet:
    return opened(as_csv([head, *rows]))


def read(*rows: Sequence[str], head: Sequence[str] = HEAD) -> Translation:
    made = sheet(*rows, head=head)
    return translate(made, propose(made, NVR), NVR, b"a key for tests")


def with_cells(place: int, texts: Sequence[str]) -> list[tuple[str, ...]]:
    return [(*RECORD[:place], text, *RECORD[place + 1 :]) for text in texts]


def scale(texts: Sequence[str]) -> tuple[str, bool]:
    mapping = propose(sheet(*with_cells(2, texts)), NVR)
    found = mapping.of("risk_aaa_death")
    assert found is not None
    return found.scale, "scale" in found.asked


FRACTIONS = [f"{0.005 + 0.0007 * place:.4f}" for place in range(60)]
PERCENT = [f"{0.2 + 0.05 * place:.2f}" for place in range(60)]


@pytest.mark.parametrize("slip", ["120", "1.2", "12"])
def test_one_slip_among_fractions_does_not_make_percentages_of_them_all(slip: str) -> None:
    assert scale([*FRACTIONS, slip]) == ("fraction", True)
    made = read(*with_cells(2, [*FRACTIONS, slip]))
    assert sum(map(float, made.table["risk_aaa_death"][:-1])) == pytest.approx(1.539, abs=1e-9)
    assert [(one.row, one.why) for one in made.problems] == [(62, "is above 1")]


def test_percentages_are_told_as_such_though_few_are_above_one() -> None:
    assert scale(PERCENT) == ("percent", True)
    assert scale([*PERCENT[:15], "1.4"]) == ("percent", True)


def test_years_of_two_figures_are_of_this_century() -> None:
    made = read(*with_cells(0, ["05/02/24", "5-Feb-24", "05.02.24", "2024-02-05"]))
    assert set(made.table["operated_on"]) == {"2024-02-05"}


def test_a_spreadsheets_day_numbers_are_told_as_what_they_are() -> None:
    with pytest.raises(NothingToImportError, match=r"'Date of procedure'.* 3 cells: is a spread"):
        read(*with_cells(0, ["45292", "45293", "45294"]))


def test_dates_both_ways_round_are_asked() -> None:
    mapping = propose(sheet(*with_cells(0, ["25/02/2024", "02/25/2024", "03/04/2024"])), NVR)
    assert [asked for _, asked in mapping.open_questions] == ["date order"]


def test_sexes_numbered_from_one_are_read_as_the_profile_numbers_them() -> None:
    made = read(*with_cells(3, ["1", "2", "1", "9", ""]))
    assert made.table["female"].tolist() == ["0", "1", "0", "", ""]
    alone = read(*with_cells(3, ["1", "1"]))
    assert alone.table["female"].tolist() == ["0", "0"]


def test_the_audits_own_flag_stays_a_flag() -> None:
    made = read(*with_cells(3, ["1", "1", "0"]), head=(*HEAD[:3], "female", HEAD[4]))
    assert made.table["female"].tolist() == ["1", "1", "0"]
    ones = read(*with_cells(3, ["1", "1"]), head=(*HEAD[:3], "female", HEAD[4]))
    assert ones.table["female"].tolist() == ["1", "1"]


def test_answers_counted_from_one_are_no_deaths() -> None:
    made = read(*with_cells(1, ["1", "2", "1", "2"]))
    assert set(made.table["died_in_hospital"]) == {""}
    assert len(made.problems) == 4
    known = read(*with_cells(1, ["0", "1", "0", "2"]))
    assert known.table["died_in_hospital"].tolist() == ["0", "1", "0", ""]


@pytest.mark.parametrize("text", ["✓", "√", "да", "✗"])
def test_a_tick_is_never_taken_for_nothing(text: str) -> None:
    made = read(RECORD, *with_cells(1, [text]))
    assert [(one.row, one.column) for one in made.problems] == [(3, "Died in hospital")]


@pytest.mark.parametrize("text", ["-", "–", "?", "...", "*"])
def test_a_dash_says_that_nothing_is_known(text: str) -> None:
    assert read(RECORD, *with_cells(1, [text])).problems == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0,91%", "has a comma for its decimal point"),
        ("1e999", "is no number"),
        ("-0.5%", "is below 0"),
        ("120%", "is above 1"),
    ],
)
def test_a_risk_that_is_none_is_told_in_words(text: str, why: str) -> None:
    assert [one.why for one in read(RECORD, *with_cells(2, [text])).problems] == [why]


def test_a_number_without_end_is_no_number() -> None:
    assert [one.why for one in read(*with_cells(4, ["1e999"])).problems] == ["is no number"]


@pytest.mark.parametrize(
    ("old", "new"), [("place = 6", "place = 9999"), ('"operated_on"', '"died_in_hospital"')]
)
def test_a_mapping_that_lies_of_places_is_refused(old: str, new: str) -> None:
    rows = [["9434765919", "x", str(row), "a", "b", f"0{row}/02/2024", "0"] for row in range(1, 9)]
    bare = opened(as_csv(rows))
    assert not bare.headed
    data = mapping_bytes(propose(bare, NVR)).decode()
    column = '\n[[columns]]\ntarget = "{}"\nheading = "lie"\nplace = {}\nwhy = "hand"\n'
    data = data.replace("columns = []", "")
    data += column.format("operated_on", 6) + column.format("died_in_hospital", 7)
    assert read_mapping(data.encode(), bare, NVR).of("operated_on") is not None
    with pytest.raises(BadMappingError):
        read_mapping(data.replace(old, new).encode(), bare, NVR)


def imported(made: Sheet, **changed: object) -> Imported:
    terms = replace(TERMS, **changed)  # type: ignore[arg-type]
    mapping = propose(made, NVR)
    column = mapping.of("surgeon")
    mapping = choose_surgeon(mapping, OWN) if column is not None else mapping
    return make_extract(made, mapping, NVR, ORIGIN, terms)


def remarks(made: Imported) -> tuple[str, ...]:
    assert made.manifest.source is not None
    return made.manifest.source.remarks


def test_no_operation_lies_in_the_future_or_in_1900() -> None:
    made = imported(sheet(RECORD, *with_cells(0, ["03/04/2062", "01/01/1900", "23/11/2026"])))
    assert [one.why for one in made.translation.problems] == [
        "lies in the future", "lies before 1950", "lies in the future",
    ]  # fmt: skip
    assert made.translation.unread == 3
    assert made.manifest.period.end == date(2024, 2, 5)


def test_rows_without_a_surgeon_and_outside_the_period_are_counted_as_such() -> None:
    rows = [(*RECORD, OWN), (*RECORD, OTHER), (*RECORD, ""), ("05/02/2023", *RECORD[1:], OWN)]
    made = imported(sheet(*rows, head=(*HEAD, "Consultant GMC")), start=date(2024, 1, 1))
    assert (made.translation.others, made.translation.unnamed) == (1, 1)
    counts = "1 is yours, 1 is another surgeon’s, 1 names no surgeon, 1 lies outside"
    assert any(f"has 4 rows: {counts}" in words for words in origin_words(made.manifest))


def test_another_gmc_number_than_the_one_stated_is_said() -> None:
    rows, head = [(*RECORD, OWN), (*RECORD, OWN)], (*HEAD, "Consultant GMC")
    said = "Column 'Consultant GMC' holds another GMC number than the one that was stated."
    stranger = Surgeon(name="FICTIONAL", gmc="0000001")
    assert said in remarks(imported(sheet(*rows, head=head), surgeon=stranger))
    assert said not in remarks(imported(sheet(*rows, head=head)))


def test_what_bears_on_the_figures_is_said_before_all_that_a_file_has_to_say() -> None:
    many = replace(ORIGIN, remarks=tuple(f"Remark {number}." for number in range(100)))
    made = sheet(*with_cells(2, ["0.5", "0.9", "2"]))
    found = remarks(make_extract(made, propose(made, NVR), NVR, many, TERMS))
    assert "Guessed and not confirmed, column 'risk_aaa_death': scale, percent." in found
    assert any("has no column for the outcome" in words for words in found)
    assert len(found) == MOST_REMARKS + 1
    assert found[-1].startswith("Further remarks on the file: ")


def test_a_column_of_risks_without_any_is_said() -> None:
    found = remarks(imported(sheet(*with_cells(2, ["N/A", "", "unknown"]))))
    assert any("is not adjusted for risk: no case has a risk" in words for words in found)


def test_an_exclusion_that_could_not_be_judged_is_said() -> None:
    head = (*HEAD, "Procedure type")
    rows = [(*RECORD, "aaa_open"), (*RECORD, "Bypass"), (*RECORD, "carotid")]
    found = remarks(imported(sheet(*rows, head=head)))
    assert any("'Procedure type' could not be read count" in words for words in found)


def test_columns_that_are_not_read_are_named() -> None:
    mapping = propose(sheet((*RECORD, "x", "9434765919"), head=(*HEAD, "Spare", "NHS No")), NVR)
    assert mapping.unused == ("Spare",)
