"""Drawn lines that approximate the exact limits: for comparison, they never decide a position.

All are on the count scale and cut at 0.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.statistics.checks import Floats, Numbers, positive
from core.statistics.counts import Binomial, NegativeBinomial, Poisson
from core.statistics.limits import Limits, exact_curve
from core.statistics.position import tail_alpha

CurveModel = Poisson | Binomial | NegativeBinomial
ROUNDING = 1e-9


def normal_deviate(level: float) -> float:
    """Return z, the standard normal deviate of that level: 1.96 at 0.95."""
    return float(-special.ndtri(tail_alpha(level)))


def quantile_limits(model: CurveModel, level: float) -> Limits:
    """Return the plain quantiles at alpha and 1 - alpha (as the UK congenital audit draws)."""
    lower, upper = exact_curve(model, level)
    most = model.n if isinstance(model, Binomial) else np.inf
    return (
        np.where(np.isnan(lower), 0.0, np.ceil(lower - ROUNDING)),
        np.where(np.isnan(upper), most, np.ceil(upper - ROUNDING) - 1),
    )


def interpolated_limits(model: CurveModel, level: float) -> Limits:
    """Return the interpolated quantiles (Spiegelhalter 2005, appendix A.1.1)."""
    alpha = tail_alpha(level)
    low, high = quantile_limits(model, level)
    below, beyond = model.lower_tail(low), model.upper_tail(high + 1)
    lower = low - _share(below - alpha, below - model.lower_tail(low - 1))
    upper = high - _share(alpha - beyond, model.upper_tail(high) - beyond)
    return np.maximum(lower, 0), np.maximum(upper, 0)


def normal_limits(model: CurveModel, level: float) -> Limits:
    """Return mean ± z standard deviations; a binomial's are cut at n too."""
    half = normal_deviate(level) * np.sqrt(variance(model))
    most = model.n if isinstance(model, Binomial) else np.inf
    return np.maximum(model.mean - half, 0), np.minimum(model.mean + half, most)


def square_root_limits(mean: ArrayLike, level: float, tau2: float = 0.0) -> Limits:
    """Return the limits of √(O/E), squared back; tau2 is on that scale (Spiegelhalter 2012)."""
    means = positive(mean)
    half = normal_deviate(level) * np.sqrt(0.25 / means + tau2)
    return means * np.maximum(1 - half, 0) ** 2, means * (1 + half) ** 2


def log_limits(mean: ArrayLike, level: float, tau2: float = 0.0) -> Limits:
    """Return the limits of log(O/E), raised back; tau2 is on that scale (the SHMI's)."""
    means = positive(mean)
    half = normal_deviate(level) * np.sqrt(1 / means + tau2)
    return means * np.exp(-half), means * np.exp(half)


def variance(model: CurveModel) -> Floats:
    """Return the variance of the count."""
    mean = np.asarray(model.mean, dtype=np.float64)
    match model:
        case Binomial():
            return mean * (1 - model.risk)
        case NegativeBinomial():
            return mean + 4 * model.tau2 * mean**2
        case Poisson():
            return mean


def _share(part: Numbers, whole: Numbers) -> Floats:
    """Return part / whole; 0 where a count has no probability left to share."""
    return np.divide(part, whole, out=np.zeros(np.shape(whole)), where=np.asarray(whole) > 0)
