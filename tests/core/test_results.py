"""Results against scipy's own distributions, and the laws that hold between codings."""

import math
from datetime import date

import msgspec
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from core.extract.manifest import IssuedFigures, IssuedLimit, Limits, National, Outcome
from core.results.as_json import result_as_json
from core.results.inclusion import include
from core.results.measure import measure
from core.results.options import Options

UNTIL = date(2026, 3, 31)
NO_UNITS = pd.DataFrame({"unit": [], "cases": [], "observed": [], "expected": []})


def outcome(**changes) -> Outcome:
    plain = Outcome(code="death", label="Death", kind="binary", definition="Death in hospital")
    return msgspec.structs.replace(plain, **changes)


def cases(risks, events, day="2025-01-01", **more) -> pd.DataFrame:
    table = pd.DataFrame({"risk.death": risks, "outcome.death": events}, dtype=float)
    table.insert(0, "operated_on", pd.Timestamp(day))
    return table.assign(**more)


def test_poisson_numbers_are_scipys():
    found = measure(outcome(), cases([0.05] * 200, [1] * 16 + [0] * 184), UNTIL, NO_UNITS)
    assert (found.cases, found.observed) == (200, 16)
    assert found.expected == pytest.approx(10)
    assert found.p_upper == pytest.approx(stats.poisson.sf(15, 10))
    assert found.p_lower == pytest.approx(stats.poisson.cdf(16, 10))
    low, high = stats.chi2.ppf(0.025, 32) / 20, stats.chi2.ppf(0.975, 34) / 20
    assert found.ratio_interval == pytest.approx((low, high))
    assert found.position == "within"
    needed = next(k for k in range(50) if stats.poisson.sf(k - 1, 10) < 0.025)
    assert found.events_to_alert == needed
    assert found.power.double_rate_alert == pytest.approx(stats.poisson.sf(needed - 1, 20))


def test_binomial_numbers_are_scipys():
    options = Options(model="binomial")
    found = measure(outcome(), cases([0.05] * 200, [1] * 16 + [0] * 184), UNTIL, NO_UNITS, options)
    assert found.p_upper == pytest.approx(stats.binom.sf(15, 200, 0.05))
    interval = stats.binomtest(16, 200).proportion_ci(0.95, "exact")
    assert found.ratio_interval == pytest.approx((interval.low * 20, interval.high * 20))
    assert not found.audit_method


def test_each_case_is_counted_once_in_order():
    table = cases([0.1, None, 0.1, None, 0.1], [1, None, None, 1, 0])
    table["excluded"] = ["late", "", "", "", "other@bleed"]
    table.loc[1, "operated_on"] = pd.Timestamp("2026-03-20")
    left = include(table, outcome(follow_up_days=30), UNTIL).left_out
    assert (left.excluded, left.follow_up_incomplete) == (1, 1)
    assert (left.missing_outcome, left.missing_risk) == (1, 1)
    assert include(table, outcome(follow_up_days=30), UNTIL).cases == 1


def test_known_early_deaths_do_not_count_before_follow_up_is_complete():
    table = cases([0.1, 0.1], [1, 0], day="2026-03-20")
    assert include(table, outcome(follow_up_days=30), UNTIL).cases == 0


def test_missing_bounds_take_both_ends():
    percentiles = tuple(index / 1000 for index in range(1, 100))
    nation = National(cases=1000, observed=50, expected=50.0, risk_percentiles=percentiles)
    table = cases([0.5, 0.5, 0.5, None], [1, 0, None, 1])
    found = measure(outcome(national=nation), table, UNTIL, NO_UNITS)
    assert found.missing_bounds == pytest.approx((2 / (1.5 + 0.095), 3 / (1.5 + 0.005)))


def test_bounds_are_undefined_where_the_nation_gives_no_risks():
    found = measure(outcome(), cases([0.5, None], [1, 0]), UNTIL, NO_UNITS)
    assert found.missing_bounds is None


def test_few_cases_still_have_an_exact_position():
    table = cases([0.025] * 40, [1] * 8 + [0] * 32)
    found = measure(outcome(minimum_cases=100), table, UNTIL, NO_UNITS)
    assert (found.position, found.exact_position) == ("too_few", "above_alarm")
    assert found.p_upper == pytest.approx(stats.poisson.sf(7, 1))


def test_no_case_gives_null_and_no_position():
    found = measure(outcome(), cases([], []), UNTIL, NO_UNITS)
    assert (found.ratio, found.ratio_interval, found.position) == (None, None, "too_few")
    assert all(limit.lower is None and limit.upper is None for limit in found.limits)


def test_no_expected_events_gives_null():
    found = measure(outcome(), cases([0.0] * 5, [0] * 5), UNTIL, NO_UNITS)
    assert (found.ratio, found.p_upper) == (None, None)


def test_national_centre_moves_the_line_not_the_ratio():
    nation = National(cases=1000, observed=60, expected=50.0)
    table = cases([0.05] * 200, [1] * 16 + [0] * 184)
    moved = measure(outcome(national=nation, centre="national"), table, UNTIL, NO_UNITS)
    assert moved.ratio == pytest.approx(1.6)
    assert moved.centre_ratio == pytest.approx(1.2)
    assert moved.p_upper == pytest.approx(stats.poisson.sf(15, 12))
    assert moved.adjusted_rate == pytest.approx(1.6 / 1.2 * 0.06)


def test_adjusted_rate_is_cut_at_one():
    nation = National(cases=10, observed=8, expected=8.0)
    found = measure(outcome(national=nation), cases([0.1], [1]), UNTIL, NO_UNITS)
    assert found.adjusted_rate == 1.0


def test_continuous_outcomes_take_the_audits_own_limits():
    issued = IssuedFigures(
        cases=2,
        observed=4.0,
        expected=5.0,
        limits=(IssuedLimit(level=0.95, lower=0.7, upper=1.2),),
        position="within",
    )
    table = pd.DataFrame({"operated_on": pd.Timestamp("2025-01-01"), "outcome.death": [3.0, 5.0]})
    found = measure(outcome(kind="continuous", issued=issued), table, UNTIL, NO_UNITS)
    assert (found.observed, found.ratio, found.position) == (4.0, 0.8, "within")
    assert measure(outcome(kind="continuous"), table, UNTIL, NO_UNITS).position is None


RISKS = st.lists(st.floats(0.001, 0.9), min_size=1, max_size=60)
MODELS = st.sampled_from(["poisson", "binomial", "poisson_binomial"])


@given(risks=RISKS, seed=st.integers(0, 1000), model=MODELS)
@settings(max_examples=60, deadline=None)
def test_favourable_and_adverse_codings_agree(risks, seed, model):
    events = (np.random.default_rng(seed).random(len(risks)) < 0.3).astype(float)
    chances = np.array(risks)
    own = outcome(limits=Limits(model=model))
    adverse = measure(own, cases(chances, events), UNTIL, NO_UNITS)
    survival = msgspec.structs.replace(own, direction="favourable")
    favourable = measure(survival, cases(1 - chances, 1 - events), UNTIL, NO_UNITS)
    assert adverse.position == favourable.position
    assert adverse.observed == favourable.observed
    assert adverse.p_upper == pytest.approx(favourable.p_upper)


@given(risks=RISKS, seed=st.integers(0, 1000), model=MODELS)
@settings(max_examples=60, deadline=None)
def test_json_has_no_nan_and_the_interval_agrees_with_the_position(risks, seed, model):
    events = (np.random.default_rng(seed).random(len(risks)) < 0.3).astype(float)
    table = cases(risks, events)
    found = measure(outcome(limits=Limits(model=model)), table, UNTIL, NO_UNITS)
    plain = result_as_json(found)
    assert all(not isinstance(v, float) or math.isfinite(v) for v in plain.values())
    low, high = found.ratio_interval
    outside = not low - 1e-9 <= 1 <= high + 1e-9
    assert outside == (found.exact_position != "within") or min(abs(low - 1), abs(high - 1)) < 1e-9


def count_cases(expected, counts) -> pd.DataFrame:
    table = pd.DataFrame({"expected.death": expected, "outcome.death": counts}, dtype=float)
    table.insert(0, "operated_on", pd.Timestamp("2025-01-01"))
    return table


def test_a_count_a_case_may_exceed_one():
    nation = National(cases=100, observed=180, expected=180.0)
    units = outcome(kind="ratio", national=nation)
    found = measure(units, count_cases([2.0] * 50, [3] * 50), UNTIL, NO_UNITS)
    low, high = stats.chi2.ppf(0.025, 300) / 200, stats.chi2.ppf(0.975, 302) / 200
    assert found.adjusted_rate == pytest.approx(1.5 * 1.8)
    assert found.adjusted_rate_interval == pytest.approx((low * 1.8, high * 1.8))


def test_nothing_bounds_a_missing_count():
    found = measure(outcome(kind="ratio"), count_cases([2.0, 2.0], [3, None]), UNTIL, NO_UNITS)
    assert found.missing_bounds is None


def test_choosing_what_the_audit_does_is_the_audits_method():
    def own(limits, **chosen):
        table = cases([0.05] * 20, [1] + [0] * 19)
        options = Options(**chosen)
        return measure(outcome(limits=limits), table, UNTIL, NO_UNITS, options).audit_method

    assert own(Limits(), model="poisson", overdispersion="none", style="exact")
    assert own(Limits(model="binomial", style="quantile"), model="binomial", style="quantile")
    assert own(Limits(model="negative_binomial"), overdispersion="additive")
    assert not own(Limits(), style="quantile")
    assert not own(Limits(), model="negative_binomial")
    assert not own(Limits(overdispersion="additive"), overdispersion="none")
