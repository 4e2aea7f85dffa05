"""What the manifest alone says of an outcome, by the names of figures in evidence."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.errors import BadNumberError, NoAnswerError
from core.extract.manifest import IssuedFigures, Outcome
from core.report.evidence import Standing, Value
from core.results.count_model import (
    Line,
    chosen_model,
    count_model,
    dispersion,
    national_ratio,
)
from core.results.inclusion import LEAST_EXPECTED
from core.results.options import AUDIT_METHOD
from core.results.outcome import IntervalMethod
from core.statistics.counts import CountModel
from core.statistics.intervals import byar, ratio_interval, wilson
from core.statistics.limits import exact_limits
from core.statistics.position import count_to_cross_above, position

INTERVAL_LEVEL = 0.95
_NO_UNITS = pd.DataFrame({"observed": [], "expected": []})


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that the manifest states (`issued`) or that follows from it alone (`derived`)."""

    value: Value
    standing: Standing


def flattened(plain: Mapping[str, Any]) -> dict[str, Value]:
    """Return a result of `plumb results --json` as figures: one name, one plain value.

    Names: `ratio_interval.lower`, `limits.0.95.upper`, `power.double_odds_alert`; a pair that is
    undefined is one figure without a value.
    """
    figures: dict[str, Value] = {}
    for name, value in plain.items():
        if name == "limits":
            for limit in value:
                figures[f"limits.{limit['level']:g}.lower"] = limit["lower"]
                figures[f"limits.{limit['level']:g}.upper"] = limit["upper"]
        elif isinstance(value, Mapping):
            figures |= {f"{name}.{inner}": found for inner, found in value.items()}
        elif isinstance(value, Sequence) and not isinstance(value, str):
            figures[f"{name}.lower"], figures[f"{name}.upper"] = value
        else:
            figures[name] = value
    return figures


def known_figures(outcome: Outcome, interval: IntervalMethod = "exact") -> dict[str, Known]:
    """Return every figure of `outcome` that needs no record: the issued ones, then the derived.

    A figure that is not here (power, what was left out, limits from each patient's own risk that
    the manifest does not state) is the surgeon's own computation. Where the manifest holds no
    figures of this surgeon, only the nation's are known.
    """
    derived = _nation(outcome)
    if outcome.issued is None:
        return {name: Known(value, "derived") for name, value in derived.items()}
    for follows in (_totals, _by_model) if outcome.comparison == "adjusted" else ():
        with suppress(BadNumberError, NoAnswerError):
            derived |= follows(outcome, outcome.issued, interval)
    issued = _stated(outcome, outcome.issued)
    return {name: Known(value, "derived") for name, value in derived.items()} | {
        name: Known(value, "issued") for name, value in issued.items()
    }


def _stated(outcome: Outcome, issued: IssuedFigures) -> dict[str, Value]:
    continuous = outcome.kind == "continuous"
    figures: dict[str, Value] = {
        "kind": outcome.kind,
        "direction": outcome.direction,
        "centre": outcome.centre,
        "minimum_cases": outcome.minimum_cases,
        "cases": issued.cases,
        "observed": issued.observed if continuous else round(issued.observed),
        "expected": issued.expected,
    }
    for limit in issued.limits:
        figures[f"limits.{limit.level:g}.lower"] = limit.lower
        figures[f"limits.{limit.level:g}.upper"] = limit.upper
    stated = {
        "position": issued.position,
        "p_upper": issued.p_upper,
        "p_lower": issued.p_lower,
        "overdispersion.tau2": issued.tau2,
        "overdispersion.phi": issued.phi,
    }
    return figures | {name: value for name, value in stated.items() if value is not None}


def _nation(outcome: Outcome) -> dict[str, Value]:
    national = outcome.national
    if outcome.kind == "continuous" or national is None:
        return {}
    rate = national.observed / national.cases if national.cases else None
    return {"national_ratio": national_ratio(outcome), "national_rate": rate}


def _totals(outcome: Outcome, issued: IssuedFigures, _: IntervalMethod) -> dict[str, Value]:
    counted = issued.cases > 0 and issued.expected > LEAST_EXPECTED
    figures: dict[str, Value] = {"ratio": issued.observed / issued.expected if counted else None}
    if outcome.kind == "continuous":
        return figures
    figures["crude_rate"] = issued.observed / issued.cases if issued.cases else None
    if outcome.kind == "binary" and issued.cases:
        lower, upper = wilson(issued.observed, issued.cases, INTERVAL_LEVEL)
        figures |= {
            "crude_rate_interval.lower": float(lower),
            "crude_rate_interval.upper": float(upper),
        }
    if counted:
        figures["adjusted_rate"] = _rate(outcome, issued.observed / issued.expected)
    return figures


def _model(outcome: Outcome, issued: IssuedFigures) -> CountModel | None:
    """The audit's own distribution, or None where it rests on what the manifest does not hold."""
    counted = issued.cases > 0 and issued.expected > LEAST_EXPECTED
    limits = outcome.limits
    widened = limits.overdispersion == "additive" or limits.model == "negative_binomial"
    own_risks = chosen_model(outcome, AUDIT_METHOD) == "poisson_binomial"
    spread = dispersion(outcome, _NO_UNITS, AUDIT_METHOD)
    unknown = (widened and issued.tau2 is None) or (own_risks and not spread.used)
    if outcome.kind == "continuous" or not counted or unknown:
        return None
    ratio = (national_ratio(outcome) or 1.0) if outcome.centre == "national" else 1.0
    mean = ratio * issued.expected
    mean = min(mean, float(issued.cases)) if outcome.kind == "binary" else mean
    line = Line(ratio, mean, np.full(issued.cases, mean / issued.cases))
    return count_model(outcome, line, spread, AUDIT_METHOD)


def _by_model(
    outcome: Outcome, issued: IssuedFigures, interval: IntervalMethod
) -> dict[str, Value]:
    model = _model(outcome, issued)
    if model is None:
        return {}
    observed, levels = round(issued.observed), outcome.limits.levels
    alert, alarm = min(levels), max(levels)
    exact = position(model, observed, (alert, alarm))
    figures: dict[str, Value] = {
        "exact_position": exact,
        "position": "too_few" if issued.cases < outcome.minimum_cases else exact,
        "p_upper": float(model.upper_tail(observed)),
        "p_lower": float(model.lower_tail(observed)),
        "events_to_alert": count_to_cross_above(model, alert),
        "events_to_alarm": count_to_cross_above(model, alarm),
        "limits_model": model.name,
    }
    for level in levels:
        lower, upper = exact_limits(model, level)
        figures[f"limits.{level:g}.lower"] = None if lower is None else lower / issued.expected
        figures[f"limits.{level:g}.upper"] = None if upper is None else upper / issued.expected
    return figures | _intervals(outcome, issued, model, interval)


def _intervals(
    outcome: Outcome, issued: IssuedFigures, model: CountModel, method: IntervalMethod
) -> dict[str, Value]:
    try:
        lower, upper = (
            ratio_interval(model, round(issued.observed), issued.expected, INTERVAL_LEVEL)
            if method == "exact"
            else byar(issued.observed, issued.expected, INTERVAL_LEVEL)
        )
    except NoAnswerError:
        return {}
    ends = {"ratio_interval.lower": float(lower), "ratio_interval.upper": float(upper)}
    rates = {f"adjusted_rate_{name[6:]}": _rate(outcome, end) for name, end in ends.items()}
    return {**ends, **{name: rate for name, rate in rates.items() if rate is not None}}


def _rate(outcome: Outcome, ratio: float) -> float | None:
    national = outcome.national
    if national is None or not national.cases or not national.expected:
        return None
    rate = ratio * national.expected / national.cases
    return min(1.0, rate) if outcome.kind == "binary" else rate
