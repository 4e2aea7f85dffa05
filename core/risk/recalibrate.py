"""Recalibration as a stated step: an intercept and slope on the log-odds, with date and source."""

from dataclasses import dataclass
from datetime import date
from math import isfinite

import numpy as np
from scipy.special import expit, logit

from core.errors import BadNumberError
from core.risk.steps import Floats


@dataclass(frozen=True, slots=True)
class Recalibration:
    """logit(risk) becomes intercept + slope × logit(risk); whence and when it was estimated.

    Source of the method: Cox DR. Biometrika 1958;45:562-565.
    """

    intercept: float
    slope: float
    date: date
    source: str

    def __post_init__(self) -> None:
        if not (isfinite(self.intercept) and isfinite(self.slope) and self.slope > 0):
            raise BadNumberError("A recalibration needs a finite intercept and a slope above 0.")
        if not self.source.strip():
            raise BadNumberError("A recalibration needs a source.")

    def apply(self, risks: Floats) -> Floats:
        """Return `risks` recalibrated; NaN stays NaN. Raises BadNumberError outside 0 to 1."""
        if np.any((risks < 0) | (risks > 1)):
            raise BadNumberError("Only risks from 0 to 1 can be recalibrated.")
        return np.asarray(expit(self.intercept + self.slope * logit(risks)))

    def words(self) -> str:
        """Return what was done, for every figure that shows it."""
        slope = "" if self.slope == 1 else f", slope {self.slope:.3f}"
        return (
            f"Recalibrated on the log-odds: intercept {self.intercept:+.3f}{slope} "
            f"({self.source}, {self.date:%d %B %Y})"
        )
