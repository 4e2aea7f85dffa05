"""The distributions a number of events may follow, with tails that keep their precision.

Each model has a `mean` and gives `upper_tail(k)` = P(X >= k) and `lower_tail(k)` = P(X <= k).
For the first three, k may be a real number (the tails are continuous in it) and the parameters
may be arrays of one shape.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.errors import BadNumberError
from core.statistics import poisson_binomial
from core.statistics.checks import Floats, Numbers, case_risks, positive, whole_counts

Form = Callable[[Numbers], Numbers]
LEAST_TAU2 = 1e-20
MOST_TAU2 = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Poisson:
    """Events with that mean and nothing else known of the cases."""

    name: ClassVar[str] = "poisson"
    mean: Numbers

    def __post_init__(self) -> None:
        positive(self.mean)

    def upper_tail(self, count: ArrayLike) -> Numbers:
        """Return P(X >= count)."""
        return _plain(special.gammainc(np.maximum(count, 0), self.mean))

    def lower_tail(self, count: ArrayLike) -> Numbers:
        """Return P(X <= count)."""
        return _plain(special.gammaincc(np.maximum(count, -1) + 1, self.mean))


@dataclass(frozen=True, slots=True, eq=False)
class Binomial:
    """Events among n cases that all have the risk mean / n."""

    name: ClassVar[str] = "binomial"
    n: Numbers
    mean: Numbers

    def __post_init__(self) -> None:
        positive(self.mean)
        if np.any(np.asarray(self.mean) > whole_counts(self.n, "cases")):
            raise BadNumberError("More events are expected than there are cases.")

    @property
    def risk(self) -> Numbers:
        """Return the risk of a case."""
        return self.mean / self.n

    def upper_tail(self, count: ArrayLike) -> Numbers:
        """Return P(X >= count)."""
        k = np.clip(count, 0, self.n + 1.0)
        tail = special.betainc(k, self.n + 1 - k, self.risk)
        return _plain(np.where(k > self.n, 0.0, tail))

    def lower_tail(self, count: ArrayLike) -> Numbers:
        """Return P(X <= count)."""
        k = np.clip(count, -1.0, self.n)
        tail = special.betaincc(k + 1, self.n - k, self.risk)
        return _plain(np.where(k == self.n, 1.0, tail))


@dataclass(frozen=True, slots=True, eq=False)
class NegativeBinomial:
    """Events whose rate itself varies between units: variance mean + 4 tau2 mean².

    `tau2` (one number) is the between-unit variance on the square-root scale; the size is
    k = 1 / (4 tau2), and at tau2 = 0 this is the Poisson model. Above 4 it is refused.
    """

    name: ClassVar[str] = "negative_binomial"
    mean: Numbers
    tau2: float

    def __post_init__(self) -> None:
        positive(self.mean)
        if not 0 <= self.tau2 <= MOST_TAU2:
            raise BadNumberError("The between-unit variance is negative or too large for a model.")

    @property
    def is_poisson(self) -> bool:
        """Tell whether the units do not vary, to the precision of numbers."""
        return self.tau2 < LEAST_TAU2

    @property
    def size(self) -> float:
        """Return k; infinite at tau2 = 0."""
        return 0.25 / self.tau2 if self.tau2 else np.inf

    def upper_tail(self, count: ArrayLike) -> Numbers:
        """Return P(X >= count)."""
        if self.is_poisson:
            return Poisson(self.mean).upper_tail(count)
        k = np.maximum(count, 0)
        return self._chosen(
            lambda share: special.betainc(k, self.size, share),
            lambda rest: special.betaincc(self.size, k, rest),
        )

    def lower_tail(self, count: ArrayLike) -> Numbers:
        """Return P(X <= count)."""
        if self.is_poisson:
            return Poisson(self.mean).lower_tail(count)
        after = np.maximum(count, -1) + 1
        return self._chosen(
            lambda share: special.betaincc(after, self.size, share),
            lambda rest: special.betainc(self.size, after, rest),
        )

    def _chosen(self, by_share: Form, by_rest: Form) -> Numbers:
        """Take mean / (mean + k) or its complement, whichever is small and so exact."""
        total = self.mean + self.size
        share, rest = self.mean / total, self.size / total
        if np.all(share <= 0.5):
            return _plain(by_share(share))
        return _plain(np.where(share <= 0.5, by_share(share), by_rest(rest)))


@dataclass(frozen=True, slots=True, eq=False)
class PoissonBinomial:
    """Events among cases that each have their own risk (1-d array); counts are whole."""

    name: ClassVar[str] = "poisson_binomial"
    risks: Floats
    mean: float = field(init=False)
    _upper: Floats = field(init=False, repr=False)
    _lower: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        risks = case_risks(self.risks)
        chances = poisson_binomial.pmf(risks)
        object.__setattr__(self, "risks", risks)
        object.__setattr__(self, "mean", float(risks.sum()))
        upper = poisson_binomial.upper_tails(chances)
        object.__setattr__(self, "_upper", np.concatenate([[1.0], upper[1:], [0.0]]))
        lower = poisson_binomial.lower_tails(chances)
        object.__setattr__(self, "_lower", np.concatenate([[0.0], lower[:-1], [1.0]]))

    @property
    def n(self) -> int:
        """Return the number of cases."""
        return int(np.size(self.risks))

    def upper_tail(self, count: ArrayLike) -> Numbers:
        """Return P(X >= count)."""
        return _plain(self._upper[np.clip(count, 0, self.n + 1).astype(np.intp)])

    def lower_tail(self, count: ArrayLike) -> Numbers:
        """Return P(X <= count)."""
        return _plain(self._lower[np.clip(count, -1, self.n).astype(np.intp) + 1])


CountModel = Poisson | Binomial | NegativeBinomial | PoissonBinomial


def _plain(tail: Numbers) -> Numbers:
    return float(tail) if np.ndim(tail) == 0 else tail
