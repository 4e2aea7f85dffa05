"""Ways to narrow the table of cases: each filter's entries, and the cases of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.results.case_words import date_words
from core.results.wording import THIN
from desktop.screens.cases.columns import checks_of, text_column
from desktop.translation import tr

if TYPE_CHECKING:
    from core.flow import Review

Mask = NDArray[np.bool_]
ALL = ""
BANDS = (0.0, 0.01, 0.02, 0.05, 0.1)


@dataclass(frozen=True, eq=False)
class Filter:
    """A filter with its entries (label, mask); `key` names it, `everything` shows all."""

    key: str
    everything: str
    entries: dict[str, Mask]

    def mask(self, label: str) -> Mask | None:
        """Return the cases of an entry, or None for all."""
        return self.entries.get(label)

    def choices(self) -> tuple[tuple[str, str], ...]:
        """Return the entries (key, label), everything first."""
        return ((ALL, self.everything), *((label, label) for label in self.entries))


def filters(review: Review, code: str) -> tuple[Filter, ...]:
    """Return the filters for the outcome `code`; entries without a case are left out."""
    cases = review.extract.cases
    years = cases["operated_on"].dt.year.astype(str)
    found = (
        Filter("procedure", tr("All procedures"), _values(cases["procedure"])),
        Filter("year", tr("All years"), _values(years)),
        Filter("provider", tr("All providers"), _values(cases["provider"])),
        Filter("outcome", tr("All outcomes"), _outcomes(review, code)),
        Filter("risk", tr("All risks"), _risks(review, code)),
        Filter("record", tr("All records"), _records(review, code)),
    )
    return tuple(_without_empty(one) for one in found)


def searchable(cases: pd.DataFrame) -> list[str]:
    """Return what is searched in each case: its number, date, procedure and provider."""
    columns = [text_column(cases[name]) for name in ("case_id", "procedure", "provider")]
    days = cases["operated_on"]
    words = {day: date_words(day) for day in days.unique()}
    rows = zip(*columns, days.map(words).tolist(), strict=True)
    return ["\n".join(row).casefold() for row in rows]


def _values(column: pd.Series) -> dict[str, Mask]:
    values = sorted(column.dropna().unique())
    return {str(value): (column == value).to_numpy(dtype=bool) for value in values}


def _outcomes(review: Review, code: str) -> dict[str, Mask]:
    event = review.inclusion(code).event
    words = review.extract.manifest.outcome(code).words
    return {
        words.event.capitalize(): event > 0,
        tr("No {event}").format(event=words.event): event == 0,
        tr("Outcome missing"): np.isnan(event),
    }


def _risks(review: Review, code: str) -> dict[str, Mask]:
    risk = review.inclusion(code).risk
    found: dict[str, Mask] = {}
    for low, high in zip(BANDS, (*BANDS[1:], np.inf), strict=True):
        label = tr("Risk {low} to {high}").format(low=f"{100 * low:g}", high=_percent(high))
        if high == np.inf:
            label = tr("Risk {low} and more").format(low=_percent(low))
        found[label] = (risk >= low) & (risk < high)
    return found | {tr("Risk missing"): np.isnan(risk)}


def _percent(share: float) -> str:
    return f"{100 * share:g}{THIN}%"


def _records(review: Review, code: str) -> dict[str, Mask]:
    extract = review.extract
    factors = [field.name for field in extract.manifest.fields if field.risk_factor]
    gaps = extract.cases[factors].isna().any(axis=1).to_numpy(dtype=bool)
    counted = review.inclusion(code).included
    return {
        tr("Something to check"): checks_of(review) > 0,
        tr("Risk factors complete"): ~gaps,
        tr("A risk factor missing"): gaps,
        tr("Counted"): counted,
        tr("Not counted"): ~counted,
    }


def _without_empty(one: Filter) -> Filter:
    kept = {label: mask for label, mask in one.entries.items() if mask.any()}
    return Filter(one.key, one.everything, kept)
