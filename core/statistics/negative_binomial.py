"""The means at which an over-dispersed count has a given tail."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import elementwise

from core.statistics.checks import Floats, Numbers
from core.statistics.counts import NegativeBinomial

TINY = np.finfo(float).tiny


def mean_with_upper_tail(count: ArrayLike, tau2: float, tail: float) -> Floats:
    """Return the mean at which P(X >= count) is `tail`, for counts of 1 and more."""
    return _mean(
        np.asarray(count, dtype=np.float64),
        lambda log_mean, k: _log(_model(log_mean, tau2).upper_tail(k)) - float(np.log(tail)),
    )


def mean_with_lower_tail(count: ArrayLike, tau2: float, tail: float) -> Floats:
    """Return the mean at which P(X <= count) is `tail`."""
    return _mean(
        np.asarray(count, dtype=np.float64),
        lambda log_mean, k: _log(_model(log_mean, tau2).lower_tail(k)) - float(np.log(tail)),
    )


def _mean(counts: Floats, excess: Callable[[Floats, Floats], Floats]) -> Floats:
    start = np.log(np.maximum(counts, 1))
    bracket = elementwise.bracket_root(excess, start - 1, start + 1, args=(counts,)).bracket
    return np.asarray(np.exp(elementwise.find_root(excess, bracket, args=(counts,)).x))


def _model(log_mean: Floats, tau2: float) -> NegativeBinomial:
    return NegativeBinomial(np.exp(log_mean), tau2)


def _log(tail: Numbers) -> Floats:
    return np.asarray(np.log(np.maximum(tail, TINY)), dtype=np.float64)
