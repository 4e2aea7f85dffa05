"""Nothing that identifies a patient travels on: canaries, study numbers, ages, the link table."""

import pandas as pd
import pytest

from core.intake.mapping import choose_surgeon
from core.intake.matching import propose
from core.intake.pseudonyms import free_of_identifiers
from core.issuing.imported import Terms, make_extract
from tests.core.made_foreign import (
    CANARIES,
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
    assert "ZEBEDEE" in rows[1]
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
    found = free_of_identifiers(pd.Series([text], dtype=object), [["Lee"], ["HOSP7701"]])
    assert found.tolist() == [free]
