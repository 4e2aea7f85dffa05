"""How well risks order and match outcomes: AUC, Brier score, calibration by band of risk."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import BadNumberError, NoAnswerError
from core.statistics.cases import Floats, as_cases


@dataclass(frozen=True, slots=True)
class Band:
    """The cases whose risk lies in a band: how many, and their events observed and expected."""

    lowest: float
    highest: float
    cases: int
    observed: int
    expected: float


def area_under_curve(risks: npt.ArrayLike, events: npt.ArrayLike) -> float:
    """Return the chance that a case with the event had the higher risk, ties counting half.

    NoAnswerError unless both outcomes occur. Source: Mann & Whitney 1947; Hanley & McNeil 1982.
    """
    chances, happened = as_cases(risks, events)
    positive = happened.sum()
    negative = happened.size - positive
    if not (positive and negative):
        raise NoAnswerError("The AUC needs cases with the event and cases without.")
    _, place, counts = np.unique(chances, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    above = ranks[happened == 1].sum() - positive * (positive + 1) / 2
    return float(above / (positive * negative))


def brier_score(risks: npt.ArrayLike, events: npt.ArrayLike) -> float:
    """Return the mean of (event − risk)²; NoAnswerError without cases. Source: Brier 1950."""
    chances, happened = as_cases(risks, events)
    if not chances.size:
        raise NoAnswerError("The Brier score needs at least one case.")
    return float(np.mean((happened - chances) ** 2))


def calibration_bands(
    risks: npt.ArrayLike, events: npt.ArrayLike, edges: Sequence[float] | int = 10
) -> tuple[Band, ...]:
    """Return the occupied bands of risk, from low to high.

    `edges` are inner boundaries in rising order (a risk equal to one belongs to the band above),
    or a number of bands of about equally many cases, equal risks kept together. `lowest` and
    `highest` are the extreme risks found in the band. BadNumberError for other edges.
    """
    chances, happened = as_cases(risks, events)
    if not chances.size:
        return ()
    band = np.searchsorted(inner_edges(chances, edges), chances, side="right")
    return tuple(band_of(chances[band == b], happened[band == b]) for b in np.unique(band))


def inner_edges(chances: Floats, edges: Sequence[float] | int) -> Floats:
    """Return the boundaries between bands."""
    if isinstance(edges, int):
        if edges < 1:
            raise BadNumberError("There must be at least one band.")
        at = np.arange(1, edges) * chances.size // edges
        return np.sort(chances)[at]
    given = np.asarray(edges, dtype=np.float64)
    if given.ndim != 1 or np.any(~np.isfinite(given)) or np.any(np.diff(given) <= 0):
        raise BadNumberError("The edges of bands must be numbers in rising order.")
    return given


def band_of(chances: Floats, happened: Floats) -> Band:
    """Return the band made of these cases."""
    return Band(
        lowest=float(chances.min()),
        highest=float(chances.max()),
        cases=chances.size,
        observed=int(happened.sum()),
        expected=float(chances.sum()),
    )
