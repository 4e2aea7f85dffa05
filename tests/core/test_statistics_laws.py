"""Laws that hold for every observed, expected, number of cases, risk and level."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from core.errors import BadNumberError, NoAnswerError
from core.statistics.approximations import interpolated_limits, normal_limits, quantile_limits
from core.statistics.counts import (
    Binomial,
    CountModel,
    NegativeBinomial,
    Poisson,
    PoissonBinomial,
)
from core.statistics.intervals import (
    byar,
    clopper_pearson,
    garwood,
    negative_binomial_interval,
    poisson_binomial_interval,
    ratio_interval,
    wilson,
)
from core.statistics.limits import (
    binomial_limits,
    exact_limits,
    negative_binomial_limits,
    poisson_limits,
)
from core.statistics.overdispersion import (
    dersimonian_laird,
    dispersion,
    estimate_overdispersion,
    log_scores,
    square_root_scores,
)
from core.statistics.poisson_binomial import cdf, pmf
from core.statistics.position import (
    LEVELS,
    count_to_cross_above,
    count_to_cross_below,
    crosses,
    position,
    positions,
    tail_alpha,
)
from core.statistics.power import (
    cases_until,
    detectable_ratio,
    doubled_odds,
    doubled_rate,
    power,
)

levels = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.998, 0.999, 0.9999])
expected_numbers = st.floats(1e-6, 1e6) | st.floats(0.01, 60)
variances = st.sampled_from([0.0, 1e-12, 1e-6, 0.001, 0.02, 0.25, 2.0])
some_risks = st.lists(st.floats(0.0005, 0.9) | st.floats(0, 1), min_size=1, max_size=60)


@st.composite
def poissons(draw: st.DrawFn) -> CountModel:
    return Poisson(draw(expected_numbers))


@st.composite
def binomials(draw: st.DrawFn) -> CountModel:
    n = draw(st.integers(1, 40) | st.integers(1, 200_000))
    return Binomial(float(n), n * draw(st.floats(1e-5, 1) | st.floats(0.01, 0.3)))


@st.composite
def negative_binomials(draw: st.DrawFn) -> CountModel:
    return NegativeBinomial(draw(expected_numbers), draw(variances))


@st.composite
def poisson_binomials(draw: st.DrawFn) -> CountModel:
    risks = np.array(draw(some_risks))
    assume(risks.sum() > 1e-6)
    return PoissonBinomial(risks)


models = poissons() | binomials() | negative_binomials() | poisson_binomials()


@st.composite
def observations(draw: st.DrawFn) -> tuple[CountModel, int]:
    """Return a model and a count it allows, most often near its limits."""
    model = draw(models)
    most = cases_of(model)
    sd = np.sqrt(float(model.mean) * (1 + 4 * getattr(model, "tau2", 0) * float(model.mean)))
    near = int(max(0.0, float(model.mean) + draw(st.floats(-5, 6)) * sd))
    return model, min(draw(st.just(near) | st.sampled_from([0, 1, 2, most])), most)


def cases_of(model: CountModel) -> int:
    return int(getattr(model, "n", 10**7))


def possible(model: CountModel, count: int) -> bool:
    if not isinstance(model, PoissonBinomial):
        return True
    return bool(np.sum(model.risks == 1) <= count <= np.sum(model.risks > 0))


def off_the_line(tail: float, level: float) -> bool:
    return abs(tail / tail_alpha(level) - 1) > 1e-8


@settings(max_examples=400, deadline=None)
@given(observations(), levels)
@example((Binomial(1.0, 1.0), 1), 0.95)
@example((Binomial(1.0, 1.0), 0), 0.95)
@example((Poisson(3.7), 0), 0.95)
@example((Poisson(1e6), 1_002_000), 0.95)
@example((PoissonBinomial(np.array([0.0, 1.0, 0.5])), 2), 0.95)
def test_interval_flag_and_line_never_disagree(seen: tuple[CountModel, int], level: float) -> None:
    model, count = seen
    upper, lower = model.upper_tail(count), model.lower_tail(count)
    assume(off_the_line(upper, level) and off_the_line(lower, level))
    above, below = bool(crosses(upper, level)), bool(crosses(lower, level))
    bottom, top = exact_limits(model, level)
    assert above == (top is not None and count > top)
    assert below == (bottom is not None and count < bottom)
    first, last = count_to_cross_above(model, level), count_to_cross_below(model, level)
    assert above == (first is not None and count >= first)
    assert below == (last is not None and count <= last)
    if possible(model, count):
        low, high = ratio_interval(model, count, float(model.mean), level)
        assert above == (low > 1 + 1e-13)
        assert below == (high < 1 - 1e-13)
    else:
        with pytest.raises(NoAnswerError):
            ratio_interval(model, count, float(model.mean), level)


@settings(max_examples=200, deadline=None)
@given(observations())
def test_position_is_the_worst_level_crossed(seen: tuple[CountModel, int]) -> None:
    model, count = seen
    where = position(model, count)
    upper, lower = model.upper_tail(count), model.lower_tail(count)
    alert, alarm = (tail_alpha(level) * (1 - 1e-9) for level in LEVELS)
    assert (where in {"above_alert", "above_alarm"}) == (upper < alert)
    assert (where == "above_alarm") == (upper < alarm)
    assert (where in {"below_alert", "below_alarm"}) == (lower < alert)
    assert (where == "below_alarm") == (lower < alarm)


@settings(max_examples=100, deadline=None)
@given(models, levels)
def test_counts_to_cross_are_the_first(model: CountModel, level: float) -> None:
    first, last = count_to_cross_above(model, level), count_to_cross_below(model, level)
    if first is not None:
        assert crosses(model.upper_tail(first), level)
        assert not crosses(model.upper_tail(first - 1), level)
    else:
        assert not crosses(model.upper_tail(cases_of(model)), level)
    if last is not None:
        assert crosses(model.lower_tail(last), level)
        assert not crosses(model.lower_tail(last + 1), level)
    else:
        assert not crosses(model.lower_tail(0), level)


@settings(max_examples=100, deadline=None)
@given(observations())
def test_tails_are_probabilities_that_add_up(seen: tuple[CountModel, int]) -> None:
    model, count = seen
    assert 0 <= model.upper_tail(count + 1) <= model.upper_tail(count) <= 1
    np.testing.assert_allclose(model.lower_tail(count) + model.upper_tail(count + 1), 1, atol=1e-11)
    assert model.upper_tail(0) == 1
    assert model.lower_tail(-1) == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0.01, 400), st.integers(0, 500)), min_size=1, max_size=30))
def test_units_together_stand_where_they_stand_alone(units: list[tuple[float, int]]) -> None:
    means, counts = (np.array(column, dtype=float) for column in zip(*units, strict=True))
    together = positions(Poisson(means), counts)
    assert list(together) == [position(Poisson(m), c) for m, c in units]


@settings(max_examples=100, deadline=None)
@given(st.floats(0.02, 1e5), st.floats(1.01, 10), levels, variances)
def test_limits_narrow_with_volume(mean: float, more: float, level: float, tau2: float) -> None:
    means = np.array([mean, mean * more])
    cases = np.ceil(means * 20)
    for scale, (lower, upper) in (
        (means, poisson_limits(means, level)),
        (means, negative_binomial_limits(means, tau2, level)),
        (cases / 20, binomial_limits(cases, cases / 20, level)),
    ):
        below, above = lower / scale, upper / scale
        assert not above[1] > above[0] * (1 + 1e-9)
        assert np.isnan(below[0]) or below[1] >= below[0] * (1 - 1e-9)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.05, 2000), levels)
def test_negative_binomial_tends_to_poisson(mean: float, level: float) -> None:
    whole = poisson_limits(mean, level)
    gaps = []
    for tau2 in (1e-5, 1e-7, 1e-9):
        near = negative_binomial_limits(mean, tau2, level)
        np.testing.assert_array_equal(np.isnan(near), np.isnan(whole))
        gaps.append(np.nanmax(np.abs(np.array(near) / np.array(whole) - 1)))
    assert gaps[2] <= 1e-3 * max(gaps[0], 1e-9)


@settings(max_examples=100, deadline=None)
@given(some_risks, st.integers(0, 60))
def test_either_coding_of_the_cases_gives_one_position(risks: list[float], count: int) -> None:
    """Survivors above what is expected are deaths below it."""
    deaths = np.array(risks)
    assume(0.01 < deaths.sum() < deaths.size - 0.01)
    died = min(count, deaths.size)
    turned = {"above": "below", "below": "above", "within": "within"}
    for adverse, favourable in (
        (PoissonBinomial(deaths), PoissonBinomial(1 - deaths)),
        (
            Binomial(float(deaths.size), deaths.sum()),
            Binomial(float(deaths.size), deaths.size - deaths.sum()),
        ),
    ):
        alert = tail_alpha(0.95), tail_alpha(0.998)
        tails = adverse.upper_tail(died), adverse.lower_tail(died)
        assume(all(abs(tail / alpha - 1) > 1e-7 for tail in tails for alpha in alert))
        here, _, level = position(adverse, died).partition("_")
        there = position(favourable, deaths.size - died)
        assert there == turned[here] + (f"_{level}" if level else "")


@settings(max_examples=60, deadline=None)
@given(some_risks)
def test_own_risks_distribution_is_one(risks: list[float]) -> None:
    chances = pmf(risks)
    assert chances.size == len(risks) + 1
    np.testing.assert_allclose(chances.sum(), 1, rtol=1e-13)
    np.testing.assert_allclose(
        chances @ np.arange(chances.size), sum(risks), rtol=1e-12, atol=1e-12
    )
    np.testing.assert_allclose(pmf(risks[::-1]), chances, rtol=1e-12, atol=1e-290)
    np.testing.assert_allclose(cdf(risks)[-1], 1, rtol=1e-13)


@pytest.mark.parametrize("n", [1, 2, 63, 64, 65, 500, 3000])
@pytest.mark.parametrize("risk", [1e-6, 0.03, 0.5, 0.97])
def test_equal_own_risks_are_binomial(n: int, risk: float) -> None:
    own, plain = PoissonBinomial(np.full(n, risk)), Binomial(float(n), n * risk)
    counts = np.arange(n + 1)
    for tail in ("upper_tail", "lower_tail"):
        ours, theirs = getattr(own, tail)(counts), getattr(plain, tail)(counts)
        kept = theirs > 1e-250
        np.testing.assert_allclose(ours[kept], theirs[kept], rtol=2e-11)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 300), st.floats(0.001, 0.9), st.data(), levels)
def test_equal_own_risks_have_the_binomial_interval(
    n: int, risk: float, data: st.DataObject, level: float
) -> None:
    count = data.draw(st.integers(0, n))
    own = poisson_binomial_interval(count, np.full(n, risk), level)
    plain = np.array(clopper_pearson(count, n, level)) / risk
    np.testing.assert_allclose(own, plain, rtol=1e-8, atol=1e-12)


@settings(max_examples=150, deadline=None)
@given(observations(), st.floats(0.5, 2))
def test_intervals_hold_the_ratio_and_widen_with_the_level(
    seen: tuple[CountModel, int], scale: float
) -> None:
    model, count = seen
    assume(possible(model, count))
    expected = float(model.mean) * scale
    narrow, wide = (ratio_interval(model, count, expected, level) for level in LEVELS)
    ratio = count / expected
    slack = 1e-9 * (1 + ratio)
    assert 0 <= wide[0] <= narrow[0] + slack
    assert narrow[0] <= ratio + slack
    assert ratio <= narrow[1] + slack
    assert narrow[1] <= wide[1] + slack


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 5000), st.floats(0.01, 1000), levels, st.integers(0, 5000))
def test_approximate_intervals_are_finite_and_ordered(
    count: int, mean: float, level: float, others: int
) -> None:
    assert 0 <= byar(count, mean, level)[0] <= count / mean <= byar(count, mean, level)[1]
    n = count + others
    assume(n > 0)
    for interval in (wilson, clopper_pearson):
        lower, upper = interval(count, n, level)
        assert 0 <= lower <= count / n + 1e-15
        assert count / n - 1e-15 <= upper <= 1


@settings(max_examples=100, deadline=None)
@given(poissons() | binomials() | negative_binomials(), levels)
def test_approximate_lines_are_numbers(model: CountModel, level: float) -> None:
    for line in (quantile_limits, interpolated_limits, normal_limits):
        lower, upper = line(model, level)
        assert 0 <= lower <= upper < np.inf
        assert upper <= getattr(model, "n", np.inf) * (1 + 1e-12)


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


@pytest.mark.parametrize("bad", [-1, 1.5, np.nan, np.inf, "three"])
def test_bad_counts_are_refused(bad: object) -> None:
    for use in (
        lambda: garwood(bad, 1.0, 0.95),
        lambda: byar(bad, 1.0, 0.95),
        lambda: wilson(bad, 10, 0.95),
        lambda: negative_binomial_interval(bad, 1.0, 0.1, 0.95),
        lambda: poisson_binomial_interval(bad, [0.1, 0.2], 0.95),
        lambda: position(Poisson(1.0), bad),
        lambda: square_root_scores([bad, 1], [1.0, 1.0]),
    ):
        with pytest.raises(BadNumberError):
            use()


@pytest.mark.parametrize("bad", [0, -1, np.nan, np.inf, "one"])
def test_bad_expected_numbers_are_refused(bad: object) -> None:
    for use in (
        lambda: garwood(1, bad, 0.95),
        lambda: Poisson(bad),
        lambda: NegativeBinomial(bad, 0.1),
        lambda: Binomial(10.0, bad),
        lambda: poisson_limits(bad, 0.95),
        lambda: estimate_overdispersion([1, 2], [bad, 1.0]),
    ):
        with pytest.raises(BadNumberError):
            use()


@pytest.mark.parametrize("bad", [[-0.1], [1.1], [np.nan], ["x"], [], [0.0, 0.0], [[0.1]]])
def test_bad_risks_are_refused(bad: list[object]) -> None:
    for use in (lambda: PoissonBinomial(bad), lambda: poisson_binomial_interval(0, bad, 0.95)):
        with pytest.raises(BadNumberError):
            use()


def test_other_bad_numbers_are_refused() -> None:
    for use in (
        lambda: Binomial(10.0, 11.0),
        lambda: Binomial(10.5, 1.0),
        lambda: NegativeBinomial(1.0, -0.1),
        lambda: NegativeBinomial(1.0, np.nan),
        lambda: clopper_pearson(11, 10, 0.95),
        lambda: clopper_pearson(0, 0, 0.95),
        lambda: tail_alpha(1.0),
        lambda: tail_alpha(0.0),
        lambda: tail_alpha(np.nan),
        lambda: doubled_odds([1.5]),
    ):
        with pytest.raises(BadNumberError):
            use()


def test_dispersion_without_an_answer_is_refused() -> None:
    for use in (
        lambda: estimate_overdispersion([3], [2.0]),
        lambda: dispersion(log_scores([0, 3, 4], [1.0, 2.0, 3.0]), "untrimmed"),
        lambda: dersimonian_laird([np.inf, 1.0], [1.0, 1.0]),
        lambda: estimate_overdispersion([500, 900, 700, 800, 900], np.full(5, 1e-3)),
    ):
        with pytest.raises(NoAnswerError):
            use()


def test_alpha_is_exact_in_decimal() -> None:
    assert tail_alpha(0.95) == 0.025
    assert tail_alpha(0.998) == 0.001
    assert tail_alpha(0.99999) == 0.000005
