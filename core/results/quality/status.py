"""Where a recorded status or date of death contradicts an outcome that is a death."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from core.extract.manifest import Field, Manifest, Outcome
from core.results.inclusion import include
from core.results.quality.dates import OPERATED
from core.results.quality.finding import Days, Finding, Mask, dates, positions
from core.results.wording import cases as cases_in_words

DEAD = {"died", "dead", "deceased", "death"}
ALIVE = {"alive", "living"}
MOSTLY = 0.5
"""Deaths without a date are told of where most deaths have one."""


def status_conflicts(cases: pd.DataFrame, manifest: Manifest) -> Iterator[Finding]:
    """Yield, for each death outcome, the fields that contradict it."""
    for outcome in manifest.outcomes:
        if outcome.kind != "binary" or outcome.words.event.casefold() not in DEAD:
            continue
        event = include(cases, outcome, manifest.follow_up_to).event
        for field in manifest.fields:
            wrong = _contradicts(cases, manifest, outcome, field, event == 1, event == 0)
            if wrong.any():
                yield _finding(outcome, field, wrong)


def _contradicts(
    cases: pd.DataFrame,
    manifest: Manifest,
    outcome: Outcome,
    field: Field,
    died: Mask,
    lived: Mask,
) -> Mask:
    if field.type == "date" and _says_death(field):
        return _by_date(cases, manifest, outcome, field, died, lived)
    if outcome.follow_up_days is not None or field.type != "code":
        return np.zeros(len(cases), dtype=bool)
    dead, alive = _codes(field, DEAD), _codes(field, ALIVE)
    status = cases[field.name]
    return (status.isin(alive).to_numpy() & died) | (status.isin(dead).to_numpy() & lived)


def _by_date(
    cases: pd.DataFrame,
    manifest: Manifest,
    outcome: Outcome,
    field: Field,
    died: Mask,
    lived: Mask,
) -> Mask:
    """The end of the outcome's time is so many days after the operation, or the discharge."""
    operated, death = dates(cases, OPERATED), dates(cases, field.name)
    end = _end(cases, manifest, outcome, operated)
    no_date = died & np.isnat(death)
    if no_date.sum() > MOSTLY * died.sum():
        no_date[:] = False
    return (lived & (death >= operated) & (death <= end)) | (died & (death > end)) | no_date


def _end(cases: pd.DataFrame, manifest: Manifest, outcome: Outcome, operated: Days) -> Days:
    if outcome.follow_up_days is not None:
        return operated + np.timedelta64(outcome.follow_up_days, "D")
    for field in manifest.fields:
        if field.type == "date" and "discharg" in f"{field.name} {field.label}".casefold():
            return dates(cases, field.name)
    return np.full(len(cases), np.datetime64("NaT"))


def _codes(field: Field, words: set[str]) -> list[str]:
    labels = field.labels or field.allowed
    pairs = zip(field.allowed, labels, strict=True)
    return [code for code, label in pairs if {code.casefold(), label.casefold()} & words]


def _says_death(field: Field) -> bool:
    return any(word in f"{field.name} {field.label}".casefold() for word in ("death", "died"))


def _finding(outcome: Outcome, field: Field, wrong: Mask) -> Finding:
    rows = positions(wrong)
    return Finding(
        code="status_conflict",
        severity="high",
        query="wrong_outcome",
        rows=rows,
        doubtful=rows,
        message=(
            f"“{field.label}” and the outcome “{outcome.label}” do not agree in "
            f"{cases_in_words(len(rows))}."
        ),
        field=field.name,
        outcome=outcome.code,
    )
