"""Why each case counts for an outcome, or does not, in one or two words."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.extract.manifest import Outcome
from core.results.inclusion import Inclusion, meets_exclusion

COUNTED = "counted"
WORDS = (
    COUNTED,
    "meets an exclusion",
    "follow-up not complete",
    "outcome missing",
    "risk missing",
)


def counted(cases: pd.DataFrame, outcome: Outcome, inclusion: Inclusion) -> NDArray[np.intp]:
    """Return, for each case, the place in `WORDS` of what is said of it."""
    excluded = meets_exclusion(cases, outcome.code)
    sorted_out = (inclusion.included, excluded, inclusion.missing_outcome, inclusion.missing_risk)
    return np.select(sorted_out, (0, 1, 3, 4), default=2).astype(np.intp)
