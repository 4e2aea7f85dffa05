"""How far the ratio could move if what is missing were known."""

import numpy as np

from core.extract.manifest import Outcome
from core.results.inclusion import LEAST_EXPECTED, Inclusion


def missing_bounds(inclusion: Inclusion, outcome: Outcome) -> tuple[float, float] | None:
    """Return the least and greatest ratio that the missing values allow.

    A missing outcome is taken as absent and as present, with its own risk; a missing risk as the
    95th and the 5th national percentile, with its outcome as recorded. None where no ratio exists,
    where the extract gives no national percentiles and a risk is missing, or where a count (ratio
    outcome) is missing, since nothing bounds it.
    """
    if outcome.kind == "ratio" and inclusion.missing_outcome.any():
        return None
    counted = inclusion.missing_outcome | inclusion.missing_risk
    no_risk = int(np.isnan(inclusion.risk[counted]).sum())
    low, high = national_range(outcome)
    if inclusion.expected <= LEAST_EXPECTED or (no_risk and (low is None or high is None)):
        return None
    observed = inclusion.observed + float(np.nansum(inclusion.event[inclusion.missing_risk]))
    expected = inclusion.expected + float(np.nansum(inclusion.risk[counted]))
    most = observed + int(inclusion.missing_outcome.sum())
    least = observed / (expected + no_risk * (high or 0.0))
    return least, most / (expected + no_risk * (low or 0.0))


def national_range(outcome: Outcome) -> tuple[float | None, float | None]:
    """Return the 5th and 95th percentiles of the nation's risks, where the extract gives them."""
    percentiles = outcome.national.risk_percentiles if outcome.national else ()
    return (percentiles[4], percentiles[94]) if len(percentiles) == 99 else (None, None)
