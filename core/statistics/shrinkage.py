"""The shrunken ratio: O/E drawn towards the nation's by a gamma prior fitted to the others."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import gammainccinv, gammaincinv, gammaln, psi

from core.errors import BadNumberError, NoAnswerError
from core.statistics.cases import Floats
from core.statistics.checks import positive, whole_counts

FEWEST_UNITS = 20
LARGEST_SHAPE = 1e6
REACH = 18.0
"""How far the log of the mean ratio is sought from the pooled one: a factor of 10⁷ to 10⁸."""
PRECISE = {"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500}


@dataclass(frozen=True, slots=True)
class GammaPrior:
    """How true ratios vary between units: a gamma distribution of this shape and rate."""

    shape: float
    rate: float

    @property
    def mean(self) -> float:
        """Mean true ratio."""
        return self.shape / self.rate


@dataclass(frozen=True, slots=True)
class ShrunkenRatio:
    """Posterior mean of a unit's true O/E and its equal-tailed interval."""

    ratio: float
    lower: float
    upper: float


def gamma_prior(observed: npt.ArrayLike, expected: npt.ArrayLike) -> GammaPrior:
    """Fit the prior by negative-binomial maximum likelihood to the *other* units of the nation.

    `observed` are whole counts ≥ 0 and `expected` numbers > 0, one a unit, the unit to be shrunk
    left out. NoAnswerError under 20 units, without events, or where the units vary no more than
    chance would make them. Source: Clayton & Kaldor, Biometrics 1987; 43: 671.
    """
    counts, means = as_units(observed, expected)
    if counts.size < FEWEST_UNITS:
        raise NoAnswerError(f"Shrinkage needs at least {FEWEST_UNITS} other units.")
    centre = counts.sum() / means.sum()
    excess = np.sum((counts - centre * means) ** 2 - counts)
    if not (centre > 0 and excess > 0):
        raise NoAnswerError("The other units vary no more than chance would make them.")
    return fitted_prior(counts, means, float(centre), float(excess))


def shrunken_ratio(
    observed: int, expected: float, prior: GammaPrior, level: float = 0.95
) -> ShrunkenRatio:
    """Return the posterior mean (shape + O)/(rate + E) and its interval at this level.

    With E = 0 (and then O = 0) it is the prior. BadNumberError for other bad input.
    """
    if not 0 < level < 1:
        raise BadNumberError("A level of confidence lies between 0 and 1.")
    if not (observed >= 0 and float(observed).is_integer() and 0 <= expected < np.inf):
        raise BadNumberError("A count or an expected number is out of range.")
    shape, rate, tail = prior.shape + observed, prior.rate + expected, (1 - level) / 2
    lower, upper = gammaincinv(shape, tail) / rate, gammainccinv(shape, tail) / rate
    return ShrunkenRatio(shape / rate, float(lower), float(upper))


def as_units(observed: npt.ArrayLike, expected: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return counts and expected numbers; BadNumberError unless whole ≥ 0 and finite > 0."""
    counts, means = whole_counts(observed), positive(expected)
    if counts.ndim != 1 or counts.shape != means.shape:
        raise BadNumberError("There must be one expected number for each count.")
    return counts, means


def fitted_prior(counts: Floats, means: Floats, centre: float, excess: float) -> GammaPrior:
    """Maximise the negative-binomial likelihood over log mean and log shape, from moments."""

    def loss(at: Floats) -> tuple[float, Floats]:
        ratio, shape = np.exp(at)
        mean = ratio * means
        share = mean / (shape + mean)
        spread = np.log1p(mean / shape)
        terms = gammaln(counts + shape) - gammaln(shape) - shape * spread
        value = np.sum(terms + counts * (np.log(mean) - np.log(shape + mean)))
        by_ratio = np.sum(counts - (counts + shape) * share)
        pull = psi(counts + shape) - psi(shape) - counts / (shape + mean) - spread + share
        return -float(value), -np.array([by_ratio, shape * np.sum(pull)])

    moments = np.sum((centre * means) ** 2) / excess
    start = np.log([centre, np.clip(moments, 1e-3, LARGEST_SHAPE / 10)])
    bounds = [(start[0] - REACH, start[0] + REACH), (np.log(1e-6), np.log(LARGEST_SHAPE))]
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=PRECISE)
    ratio, shape = (float(value) for value in np.exp(best.x))
    if not 1e-6 < shape < LARGEST_SHAPE * 0.99:
        raise NoAnswerError("The other units vary no more than chance would make them.")
    return GammaPrior(shape, shape / ratio)
