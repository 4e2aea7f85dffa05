"""False discovery rates, shrunken ratios and ranks among the nation's units."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from core.errors import BadNumberError, NoAnswerError
from core.statistics.multiplicity import benjamini_hochberg, two_sided
from core.statistics.ranking import rank_interval, simulated_ranks
from core.statistics.shrinkage import GammaPrior, gamma_prior, shrunken_ratio

TAILS = st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=60)


def nation(seed: int, units: int, shape: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    expected = random.uniform(1, 30, units)
    return random.poisson(expected * random.gamma(shape, 1 / shape, units)), expected


@given(TAILS)
def test_false_discovery_rates_are_those_of_statsmodels(tails) -> None:
    theirs = multipletests(tails, method="fdr_bh")[1]
    np.testing.assert_allclose(benjamini_hochberg(tails), theirs, rtol=1e-12, atol=0)


@given(TAILS)
def test_adjusting_keeps_the_order_and_never_lowers(tails) -> None:
    adjusted = benjamini_hochberg(tails)
    assert np.all(adjusted >= np.array(tails) * (1 - 1e-12))
    assert np.all(np.diff(adjusted[np.argsort(tails)]) >= 0)


def test_two_sided_tails() -> None:
    assert two_sided([0.01, 0.9, 0.6], [0.995, 0.2, 0.7]).tolist() == [0.02, 0.4, 1.0]
    assert benjamini_hochberg([]).size == 0


@pytest.mark.parametrize("tails", [[-0.1], [1.1], [np.nan], [[0.1]]])
def test_bad_tails_are_refused(tails) -> None:
    for ask in (benjamini_hochberg, lambda t: two_sided(t, t)):
        with pytest.raises(BadNumberError):
            ask(tails)


def test_tails_of_unequal_number_are_refused() -> None:
    with pytest.raises(BadNumberError):
        two_sided([0.1], [0.1, 0.2])


@pytest.mark.parametrize(("seed", "units", "shape"), [(1, 60, 4.0), (2, 400, 12.0), (3, 2000, 1.5)])
def test_prior_is_the_negative_binomial_fit_of_statsmodels(seed, units, shape) -> None:
    observed, expected = nation(seed, units, shape)
    prior = gamma_prior(observed, expected)
    model = sm.NegativeBinomial(observed, np.ones(units), offset=np.log(expected))
    log_mean, inverse_shape = model.fit(disp=0, method="bfgs", gtol=1e-9).params
    assert prior.mean == pytest.approx(np.exp(log_mean), rel=1e-4)
    assert prior.shape == pytest.approx(1 / inverse_shape, rel=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_no_nearby_prior_is_likelier(seed) -> None:
    observed, expected = nation(seed, 150, 8.0)
    prior = gamma_prior(observed, expected)

    def likelihood(shape: float, rate: float) -> float:
        return float(np.sum(stats.nbinom.logpmf(observed, shape, rate / (rate + expected))))

    best = likelihood(prior.shape, prior.rate)
    for by in (0.98, 0.999, 1.001, 1.02):
        assert likelihood(prior.shape * by, prior.rate) < best
        assert likelihood(prior.shape, prior.rate * by) < best
        assert likelihood(prior.shape * by, prior.rate * by) < best


def test_prior_is_refused_where_there_is_none() -> None:
    observed, expected = nation(1, 19, 2.0)
    for counts, means in (
        (observed, expected),
        (np.zeros(50), np.ones(50)),
        (np.full(50, 10), np.full(50, 10.0)),
    ):
        with pytest.raises(NoAnswerError):
            gamma_prior(counts, means)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 400), st.floats(1e-6, 1e4)), min_size=20, max_size=40))
def test_any_table_gives_a_finite_prior_or_none(units) -> None:
    try:
        prior = gamma_prior([o for o, _ in units], [e for _, e in units])
    except NoAnswerError:
        return
    assert 0 < prior.shape < np.inf
    assert 0 < prior.rate < np.inf


@given(st.integers(0, 500), st.floats(0.1, 300), st.floats(0.5, 50), st.floats(0.3, 3))
def test_shrunken_ratio_lies_between_its_own_and_the_nations(
    observed, expected, shape, mean
) -> None:
    prior = GammaPrior(shape, shape / mean)
    found = shrunken_ratio(observed, expected, prior)
    low, high = sorted([observed / expected, mean])
    assert low * (1 - 1e-9) <= found.ratio <= high * (1 + 1e-9)
    assert 0 <= found.lower < found.upper
    wide = shrunken_ratio(observed, expected, prior, 0.998)
    assert wide.lower < found.lower
    assert found.upper < wide.upper


def test_shrunken_ratio_is_the_gamma_posterior() -> None:
    found = shrunken_ratio(8, 4.0, GammaPrior(5.0, 5.5), 0.9)
    posterior = stats.gamma(13, scale=1 / 9.5)
    assert found.ratio == pytest.approx(posterior.mean())
    assert (found.lower, found.upper) == pytest.approx(tuple(posterior.ppf([0.05, 0.95])))
    assert shrunken_ratio(0, 0.0, GammaPrior(5.0, 5.5)).ratio == pytest.approx(5 / 5.5)


@pytest.mark.parametrize(
    ("observed", "expected", "level"),
    [
        (-1, 1, 0.9),
        (0.5, 1, 0.9),
        (np.nan, 1, 0.9),
        (1, -1, 0.9),
        (1, np.nan, 0.9),
        (1, 1, 1.0),
        (1, np.inf, 0.9),
    ],
)
def test_bad_units_are_not_shrunk(observed, expected, level) -> None:
    with pytest.raises(BadNumberError):
        shrunken_ratio(observed, expected, GammaPrior(5, 5), level)


@pytest.mark.parametrize(
    ("observed", "expected"),
    [([1], [1, 2]), ([-1], [1]), ([0.5], [1]), ([1], [0]), ([1], [np.nan])],
)
def test_bad_tables_are_refused(observed, expected) -> None:
    with pytest.raises(BadNumberError):
        gamma_prior(observed, expected)


def test_rank_of_an_extreme_unit_is_known_and_of_a_middling_one_is_not() -> None:
    observed, expected = nation(5, 100, 6.0)
    observed, expected = np.r_[observed, 0, 900, 100], np.r_[expected, 200.0, 200.0, 100.0]
    lowest, highest = rank_interval(observed, expected, 100), rank_interval(observed, expected, 101)
    assert (lowest.lower, lowest.units) == (1, 103)
    assert lowest.upper < 5
    assert highest.lower > 99
    middle = rank_interval(observed, expected, 102)
    assert middle.lower < 51 < middle.upper
    assert middle.lower <= middle.median <= middle.upper


def test_rank_repeats_with_its_seed_and_changes_little_with_another() -> None:
    observed, expected = nation(6, 60, 6.0)
    first = rank_interval(observed, expected, 7)
    assert rank_interval(observed, expected, 7) == first
    assert rank_interval(observed, expected, 7, seed=2).median == pytest.approx(first.median, abs=3)


def test_mean_rank_is_the_sum_of_chances_of_being_lower() -> None:
    """One gamma is below another with a probability that the beta distribution gives exactly."""
    random = np.random.default_rng(7)
    shape, rate, draws = random.uniform(2, 60, 40), random.uniform(2, 60, 40), 40_000
    ranks = simulated_ranks(shape, rate, 11, draws, seed=3)
    below = stats.beta.cdf(rate / (rate + rate[11]), shape, shape[11])
    expected = 1 + np.delete(below, 11).sum()
    assert ranks.size == draws
    assert ranks.mean() == pytest.approx(expected, abs=4 * ranks.std() / np.sqrt(draws))


def test_own_result_does_not_feed_its_prior() -> None:
    """The others are all alike; only the ranked unit's own excess could make a prior."""
    observed, expected = np.r_[np.full(30, 10), 200], np.full(31, 10.0)
    gamma_prior(observed, expected)
    with pytest.raises(NoAnswerError):
        rank_interval(observed, expected, 30)
    assert rank_interval(observed, expected, 0).upper < 31


@pytest.mark.parametrize(
    "settings_", [{"unit": -1}, {"unit": 40}, {"unit": 0, "level": 1}, {"unit": 0, "draws": 0}]
)
def test_bad_questions_about_rank_are_refused(settings_) -> None:
    with pytest.raises(BadNumberError):
        rank_interval(*nation(9, 40, 3.0), **settings_)
