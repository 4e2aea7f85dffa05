"""Where a count stands: the one rule that decides what crosses a limit.

The exact one-sided tail of the observed count is compared with half of what the level leaves
(Seaton & Manktelow 2012). "Above" is always worse than expected.
"""

from bisect import bisect_left
from collections.abc import Callable
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import BadNumberError
from core.statistics.checks import Numbers, whole_counts
from core.statistics.counts import Binomial, CountModel, PoissonBinomial

LEVELS = (0.95, 0.998)
LEAST_LEVEL = 0.75
TOLERANCE = 1e-9

Rule = Callable[[Numbers], bool]


def tail_alpha(level: float) -> float:
    """Return (1 - level) / 2 as written in decimal: 0.95 gives 0.025, 0.998 gives 0.001."""
    if not 0 < level < 1:
        raise BadNumberError("A level is not between 0 and 1.")
    return float((1 - Decimal(repr(float(level)))) / 2)


def crosses(tail: ArrayLike, level: float) -> NDArray[np.bool_]:
    """Tell whether a tail probability is beyond the limit of that level."""
    return np.asarray(tail) < tail_alpha(level) * (1 - TOLERANCE)


def count_to_cross_above(model: CountModel, level: float) -> int | None:
    """Return the smallest count that crosses the upper limit; None if no count can."""
    return smallest_count(model, lambda tail: bool(crosses(tail, level)))


def count_to_cross_below(model: CountModel, level: float) -> int | None:
    """Return the largest count that crosses the lower limit; None if no count can."""
    return largest_count(model, lambda tail: bool(crosses(tail, level)))


def smallest_count(model: CountModel, beyond: Rule) -> int | None:
    """Return the smallest count whose upper tail is beyond, by any such rule."""
    counts = range(_most_events(model, beyond) + 1)
    count = bisect_left(counts, True, key=lambda k: beyond(model.upper_tail(k)))
    return count if count < len(counts) else None


def largest_count(model: CountModel, beyond: Rule) -> int | None:
    """Return the largest count, at most the mean, whose lower tail is beyond."""
    counts = range(int(np.asarray(model.mean)) + 1)
    kept = bisect_left(counts, True, key=lambda k: not beyond(model.lower_tail(k)))
    return kept - 1 if kept else None


def position(model: CountModel, observed: float, levels: tuple[float, float] = LEVELS) -> str:
    """Return within, above_alert, above_alarm, below_alert or below_alarm."""
    return str(positions(model, np.asarray([observed]), levels)[0])


def positions(
    model: CountModel, observed: ArrayLike, levels: tuple[float, float] = LEVELS
) -> NDArray[np.str_]:
    """Return the position of each unit; `observed` and the model's parameters share a shape.

    Levels are 0.75 or more, so that a count can only cross on its own side of the mean, and
    only that tail is computed.
    """
    counts, (alert, alarm) = whole_counts(observed), levels
    if min(levels) < LEAST_LEVEL:
        raise BadNumberError("A level for a position is below 0.75.")
    high = counts > model.mean
    upper = model.upper_tail(np.where(high, counts, 0))
    lower = np.where(high, 1.0, model.lower_tail(np.where(high, -1, counts)))
    beyond = {
        "above_alarm": crosses(upper, alarm),
        "below_alarm": crosses(lower, alarm),
        "above_alert": crosses(upper, alert),
        "below_alert": crosses(lower, alert),
    }
    return np.select(list(beyond.values()), list(beyond), "within")


def _most_events(model: CountModel, beyond: Rule) -> int:
    """Return the number of cases; where it is not known, a count that is surely beyond."""
    if isinstance(model, Binomial | PoissonBinomial):
        return int(model.n)
    most = int(np.asarray(model.mean)) + 1
    while not beyond(model.upper_tail(most)):
        most *= 2
    return most
