"""The nation's units as a whole: over-dispersion, flags by chance, own rank and shrunken ratio.

For the terminal and the methods page alone: none of these ever changes a position.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import NoAnswerError
from core.results.inclusion import LEAST_EXPECTED, Numbers
from core.statistics.counts import Poisson
from core.statistics.multiplicity import benjamini_hochberg, two_sided
from core.statistics.overdispersion import Overdispersion, estimate_overdispersion
from core.statistics.position import positions
from core.statistics.ranking import Rank, rank_interval
from core.statistics.shrinkage import ShrunkenRatio, gamma_prior, shrunken_ratio

FALSE_DISCOVERY = 0.05


@dataclass(frozen=True, slots=True)
class Nation:
    """What the units together say, by exact Poisson on the national ratio `centre`.

    `outside` counts units beyond the alert limits and `by_chance` is the most that chance alone
    would put there on average; `discoveries` are units whose Benjamini–Hochberg adjusted p is below
    0.05. The surgeon's own adjusted p, rank and shrunken ratio are None where they cannot be had.
    """

    units: int
    centre: float
    spread: Overdispersion | None
    outside: int
    by_chance: float
    discoveries: int
    own_adjusted_p: float | None
    own_rank: Rank | None
    own_shrunken: ShrunkenRatio | None


def nation(
    units: pd.DataFrame, own: str | None, centre: float, levels: tuple[float, float]
) -> Nation:
    """Return the nation's figures; `units` has columns unit, observed and expected."""
    counted = units[units["expected"] > LEAST_EXPECTED].reset_index(drop=True)
    if len(counted) < 2:
        raise NoAnswerError("The extract gives too few national units.")
    observed, expected = counted["observed"].to_numpy(float), counted["expected"].to_numpy(float)
    model = Poisson(centre * expected)
    tails = two_sided(model.upper_tail(observed), model.lower_tail(observed))
    adjusted = benjamini_hochberg(tails)
    at = np.flatnonzero(counted["unit"].to_numpy() == own)
    place = int(at[0]) if len(at) else None
    return Nation(
        units=len(counted),
        centre=centre,
        spread=_spread(observed, expected, centre),
        outside=int(np.sum(positions(model, observed, levels) != "within")),
        by_chance=len(counted) * (1 - min(levels)),
        discoveries=int(np.sum(adjusted < FALSE_DISCOVERY)),
        own_adjusted_p=None if place is None else float(adjusted[place]),
        own_rank=None if place is None else _rank(observed, expected, place),
        own_shrunken=None if place is None else _shrunken(observed, expected, place),
    )


def _spread(observed: Numbers, expected: Numbers, centre: float) -> Overdispersion | None:
    try:
        return estimate_overdispersion(observed, expected, centre)
    except NoAnswerError:
        return None


def _rank(observed: Numbers, expected: Numbers, place: int) -> Rank | None:
    try:
        return rank_interval(observed, expected, place)
    except NoAnswerError:
        return None


def _shrunken(observed: Numbers, expected: Numbers, place: int) -> ShrunkenRatio | None:
    """The prior is learnt from the others alone."""
    others = np.arange(len(observed)) != place
    try:
        prior = gamma_prior(observed[others], expected[others])
    except NoAnswerError:
        return None
    return shrunken_ratio(int(observed[place]), float(expected[place]), prior)
