"""What-if results beside a review: recomputed by hand, and the official review left as it is."""

import copy
import math
from dataclasses import replace
from datetime import date

import msgspec
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from core.charts.funnel import describe_funnel, draw_funnel, funnel_table
from core.charts.palette import LIGHT
from core.flow import Review, review, what_if_review
from core.results.wording import IF_ACCEPTED
from core.review.answers import answers_by_query, read_answers
from core.review.queries import Query
from core.review.what_if import UNFINISHED
from tests.core.made_queries import official_review, query


@pytest.fixture(scope="module")
def official() -> Review:
    return official_review()


def asked() -> list[Query]:
    return [
        query("not_my_case", "C0003"),
        query("duplicate", "C0200"),
        query("wrong_outcome", "C0005", "outcome.death", 0.0),
        query("wrong_outcome", "C0300", "outcome.bleeding", 1.0),
        query("meets_exclusion", "C0007", "excluded", "emergency"),
        query("wrong_risk_factor", "C0009", "weight", None),
        query("mine_but_absent", None),
    ]


def by_hand(cases: pd.DataFrame, code: str) -> tuple[int, float, float]:
    """Return cases, deaths and expected after the corrections, by plain pandas."""
    left = cases[~cases["case_id"].isin(["C0003", "C0200", "C0007"])].set_index("case_id")
    left.loc["C0005", "outcome.death"] = 0.0
    left.loc["C0300", "outcome.bleeding"] = 1.0
    return len(left), left[f"outcome.{code}"].sum(), left[f"risk.{code}"].sum()


@pytest.mark.parametrize("code", ["death", "bleeding"])
def test_results_equal_those_recomputed_by_hand(official: Review, code: str) -> None:
    found = what_if_review(official, asked()).result(code)
    number, observed, expected = by_hand(official.extract.cases, code)
    assert (found.cases, found.observed) == (number, observed)
    assert found.expected == pytest.approx(expected, abs=1e-12)
    assert found.ratio == pytest.approx(observed / expected)
    tail = stats.poisson(expected * found.centre_ratio).sf(observed - 1)
    assert found.p_upper == pytest.approx(tail)


def test_corrections_alone_and_together(official: Review) -> None:
    queries = asked()
    together = what_if_review(official, queries)
    assert together.applied == tuple(one.id for one in queries[:5])
    alone = [what_if_review(official, [one]).result("death") for one in queries]
    base = official.result("death")
    assert [one.observed - base.observed for one in alone] == [-1, 0, -1, 0, -1, 0, 0]
    assert [one.cases - base.cases for one in alone] == [-1, -1, 0, 0, -1, 0, 0]
    assert together.result("death").observed == base.observed - 3


def test_what_is_unfinished_is_said_and_changes_nothing(official: Review) -> None:
    found = what_if_review(official, [query("wrong_outcome", "C0005", "outcome.death")])
    assert found.applied == ()
    assert [one.words for one in found.remarks] == [UNFINISHED]
    assert found.results == official.results


def test_the_official_review_is_the_same_before_and_after(official: Review) -> None:
    results, cases = copy.deepcopy(official.results), official.extract.cases.copy(deep=True)
    held = official.extract, official.results
    what_if_review(official, asked())
    assert (official.extract, official.results) == held
    assert official.extract is held[0]
    assert official.results == results
    pd.testing.assert_frame_equal(official.extract.cases, cases)


def test_no_query_gives_the_official_results(official: Review) -> None:
    assert what_if_review(official, []).results == official.results


def test_both_marks_stand_in_the_funnel_and_the_hollow_one_says_what_it_is(
    official: Review,
) -> None:
    funnel, found = official.funnel("death"), what_if_review(official, asked()).result("death")
    axes = draw_funnel(funnel, LIGHT, what_if=found).axes[0]
    marks = {line.get_gid(): line for line in axes.lines if line.get_gid() in ("own", "what-if")}
    assert marks["own"].get_markerfacecolor() == LIGHT.own
    assert marks["what-if"].get_markerfacecolor() == "none"
    assert marks["what-if"].get_xydata().tolist() == [[found.expected, found.ratio]]
    assert sum(IF_ACCEPTED in text.get_text() for text in axes.texts) == 1
    assert IF_ACCEPTED in describe_funnel(funnel, found)
    rows = funnel_table(funnel, found).rows
    assert rows[0][:3] == ("You", funnel.result.expected, funnel.result.ratio)
    assert rows[1] == (f"What-if, {IF_ACCEPTED}", found.expected, found.ratio)


def test_without_a_what_if_nothing_speaks_of_one(official: Review) -> None:
    funnel = official.funnel("death")
    axes = draw_funnel(funnel, LIGHT).axes[0]
    assert not [line for line in axes.lines if line.get_gid() == "what-if"]
    assert "hat-if" not in describe_funnel(funnel)


def test_a_mark_beyond_the_frame_is_seen(official: Review) -> None:
    dead = official.extract.cases["case_id"].iloc[20:110]
    queries = [query("wrong_outcome", case, "outcome.death", 1.0) for case in dead]
    found = what_if_review(official, queries).result("death")
    axes = draw_funnel(official.funnel("death"), LIGHT, what_if=found).axes[0]
    assert found.ratio is not None
    assert axes.get_ylim()[1] > found.ratio > 6


def test_answers_are_matched_by_id_or_by_the_one_request_of_that_place() -> None:
    table = pd.DataFrame(
        {
            "query": ["a", "ref-7", "ref-8", "ref-9"],
            "case_id": ["C1", "C2", "C3", None],
            "field": [None, "age", None, None],
            "answered_on": pd.to_datetime(["2026-11-01"] * 4),
            "decision": ["accepted", "declined", "pending", "declined"],
            "words": ["Agreed.", None, None, "Too late."],
        }
    )
    queries = {
        "a": query("not_my_case", "C1"),
        "b": query("other", "C2", "age", 1.0),
        "c": query("not_my_case", "C3"),
        "d": query("duplicate", "C3"),
    }
    found, unknown = answers_by_query(read_answers(table), queries)
    assert {name: one.verdict for name, one in found.items()} == {"a": "accepted", "b": "declined"}
    assert [one.query for one in unknown] == ["ref-8", "ref-9"]
    assert found["a"].sentence == "The audit’s answer of 1 November 2026: accepted. “Agreed.”"
    assert found["b"].on == date(2026, 11, 1)
    assert read_answers(None) == ()


def test_a_removed_case_moves_the_mean_of_a_continuous_outcome(official: Review) -> None:
    manifest = official.extract.manifest
    stay = msgspec.structs.replace(
        manifest.outcomes[0], code="stay", kind="continuous", national=None
    )
    days = np.arange(400.0)
    extract = replace(
        official.extract,
        cases=official.extract.cases.assign(**{"outcome.stay": days}),
        manifest=msgspec.structs.replace(manifest, outcomes=(stay,)),
    )
    found = what_if_review(review(extract, lambda *_: None), [query("duplicate", "C0399")])
    assert math.isclose(found.result("stay").observed, days[:399].mean())
