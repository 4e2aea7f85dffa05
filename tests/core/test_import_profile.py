"""What a profile may say for the files that surgeons import, and what it may not."""

import pytest

from core.audits.profile import Profile, parse_profile
from core.errors import BadProfileError
from core.intake.matching import propose
from core.intake.translation import translate
from tests.core.made_foreign import grid

PROFILE = """
specialty = "FICTIONAL"
series = "FICTIONAL"
attribution = "a"
width = 5
audit = { code = "T", name = "T", organisation = "T" }
window = { years = 1 }
fields = [{ name = "asa", label = "ASA", type = "code", allowed = ["1", "2"], position = 4 }]
outcomes = [{ code = "died", label = "Death", kind = "binary", definition = "d" }]

[[headings]]
column = "died"
synonyms = ["state_at_discharge"]
question = "7.7"
position = 5
codes = { "1. Home" = "0", "4. Mortuary" = "1" }

[[headings]]
column = "operated_on"
position = 3

[[patient_columns]]
kind = "name"
synonyms = ["who"]
question = "1.2"
position = 1
"""
ROW = ["Zebedee", "x", "14/01/2024", "2. Mild", "4. Mortuary"]


def profile(text: str = PROFILE) -> Profile:
    return parse_profile(text.encode(), "made-up.toml")


def test_an_outcome_is_read_by_the_codes_of_its_heading() -> None:
    sheet = grid([["Who", "x", "Date of operation", "ASA", "State at discharge"], ROW])
    mapping = propose(sheet, profile())
    assert [(one.kind, one.why) for one in mapping.identifiers] == [("name", "audit")]
    made = translate(sheet, mapping, profile(), b"k")
    assert made.table["died"].tolist() == ["1"]
    assert made.table["asa"].tolist() == ["2"]


def test_a_question_number_names_an_outcome_and_a_patient_column() -> None:
    sheet = grid([["Q1.2", "x", "Date of operation", "ASA", "7.7 Discharged"], ROW])
    mapping = propose(sheet, profile())
    assert mapping.of("died").why == "question"  # type: ignore[union-attr]
    assert mapping.identifiers[0].column == 0


def test_places_count_only_in_a_file_of_the_stated_width() -> None:
    mapping = propose(grid([ROW, ROW, ROW]), profile())
    assert {one.target: one.column for one in mapping.columns} == {
        "died": 4, "operated_on": 2, "asa": 3
    }  # fmt: skip
    wider = [[*ROW, ""], [*ROW, "y"], [*ROW, "z"]]
    assert propose(grid(wider), profile()).columns == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("width = 5", "width = 4"),
        ("width = 5", ""),
        ("width = 5", "width = 0"),
        ("position = 3", "position = 5"),
        ("position = 1", "position = 4"),
        ('column = "operated_on"', 'column = "died"'),
        ('kind = "name"', 'kind = "shoe_size"'),
        ('question = "1.2"', 'number = "1.2"'),
    ],
)
def test_a_profile_that_contradicts_itself_is_refused(old: str, new: str) -> None:
    with pytest.raises(BadProfileError):
        profile(PROFILE.replace(old, new))
