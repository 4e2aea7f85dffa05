"""Which fields a query may name, and how their values are kept, said and read."""

import msgspec
import pytest

from core.extract.manifest import Field
from core.flow import Review, what_if_review
from core.review.correctable import (
    WHOLE,
    audit_value,
    audit_words,
    correctable,
    field_of,
    is_complete,
    may_be_blank,
    proposed_words,
    read_number,
    value_words,
)
from core.review.queries import KINDS, QueryKind
from core.review.what_if import LOOKED_UP
from tests.core.made_queries import official_review, query


@pytest.fixture(scope="module")
def official() -> Review:
    return official_review()


@pytest.mark.parametrize("kind", list(KINDS))
def test_of_fields_offered_no_identifying_value_is_kept_or_said(
    official: Review, kind: QueryKind
) -> None:
    manifest, cases = official.extract.manifest, official.extract.cases
    offered = correctable(manifest, kind)
    assert bool(offered) is (kind not in WHOLE)
    identifying = {field.name for field in offered if field.identifying}
    assert ("nhs" in identifying) is (kind in ("wrong_outcome", "other"))
    assert ("patient.birth_date" in identifying) is (kind == "other")
    for field in offered:
        assert field_of(manifest, field.name) == field
        value = audit_value(cases, 0, field)
        assert value_words(field, value)
        assert value is None or field.name not in identifying


def test_a_field_of_the_patient_is_offered_once(official: Review) -> None:
    own = Field(name="dob", label="Date of birth", type="date", identifying=True)
    manifest = msgspec.structs.replace(official.extract.manifest, fields=(own,))
    labels = [field.label for field in correctable(manifest, "other")]
    assert labels.count("Date of birth") == 1
    assert "NHS number" in labels


def test_the_extracts_own_hospital_number_takes_the_place_of_the_general_one(
    official: Review,
) -> None:
    own = Field(name="mrn", label="Hospital record number", type="text", identifying=True)
    manifest = msgspec.structs.replace(official.extract.manifest, fields=(own,))
    labels = [field.label for field in correctable(manifest, "other")]
    assert "Hospital record number" in labels
    assert "Hospital number" not in labels
    assert field_of(manifest, "patient.hospital_number") is not None


def test_what_could_identify_a_patient_changes_nothing_whatever_was_proposed(
    official: Review,
) -> None:
    asked = (
        query("other", "C0001", "nhs"),
        query("wrong_outcome", "C0002", "nhs", "9434765919"),
        query("other", "C0003", "patient.birth_date", blank=True),
    )
    found = what_if_review(official, asked)
    assert (found.applied, [one.words for one in found.remarks]) == ((), [LOOKED_UP] * 3)
    field = field_of(official.extract.manifest, "nhs")
    assert field is not None
    assert "9434765919" not in audit_words(field, asked[1]) + proposed_words(field, asked[1])


def test_values_are_kept_and_said_by_type(official: Review) -> None:
    manifest, cases = official.extract.manifest, official.extract.cases
    kept = {
        name: audit_value(cases, 0, field)
        for name in ("age", "urgency", "died_on", "outcome.death", "excluded", "operated_on")
        if (field := field_of(manifest, name))
    }
    assert kept == {
        "age": 60.0,
        "urgency": "1",
        "died_on": "2024-01-02",
        "outcome.death": 1.0,
        "excluded": None,
        "operated_on": cases["operated_on"].iloc[0].date().isoformat(),
    }
    said = {name: value_words(field_of(manifest, name), value) for name, value in kept.items()}
    assert said["age"] == "60\u202fyears"
    assert said["urgency"] == "elective"
    assert said["died_on"] == "2 January 2024"
    assert (said["outcome.death"], said["excluded"]) == ("yes", "none")
    assert value_words(None, None) == "not recorded"


def test_numbers_are_read_by_the_fields_contract(official: Review) -> None:
    age, weight = (field_of(official.extract.manifest, name) for name in ("age", "weight"))
    assert age is not None
    assert weight is not None
    assert (read_number(age, "61"), read_number(weight, "81,5")) == (61.0, 81.5)
    for field, text in ((age, "61.5"), (age, "200"), (age, "-1"), (weight, "nan"), (weight, "x")):
        with pytest.raises(ValueError, match=r"in (years|kg)"):
            read_number(field, text)


def test_what_is_complete() -> None:
    assert is_complete(query("not_my_case", "C0001"))
    assert is_complete(query("meets_exclusion", "C0001"))
    assert not is_complete(query("other", "C0001"))
    assert not is_complete(query("other", "C0001", "age"))
    assert is_complete(query("other", "C0001", "age", 0.0))
    assert is_complete(query("other", "C0001", "age", blank=True))
    assert not is_complete(query("other", "C0001", blank=True))


def test_what_is_proposed_in_words(official: Review) -> None:
    manifest = official.extract.manifest
    weight, operated = (field_of(manifest, name) for name in ("weight", "operated_on"))
    assert weight is not None
    assert operated is not None
    asked = (query("other", "C1", "weight", 80.0), query("other", "C1", "weight", blank=True))
    assert [proposed_words(weight, one) for one in asked] == ["80\u202fkg", "leave blank"]
    assert proposed_words(weight, query("other", "C1", "weight")) == ""
    assert (may_be_blank(weight), may_be_blank(operated)) == (True, False)
