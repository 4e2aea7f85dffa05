"""The variable life-adjusted display: events fewer than expected, added up case by case."""

import numpy as np
import numpy.typing as npt

from core.statistics.cases import Floats, as_cases


def vlad(risks: npt.ArrayLike, events: npt.ArrayLike) -> Floats:
    """Return the running sum of risk − event over cases in order; up is fewer than expected.

    `risks` are probabilities and `events` 0 or 1, one a case; the answer has their length and
    counts events. BadNumberError for a risk outside [0, 1] or an event that is neither 0 nor 1.
    Source: Lovegrove et al., Lancet 1997; 350: 1128.
    """
    chances, happened = as_cases(risks, events)
    fewer = chances - happened
    return np.cumsum(fewer, out=fewer)
