"""Where a count stands: the one rule that decides what crosses a limit.

The exact one-sided tail of the observed count is compared with half of what the level leaves
(Seaton & Manktelow 2012). "Above" is always worse than expected.
"""

from bisect import bisect_left
from decimal import Decimal
from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import BadNumberError
from core.statistics.checks import Numbers, whole_counts
from core.statistics.counts import CountModel, NegativeBinomial, Poisson

LEVELS = (0.95, 0.998)
TOLERANCE = 1e-9


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
    counts = range(most_events(model, tail_alpha(level)) + 1)
    count = bisect_left(counts, True, key=lambda k: bool(crosses(model.upper_tail(k), level)))
    return count if count < len(counts) else None


def count_to_cross_below(model: CountModel, level: float) -> int | None:
    """Return the largest count that crosses the lower limit; None if no count can."""
    counts = range(int(cast(float, model.mean)) + 1)
    kept = bisect_left(counts, True, key=lambda k: not crosses(model.lower_tail(k), level))
    return kept - 1 if kept else None


def position(model: CountModel, observed: float, levels: tuple[float, float] = LEVELS) -> str:
    """Return within, above_alert, above_alarm, below_alert or below_alarm."""
    return str(positions(model, np.asarray([observed]), levels)[0])


def positions(
    model: CountModel, observed: ArrayLike, levels: tuple[float, float] = LEVELS
) -> NDArray[np.str_]:
    """Return the position of each unit; `observed` and the model's parameters share a shape."""
    counts = whole_counts(observed)
    upper, lower = model.upper_tail(counts), model.lower_tail(counts)
    alert, alarm = levels
    beyond = {
        "above_alarm": crosses(upper, alarm),
        "below_alarm": crosses(lower, alarm),
        "above_alert": crosses(upper, alert),
        "below_alert": crosses(lower, alert),
    }
    return np.select(list(beyond.values()), list(beyond), "within")


def most_events(model: CountModel, alpha: float) -> int:
    """Return a count whose upper tail is surely below alpha (Cantelli), or the cases there are."""
    mean = cast(float, model.mean)
    bound = int(mean + np.sqrt(_variance(model) * 2 / alpha)) + 2
    return bound if isinstance(model, Poisson | NegativeBinomial) else int(cast(float, model.n))


def _variance(model: CountModel) -> Numbers:
    mean = model.mean
    return mean + 4 * model.tau2 * mean**2 if isinstance(model, NegativeBinomial) else mean
