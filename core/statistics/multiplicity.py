"""Many units judged at once: false discovery rates."""

import numpy as np
import numpy.typing as npt

from core.errors import BadNumberError
from core.statistics.cases import Floats
from core.statistics.checks import probabilities


def two_sided(upper: npt.ArrayLike, lower: npt.ArrayLike) -> Floats:
    """Return min(1, 2 · the smaller one-sided tail) for each unit.

    BadNumberError for tails outside [0, 1] or of unequal number.
    """
    above, below = as_tails(upper), as_tails(lower)
    if above.shape != below.shape:
        raise BadNumberError("There must be one upper and one lower tail for each unit.")
    both: Floats = np.minimum(1.0, 2 * np.minimum(above, below))
    return both


def benjamini_hochberg(tails: npt.ArrayLike) -> Floats:
    """Return p-values adjusted for the false discovery rate, in the order given.

    Flagging the units at or below q holds the expected share of false flags to q. BadNumberError
    outside [0, 1]. Source: Benjamini & Hochberg, JRSS B 1995; 57: 289;
    for national units, Jones et al. 2008.
    """
    given = as_tails(tails)
    order = np.argsort(given)[::-1]
    scaled = given[order] * given.size / np.arange(given.size, 0, -1)
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(scaled))
    return adjusted


def as_tails(tails: npt.ArrayLike) -> Floats:
    """Return probabilities as a flat array; BadNumberError unless each lies in [0, 1]."""
    values = probabilities(tails, "tails")
    if values.ndim != 1:
        raise BadNumberError("Tail probabilities must be one list of numbers.")
    return values
