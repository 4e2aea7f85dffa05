"""The nation: totals of every outcome, anonymous units for the funnel, completeness of fields."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np
import pandas as pd

from core.audits.profile import OutcomeRule, Profile
from core.extract.manifest import National, Outcome, RecalibrationStep
from core.intake.cases import NationalCases
from core.issuing.risks import risk_source
from core.results.inclusion import Inclusion, include

COLUMNS = ("outcome", "period", "unit", "cases", "observed", "expected")
FEWEST_FOR_PERCENTILES = 1000


@dataclass(frozen=True, eq=False)
class Benchmark:
    """What every surgeon is set beside.

    `outcomes` carry the nation's totals; `units` has the columns of national.csv; `unit_of` gives
    each surgeon's anonymous unit; `completeness` the share of cases in which a field is filled.
    """

    outcomes: tuple[Outcome, ...]
    units: pd.DataFrame
    unit_of: Mapping[str, str]
    completeness: Mapping[str, float]


def benchmark(
    national: NationalCases, profile: Profile, period: str, follow_up_to: date, secret: bytes
) -> Benchmark:
    """Return the nation's figures; `secret` alone decides which unit is whose."""
    unit_of = anonymous_units(national.surgeons.unique().tolist(), secret)
    units = national.surgeons.map(unit_of)
    outcomes, tables = [], []
    for rule in profile.outcomes:
        outcome = manifest_outcome(rule)
        found = include(national.cases, outcome, follow_up_to)
        table = _by_unit(found, units)
        outcomes.append(msgspec.structs.replace(outcome, national=_totals(found, table)))
        tables.append(table.assign(outcome=rule.code, period=period))
    filled = {rule.name: _completeness(national.cases[rule.name]) for rule in profile.fields}
    table = pd.concat(tables, ignore_index=True)[list(COLUMNS)]
    return Benchmark(tuple(outcomes), table, unit_of, filled)


def anonymous_units(surgeons: list[str], secret: bytes) -> dict[str, str]:
    """Return a unit code for each surgeon, numbered in the order of a keyed digest.

    Whoever lacks `secret` cannot tell which unit is whose, however few surgeons there are.
    """

    def shuffled(surgeon: str) -> bytes:
        return hmac.digest(secret, surgeon.encode("utf-8"), "sha256")

    width = len(str(len(surgeons)))
    ordered = sorted(surgeons, key=shuffled)
    return {surgeon: f"U{place:0{width}d}" for place, surgeon in enumerate(ordered, start=1)}


def manifest_outcome(rule: OutcomeRule) -> Outcome:
    """Return the manifest's outcome of a profile's rule, without any figures."""
    return Outcome(
        code=rule.code,
        label=rule.label,
        kind=rule.kind,
        definition=rule.definition,
        direction=rule.direction,
        words=rule.words,
        follow_up_days=rule.follow_up_days,
        risk_source=risk_source(rule),
        recalibration=_step(rule),
        centre=rule.centre,
        limits=rule.limits,
        minimum_cases=rule.minimum_cases,
        peers=rule.peers,
    )


def _step(rule: OutcomeRule) -> RecalibrationStep | None:
    step = rule.recalibration
    if step is None:
        return None
    return RecalibrationStep(
        intercept=step.intercept, slope=step.slope, date=step.date, source=step.source
    )


def _by_unit(found: Inclusion, units: pd.Series) -> pd.DataFrame:
    """One row a unit that has included cases, in the order of the unit codes."""
    counted = pd.DataFrame(
        {"unit": units[found.included], "observed": found.events, "expected": found.risks}
    )
    table = counted.groupby("unit", sort=True).agg(
        cases=("observed", "size"), observed=("observed", "sum"), expected=("expected", "sum")
    )
    return table.astype({"cases": int, "observed": int}).reset_index()


def _totals(found: Inclusion, table: pd.DataFrame) -> National:
    percentiles: list[float] = []
    if found.cases >= FEWEST_FOR_PERCENTILES:
        percentiles = np.percentile(found.risks, range(1, 100)).round(6).tolist()
    return National(
        cases=found.cases,
        observed=found.observed,
        expected=float(table["expected"].sum()),
        risk_percentiles=tuple(percentiles),
    )


def _completeness(cells: pd.Series) -> float:
    return round(float(cells.notna().mean()), 4)
