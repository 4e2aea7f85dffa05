"""A what-if corrects a copy: each kind of query does what its words say, and the source stays."""

import math
from datetime import date, datetime

import msgspec
import numpy as np
import pandas as pd
import pytest

from core.extract.manifest import National, Outcome
from core.results.inclusion import include
from core.results.over_time import over_time
from core.review.queries import KINDS, Query
from core.review.what_if import WhatIf, apply

DAY = date(2026, 12, 31)


def cases(count: int = 6) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "case_id": [f"FICTIONAL-{n}" for n in range(count)],
            "operated_on": pd.date_range("2026-01-01", periods=count),
            "procedure": ["resection"] * count,
            "provider": ["A"] * count,
            "excluded": pd.Series([None] * count, dtype=object),
            "age": np.linspace(50.0, 80.0, count),
            "risk.death": np.full(count, 0.1),
            "outcome.death": [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        }
    )


def outcome(source: str = "supplied") -> Outcome:
    return Outcome(
        code="death",
        label="Death",
        kind="binary",
        definition="Death within 30 days",
        risk_source=source,
        national=National(cases=1000, observed=100, expected=100.0),
    )


def query(
    kind: str,
    case: int | None = 0,
    field: str | None = None,
    value: object = None,
    *,
    blank: bool = False,
) -> Query:
    at = datetime(2026, 11, 22)
    return msgspec.convert(
        {
            "id": f"{kind}{case}",
            "extract": "x",
            "kind": kind,
            "case_id": None if case is None else f"FICTIONAL-{case}",
            "field": field,
            "audit_value": None,
            "proposed_value": value,
            "evidence": "",
            "blank": blank,
            "begun_at": at,
            "changed_at": at,
        },
        Query,
    )


def totals(frame: pd.DataFrame) -> tuple[int, int, float]:
    found = include(frame, outcome(), DAY)
    return found.cases, found.observed, round(found.expected, 9)


def after(*queries: Query) -> WhatIf:
    source = cases()
    before = source.copy(deep=True)
    found = apply(source, queries, (outcome(),))
    pd.testing.assert_frame_equal(source, before)
    return found


@pytest.mark.parametrize("kind", ["not_my_case", "duplicate"])
def test_a_case_is_removed(kind: str) -> None:
    found = after(query(kind, 3))
    assert totals(found.cases) == (5, 1, 0.5)
    assert "FICTIONAL-3" not in set(found.cases["case_id"])
    assert (found.applied, found.remarks) == ((f"{kind}3",), ())


def test_a_wrong_outcome_is_corrected() -> None:
    found = after(query("wrong_outcome", 0, "outcome.death", 0))
    assert totals(found.cases) == (6, 1, 0.6)
    assert found.remarks == ()


def test_a_case_that_meets_an_exclusion_is_left_out_and_stays_in_the_table() -> None:
    found = after(query("meets_exclusion", 0, None, "emergency"))
    assert totals(found.cases) == (5, 1, 0.5)
    assert found.cases["excluded"].iloc[0] == "emergency"
    source = cases().drop(columns="excluded")
    assert totals(apply(source, [query("meets_exclusion")]).cases) == (5, 1, 0.5)
    assert "excluded" not in source


@pytest.mark.parametrize("kind", ["mine_but_absent", "joint_case"])
def test_what_cannot_be_computed_is_said(kind: str) -> None:
    found = after(query(kind, None if kind == "mine_but_absent" else 0))
    pd.testing.assert_frame_equal(found.cases, cases())
    assert found.applied == ()
    assert len(found.remarks) == 1


def test_a_supplied_risk_stays_and_that_is_said() -> None:
    found = after(query("wrong_risk_factor", 0, "age", 90))
    assert found.cases["age"].iloc[0] == 90
    assert totals(found.cases) == totals(cases())
    assert found.applied == ("wrong_risk_factor0",)
    assert "Death: the case's risk stays" in found.remarks[0].words


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("no_such_field", 1),
        (None, 1),
        ("case_id", "FICTIONAL-9"),
        ("risk.death", 0.9),
        ("age", "old"),
        ("age", "inf"),
        ("operated_on", "yesterday"),
    ],
)
def test_what_no_column_can_hold_changes_nothing_and_is_said(
    field: str | None, value: object
) -> None:
    found = after(query("other", 0, field, value))
    pd.testing.assert_frame_equal(found.cases, cases())
    assert (found.applied, len(found.remarks)) == ((), 1)


def test_a_case_of_another_edition_is_said() -> None:
    found = after(query("not_my_case", 99))
    assert (found.applied, len(found.cases), len(found.remarks)) == ((), 6, 1)


def test_missing_values_and_dates_are_set() -> None:
    found = after(
        query("other", 1, "age", None),
        query("other", 2, "operated_on", "2026-03-05"),
        query("wrong_procedure", 4, "procedure", "repair"),
        query("wrong_outcome", 5, "outcome.death", None),
    )
    assert np.isnan(found.cases["age"].iloc[1])
    assert found.cases["operated_on"].iloc[2] == pd.Timestamp("2026-03-05")
    assert found.cases["procedure"].iloc[4] == "repair"
    assert totals(found.cases) == (5, 2, 0.5)
    assert (found.cases.dtypes == cases().dtypes).all()


def test_an_outcome_left_blank_is_missing_by_the_outcomes_own_rule() -> None:
    found = after(query("wrong_outcome", 0, "outcome.death", blank=True))
    included = include(found.cases, outcome(), DAY)
    assert totals(found.cases) == (5, 1, 0.5)
    assert included.left_out.missing_outcome == 1
    assert found.applied == ("wrong_outcome0",)


def test_a_date_of_operation_left_blank_changes_nothing_and_is_said() -> None:
    found = after(query("other", 0, "operated_on", blank=True))
    pd.testing.assert_frame_equal(found.cases, cases())
    assert "needs its date" in found.remarks[0].words


def scale_risk(points: int) -> float:
    """Return the Surgical Risk Scale's risk (Sutton et al., Br J Surg 2002;89:763-768)."""
    return 1 / (1 + math.exp(9.81 - 0.84 * points))


def scored() -> pd.DataFrame:
    """Return cases of ASA III, urgent, major: 9 points, and one without its ASA grade."""
    frame = cases().assign(asa="III", urgency="U", severity="Maj", **{"risk.death": scale_risk(9)})
    frame.loc[5, ["asa", "risk.death"]] = [None, np.nan]
    return frame


def test_a_named_model_gives_the_risk_of_the_corrected_values() -> None:
    corrections = [
        query("wrong_risk_factor", 0, "asa", "V"),
        query("wrong_risk_factor", 5, "asa", "I"),
    ]
    found = apply(scored(), corrections, (outcome("surgical_risk_scale"),))
    assert found.remarks == ()
    assert found.cases["risk.death"].tolist() == pytest.approx(
        [scale_risk(11), *[scale_risk(9)] * 4, scale_risk(7)]
    )


def test_a_risk_factor_left_blank_leaves_the_case_without_a_risk() -> None:
    correction = query("wrong_risk_factor", 0, "asa", blank=True)
    found = apply(scored(), [correction], (outcome("surgical_risk_scale"),))
    assert found.remarks == ()
    assert np.isnan(found.cases["risk.death"].iloc[0])
    assert include(found.cases, outcome(), DAY).left_out.missing_risk == 2


def test_a_model_that_does_not_give_the_audits_own_risk_is_not_used() -> None:
    frame = scored().assign(**{"risk.death": 0.2})
    correction = query("wrong_risk_factor", 0, "asa", "V")
    for source in ("surgical_risk_scale", "no_such_model"):
        found = apply(frame, [correction], (outcome(source),))
        assert found.cases["risk.death"].tolist() == [0.2] * 6
        assert len(found.remarks) == 1


def test_limits_of_the_cusum_are_held_to_the_official_cases() -> None:
    official = over_time(outcome(), cases(), include(cases(), outcome(), DAY))
    corrected = after(query("not_my_case", 0)).cases
    inclusion = include(corrected, outcome(), DAY)
    held = over_time(outcome(), corrected, inclusion, official.limits)
    assert held.limits == official.limits
    assert len(held.rows) == 5


def test_several_count_together_and_each_once() -> None:
    found = after(
        query("not_my_case", 0),
        query("duplicate", 0),
        query("wrong_outcome", 0, "outcome.death", 0),
    )
    assert totals(found.cases) == (5, 1, 0.5)
    assert len(found.applied) == 3


def test_every_kind_of_the_taxonomy_is_answered() -> None:
    for kind in KINDS:
        found = after(query(kind, 0, "age", 70))
        assert len(found.applied) + len(found.remarks) >= 1
