"""Rows of cases that may leave: what stays, what is banded, what is withheld."""

from collections import Counter

import pandas as pd
import pytest

from core.report.disclosure import STAR
from core.report.workbooks.case_rows import FEWEST, CaseRows, case_rows
from tests.core.made_export import review


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "small numbers"])
def released(request: pytest.FixtureRequest) -> CaseRows:
    extract = review().extract
    return case_rows(extract.cases, extract.manifest, small_numbers=request.param)


def column(rows: CaseRows, heading: str) -> list[str | float | None]:
    place = rows.headings.index(heading)
    return [row[place] for row in rows.rows]


def test_identifiers_and_free_text_stay(released: CaseRows) -> None:
    kept = " ".join(released.headings).lower()
    assert not any(word in kept for word in ("record number", "case id", "provider", "excluded"))
    assert {"Age", "Urgency", "Female"} <= set(released.headings)


def test_ages_are_bands_and_dates_are_months(released: CaseRows) -> None:
    ages = {value for value in column(released, "Age") if value not in (None, STAR)}
    assert ages == {"40–49", "50–59", "60–69", "70–79", "80–89", "90 and over"}
    months = {value for value in column(released, "Month of operation") if value != STAR}
    assert len(months) > 5
    assert all(len(str(month)) == 7 for month in months)


def test_study_numbers_count_the_rows_and_follow_no_record(released: CaseRows) -> None:
    cases = review().extract.cases
    assert column(released, "Study number") == list(range(1, len(cases) + 1))
    shuffled = case_rows(
        cases.sample(frac=1, random_state=7), review().extract.manifest, small_numbers=False
    )
    in_order = case_rows(cases, review().extract.manifest, small_numbers=False)
    assert shuffled == in_order


def test_no_rare_value_can_be_read_or_worked_out(released: CaseRows) -> None:
    numbers = ("Study number", "risk", "expected", "recorded", "index")
    for heading in released.headings:
        if any(word in heading for word in numbers):
            continue
        counts = Counter(column(released, heading))
        assert all(seen >= FEWEST for value, seen in counts.items() if value not in (None, STAR))
        assert counts[STAR] == 0 or counts[STAR] >= 2


def test_the_extreme_numbers_are_drawn_in() -> None:
    extract = review().extract
    cases = extract.cases.copy()
    cases.loc[0, "bmi"] = 79.9
    bmi = column(case_rows(cases, extract.manifest, small_numbers=False), "Body mass index")
    known = [value for value in bmi if isinstance(value, float)]
    assert max(known) < 79
    assert Counter(known)[max(known)] >= FEWEST


def test_few_cases_show_no_numbers() -> None:
    extract = review().extract
    few = case_rows(extract.cases.head(5), extract.manifest, small_numbers=False)
    assert {value for value in column(few, "Body mass index") if value is not None} <= {STAR}
    assert set(column(few, "Procedure")) == {STAR}


def test_rare_outcomes_are_withheld_where_the_rule_is_asked_for() -> None:
    extract = review().extract
    cases = extract.cases.assign(**{"outcome.death": 0.0})
    cases.loc[:2, "outcome.death"] = 1.0
    heading = "Death in hospital: recorded"
    plain = case_rows(cases, extract.manifest, small_numbers=False)
    ruled = case_rows(cases, extract.manifest, small_numbers=True)
    assert Counter(column(plain, heading))[1.0] == 3
    assert set(column(ruled, heading)) == {STAR}


@pytest.mark.parametrize(
    ("age", "band"),
    [(19, "under 20"), (20, "20–29"), (89.9, "80–89"), (90, "90 and over"), (104, "90 and over")],
)
def test_bands(age: float, band: str) -> None:
    extract = review().extract
    cases = extract.cases.assign(age=float(age))
    assert set(column(case_rows(cases, extract.manifest, small_numbers=False), "Age")) == {band}


def test_an_empty_extract_gives_headings_alone() -> None:
    extract = review().extract
    none: pd.DataFrame = extract.cases.head(0)
    assert case_rows(none, extract.manifest, small_numbers=True).rows == ()


def test_with_the_small_number_rule_no_risks_leave_whose_sum_tells_a_count() -> None:
    extract = review().extract
    plain = case_rows(extract.cases, extract.manifest, small_numbers=False).headings
    ruled = case_rows(extract.cases, extract.manifest, small_numbers=True).headings
    assert {one for one in plain if one not in ruled} == {
        "Death in hospital: predicted risk",
        "Return to theatre for bleeding: predicted risk",
    }
