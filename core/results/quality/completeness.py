"""Completeness of each field against the nation, and the values, outcomes and risks missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy.special import bdtrc

from core.extract.manifest import Field, Manifest
from core.results.inclusion import include
from core.results.quality.finding import Finding, Rows, positions
from core.results.wording import cases as cases_in_words

RARELY = 0.001
"""A field is less complete than the nation where chance would give as many gaps this rarely."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """How often a field is recorded, as fractions; the nation's where the extract states it."""

    field: Field
    missing: int
    own: float
    national: float | None


def completeness(cases: pd.DataFrame, manifest: Manifest) -> tuple[Completeness, ...]:
    """Return each field's completeness, in the manifest's order."""
    found = []
    for field in manifest.fields:
        missing = int(cases[field.name].isna().sum())
        own = 1 - missing / len(cases) if len(cases) else 1.0
        found.append(Completeness(field, missing, own, field.national_completeness))
    return tuple(found)


def missing_fields(cases: pd.DataFrame, manifest: Manifest) -> Iterator[Finding]:
    """Yield the risk factors with gaps, and other fields less complete than the nation."""
    for found in completeness(cases, manifest):
        fewer = _fewer(found, len(cases))
        if not found.missing or not (found.field.risk_factor or fewer):
            continue
        rows = positions(cases[found.field.name].isna().to_numpy())
        said = f"{found.field.label} is not recorded in {cases_in_words(found.missing)}"
        more = ", more often than chance would explain beside the nation" if fewer else ""
        yield Finding(
            code="missing_value",
            severity="medium" if fewer else "low",
            query="wrong_risk_factor" if found.field.risk_factor else "other",
            rows=rows,
            doubtful=rows,
            message=f"{said}{more}.",
            field=found.field.name,
        )


def missing_results(cases: pd.DataFrame, manifest: Manifest) -> Iterator[Finding]:
    """Yield, for each outcome, the cases not counted since outcome or risk is missing."""
    follow_up_to: date = manifest.follow_up_to
    for outcome in manifest.outcomes:
        found = include(cases, outcome, follow_up_to)
        parts = (
            ("missing_outcome", "outcome", positions(found.missing_outcome)),
            ("missing_risk", "risk", positions(found.missing_risk)),
        )
        for code, part, rows in parts:
            if len(rows):
                yield _missing_result(code, part, rows, outcome.code, outcome.label)


def _missing_result(code: str, part: str, rows: Rows, outcome: str, label: str) -> Finding:
    one = len(rows) == 1
    return Finding(
        code=code,
        severity="medium",
        query="wrong_outcome" if part == "outcome" else "wrong_risk_factor",
        rows=rows,
        doubtful=rows,
        message=(
            f"The {part} is missing in {cases_in_words(len(rows))}, so "
            f"{'it is' if one else 'they are'} not counted for “{label}”."
        ),
        field=f"{part}.{outcome}",
        outcome=outcome,
    )


def _fewer(found: Completeness, cases: int) -> bool:
    if found.national is None or found.missing == 0:
        return False
    tail = bdtrc(found.missing - 1, cases, 1 - found.national)
    return bool(np.nan_to_num(tail) < RARELY)
