"""Months with far more or far fewer operations than the surgeon's others."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.special import pdtr, pdtrc

from core.extract.manifest import Manifest
from core.results.quality.finding import Finding, Mask, dates, positions
from core.results.wording import cases as cases_in_words
from core.results.wording import month as month_in_words

RARELY = 0.001
"""Chance that any month of the period would be told of, were all alike (Bonferroni)."""
FEWEST_MONTHS = 6
UP, DOWN = 1.5, 0.5


def volume_jumps(cases: pd.DataFrame, manifest: Manifest) -> Iterator[Finding]:
    """Yield the months far from the median one: by half at least, and beyond chance (Poisson)."""
    months = np.arange(
        np.datetime64(manifest.period.start, "M"), np.datetime64(manifest.period.end, "M") + 1
    )
    if len(months) < FEWEST_MONTHS or not len(cases):
        return
    of_case = (dates(cases, "operated_on").astype("datetime64[M]") - months[0]).astype(int)
    inside = (of_case >= 0) & (of_case < len(months))
    counts = np.bincount(of_case[inside], minlength=len(months))
    usual = float(np.median(counts))
    each = RARELY / (2 * len(months))
    more = (counts > UP * usual) & (pdtrc(np.maximum(counts - 1, 0), usual) < each)
    fewer = (counts < DOWN * usual) & (pdtr(counts, usual) < each)
    for at in np.flatnonzero(more | fewer):
        yield _month(months[at], int(counts[at]), usual, of_case == at, bool(more[at]))


def _month(month: np.datetime64, count: int, usual: float, mask: Mask, more: bool) -> Finding:
    rows = positions(mask)
    return Finding(
        code="volume_jump",
        severity="low",
        query="not_my_case" if more else "mine_but_absent",
        rows=rows,
        doubtful=rows,
        message=(
            f"{month_in_words(pd.Timestamp(month))} has {cases_in_words(count)}; half of your "
            f"months have {usual:.0f} or more. Leave or a change of work may explain it."
        ),
        field="operated_on",
    )
