"""Dates that cannot be: outside the period, after the extract was issued, in impossible order."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from core.extract.manifest import Field, Manifest
from core.results.quality.finding import Finding, Mask, dates, positions
from core.results.wording import cases as cases_in_words

OPERATED = "operated_on"
STAGES = (("birth", "born"), ("admi",), (OPERATED,), ("discharg",), ("death", "died"))
"""Words in a date field's name or label, in the order in which the dates must stand."""


def impossible_dates(cases: pd.DataFrame, manifest: Manifest) -> Iterator[Finding]:
    """Yield what is found of each date."""
    operated = dates(cases, OPERATED)
    period = manifest.period
    outside = (operated < np.datetime64(period.start)) | (operated > np.datetime64(period.end))
    if outside.any():
        said = "lies outside the period of this extract"
        yield _finding("outside_period", OPERATED, "Date of operation", outside, said)
    issued = np.datetime64(manifest.issued_at.date())
    for field in manifest.fields:
        if field.type == "date":
            late = dates(cases, field.name) > issued
            if late.any():
                said = "is later than the day on which the extract was issued"
                yield _finding("future_date", field.name, field.label, late, said)
    yield from _order(cases, manifest)


def _order(cases: pd.DataFrame, manifest: Manifest) -> Iterator[Finding]:
    """Against the operation first; a case is told of once."""
    labels = {field.name: field.label for field in manifest.fields}
    labels[OPERATED] = "Date of operation"
    pairs = sorted(combinations(_in_order(manifest), 2), key=lambda pair: OPERATED not in pair)
    told = np.zeros(len(cases), dtype=bool)
    for earlier, later in pairs:
        wrong = (dates(cases, earlier) > dates(cases, later)) & ~told
        told |= wrong
        if wrong.any():
            named = earlier if later == OPERATED else later
            other, word = (later, "later") if named == earlier else (earlier, "earlier")
            said = f"is {word} than “{labels[other]}”"
            yield _finding("date_order", named, labels[named], wrong, said)


def _in_order(manifest: Manifest) -> list[str]:
    staged = [(OPERATED, 2)]
    staged += [(field.name, stage) for field in manifest.fields if (stage := _stage(field)) >= 0]
    return [name for name, _ in sorted(staged, key=lambda pair: pair[1])]


def _stage(field: Field) -> int:
    said = f"{field.name} {field.label}".casefold()
    found = [at for at, words in enumerate(STAGES) if any(word in said for word in words)]
    return found[0] if field.type == "date" and len(found) == 1 else -1


def _finding(code: str, name: str, label: str, wrong: Mask, said: str) -> Finding:
    rows = positions(wrong)
    death = any(word in f"{name} {label}".casefold() for word in STAGES[-1])
    return Finding(
        code=code,
        severity="high",
        query="wrong_outcome" if death else "other",
        rows=rows,
        doubtful=rows,
        message=f"“{label}” {said} in {cases_in_words(len(rows))}.",
        field=name,
    )
