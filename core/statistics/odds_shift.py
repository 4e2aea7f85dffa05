"""The exact interval of own risks: how far one common shift of the odds can move them."""

from collections.abc import Callable

import numpy as np
from scipy import optimize, special

from core.statistics.checks import Floats
from core.statistics.poisson_binomial import distribution
from core.statistics.position import tail_alpha
from core.statistics.recalibration import shift_to_total

FLOOR = -700.0


def possible_counts(chances: Floats) -> tuple[int, int]:
    """Return the smallest and the largest number of events that is not impossible."""
    return int(np.sum(chances == 1)), int(np.sum(chances > 0))


def means_at_limits(count: int, chances: Floats, level: float) -> tuple[float, float]:
    """Return the expected events, after a shift, at which `count` lies on either exact limit.

    A shift by the odds ratio r turns P(k) into P(k) r^k / Σ P(j) r^j, so one distribution,
    centred on the count, serves for every shift.
    """
    least, most = possible_counts(chances)
    if least == most:
        return float(least), float(most)
    shift = shift_to_total(chances, float(np.clip(count, least + 0.5, most - 0.5)))
    odds = special.logit(chances) + shift
    weights = distribution(special.expit(odds), special.expit(-odds))
    events, target = np.arange(weights.size), np.log(tail_alpha(level))

    def log_tail(step: float, kept: Floats) -> float:
        tail = special.logsumexp(step * events, b=weights * kept)
        log_alpha_ratio = tail - special.logsumexp(step * events, b=weights) - target
        return float(max(log_alpha_ratio, FLOOR))

    def mean(step: float) -> float:
        weighed = special.logsumexp(step * events, b=weights * events)
        return float(np.exp(weighed - special.logsumexp(step * events, b=weights)))

    at_least, at_most = (events >= count).astype(float), (events <= count).astype(float)
    lower = least if count == least else mean(_root(lambda step: log_tail(step, at_least)))
    upper = most if count == most else mean(_root(lambda step: -log_tail(step, at_most)))
    return float(lower), float(upper)


def _root(rising: Callable[[float], float]) -> float:
    """Return where the rising function passes 0."""
    reach = 1.0
    while rising(-reach) > 0 or rising(reach) < 0:
        reach *= 2
    return float(optimize.brentq(rising, -reach, reach, xtol=1e-14))
