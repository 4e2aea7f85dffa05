"""Which column becomes what, what is asked, how cells are spelled, and a mapping on disk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audits.library import load_profile, profile_names
from core.errors import BadMappingError, PlumblineError
from core.intake.heading_kinds import kind_of_heading
from core.intake.identifiers import kind_of_content
from core.intake.mapping import (
    Assigned,
    assign,
    choose_surgeon,
    column_named,
    confirm_column,
    set_code,
    set_date_order,
    set_factor,
    set_scale,
)
from core.intake.mapping_file import mapping_bytes, read_mapping
from core.intake.matching import fits, propose
from core.intake.nhs_numbers import is_nhs_number
from core.intake.pseudonyms import ages
from core.intake.spelling import Unreadable, reader
from core.intake.targets import Target, targets
from core.intake.translation import translate
from tests.core.made_foreign import OWN, grid, nacsa_like, nela_like, nvr_rows, opened

NVR = load_profile("vascular")
FLAG = Target("f", "Flag", "field", "flag", codes=(("1. Male", "0"), ("2. Female", "1")))
CODE = Target(
    "c", "Code", "field", "code", allowed=("Ele", "Exp"), labels=("elective", "expedited")
)
CLASS = Target("n", "Class", "field", "code", allowed=("1", "2", "3", "4"))
NUMBER = Target("x", "Number", "field", "number", minimum=2, maximum=20, unit="cm")
RISK = Target("r", "Risk", "risk", "risk", minimum=0, maximum=1)
DAY = Target("d", "Day", "field", "date")
ANY = Assigned("t", 0, "T", "hand")


def read(target: Target, text: str, assigned: Assigned = ANY) -> str | Unreadable:
    return reader(target, assigned, (text,))(text)


@pytest.mark.parametrize(
    ("target", "text", "value"),
    [
        (FLAG, "1. Male", "0"), (FLAG, "2. Female", "1"), (FLAG, "Yes", "1"), (FLAG, "no", "0"),
        (FLAG, "0. No", "0"), (FLAG, "1. Yes", "1"), (FLAG, "Unknown", ""),
        (FLAG, "9. Unknown", ""), (FLAG, "N/A", ""), (FLAG, "", ""),
        (FLAG, "0. No; 1. Yes", "1"), (FLAG, "No; No", "0"),
        (CODE, "Elective", "Ele"), (CODE, "1. Elective", "Ele"), (CODE, "Exp", "Exp"),
        (CODE, "1. Elective; 1. Elective", "Ele"),
        (CLASS, "3. Marked limits", "3"), (CLASS, "03 - words", "3"), (CLASS, "2", "2"),
        (NUMBER, "6.5", "6.5"), (NUMBER, "6.5 cm", "6.5"), (NUMBER, "7", "7"), (NUMBER, "-", ""),
        (RISK, "0.9%", "0.009000000000000001"), (RISK, "0.02", "0.02"), (RISK, "N/A", ""),
        (DAY, "05/03/2024", "2024-03-05"), (DAY, "2024-03-05", "2024-03-05"),
        (DAY, "5/3/2024 09:30", "2024-03-05"), (DAY, "2024-03-05 00:00:00", "2024-03-05"),
        (DAY, "05-Mar-2024", "2024-03-05"), (DAY, "5 March 2024", "2024-03-05"),
        (DAY, "05.03.2024", "2024-03-05"), (DAY, "not known", ""),
    ],
)  # fmt: skip
def test_a_text_is_read_as_what_it_says(target: Target, text: str, value: str) -> None:
    assert read(target, text) == value


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (FLAG, "maybe"), (FLAG, "3"), (CODE, "1. Elective; 2. Expedited"), (CODE, "elsewhere"),
        (CLASS, "7. Beyond"), (NUMBER, "6,5"), (NUMBER, "<5"), (NUMBER, "65 mm"), (NUMBER, "1.9"),
        (NUMBER, "20.1"), (RISK, "1.2"), (RISK, "120%"), (RISK, "-1%"), (DAY, "31/02/2024"),
        (DAY, "05/13/2024"), (DAY, "05/03/124"), (DAY, "soon"), (DAY, "45000"),
    ],
)  # fmt: skip
def test_a_text_that_is_something_else_is_told_without_being_repeated(
    target: Target, text: str
) -> None:
    found = read(target, text)
    assert isinstance(found, Unreadable)
    assert text not in found.why


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for target in (FLAG, CODE, CLASS, NUMBER, RISK, DAY):
        value = read(target, text)
        if target is CODE and isinstance(value, str):
            assert value in ("", "Ele", "Exp")
        if target is FLAG and isinstance(value, str):
            assert value in ("", "0", "1")


def test_a_slash_date_is_asked_where_every_one_could_be_read_both_ways() -> None:
    header = ["Date of procedure", "Died in hospital", "risk_aaa_death"]
    both = grid([header, *[[f"0{day}/0{day + 1}/2024", "No", "0.9%"] for day in range(1, 8)]])
    mapping = propose(both, NVR)
    assert ("Date of procedure", "date order") in mapping.open_questions
    answered = set_date_order(mapping, "operated_on", "month first")
    assert ("Date of procedure", "date order") not in answered.open_questions
    made = translate(both, answered, NVR, b"k")
    assert made.table["operated_on"].tolist()[0] == "2024-01-02"


def test_month_first_dates_are_guessed_and_asked() -> None:
    header = ["Date of procedure", "Died in hospital", "risk_aaa_death"]
    dates = [[f"0{month}/2{month}/2024", "No", "0.9%"] for month in range(1, 8)]
    mapping = propose(grid([header, *dates]), NVR)
    assert mapping.of("operated_on").date_order == "month first"  # type: ignore[union-attr]
    assert ("Date of procedure", "date order") in mapping.open_questions


def test_mixed_date_formats_are_read_and_marked() -> None:
    header = ["Date of procedure", "Died in hospital", "risk_aaa_death"]
    rows = [[f"1{day}/01/2024", "No", "0.9%"] for day in range(3, 9)]
    rows[2][0] = "2024-02-14"
    sheet = grid([header, *rows])
    made = translate(sheet, propose(sheet, NVR), NVR, b"k")
    assert made.table["operated_on"].tolist()[2] == "2024-02-14"
    assert [(one.row, one.why) for one in made.problems] == [
        (4, "is written otherwise than most dates here")
    ]


@pytest.mark.parametrize(
    ("risks", "scale", "asked"),
    [
        (["0.9%", "1.2%", "N/A"], "fraction", False),
        (["0.9", "1.2", "14"], "percent", True),
        (["0.009", "0.2", "0.14"], "fraction", True),
    ],
)
def test_percent_or_fraction_is_guessed_and_asked(
    risks: list[str], scale: str, asked: bool
) -> None:
    header = ["Date of procedure", "Died in hospital", "risk_aaa_death"]
    mapping = propose(grid([header, *[["14/01/2024", "No", risk] for risk in risks]]), NVR)
    found = mapping.of("risk_aaa_death")
    assert found is not None
    assert found.scale == scale
    assert (("risk_aaa_death", "scale") in mapping.open_questions) is asked
    if asked:
        assert set_scale(mapping, "risk_aaa_death", "percent").open_questions == ()


def test_the_audit_that_a_file_is_from_fits_best() -> None:
    profiles = {name: load_profile(name) for name in profile_names()}
    assert fits(grid(nvr_rows()), profiles)[0].name == "vascular"
    assert fits(opened(nela_like()), profiles)[0].name == "emergency_laparotomy"
    best = fits(opened(nacsa_like()), profiles)[0]
    assert best.name == "adult_cardiac"
    assert "Date of operation" in best.needed


CARDIAC = (
    ("Hospital number", "HOSP770001"), ("Consultant", OWN), ("Date of operation", "14/01/2024"),
    ("Procedure", "CABG x3"), ("Age", "71"), ("Sex", "M"), ("LV function", "Good"),
    ("Urgency", "Elective"), ("EuroSCORE II", "1.2"), ("In-hospital death", "No"),
)  # fmt: skip


@pytest.mark.parametrize("without", [(), ("LV function", "Urgency"), ("EuroSCORE II", "Procedure")])
def test_what_few_audits_ask_for_tells_more_than_what_all_do(without: tuple[str, ...]) -> None:
    profiles = {name: load_profile(name) for name in profile_names()}
    kept = [one for one in CARDIAC if one[0] not in without]
    sheet = grid([[heading for heading, _ in kept], *([[cell for _, cell in kept]] * 20)])
    first, second = fits(sheet, profiles)[:2]
    assert first.name == "adult_cardiac"
    assert first.score > second.score
    mapping = propose(sheet, profiles["adult_cardiac"])
    assert mapping.of("survived").heading == "In-hospital death"  # type: ignore[union-attr]
    assert ("In-hospital death", "sense") in mapping.open_questions


def test_a_column_that_another_fits_as_well_is_asked() -> None:
    header = ["Date of procedure", "Died in hospital", "Sex", "Gender"]
    mapping = propose(grid([header, ["14/01/2024", "No", "M", "M"]]), NVR)
    assert mapping.of("female").heading == "Sex"  # type: ignore[union-attr]
    confirmed = confirm_column(mapping, "female")
    assert all(asked != "column" for _, asked in confirmed.open_questions)


def test_corrections_by_hand_change_nothing_else() -> None:
    sheet = grid(nvr_rows(30))
    mapping = propose(sheet, NVR)
    changed = assign(mapping, "provider", column_named(sheet, "comments"))
    assert changed.of("provider").why == "hand"  # type: ignore[union-attr]
    assert mapping.of("provider") is None
    assert assign(changed, "provider", None).columns == mapping.columns
    coded = set_code(mapping, "operation", "Other", "carotid")
    assert coded.of("operation").codes == (("Other", "carotid"),)  # type: ignore[union-attr]
    for wrong in (
        lambda: assign(mapping, "provider", 99),
        lambda: column_named(sheet, "absent"),
        lambda: set_factor(mapping, "aaa_diameter_cm", 0.0),
        lambda: set_scale(mapping, "absent", "percent"),
    ):
        with pytest.raises(BadMappingError):
            wrong()


def test_a_factor_brings_numbers_into_the_audits_unit() -> None:
    rows = [["Date of procedure", "Died in hospital", "Aneurysm diameter"]]
    sheet = grid([*rows, ["14/01/2024", "No", "62"], ["15/01/2024", "No", "55"]])
    unread = translate(sheet, propose(sheet, NVR), NVR, b"k")
    assert {one.why for one in unread.problems} == {"is above 20"}
    by_ten = set_factor(propose(sheet, NVR), "aaa_diameter_cm", 0.1)
    assert translate(sheet, by_ten, NVR, b"k").table["aaa_diameter_cm"].tolist() == ["6.2", "5.5"]


@given(st.binary(max_size=300))
def test_any_saved_mapping_is_read_or_refused(data: bytes) -> None:
    with pytest.raises(PlumblineError):
        read_mapping(data, grid(nvr_rows(5)), NVR)


def test_a_saved_mapping_holds_no_cell_and_refuses_another_file() -> None:
    sheet = grid(nvr_rows(30))
    saved = mapping_bytes(choose_surgeon(propose(sheet, NVR), OWN))
    for word in (b"ZEBEDEE", b"QZ9", b"HOSP77", b"9434765919"):
        assert word not in saved
    with pytest.raises(BadMappingError):
        read_mapping(saved, opened(nela_like()), NVR)
    with pytest.raises(BadMappingError):
        read_mapping(saved, sheet, load_profile("urology"))


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("NHS Number", "nhs_number"), ("nhs_no", "nhs_number"), ("NHSNumber", "nhs_number"),
        ("FullPostCode", "postcode"), ("DOB", "birth_date"),
        ("Date of Birth", "birth_date"), ("Post code", "postcode"),
        ("Patient Surname", "name"), ("Forename", "name"), ("Hospital Number", "hospital_number"),
        ("Local patient identifier", "hospital_number"), ("MRN", "hospital_number"),
        ("Consultant surname", None), ("Hospital", None), ("Sex", None), ("NHS Trust", None),
        ("Date of operation", None), ("Number of vessels", None), ("Patient weight", None),
    ],
)  # fmt: skip
def test_a_heading_says_whether_its_column_identifies(heading: str, kind: str | None) -> None:
    assert kind_of_heading(heading) == kind


def test_nhs_numbers_are_told_by_their_check_digit() -> None:
    """943 476 5919 is the number that the NHS data dictionary gives as its example."""
    assert is_nhs_number("943 476 5919")
    assert not is_nhs_number("943 476 5918")
    assert not is_nhs_number("0000000000")


def test_columns_are_told_by_their_content_too() -> None:
    sheet = grid([["Code", "x"], *[["943 476 5919", str(row)] for row in range(5)]])
    assert kind_of_content(sheet.cells(0)) == "nhs_number"
    assert kind_of_content(sheet.cells(1)) is None


def test_ages_are_whole_years_on_the_day() -> None:
    assert ages(["1950-06-15"] * 3, ["2020-06-14", "2020-06-15", "1940-01-01"]) == ["69", "70", ""]


def test_every_shipped_profile_asks_for_each_column_once() -> None:
    for name in profile_names():
        asked = [target.name for target in targets(load_profile(name))]
        assert len(asked) == len(set(asked))
