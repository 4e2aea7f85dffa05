"""Laws of power and of over-dispersion."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import NoAnswerError
from core.statistics.counts import (
    Binomial,
    CountModel,
    NegativeBinomial,
    Poisson,
    PoissonBinomial,
)
from core.statistics.overdispersion import (
    estimate_overdispersion,
)
from core.statistics.position import (
    LEVELS,
    count_to_cross_above,
    tail_alpha,
)
from core.statistics.power import (
    cases_until,
    detectable_ratio,
    doubled_odds,
    doubled_rate,
    power,
)
from tests.core.count_models import (
    models,
    some_risks,
)


@settings(max_examples=60, deadline=None)
@given(some_risks)
def test_power_grows_with_the_truth(risks: list[float]) -> None:
    chances = np.array(risks)
    assume(chances.sum() > 0.01)
    null, odds = PoissonBinomial(chances), PoissonBinomial(doubled_odds(chances))
    rate = PoissonBinomial(doubled_rate(chances))
    for level in LEVELS:
        size = power(null, null, level)
        assert size < tail_alpha(level)
        assert size <= power(null, odds, level) * (1 + 1e-9)
        assert power(null, odds, level) <= power(null, rate, level) * (1 + 1e-9)


def at_ratio(model: CountModel, ratio: float) -> CountModel:
    match model:
        case Poisson():
            return Poisson(model.mean * ratio)
        case NegativeBinomial():
            return NegativeBinomial(model.mean * ratio, model.tau2)
        case Binomial():
            return Binomial(model.n, min(model.n, model.mean * ratio))
        case PoissonBinomial():
            return PoissonBinomial(np.minimum(1, model.risks * ratio))


@settings(max_examples=80, deadline=None)
@given(models, st.sampled_from(LEVELS))
def test_the_detectable_ratio_is_found_as_often_as_said(model: CountModel, level: float) -> None:
    ratio = detectable_ratio(model, level)
    count = count_to_cross_above(model, level)
    if ratio is None:
        assert count is None or count > np.sum(model.risks > 0)
        return
    np.testing.assert_allclose(power(model, at_ratio(model, ratio), level), 0.8, rtol=1e-6)


RISKS = np.random.default_rng(11).beta(1, 12, 60)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    "build",
    [
        lambda risks, n: Poisson(risks.mean() * n),
        lambda risks, n: Binomial(float(n), risks.mean() * n),
        lambda risks, n: NegativeBinomial(risks.mean() * n, 0.005),
        lambda risks, n: PoissonBinomial(
            np.quantile(risks, (np.arange(n) + 0.5) / n, method="hazen")
        ),
    ],
)
def test_power_stays_from_that_many_cases_on(
    build: Callable[[np.ndarray, int], CountModel], level: float
) -> None:
    found = cases_until(build(RISKS, 60), build(doubled_odds(RISKS), 60), 60, level)
    assert found is not None

    def enough(n: int) -> bool:
        return power(build(RISKS, n), build(doubled_odds(RISKS), n), level) >= 0.8

    assert not enough(found - 1)
    assert all(enough(n) for n in range(found, found + 150))


def test_power_that_never_stays_has_no_number_of_cases() -> None:
    assert cases_until(Poisson(5.0), Poisson(4.0), 100) is None
    assert cases_until(Poisson(5.0), Poisson(5.0), 100) is None
    assert cases_until(NegativeBinomial(5.0, 0.2), NegativeBinomial(10.0, 0.2), 100) is None
    assert cases_until(PoissonBinomial(RISKS), PoissonBinomial(RISKS), 60) is None
    assert cases_until(Poisson(1e-50), Poisson(2e-50), 100) is None


def test_power_over_few_large_cases() -> None:
    """A ratio outcome may expect many events a case."""
    assert cases_until(Poisson(500.0), Poisson(1000.0), 2) == 1
    found = cases_until(Poisson(5.0), Poisson(10.0), 2)
    assert found is not None
    assert power(Poisson(2.5 * found), Poisson(5.0 * found), 0.95) >= 0.8
    assert power(Poisson(2.5 * (found - 1)), Poisson(5.0 * (found - 1)), 0.95) < 0.8


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0.5, 50)), min_size=5, max_size=40))
def test_overdispersion_does_not_depend_on_the_order(units: list[tuple[int, float]]) -> None:
    observed, expected = zip(*units, strict=True)
    try:
        forward = estimate_overdispersion(observed, expected)
        back = estimate_overdispersion(observed[::-1], expected[::-1])
    except NoAnswerError:
        return
    assert (forward.phi, forward.tau2) == pytest.approx((back.phi, back.tau2), rel=1e-9, abs=1e-12)
    assert forward.tau2_used == (forward.tau2 if forward.used else 0)


def test_chance_alone_is_rarely_called_overdispersion() -> None:
    """Nominally 5 tables in 100; the bounds hold with a chance beyond 0.999."""
    chance = np.random.default_rng(3)
    expected = chance.uniform(1, 5, 60)
    used = [estimate_overdispersion(chance.poisson(expected), expected).used for _ in range(200)]
    assert sum(used) <= 22


def test_true_overdispersion_is_found() -> None:
    chance = np.random.default_rng(4)
    expected = chance.uniform(20, 80, 150)
    rates = chance.gamma(1 / 0.2, 0.2, expected.size)
    found = estimate_overdispersion(chance.poisson(expected * rates), expected)
    assert found.used
    assert 0.02 < found.tau2_untrimmed < 0.1


def test_the_expected_ratio_is_the_centre_of_dispersion() -> None:
    observed, expected = np.array([3, 9, 14, 30, 8]), np.array([2.0, 5, 10, 20, 3])
    assert estimate_overdispersion(observed, expected, 1.3) == estimate_overdispersion(
        observed, expected * 1.3
    )
