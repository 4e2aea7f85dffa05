"""Cases as arrays: risks between 0 and 1, events 0 or 1, checked once."""

import numpy as np
import numpy.typing as npt

from core.errors import BadNumberError
from core.statistics.checks import probabilities, whole_counts

Floats = npt.NDArray[np.float64]


def as_risks(risks: npt.ArrayLike) -> Floats:
    """Return the risks as a flat array; BadNumberError unless each lies in [0, 1]."""
    chances = probabilities(risks)
    if chances.ndim != 1:
        raise BadNumberError("Risks must be one list of numbers.")
    return chances


def as_cases(risks: npt.ArrayLike, events: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return risks and events of the same cases; BadNumberError unless each event is 0 or 1."""
    chances, happened = as_risks(risks), whole_counts(events, "events")
    if happened.shape != chances.shape:
        raise BadNumberError("There must be one outcome for each risk.")
    if np.any(happened > 1):
        raise BadNumberError("An outcome is neither 0 nor 1.")
    return chances, happened
