"""Hints that a case may be another surgeon's: a provider or a date outside the usual pattern."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from core.extract.manifest import Manifest
from core.results.quality.finding import Days, Finding, Mask, dates, positions
from core.results.wording import cases as cases_in_words

SELDOM = 0.01
FEWEST = 20
ALONE_DAYS = 90
WEEKDAY_SELDOM = 0.002
WEEKDAY_FEWEST = 200
EPOCH_WEEKDAY = 3


def misattribution_hints(cases: pd.DataFrame, _: Manifest) -> Iterator[Finding]:
    """Yield the cases at a provider, on a weekday or at a time that the others do not share."""
    if len(cases) < FEWEST:
        return
    hints = (
        ("unusual_provider", "provider", _seldom_provider(cases), "at a provider"),
        ("unusual_date", "operated_on", _seldom_date(cases), "on a date or weekday"),
    )
    for code, field, mask, where in hints:
        if mask.any():
            rows = positions(mask)
            yield Finding(
                code=code,
                severity="medium",
                query="not_my_case",
                rows=rows,
                doubtful=rows,
                message=(
                    f"{cases_in_words(len(rows))} {'is' if len(rows) == 1 else 'are'} {where} "
                    "outside your usual pattern; a hint that the case may be someone else’s."
                ),
                field=field,
            )


def _seldom_provider(cases: pd.DataFrame) -> Mask:
    counts = cases["provider"].value_counts()
    seldom = counts[counts <= max(1, SELDOM * len(cases))].index
    return cases["provider"].isin(seldom).to_numpy()


def _seldom_date(cases: pd.DataFrame) -> Mask:
    days = dates(cases, "operated_on")
    return _alone(days) | _seldom_weekday(days)


def _alone(days: Days) -> Mask:
    """Three months and more from any other case, before and after."""
    order = np.argsort(days, kind="stable")
    far = np.diff(days[order]) > np.timedelta64(ALONE_DAYS, "D")
    edges = np.concatenate(([True], far, [True]))
    found = np.zeros(len(days), dtype=bool)
    found[order] = edges[1:] & edges[:-1]
    return found


def _seldom_weekday(days: Days) -> Mask:
    if len(days) < WEEKDAY_FEWEST:
        return np.zeros(len(days), dtype=bool)
    weekday = (days.astype(int) + EPOCH_WEEKDAY) % 7
    counts = np.bincount(weekday, minlength=7)
    return np.asarray(counts[weekday] <= max(1, WEEKDAY_SELDOM * len(days)), dtype=bool)
