"""Exact control limits on the count scale; divide by the expected number to draw them.

The limits are real numbers: the count at which the exact tail equals half of what the level
leaves, so that the curve lies exactly where the position changes (Manktelow & Seaton 2012).
A limit that no count can cross does not exist and is NaN (None for a single unit).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special
from scipy.optimize import elementwise

from core.statistics.checks import Floats, Numbers, positive, whole_counts
from core.statistics.counts import (
    Binomial,
    CountModel,
    NegativeBinomial,
    Poisson,
    PoissonBinomial,
)
from core.statistics.position import (
    count_to_cross_above,
    count_to_cross_below,
    crosses,
    tail_alpha,
)

Limits = tuple[Floats, Floats]
Mask = NDArray[np.bool_]
SMALLEST = np.finfo(float).tiny


def poisson_limits(mean: ArrayLike, level: float) -> Limits:
    """Return the lower and upper limits at each mean."""
    means, alpha = positive(mean), tail_alpha(level)
    lower = special.gdtrib(1.0, 1 - alpha, means) - 1
    lower = np.where(crosses(np.exp(-means), level), np.maximum(lower, 0.0), np.nan)
    return lower, special.gdtrib(1.0, alpha, means)


def binomial_limits(n: ArrayLike, mean: ArrayLike, level: float) -> Limits:
    """Return the lower and upper limits for n cases at risk mean / n."""
    cases, means = np.broadcast_arrays(whole_counts(n, "cases"), positive(mean))
    most = np.minimum(cases, _surely_beyond(means, means, level))
    lower, upper = _inverted(Binomial, (cases, means), most, level)
    return np.minimum(lower, cases), upper


def negative_binomial_limits(mean: ArrayLike, tau2: float, level: float) -> Limits:
    """Return the lower and upper limits at each mean and that between-unit variance."""
    means = positive(mean)
    if NegativeBinomial(means, tau2).is_poisson:
        return poisson_limits(means, level)
    most = _surely_beyond(means, means + 4 * tau2 * means**2, level)
    return _inverted(lambda m: NegativeBinomial(m, tau2), (means,), most, level)


def exact_curve(model: Poisson | Binomial | NegativeBinomial, level: float) -> Limits:
    """Return the exact limits of a model whose mean is an array."""
    match model:
        case Poisson():
            return poisson_limits(model.mean, level)
        case Binomial():
            return binomial_limits(model.n, model.mean, level)
        case NegativeBinomial():
            return negative_binomial_limits(model.mean, model.tau2, level)


def exact_limits(model: CountModel, level: float) -> tuple[float | None, float | None]:
    """Return one unit's exact limits by its own model."""
    if isinstance(model, PoissonBinomial):
        return _whole_limits(model, level)
    lower, upper = (
        None if np.isnan(limit) else float(limit) for limit in exact_curve(model, level)
    )
    return lower, upper


def _whole_limits(model: PoissonBinomial, level: float) -> tuple[float | None, float | None]:
    below, above = count_to_cross_below(model, level), count_to_cross_above(model, level)
    return None if below is None else below + 1.0, None if above is None else above - 1.0


def _surely_beyond(means: Floats, variances: Floats, level: float) -> Floats:
    """Return counts whose upper tails are surely below alpha (Cantelli)."""
    return means + np.sqrt(variances / tail_alpha(level)) + 2


def _inverted(
    model: Callable[..., Binomial | NegativeBinomial],
    parameters: tuple[Floats, ...],
    most: Floats,
    level: float,
) -> Limits:
    """Return the real counts, up to `most`, at which the lower and the upper tail equal alpha."""
    target, units = float(np.log(tail_alpha(level))), model(*parameters)

    def above(count: Floats, *held: Floats) -> Floats:
        return _log(model(*held).upper_tail(count)) - target

    def below(count: Floats, *held: Floats) -> Floats:
        return _log(model(*held).lower_tail(count)) - target

    def solved(excess: Callable[..., Floats], exists: Mask, end: Floats) -> Floats:
        found = np.full(exists.shape, np.nan)
        held, ends = [values[exists] for values in parameters], end[exists]
        if ends.size:
            bracket = (np.zeros_like(ends), ends)
            found[exists] = elementwise.find_root(excess, bracket, args=held).x
        return found

    lower = solved(below, crosses(units.lower_tail(0), level), np.asarray(units.mean) + 1)
    return lower, solved(above, crosses(units.upper_tail(most), level), most)


def _log(tail: Numbers) -> Floats:
    return np.asarray(np.log(np.maximum(tail, SMALLEST)), dtype=np.float64)
