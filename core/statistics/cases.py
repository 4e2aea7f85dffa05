"""Cases as arrays: risks between 0 and 1, events 0 or 1, checked once."""

import numpy as np
import numpy.typing as npt

from core.errors import BadNumberError

Floats = npt.NDArray[np.float64]


def as_risks(risks: npt.ArrayLike) -> Floats:
    """Return the risks as a flat array; BadNumberError unless each lies in [0, 1]."""
    values = np.asarray(risks, dtype=np.float64)
    if values.ndim != 1:
        raise BadNumberError("Risks must be one list of numbers.")
    if values.size and not (values.min() >= 0 and values.max() <= 1):
        raise BadNumberError("A risk lies outside 0 to 1.")
    return values


def as_cases(risks: npt.ArrayLike, events: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return risks and events of the same cases; BadNumberError unless each event is 0 or 1."""
    chances, happened = as_risks(risks), np.asarray(events, dtype=np.float64)
    if happened.shape != chances.shape:
        raise BadNumberError("There must be one outcome for each risk.")
    if not np.all((happened == 0) | (happened == 1)):
        raise BadNumberError("An outcome is neither 0 nor 1.")
    return chances, happened
