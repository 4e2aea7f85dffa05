"""Signals that rest on the order of cases operated on the same day, which nobody recorded."""

import numpy as np
import numpy.typing as npt

from core.errors import BadNumberError
from core.statistics.cases import Floats
from core.statistics.cusum import Cusum, cusum_weights

ROUNDING = 1e-9


def tie_dependent_signals(
    dates: npt.ArrayLike, risks: npt.ArrayLike, events: npt.ArrayLike, chart: Cusum
) -> npt.NDArray[np.bool_]:
    """Return for each signal of `chart` whether another order within days might not give it.

    `dates` (anything that sorts) are in rising order and belong to the cases the chart ran on. A
    signal is unmarked only if every order of cases within days signals on that day, so a mark may
    be one too many and none is missing. Without two cases on one day nothing is marked.
    BadNumberError where the dates fall or the lengths differ.
    """
    weights = cusum_weights(risks, events, chart.odds_ratio)
    firsts = first_of_each_day(np.asarray(dates), weights.size)
    sure = days_sure_to_signal(weights, firsts, chart.limit)
    day = np.searchsorted(firsts, chart.signals, side="right") - 1
    return ~sure[day] if firsts.size < weights.size else np.zeros(day.size, dtype=np.bool_)


def first_of_each_day(days: npt.NDArray[np.datetime64], cases: int) -> npt.NDArray[np.intp]:
    """Return the index of the first case of each day."""
    if days.shape != (cases,):
        raise BadNumberError("There must be one date for each case.")
    if np.any(days[1:] < days[:-1]):
        raise BadNumberError("The cases are not in order of date.")
    return np.flatnonzero(np.r_[cases > 0, days[1:] != days[:-1]][:cases])


def days_sure_to_signal(
    weights: Floats, firsts: npt.NDArray[np.intp], limit: float
) -> npt.NDArray[np.bool_]:
    """Return for each day whether every order signals on it.

    `low` and `high` bound the chart's value as the day begins. A day ends lowest with its rises
    first, and highest with its falls first; its peak is at least its end and its largest rise.
    """
    rises = np.add.reduceat(np.maximum(weights, 0), firsts) if weights.size else weights
    falls = np.add.reduceat(np.minimum(weights, 0), firsts) if weights.size else weights
    largest = np.maximum.reduceat(weights, firsts) if weights.size else weights
    low = high = 0.0
    enough, sure = limit * (1 - ROUNDING), np.zeros(firsts.size, dtype=np.bool_)
    for day, (rise, fall, most) in enumerate(zip(rises, falls, largest, strict=True)):
        sure[day] = max(low + rise + fall, most) >= enough
        might = high + rise >= enough
        low = 0.0 if might else max(0.0, low + rise + fall)
        high = float(rise if sure[day] else max(0.0, high + fall) + rise)
    return sure
