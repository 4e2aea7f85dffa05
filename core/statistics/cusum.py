"""The risk-adjusted CUSUM: one-sided log-likelihood charts that restart after each signal."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import BadNumberError
from core.statistics.cases import Floats, as_cases

LONGEST, SHORTEST = 4096, 16


@dataclass(frozen=True, slots=True)
class Cusum:
    """One side of the chart: its value after each case, and the cases at which it signalled."""

    odds_ratio: float
    limit: float
    path: Floats
    signals: npt.NDArray[np.intp]


def checked_odds_ratio(odds_ratio: float) -> float:
    """Return the odds ratio a chart looks for; BadNumberError unless positive, finite, not 1."""
    if not 0 < odds_ratio < np.inf or odds_ratio == 1:
        raise BadNumberError("An odds ratio must be positive and other than 1.")
    return float(odds_ratio)


def checked_limit(limit: float) -> float:
    """Return the limit h; BadNumberError unless it is above 0."""
    if not limit > 0:
        raise BadNumberError("A CUSUM limit must be above 0.")
    return float(limit)


def cusum_weights(risks: npt.ArrayLike, events: npt.ArrayLike, odds_ratio: float) -> Floats:
    """Return y·ln ρ − ln(1 − p + ρp) for each case: the log-likelihood ratio of odds × ρ.

    Defined for every risk in [0, 1]. Source: Steiner et al., Biostatistics 2000; 1: 441.
    """
    chances, happened = as_cases(risks, events)
    ratio = checked_odds_ratio(odds_ratio)
    weights: Floats = (ratio - 1) * chances
    np.log1p(weights, out=weights)
    np.subtract(happened * np.log(ratio), weights, out=weights)
    return weights


def ra_cusum(risks: npt.ArrayLike, events: npt.ArrayLike, odds_ratio: float, limit: float) -> Cusum:
    """Run one side of the chart over cases in order: max(0, value + weight), signal when ≥ limit.

    The value at a signal is kept in the path and the next case starts from 0. An odds ratio of 2
    looks for more events than expected and ½ for fewer; both paths are ≥ 0, and the two sides
    restart independently. An infinite limit never signals. BadNumberError for bad input.
    Source: Steiner et al., Biostatistics 2000; 1: 441.
    """
    limit = checked_limit(limit)
    path, signals = restarted(cusum_weights(risks, events, odds_ratio), limit)
    return Cusum(float(odds_ratio), limit, path, signals)


def restarted(weights: Floats, limit: float) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Return the path of max(0, value + weight), restarted at each signal, and the signals.

    Between signals the path is the running sum less its running minimum. It is taken in blocks,
    which keeps rounding small; blocks shorten at signals, which keeps time linear.
    """
    path, signals = np.empty_like(weights), []
    start, value, length = 0, 0.0, LONGEST
    while start < weights.size:
        block = weights[start : start + length].cumsum()
        block += value
        block -= np.minimum(np.minimum.accumulate(block), 0.0)
        end = first_at_least(block, limit)
        path[start : start + end] = block[:end]
        start, value = start + end, float(block[end - 1])
        length = min(2 * length, LONGEST)
        if value >= limit:
            signals.append(start - 1)
            value, length = 0.0, SHORTEST
    return path, np.array(signals, dtype=np.intp)


def first_at_least(block: Floats, limit: float) -> int:
    """Return how many values there are up to and with the first that reaches the limit."""
    reached = block >= limit
    where = int(reached.argmax())
    return where + 1 if reached[where] else block.size
