"""The steps that turn one number of a case into the form a model uses, as data."""

from typing import Annotated

import numpy as np
from msgspec import Meta, Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Number = Annotated[float, Meta(ge=-1e9, le=1e9)]


class _Step(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    def apply(self, x: Floats) -> Floats:
        """Return `x` after this step."""
        raise NotImplementedError


class Clamp(_Step, frozen=True, tag="clamp"):
    """Hold the number within the model's own limits; every case held is counted."""

    low: Number
    high: Number

    def apply(self, x: Floats) -> Floats:
        """Return `x` held within low and high."""
        return np.clip(x, self.low, self.high)


class AtLeast(_Step, frozen=True, tag="at_least"):
    """The larger of the number and `bound`: part of the definition, not counted."""

    bound: Number

    def apply(self, x: Floats) -> Floats:
        """Return max(x, bound)."""
        return np.maximum(x, self.bound)


class AtMost(_Step, frozen=True, tag="at_most"):
    """The smaller of the number and `bound`: part of the definition, not counted."""

    bound: Number

    def apply(self, x: Floats) -> Floats:
        """Return min(x, bound)."""
        return np.minimum(x, self.bound)


class Plus(_Step, frozen=True, tag="plus"):
    """Add a constant."""

    amount: Number

    def apply(self, x: Floats) -> Floats:
        """Return x + amount."""
        return x + self.amount


class Minus(_Step, frozen=True, tag="minus"):
    """Subtract a constant, usually the centre."""

    amount: Number

    def apply(self, x: Floats) -> Floats:
        """Return x − amount."""
        return x - self.amount


class Times(_Step, frozen=True, tag="times"):
    """Multiply by a constant."""

    factor: Number

    def apply(self, x: Floats) -> Floats:
        """Return x × factor."""
        return x * self.factor


class Power(_Step, frozen=True, tag="power"):
    """Raise to a power: 2 is the square, 0.5 the square root, −1 the reciprocal."""

    exponent: Annotated[float, Meta(ge=-10, le=10)]

    def apply(self, x: Floats) -> Floats:
        """Return x to the power of exponent."""
        if self.exponent == 0.5:
            return np.sqrt(x)
        return x * x if self.exponent == 2 else np.power(x, self.exponent)


class Ln(_Step, frozen=True, tag="ln"):
    """Take the natural logarithm."""

    def apply(self, x: Floats) -> Floats:
        """Return ln x."""
        return np.log(x)


class Logit(_Step, frozen=True, tag="logit"):
    """Take the log-odds of a probability."""

    def apply(self, x: Floats) -> Floats:
        """Return ln(x / (1 − x))."""
        return np.log(x) - np.log1p(-x)


class RoundDown(_Step, frozen=True, tag="round_down"):
    """Round down to a whole number."""

    def apply(self, x: Floats) -> Floats:
        """Return the largest whole number not above x."""
        return np.floor(x)


Step = Clamp | AtLeast | AtMost | Plus | Minus | Times | Power | Ln | Logit | RoundDown
