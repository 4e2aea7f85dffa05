"""Nothing that identifies a patient travels on: canaries, study numbers, ages, the link table."""

import pandas as pd
import pytest

from core.audits.profile import IdentifierKind
from core.errors import NoFitError
from core.intake.mapping import assign, choose_surgeon, set_factor
from core.intake.matching import propose
from core.intake.pseudonyms import free_of_identifiers
from core.intake.traces import traces_by_cell
from core.issuing.imported import Terms, make_extract
from tests.core.made_foreign import (
    CANARIES,
    NHS_NUMBERS,
    OWN,
    as_csv,
    nacsa_like,
    nela_like,
    nvr_rows,
    opened,
)
from tests.core.made_import import (
    NACSA,
    NELA,
    NVR,
    ORIGIN,
    TERMS,
    members,
    nacsa_mapping,
    nvr,
    reviewed,
)


def test_no_canary_is_in_any_part_of_an_extract() -> None:
    sheet, laparotomies = opened(nacsa_like()), opened(nela_like())
    for made in (
        nvr(),
        make_extract(sheet, nacsa_mapping(sheet), NACSA, ORIGIN, TERMS),
        make_extract(laparotomies, propose(laparotomies, NELA), NELA, ORIGIN, TERMS),
    ):
        for data in members(made).values():
            assert not [canary for canary in CANARIES if canary.lower() in data.lower()]


def test_a_text_that_names_its_patient_is_emptied_and_marked() -> None:
    made = nvr()
    marks = [one for one in made.translation.problems if one.column == "Procedure"]
    assert [(mark.row, mark.why) for mark in marks] == [(9, "holds what identifies a patient")]


def test_the_link_table_leads_back_and_is_made_only_when_asked() -> None:
    made = nvr()
    assert made.translation.link is not None
    rows = made.translation.link.decode().splitlines()
    assert len(rows) == 1 + len(made.translation.places)
    assert rows[0] == "case_id,row in the file,NHS number,hospital number"
    assert any(number in rows[1] for number in NHS_NUMBERS)
    assert not any(canary in made.translation.link for canary in (b"ZEBEDEE", b"QZ9 9ZZ"))
    sheet = opened(as_csv(nvr_rows()))
    mapping = choose_surgeon(propose(sheet, NVR), OWN)
    assert make_extract(sheet, mapping, NVR, ORIGIN, TERMS).translation.link is None


def test_study_numbers_depend_on_the_key_and_join_one_patient() -> None:
    sheet = opened(as_csv(nvr_rows()))
    mapping = choose_surgeon(propose(sheet, NVR), OWN)
    first = reviewed(nvr()).extract.cases["record_number"]
    assert first.nunique() == 1, "two spellings of one NHS number are one patient"
    other = Terms(TERMS.surgeon, b"another key", TERMS.made_at)
    again = reviewed(make_extract(sheet, mapping, NVR, ORIGIN, other)).extract.cases
    assert set(again["record_number"]).isdisjoint(first)


def test_birth_dates_become_ages_at_the_operation() -> None:
    cases = reviewed(nvr()).extract.cases
    rows = pd.DataFrame(nvr_rows()[1:], columns=nvr_rows()[0])
    own = rows[rows["Consultant GMC"] == OWN]
    born = pd.to_datetime(own["DOB"], format="%d/%m/%Y")
    operated = pd.to_datetime(own["Date of procedure"], format="%d/%m/%Y")
    had = (operated.dt.strftime("%m%d") >= born.dt.strftime("%m%d")).astype(int)
    expected = operated.dt.year - born.dt.year - 1 + had
    assert cases["age"].tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("Leeds (FICTIONAL)", True),
        ("Repair for Mr Lee", False),
        ("Lee's repair", False),
        ("see HOSP7701x", False),
        ("ring 943 476 5919", False),
        ("lives at QZ9 9ZZ", False),
        ("Repair (FICTIONAL)", True),
        ("", True),
    ],
)
def test_a_name_is_found_as_a_word_and_a_number_anywhere(text: str, free: bool) -> None:
    assert told(text, {"name": "Lee", "hospital_number": "HOSP7701"}) is not free


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("EVAR for Tabitha Quibbleson", False),
        ("Mrs Quibbleson, EVAR", False),
        ("quibbleson t", False),
        ("NHS:9434765919", False),
        ("NHS 943.476.5919", False),
        ("NHS 943 - 476 - 5919 hosp", False),
        ("hospital no RX 12-34 567", False),
        ("b. 12 July 1946", False),
        ("dob 12/07/46, EVAR", False),
        ("born 1946-07-12", False),
        ("Mrs unknown, 12/07/2024", True),
        ("Quibbles", True),
        ("size 943 476", True),
    ],
)
def test_a_full_name_a_number_and_a_birth_date_are_found_however_they_are_written(
    text: str, free: bool
) -> None:
    held: dict[IdentifierKind, str] = {
        "name": "QUIBBLESON, Mrs Tabitha",
        "hospital_number": "RX1234567",
        "birth_date": "12/07/1946",
    }
    assert told(text, held) is not free


def told(text: str, held: dict[IdentifierKind, str]) -> bool:
    cells = pd.Series([text], dtype=object)
    private = [
        list(traces_by_cell(pd.Series([cell], dtype=object), kind)) for kind, cell in held.items()
    ]
    return not free_of_identifiers(cells, private).all()


@pytest.mark.parametrize(
    ("target", "at"), [("creatinine_umol", 1), ("age", 1), ("admitted_on", 3), ("operated_on", 3)]
)
def test_a_lying_mapping_makes_no_number_and_no_date_of_what_identifies(
    target: str, at: int
) -> None:
    rows = [
        ["Date of procedure", "NHS Number", "Died in hospital", "Date of birth"],
        *([f"0{day}/02/2024", "9434765919", "No", "05/07/1950"] for day in range(1, 8)),
    ]
    sheet = opened(as_csv(rows))
    lying = set_factor(assign(propose(sheet, NVR), target, at), target, 1e-8)
    if target == "operated_on":
        with pytest.raises(NoFitError):
            make_extract(sheet, lying, NVR, ORIGIN, TERMS)
        return
    cases = members(make_extract(sheet, lying, NVR, ORIGIN, TERMS))["cases.csv"]
    assert b"94.3" not in cases
    assert b"1950" not in cases
