"""Numbers that stand far from all others of the surgeon's cases."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.extract.manifest import Manifest
from core.results.quality.finding import Finding, Mask, positions
from core.results.wording import cases as cases_in_words

FAR = 3.5
"""Modified z-score beyond which a value is looked at (Iglewicz and Hoaglin 1993)."""
PER_MAD = 1.4826
FEWEST = 20
OLDEST = 100
Numbers = NDArray[np.float64]


def implausible_values(cases: pd.DataFrame, manifest: Manifest) -> Iterator[Finding]:
    """Yield the numeric fields with values far out; of years, those above 100 too."""
    for field in manifest.fields:
        if field.type not in ("number", "integer"):
            continue
        values = cases[field.name].to_numpy(dtype=float)
        found = far_out(values)
        if field.unit == "years":
            found |= values > OLDEST
        if found.any():
            rows = positions(found)
            yield Finding(
                code="implausible_value",
                severity="medium",
                query="wrong_risk_factor" if field.risk_factor else "other",
                rows=rows,
                doubtful=rows,
                message=(
                    f"{field.label} is unusual in {cases_in_words(len(rows))}: far from what is "
                    "recorded in the others."
                ),
                field=field.name,
            )


def far_out(values: Numbers) -> Mask:
    """Return which values lie far out, as they are and, where all are positive, as logarithms."""
    present = values[np.isfinite(values)]
    if len(present) < FEWEST:
        return np.zeros(len(values), dtype=bool)
    far = _score(values, present)
    if present.min() > 0:
        far = np.minimum(far, _score(np.log(values), np.log(present)))
    return np.asarray(far > FAR, dtype=bool)


def _score(values: Numbers, present: Numbers) -> Numbers:
    middle = np.median(present)
    spread = PER_MAD * np.median(np.abs(present - middle))
    return np.abs(values - middle) / spread if spread > 0 else np.zeros(len(values))
