"""Refuse the numbers that no definition allows; the refusal never repeats them."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import BadNumberError

Floats = NDArray[np.float64]
Numbers = float | Floats
SMALLEST = 1e-100


def whole_counts(values: ArrayLike, name: str = "observed") -> Floats:
    """Return the counts as floats; whole and not negative, else BadNumberError."""
    counts = _floats(values, name)
    if np.any((counts < 0) | ~np.isfinite(counts) | (counts != np.floor(counts))):
        raise BadNumberError(f"A count is negative or not whole ({name}).")
    return counts


def positive(values: ArrayLike, name: str = "expected") -> Floats:
    """Return the numbers as floats; finite and above 0 (by 1e-100), else BadNumberError."""
    numbers = _floats(values, name)
    if not np.all((numbers >= SMALLEST) & np.isfinite(numbers)):
        raise BadNumberError(f"A number is not above 0 ({name}).")
    return numbers


def probabilities(values: ArrayLike, name: str = "risks") -> Floats:
    """Return the numbers as floats; between 0 and 1, else BadNumberError."""
    numbers = _floats(values, name)
    if not np.all((numbers >= 0) & (numbers <= 1)):
        raise BadNumberError(f"A number is not between 0 and 1 ({name}).")
    return numbers


def case_risks(values: ArrayLike) -> Floats:
    """Return one surgeon's risks: one dimension, at least one case and one risk above 0.

    A risk below 1e-100 is taken as 0.
    """
    risks = probabilities(values)
    risks = np.where(risks < SMALLEST, 0.0, risks)
    if risks.ndim != 1 or not np.any(risks):
        raise BadNumberError("There is no case with a risk above 0.")
    return risks


def _floats(values: ArrayLike, name: str) -> Floats:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadNumberError(f"A value is not a number ({name}).") from None
