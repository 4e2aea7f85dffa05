"""A result as the plain values of `plumb results --json`: the terminal contract."""

from typing import Any

from core.results.outcome import OutcomeResult

Plain = dict[str, Any]


def result_as_json(result: OutcomeResult) -> Plain:
    """Return the contract's keys for one outcome; undefined is None, rates are fractions."""
    return {
        "code": result.code,
        "label": result.label,
        "kind": result.kind,
        "direction": result.direction,
        "cases": result.cases,
        "observed": result.observed,
        "expected": result.expected,
        "ratio": result.ratio,
        "ratio_interval": _pair(result.ratio_interval),
        "interval_method": result.interval_method,
        "centre": result.centre,
        "national_ratio": result.national_ratio,
        "national_rate": result.national_rate,
        "national_units": result.national_units,
        "crude_rate": result.crude_rate,
        "crude_rate_interval": _pair(result.crude_rate_interval),
        "adjusted_rate": result.adjusted_rate,
        "adjusted_rate_interval": _pair(result.adjusted_rate_interval),
        "limits_model": result.limits_model,
        "limits": [
            {"level": limit.level, "lower": limit.lower, "upper": limit.upper}
            for limit in result.limits
        ],
        "limits_drawn": result.limits_drawn,
        "position": result.position,
        "exact_position": result.exact_position,
        "minimum_cases": result.minimum_cases,
        "p_upper": result.p_upper,
        "p_lower": result.p_lower,
        "events_to_alert": result.events_to_alert,
        "events_to_alarm": result.events_to_alarm,
        "power": _power(result),
        "overdispersion": {
            "tau2": result.overdispersion.tau2,
            "phi": result.overdispersion.phi,
            "used": result.overdispersion.used,
        },
        "left_out": {
            "excluded": result.left_out.excluded,
            "follow_up_incomplete": result.left_out.follow_up_incomplete,
            "missing_outcome": result.left_out.missing_outcome,
            "missing_risk": result.left_out.missing_risk,
        },
        "missing_bounds": _pair(result.missing_bounds),
        "audit_method": result.audit_method,
    }


def _power(result: OutcomeResult) -> Plain:
    power = result.power
    return {
        "size_alert": power.size_alert,
        "size_alarm": power.size_alarm,
        "double_odds_alert": power.double_odds_alert,
        "double_odds_alarm": power.double_odds_alarm,
        "double_rate_alert": power.double_rate_alert,
        "double_rate_alarm": power.double_rate_alarm,
        "triple_rate_alert": power.triple_rate_alert,
        "triple_rate_alarm": power.triple_rate_alarm,
        "detectable_ratio_80": power.detectable_ratio_80,
    }


def _pair(values: tuple[float, float] | None) -> list[float] | None:
    return list(values) if values else None
