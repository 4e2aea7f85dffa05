"""Intervals round what was observed: ratios O/E and proportions.

The exact interval of a count model, its position, its p-values and its line never disagree;
Byar's and Wilson's are approximate and do not decide a position.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.errors import BadNumberError, NoAnswerError
from core.statistics.approximations import normal_deviate
from core.statistics.checks import Floats, case_risks, positive, whole_counts
from core.statistics.counts import Binomial, CountModel, NegativeBinomial, Poisson, PoissonBinomial
from core.statistics.negative_binomial import mean_with_lower_tail, mean_with_upper_tail
from core.statistics.odds_shift import means_at_limits, possible_counts
from core.statistics.position import tail_alpha

Interval = tuple[Floats, Floats]


def garwood(observed: ArrayLike, expected: ArrayLike, level: float) -> Interval:
    """Return the exact Poisson interval of O/E; the lower end is 0 at O = 0 (Garwood 1936)."""
    lower, upper = poisson_means(whole_counts(observed), level)
    return lower / positive(expected), upper / positive(expected)


def byar(observed: ArrayLike, expected: ArrayLike, level: float) -> Interval:
    """Return Byar's approximate interval of O/E, floored at 0 (Breslow & Day 1987, p. 69)."""
    count, means, z = whole_counts(observed), positive(expected), normal_deviate(level)
    many = np.maximum(count, 1)
    lower = count * np.maximum(1 - 1 / (9 * many) - z / (3 * np.sqrt(many)), 0) ** 3
    next_one = count + 1
    upper = next_one * (1 - 1 / (9 * next_one) + z / (3 * np.sqrt(next_one))) ** 3
    return lower / means, upper / means


def clopper_pearson(observed: ArrayLike, n: ArrayLike, level: float) -> Interval:
    """Return the exact binomial interval of a proportion (Clopper & Pearson 1934)."""
    count, cases = _events_among(observed, n)
    alpha = tail_alpha(level)
    lower = special.betaincinv(np.maximum(count, 1), cases - count + 1, alpha)
    upper = special.betainccinv(count + 1, np.maximum(cases - count, 1), alpha)
    return np.where(count == 0, 0.0, lower), np.where(count == cases, 1.0, upper)


def wilson(observed: ArrayLike, n: ArrayLike, level: float) -> Interval:
    """Return the score interval of a proportion, for showing a crude rate (Wilson 1927)."""
    count, cases = _events_among(observed, n)
    z = normal_deviate(level)
    middle = count + z**2 / 2
    half = z * np.sqrt(count * (cases - count) / cases + z**2 / 4)
    lower = np.where(count == 0, 0.0, (middle - half) / (cases + z**2))
    return lower, np.where(count == cases, 1.0, (middle + half) / (cases + z**2))


def negative_binomial_interval(
    observed: ArrayLike, expected: ArrayLike, tau2: float, level: float
) -> Interval:
    """Return the exact negative binomial interval of O/E at that between-unit variance."""
    count, means = whole_counts(observed), positive(expected)
    if NegativeBinomial(1.0, tau2).is_poisson:
        return garwood(count, means, level)
    alpha = tail_alpha(level)
    lower = mean_with_upper_tail(np.maximum(count, 1), tau2, alpha)
    return np.where(count == 0, 0.0, lower) / means, mean_with_lower_tail(
        count, tau2, alpha
    ) / means


def poisson_binomial_interval(
    observed: float, risks: ArrayLike, level: float
) -> tuple[float, float]:
    """Return the interval of O/E over one common odds shift of the surgeon's own risks.

    The ends are E shifted / E where the exact tail of the observed count is alpha. A count
    that risks of 0 and 1 make impossible raises NoAnswerError.
    """
    chances, count = case_risks(risks), int(whole_counts(observed))
    least, most = possible_counts(chances)
    if not least <= count <= most:
        raise NoAnswerError("The observed count is impossible with these risks.")
    lower, upper = means_at_limits(count, chances, level)
    return lower / float(chances.sum()), upper / float(chances.sum())


def ratio_interval(
    model: CountModel, observed: float, expected: float, level: float
) -> tuple[float, float]:
    """Return the exact interval of observed / expected by that count model."""
    match model:
        case Poisson():
            pair = garwood(observed, expected, level)
        case NegativeBinomial():
            pair = negative_binomial_interval(observed, expected, model.tau2, level)
        case Binomial():
            scale = model.n / positive(expected)
            ends = clopper_pearson(observed, model.n, level)
            pair = ends[0] * scale, ends[1] * scale
        case PoissonBinomial():
            low, high = poisson_binomial_interval(observed, model.risks, level)
            scale = model.mean / positive(expected)
            pair = low * scale, high * scale
    return float(pair[0]), float(pair[1])


def poisson_means(count: ArrayLike, level: float) -> Interval:
    """Return the means at which a count lies on the upper and on the lower exact limit."""
    counts, alpha = np.asarray(count, dtype=np.float64), tail_alpha(level)
    lower = np.where(counts == 0, 0.0, special.gammaincinv(np.maximum(counts, 1e-300), alpha))
    return lower, special.gammainccinv(counts + 1, alpha)


def _events_among(observed: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    count, cases = whole_counts(observed), positive(whole_counts(n, "cases"), "cases")
    if np.any(count > cases):
        raise BadNumberError("There are more events than cases.")
    return count, cases
