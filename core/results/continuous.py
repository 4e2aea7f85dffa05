"""A continuous or composite outcome: shown with the audit's own limits, else without a position."""

from dataclasses import replace

import numpy as np

from core.extract.manifest import Outcome
from core.results.inclusion import Inclusion
from core.results.outcome import Dispersion, Limit, OutcomeResult, Power

_NO_POWER = Power(*[None] * 9)


def measure_continuous(outcome: Outcome, inclusion: Inclusion, units: int) -> OutcomeResult:
    """Return the mean of the recorded values (`observed`) beside the audit's issued figures.

    Cases need no risk here; those without a value are left out. Nothing but the audit decides a
    position.
    """
    recorded = inclusion.event[inclusion.included | inclusion.missing_risk]
    issued = outcome.issued
    expected = issued.expected if issued else None
    mean = float(np.mean(recorded)) if len(recorded) else 0.0
    alert, alarm = min(outcome.limits.levels), max(outcome.limits.levels)
    limits = issued.limits if issued else ()
    return OutcomeResult(
        code=outcome.code,
        label=outcome.label,
        kind=outcome.kind,
        direction=outcome.direction,
        words=outcome.words,
        definition=outcome.definition,
        cases=len(recorded),
        observed=mean,
        expected=expected,
        ratio=mean / expected if expected and len(recorded) else None,
        ratio_interval=None,
        interval_method="exact",
        centre=outcome.centre,
        centre_ratio=1.0,
        mean=None,
        national_ratio=None,
        national_rate=None,
        national_units=units,
        crude_rate=None,
        crude_rate_interval=None,
        adjusted_rate=None,
        adjusted_rate_interval=None,
        limits_model=outcome.limits.model,
        limits=tuple(Limit(limit.level, limit.lower, limit.upper) for limit in limits),
        limits_drawn=outcome.limits.style,
        alert_level=alert,
        alarm_level=alarm,
        position=issued.position if issued else None,
        exact_position=None,
        minimum_cases=outcome.minimum_cases,
        p_upper=None,
        p_lower=None,
        events_to_alert=None,
        events_to_alarm=None,
        power=_NO_POWER,
        overdispersion=Dispersion(None, None, used=False),
        left_out=replace(inclusion.left_out, missing_risk=0),
        missing_bounds=None,
        audit_method=True,
    )
