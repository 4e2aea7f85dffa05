"""Recalibration, AUC, Brier score and bands against statsmodels and against their definitions."""

from itertools import pairwise

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit

from core.errors import BadNumberError, NoAnswerError
from core.statistics.discrimination import area_under_curve, brier_score, calibration_bands
from core.statistics.recalibration import recalibrate, recalibrate_intercept, shift_to_total

ANY_RISK = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 1.0]))
CASES = st.lists(st.tuples(ANY_RISK, st.integers(0, 1)), min_size=1, max_size=50)


def columns(cases: list[tuple[float, int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([p for p, _ in cases], float), np.array([y for _, y in cases], float)


def made_up(seed: int, cases: int, slope: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    risks = expit(random.normal(-2, 1, cases))
    return risks, (random.random(cases) < expit(0.3 + slope * logit(risks))).astype(float)


@pytest.mark.parametrize(("seed", "cases", "slope"), [(1, 200, 1.0), (2, 5000, 0.4), (3, 900, 2)])
def test_fits_are_those_of_statsmodels(seed, cases, slope) -> None:
    risks, events = made_up(seed, cases, slope)
    score, both = logit(risks), recalibrate(risks, events)
    fit = sm.Logit(events, sm.add_constant(score)).fit(disp=0, tol=1e-14, maxiter=100)
    covariance = fit.cov_params()
    ours = [both.intercept, both.slope, both.intercept_error, both.slope_error, both.covariance]
    theirs = [*fit.params, *fit.bse, covariance[0, 1]]
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)
    assert both.deviance == pytest.approx(-2 * fit.llf, rel=1e-12)
    np.testing.assert_allclose(both.slope_interval(0.9), fit.conf_int(0.1)[1], rtol=1e-9)
    np.testing.assert_allclose(both.intercept_interval(), fit.conf_int()[0], rtol=1e-9)
    large = recalibrate_intercept(risks, events)
    family = sm.families.Binomial()
    fit = sm.GLM(events, np.ones(cases), family=family, offset=score).fit(tol=1e-14, maxiter=100)
    np.testing.assert_allclose(
        [large.intercept, large.intercept_error], [fit.params[0], fit.bse[0]], rtol=1e-9
    )
    assert (large.slope, large.slope_error) == (1, 0)


@settings(max_examples=150)
@given(CASES)
def test_a_fit_reproduces_its_events_or_is_refused(cases) -> None:
    risks, events = columns(cases)
    for fit in (recalibrate_intercept, recalibrate):
        try:
            found = fit(risks, events)
        except NoAnswerError:
            continue
        fitted = found.apply(risks)
        assert fitted.sum() == pytest.approx(events.sum(), abs=1e-6)
        assert np.isfinite([found.intercept_error, found.slope_error, found.covariance]).all()
        assert found.intercept_error > 0
        assert found.deviance >= 0


@given(st.lists(st.floats(1e-6, 1 - 1e-6), min_size=1, max_size=50), st.floats(0.01, 0.99))
def test_shift_reaches_the_total_and_undoes_itself(risks, share) -> None:
    total = share * len(risks)
    shift = shift_to_total(risks, total)
    moved = expit(logit(np.array(risks)) + shift)
    assert moved.sum() == pytest.approx(total, rel=1e-9)
    assert shift_to_total(risks, float(np.sum(risks))) == pytest.approx(0, abs=1e-6)


def test_certain_risks_do_not_move() -> None:
    shift = shift_to_total([0.0, 1.0, 0.2, 0.4], 2.0)
    assert expit(logit(np.array([0.2, 0.4])) + shift).sum() == pytest.approx(1.0)
    fit = recalibrate_intercept([0.0, 1.0, 0.2, 0.4, 0.3], [0, 1, 1, 0, 0])
    assert fit.apply([0.0, 1.0]).tolist() == [0, 1]
    assert fit.intercept == recalibrate_intercept([0.2, 0.4, 0.3], [1, 0, 0]).intercept


@pytest.mark.parametrize("total", [0, 4, -1, 5, np.nan])
def test_totals_out_of_reach_have_no_shift(total) -> None:
    with pytest.raises(NoAnswerError):
        shift_to_total([0.1, 0.2, 0.3, 0.0], total)


@pytest.mark.parametrize(
    ("risks", "events"),
    [
        ([], []),
        ([0.2], [1]),
        ([0.2, 0.3], [0, 0]),
        ([0.2, 0.3], [1, 1]),
        ([0.0, 0.2, 0.3], [1, 0, 1]),
        ([0.0, 1.0], [0, 1]),
    ],
)
def test_cases_that_fix_no_intercept_are_refused(risks, events) -> None:
    for fit in (recalibrate_intercept, recalibrate):
        with pytest.raises(NoAnswerError):
            fit(risks, events)


@pytest.mark.parametrize(
    ("risks", "events"),
    [
        ([0.2] * 4, [0, 1, 0, 1]),
        ([0.1, 0.2, 0.3, 0.4], [0, 0, 1, 1]),
        ([0.1, 0.2, 0.3, 0.4], [1, 1, 0, 0]),
        ([0.1, 0.2, 0.2, 0.4], [0, 0, 1, 1]),
    ],
)
def test_cases_that_fix_no_slope_are_refused(risks, events) -> None:
    recalibrate_intercept(risks, events)
    with pytest.raises(NoAnswerError):
        recalibrate(risks, events)


def test_a_slope_that_overshoots_still_settles() -> None:
    risks = expit(np.r_[np.linspace(-30, 30, 60), 29.0, -29.0])
    events = np.r_[np.linspace(-30, 30, 60) > 0, 0, 1].astype(float)
    fit = recalibrate(risks, events)
    assert fit.apply(risks).sum() == pytest.approx(events.sum())


@pytest.mark.parametrize("level", [0, 1, -1, np.nan])
def test_bad_levels_are_refused(level) -> None:
    with pytest.raises(BadNumberError):
        recalibrate_intercept([0.2, 0.3], [0, 1]).intercept_interval(level)


@given(CASES)
def test_auc_counts_pairs(cases) -> None:
    risks, events = columns(cases)
    assume(0 < events.sum() < events.size)
    gaps = risks[events == 1][:, None] - risks[events == 0]
    pairs = np.mean((gaps > 0) + 0.5 * (gaps == 0))
    assert area_under_curve(risks, events) == pytest.approx(pairs, abs=1e-12)
    assert area_under_curve(risks, 1 - events) == pytest.approx(1 - pairs, abs=1e-12)


def test_auc_and_brier_at_their_ends() -> None:
    assert area_under_curve([0.3, 0.3, 0.3], [0, 1, 0]) == 0.5
    assert (brier_score([0, 1], [0, 1]), brier_score([0, 1], [1, 0])) == (0, 1)
    for risks, events in (([], []), ([0.1], [1]), ([0.1, 0.2], [0, 0])):
        with pytest.raises(NoAnswerError):
            area_under_curve(risks, events)
    with pytest.raises(NoAnswerError):
        brier_score([], [])


@given(CASES, st.one_of(st.integers(1, 12), st.just((0.02, 0.1, 0.5))))
def test_bands_hold_every_case_once_and_do_not_overlap(cases, edges) -> None:
    risks, events = columns(cases)
    bands = calibration_bands(risks, events, edges)
    assert sum(band.cases for band in bands) == risks.size
    assert sum(band.observed for band in bands) == events.sum()
    assert sum(band.expected for band in bands) == pytest.approx(risks.sum())
    assert all(low.highest < high.lowest for low, high in pairwise(bands))
    assert len(bands) <= (edges if isinstance(edges, int) else len(edges) + 1)


def test_bands_of_distinct_risks_are_deciles() -> None:
    risks = np.arange(1, 101) / 200
    assert [band.cases for band in calibration_bands(risks, risks > 0.3)] == [10] * 10
    halves = calibration_bands(risks, risks > 0.3, (0.25,))
    assert [(band.cases, band.lowest, band.observed) for band in halves] == [
        (49, 0.005, 0),
        (51, 0.25, 40),
    ]
    assert calibration_bands([], []) == ()


@pytest.mark.parametrize("edges", [0, -1, (0.2, 0.1), (0.2, 0.2), (np.nan,)])
def test_bad_edges_are_refused(edges) -> None:
    with pytest.raises(BadNumberError):
        calibration_bands([0.1], [0], edges)
