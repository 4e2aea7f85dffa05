"""One data-quality finding: which rows it concerns, and the query it would raise."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Severity = Literal["high", "medium", "low"]
QualityQuery = Literal[
    "not_my_case",
    "mine_but_absent",
    "duplicate",
    "wrong_procedure",
    "wrong_outcome",
    "wrong_risk_factor",
    "meets_exclusion",
    "other",
]
Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]
Days = NDArray[np.datetime64]


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much O and E of `outcome` would change were the doubtful counted cases left out."""

    outcome: str
    observed: float
    expected: float


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """Something to check in the records; a hint, not an error that is proven.

    `rows` are positions in the extract's cases, all that help to judge it; `doubtful` are those
    counted and weighed: of a duplicate the repeats alone. `query` is a kind of correction request.
    `outcome` is the one concerned, where the finding is about one.
    """

    code: str
    severity: Severity
    query: QualityQuery
    rows: Rows
    doubtful: Rows
    message: str
    field: str | None = None
    outcome: str | None = None
    effect: Effect | None = None

    @property
    def count(self) -> int:
        """The doubtful cases."""
        return len(self.doubtful)


def positions(mask: Mask) -> Rows:
    """Return the positions at which the mask holds."""
    return np.flatnonzero(mask)


def dates(cases: pd.DataFrame, name: str) -> Days:
    """Return a date column as days, NaT where missing."""
    return cases[name].to_numpy().astype("datetime64[D]")
