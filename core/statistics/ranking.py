"""Where a unit would rank among the nation's, and how little that is known."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import BadNumberError
from core.statistics.cases import Floats
from core.statistics.shrinkage import as_units, gamma_prior

DRAWS_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class Rank:
    """Median rank and its interval; 1 is the lowest true ratio of `units`."""

    median: float
    lower: int
    upper: int
    units: int


def rank_interval(
    observed: npt.ArrayLike,
    expected: npt.ArrayLike,
    unit: int,
    *,
    level: float = 0.95,
    draws: int = 4000,
    seed: int = 1,
) -> Rank:
    """Return the rank of the unit at index `unit` among all, by simulation of every true ratio.

    Each draw takes one ratio a unit from its gamma–Poisson posterior, under a prior fitted without
    the ranked unit, and ranks them. The same seed gives the same answer. NoAnswerError where the
    prior has none; BadNumberError for bad input.
    Source: Marshall & Spiegelhalter, BMJ 1998; 316: 1701.
    """
    counts, means = as_units(observed, expected)
    if not 0 <= unit < counts.size:
        raise BadNumberError("The unit to rank is not in the table.")
    if not (0 < level < 1 and draws >= 1):
        raise BadNumberError("A rank needs a level between 0 and 1 and at least one draw.")
    prior = gamma_prior(np.delete(counts, unit), np.delete(means, unit))
    ranks = simulated_ranks(prior.shape + counts, prior.rate + means, unit, draws, seed)
    tail = (1 - level) / 2
    lower = np.quantile(ranks, tail, method="inverted_cdf")
    upper = np.quantile(ranks, 1 - tail, method="inverted_cdf")
    return Rank(float(np.median(ranks)), int(lower), int(upper), counts.size)


def simulated_ranks(
    shape: Floats, rate: Floats, unit: int, draws: int, seed: int
) -> npt.NDArray[np.intp]:
    """Return the unit's rank in each draw, taking as many draws at once as memory is meant for."""
    random, ranks = np.random.default_rng(seed), []
    for start in range(0, draws, step := max(1, DRAWS_AT_ONCE // shape.size)):
        size = (min(step, draws - start), shape.size)
        ratios = random.standard_gamma(shape, size) / rate
        ranks.append(1 + np.sum(ratios < ratios[:, [unit]], axis=1))
    return np.concatenate(ranks)
