"""Which cases count for an outcome, and why each of the others does not."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.extract.manifest import Outcome
from core.results.outcome import LeftOut

LEAST_EXPECTED = 1e-9
"""No ratio is formed on fewer expected events than this."""

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Inclusion:
    """The cases of one outcome, adverse coded.

    `included`, `missing_outcome` and `missing_risk` are masks over all cases; `event` and `risk`
    are numbers for all cases (adverse complement where the outcome is favourable; NaN where
    missing). For a ratio outcome `risk` is the expected count of the case.
    """

    included: Mask
    missing_outcome: Mask
    missing_risk: Mask
    event: Numbers
    risk: Numbers
    left_out: LeftOut

    @property
    def cases(self) -> int:
        """Included cases."""
        return int(self.included.sum())

    @property
    def events(self) -> Numbers:
        """Adverse events of the included cases, in the audit's order."""
        return self.event[self.included]

    @property
    def risks(self) -> Numbers:
        """Adverse risks of the included cases, in the audit's order."""
        return self.risk[self.included]

    @property
    def observed(self) -> int:
        """Adverse events among the included cases."""
        return round(float(self.events.sum()))

    @property
    def expected(self) -> float:
        """Sum of the included cases' risks."""
        return float(np.sum(self.risks))


def include(cases: pd.DataFrame, outcome: Outcome, follow_up_to: date) -> Inclusion:
    """Sort the cases: excluded, follow-up incomplete, outcome missing, risk missing, included.

    Each case is counted once, in that order. Follow-up is incomplete where the operation lies
    after `follow_up_to` less the outcome's follow-up days, whatever its outcome.
    """
    event, risk = _adverse(cases, outcome)
    excluded = meets_exclusion(cases, outcome.code)
    late = ~excluded & _followed_up_too_briefly(cases, outcome, follow_up_to)
    rest = ~excluded & ~late
    missing_outcome = rest & np.isnan(event)
    missing_risk = rest & ~missing_outcome & np.isnan(risk)
    return Inclusion(
        included=rest & ~missing_outcome & ~missing_risk,
        missing_outcome=missing_outcome,
        missing_risk=missing_risk,
        event=event,
        risk=risk,
        left_out=LeftOut(
            excluded=int(excluded.sum()),
            follow_up_incomplete=int(late.sum()),
            missing_outcome=int(missing_outcome.sum()),
            missing_risk=int(missing_risk.sum()),
        ),
    )


def with_risks_only(inclusion: Inclusion, outcome: Outcome) -> Inclusion:
    """Return the inclusion for what needs each case's risk: nothing where none is adjusted for."""
    if outcome.comparison != "crude":
        return inclusion
    return replace(inclusion, included=inclusion.included & False)


def counted(cases: pd.DataFrame, outcome: Outcome, follow_up_to: date) -> Inclusion:
    """Return what is measured: the included cases, or typed totals spread evenly over as many."""
    typed = outcome.typed
    if typed is None:
        return include(cases, outcome, follow_up_to)
    everyone = np.ones(typed.cases, dtype=bool)
    event = (np.arange(typed.cases) < typed.observed).astype(float)
    if outcome.kind == "ratio" and typed.cases:
        event = np.full(typed.cases, typed.observed / typed.cases)
    risk = np.full(typed.cases, (typed.expected or 0.0) / max(1, typed.cases))
    return Inclusion(everyone, ~everyone, ~everyone, event, risk, LeftOut(0, 0, 0, 0))


def _adverse(cases: pd.DataFrame, outcome: Outcome) -> tuple[Numbers, Numbers]:
    event = _column(cases, f"outcome.{outcome.code}")
    prefix = "expected" if outcome.kind == "ratio" else "risk"
    risk = _column(cases, f"{prefix}.{outcome.code}")
    if outcome.comparison == "crude":
        return (1 - event if outcome.direction == "favourable" else event), np.zeros(len(cases))
    if outcome.direction == "favourable" and outcome.kind == "binary":
        return 1 - event, 1 - risk
    return event, risk


def _column(cases: pd.DataFrame, name: str) -> Numbers:
    if name not in cases:
        return np.full(len(cases), np.nan)
    return cases[name].to_numpy(dtype=float)


def meets_exclusion(cases: pd.DataFrame, code: str) -> Mask:
    """Return which cases an exclusion leaves out of the outcome `code`.

    The `excluded` column lists rule codes; `rule@outcome` concerns that outcome alone.
    """
    if "excluded" not in cases:
        return np.zeros(len(cases), dtype=bool)
    found = [_concerns(str(cell), code) for cell in cases["excluded"].fillna("")]
    return np.array(found, dtype=bool)


def _concerns(cell: str, code: str) -> bool:
    rules = (rule for rule in cell.split(";") if rule)
    return any("@" not in rule or rule.endswith(f"@{code}") for rule in rules)


def _followed_up_too_briefly(cases: pd.DataFrame, outcome: Outcome, follow_up_to: date) -> Mask:
    days = np.timedelta64(outcome.follow_up_days or 0, "D")
    last = np.datetime64(follow_up_to, "D") - days
    operated = cases["operated_on"].to_numpy().astype("datetime64[D]")
    return np.asarray(operated > last, dtype=bool)
