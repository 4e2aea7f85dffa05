"""Data-quality findings: each fault is seen where it stands, and clean records raise none."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.extract.manifest import (
    Audit,
    EventWords,
    Exclusion,
    Field,
    Manifest,
    Outcome,
    Period,
    Surgeon,
)
from core.results.inclusion import include
from core.results.quality.completeness import completeness
from core.results.quality.finding import Finding
from core.results.quality.findings import quality
from core.results.quality.values import far_out
from core.results.quality.words import TITLES, effect_words, summary_words

CASES = 300
FIELDS = (
    Field(name="record", label="Record", type="text", identifying=True),
    Field(name="age", label="Age", type="integer", unit="years", risk_factor=True),
    Field(name="bmi", label="Body mass index", type="number", national_completeness=0.99),
    Field(name="transplant", label="Transplant", type="flag"),
    Field(name="urgency", label="Urgency", type="code", allowed=("elective", "emergency")),
    Field(name="admitted_on", label="Admitted on", type="date"),
    Field(name="discharged_on", label="Discharged on", type="date"),
    Field(name="status", label="Status", type="code", allowed=("0", "1"), labels=("alive", "died")),
    Field(name="died_on", label="Date of death", type="date"),
)
MANIFEST = Manifest(
    format="plumbline-extract/1",
    audit=Audit(code="FICTIONAL", name="FICTIONAL", organisation="FICTIONAL"),
    series="FICTIONAL",
    edition_number=1,
    level="surgeon",
    surgeon=Surgeon(name="FICTIONAL", gmc="0000000"),
    period=Period(start=date(2023, 4, 1), end=date(2024, 3, 31)),
    follow_up_to=date(2024, 6, 30),
    issued_at=datetime(2024, 9, 1, tzinfo=UTC),
    attribution="FICTIONAL",
    outcomes=(
        Outcome(
            code="death",
            label="Death in hospital",
            kind="binary",
            definition="Death.",
            words=EventWords(event="death", events="deaths", happened="died"),
        ),
    ),
    fields=FIELDS,
    files={},
    exclusions=(
        Exclusion(code="transplant", words="Transplants are not counted.", count=0),
        Exclusion(code="emergency", words="Emergencies are not counted.", count=0),
    ),
)


def clean() -> pd.DataFrame:
    """Return records without a fault: 300 operations, one a working day or so, 6 deaths."""
    chance = np.random.default_rng(11)
    days = pd.Timestamp("2023-04-01") + pd.to_timedelta(np.arange(CASES) * 366 // CASES, unit="D")
    died = np.zeros(CASES)
    died[::50] = 1
    left = days + pd.Timedelta(days=5)
    return pd.DataFrame(
        {
            "case_id": [f"C{number}" for number in range(CASES)],
            "operated_on": days,
            "procedure": "Bypass",
            "provider": "Hospital",
            "excluded": "",
            "record": [f"R{number}" for number in range(CASES)],
            "age": 50.0 + chance.integers(0, 40, CASES),
            "bmi": 20.0 + chance.integers(0, 100, CASES) / 10,
            "transplant": 0.0,
            "urgency": "elective",
            "admitted_on": days,
            "discharged_on": left,
            "status": np.where(died == 1, "1", "0").astype(object),
            "died_on": pd.Series(left).where(died == 1),
            "risk.death": np.full(CASES, 0.02),
            "outcome.death": died,
        }
    )


def spoilt(**cells: tuple[int, object]) -> pd.DataFrame:
    """Return the clean records with single cells changed: column=(row, value)."""
    cases = clean()
    for name, (row, value) in cells.items():
        column = name.replace("__", ".")
        cases[column] = cases[column].astype(object) if isinstance(value, str) else cases[column]
        cases.loc[row, column] = value
    return cases


def one(findings: tuple[Finding, ...], code: str) -> Finding:
    (found,) = [finding for finding in findings if finding.code == code]
    return found


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


def test_clean_records_raise_nothing() -> None:
    assert quality(clean(), MANIFEST) == ()
    assert summary_words(()) == "Nothing to check was found in these records."


@pytest.mark.parametrize(
    ("code", "query", "field", "row", "cells"),
    [
        ("missing_outcome", "wrong_outcome", "outcome.death", 7, {"outcome__death": np.nan}),
        ("missing_risk", "wrong_risk_factor", "risk.death", 7, {"risk__death": np.nan}),
        ("missing_value", "wrong_risk_factor", "age", 9, {"age": np.nan}),
        ("outside_period", "other", "operated_on", 299, {"operated_on": day("2024-04-01")}),
        ("future_date", "other", "discharged_on", 3, {"discharged_on": day("2024-09-02")}),
        ("date_order", "other", "admitted_on", 3, {"admitted_on": day("2023-04-06")}),
        ("date_order", "wrong_outcome", "died_on", 0, {"died_on": day("2023-03-01")}),
        ("status_conflict", "wrong_outcome", "status", 50, {"status": "0"}),
        ("status_conflict", "wrong_outcome", "status", 51, {"status": "1"}),
        ("status_conflict", "wrong_outcome", "died_on", 50, {"died_on": pd.NaT}),
        ("status_conflict", "wrong_outcome", "died_on", 50, {"died_on": day("2023-12-01")}),
        ("status_conflict", "wrong_outcome", "died_on", 51, {"died_on": day("2023-06-05")}),
        ("unmarked_exclusion", "meets_exclusion", "transplant", 8, {"transplant": 1.0}),
        ("unmarked_exclusion", "meets_exclusion", "urgency", 8, {"urgency": "emergency"}),
        ("unmarked_exclusion", "meets_exclusion", "procedure", 8, {"procedure": "Transplantation"}),
        ("unusual_provider", "not_my_case", "provider", 8, {"provider": "Elsewhere"}),
        ("implausible_value", "wrong_risk_factor", "age", 8, {"age": 103.0}),
        ("implausible_value", "other", "bmi", 8, {"bmi": 68.4}),
    ],
)
def test_each_fault_is_seen_where_it_stands(
    code: str, query: str, field: str, row: int, cells: dict[str, object]
) -> None:
    cases = spoilt(**{name: (row, value) for name, value in cells.items()})
    found = [finding for finding in quality(cases, MANIFEST) if finding.code == code]
    assert [(finding.query, finding.field) for finding in found] == [(query, field)]
    assert found[0].doubtful.tolist() == [row]
    assert "1" not in found[0].message.replace("1 case", "")


def test_a_value_at_the_edge_of_the_period_is_inside() -> None:
    cases = spoilt(operated_on=(299, day("2024-03-31")))
    assert "outside_period" not in {finding.code for finding in quality(cases, MANIFEST)}


def test_a_marked_exclusion_is_none_to_check() -> None:
    cases = spoilt(transplant=(8, 1.0), excluded=(8, "transplant"))
    assert quality(cases, MANIFEST) == ()


def test_of_a_duplicate_the_repeat_alone_is_weighed() -> None:
    cases = clean()
    cases = pd.concat([cases, cases.iloc[[50]].assign(case_id="Z")], ignore_index=True)
    found = one(quality(cases, MANIFEST), "duplicate")
    assert (found.rows.tolist(), found.doubtful.tolist()) == ([50, 300], [300])
    assert found.effect is not None
    assert (found.effect.observed, found.effect.expected) == (-1.0, pytest.approx(-0.02))


@pytest.mark.parametrize(("later", "near"), [(7, True), (8, False)])
def test_the_same_patient_again_within_a_week(later: int, near: bool) -> None:
    cases = clean()
    again = cases.iloc[[20]].assign(case_id="Z", bmi=39.0)
    again["operated_on"] += pd.Timedelta(days=later)
    again[["admitted_on", "discharged_on"]] += pd.Timedelta(days=later)
    cases = pd.concat([cases, again], ignore_index=True)
    codes = [finding.code for finding in quality(cases, MANIFEST)]
    assert ("near_duplicate" in codes) is near


def test_without_an_identifier_all_but_one_number_agree() -> None:
    chance = np.random.default_rng(3)
    cases = clean().drop(columns="record").assign(height=chance.random(CASES))
    fields = (*FIELDS[1:], Field(name="height", label="Height", type="number"))
    manifest = _changed(fields=fields)
    assert quality(cases, manifest) == ()
    again = cases.iloc[[20]].assign(case_id="Z", bmi=39.0)
    again["operated_on"] += pd.Timedelta(days=1)
    found = one(quality(pd.concat([cases, again], ignore_index=True), manifest), "near_duplicate")
    assert found.rows.tolist() == [20, 300]


def test_where_cases_cannot_be_told_apart_none_is_a_duplicate() -> None:
    few = clean()[["case_id", "operated_on", "procedure", "provider", "outcome.death"]]
    few = few.assign(operated_on=few["operated_on"].dt.to_period("M").dt.start_time)
    few["risk.death"] = 0.02
    assert quality(few, _changed(fields=())) == ()


def test_a_month_without_operations_and_a_full_one() -> None:
    cases = clean()
    months = cases["operated_on"].dt.to_period("M").astype(str)
    fewer = cases[months != "2023-08"].reset_index(drop=True)
    found = one(quality(fewer, MANIFEST), "volume_jump")
    assert (found.query, found.count) == ("mine_but_absent", 0)
    assert found.message.startswith("August 2023 has 0 cases; half of your months have 25")
    full = cases.assign(
        operated_on=cases["operated_on"].where(months != "2023-08", day("2023-09-04"))
    )
    assert {"not_my_case", "mine_but_absent"} <= {
        finding.query for finding in quality(full, MANIFEST) if finding.code == "volume_jump"
    }


def test_a_case_long_after_all_others() -> None:
    cases = clean().head(100).assign(case_id=[f"C{number}" for number in range(100)])
    cases.loc[99, ["operated_on", "admitted_on", "discharged_on"]] = day("2024-03-01")
    found = one(quality(cases, MANIFEST), "unusual_date")
    assert found.doubtful.tolist() == [99]


def test_completeness_beside_the_nation() -> None:
    cases = clean()
    cases.loc[:29, "bmi"] = np.nan
    found = {row.field.name: row for row in completeness(cases, MANIFEST)}
    assert (found["bmi"].missing, found["bmi"].own, found["bmi"].national) == (30, 0.9, 0.99)
    finding = one(quality(cases, MANIFEST), "missing_value")
    assert (finding.severity, finding.count) == ("medium", 30)
    cases.loc[1:, "bmi"] = clean()["bmi"][1:]
    assert quality(cases, MANIFEST) == ()


@given(st.sets(st.integers(0, CASES - 1), min_size=1, max_size=20))
@settings(max_examples=15)
def test_effect_is_what_leaving_the_cases_out_does(rows: set[int]) -> None:
    cases = clean()
    cases.loc[sorted(rows), "status"] = np.where(cases["outcome.death"] == 1, "0", "1")[
        sorted(rows)
    ]
    found = one(quality(cases, MANIFEST), "status_conflict")
    outcome = MANIFEST.outcomes[0]
    whole = include(cases, outcome, MANIFEST.follow_up_to)
    rest = include(cases.drop(index=sorted(rows)), outcome, MANIFEST.follow_up_to)
    assert found.effect is not None
    assert found.effect.observed == rest.observed - whole.observed
    assert found.effect.expected == pytest.approx(rest.expected - whole.expected)


@given(st.data())
@settings(max_examples=40)
def test_any_gaps_are_borne(data: st.DataObject) -> None:
    size = data.draw(st.integers(0, 60))
    cases = clean().head(size).copy()
    for name in data.draw(st.sets(st.sampled_from([*cases.columns[4:]]))):
        gone = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
        cases[name] = cases[name].where(~np.array(gone, dtype=bool))
    for finding in quality(cases, MANIFEST):
        assert finding.code in TITLES
        assert all(0 <= row < size for row in finding.rows)
        assert set(finding.doubtful) <= set(finding.rows)
        assert finding.effect is not None
        assert np.isfinite([finding.effect.observed, finding.effect.expected]).all()


def test_a_favourable_outcome_is_weighed_as_its_complement() -> None:
    cases = spoilt(age=(50, 103.0))
    cases["outcome.death"], cases["risk.death"] = 1 - cases["outcome.death"], 0.98
    outcome = msgspec.structs.replace(MANIFEST.outcomes[0], direction="favourable")
    (found,) = quality(cases, _changed(outcomes=(outcome,)))
    assert found.effect is not None
    assert (found.effect.observed, found.effect.expected) == (-1.0, pytest.approx(-0.02))


def test_effect_in_words() -> None:
    (found,) = quality(spoilt(age=(50, 103.0)), MANIFEST)
    words = MANIFEST.outcomes[0].words
    assert effect_words(found.effect, words, "Death") == (
        "Without these cases, “Death” has 1 death fewer and 0.02 fewer expected."
    )
    assert summary_words((found,)) == "1 finding concerns 1 case."


@pytest.mark.parametrize("scale", [np.exp, lambda values: values + 100])
def test_few_values_of_one_shape_are_far_out(
    scale: Callable[[np.ndarray], np.ndarray],
) -> None:
    """Neither a normal nor a log-normal tail is told of; one value ten deviations out is."""
    normal = np.random.default_rng(5).normal(0, 1, 500).clip(-3, 3)
    assert not far_out(scale(normal)).any()
    assert far_out(scale(np.append(normal, 10.0))).tolist().index(True) == 500


def _changed(**changes: object) -> Manifest:
    return msgspec.structs.replace(MANIFEST, **changes)
