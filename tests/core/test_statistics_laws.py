"""Laws that hold for every observed, expected, number of cases, risk and level."""

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from core.errors import NoAnswerError
from core.statistics.approximations import interpolated_limits, normal_limits, quantile_limits
from core.statistics.counts import (
    Binomial,
    CountModel,
    Poisson,
    PoissonBinomial,
)
from core.statistics.intervals import (
    byar,
    clopper_pearson,
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
from tests.core.count_models import (
    binomials,
    cases_of,
    levels,
    models,
    negative_binomials,
    observations,
    poissons,
    possible,
    some_risks,
    variances,
)


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
