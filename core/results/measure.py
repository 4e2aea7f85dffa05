"""One outcome of one surgeon, measured: every number of an OutcomeResult, by STATISTICS' rules."""

from collections.abc import Callable
from datetime import date
from typing import cast

import pandas as pd

from core.errors import NoAnswerError
from core.extract.manifest import LimitsModel, Outcome, Position
from core.results.continuous import measure_continuous
from core.results.count_model import (
    Line,
    at_rate,
    chosen_model,
    count_model,
    dispersion,
    is_audits,
    national_line,
    national_ratio,
    true_model,
)
from core.results.inclusion import LEAST_EXPECTED, Inclusion, Numbers, counted
from core.results.missing import missing_bounds
from core.results.options import AUDIT_METHOD, Options
from core.results.outcome import Dispersion, Limit, OutcomeResult, Power
from core.statistics.counts import CountModel
from core.statistics.intervals import byar, ratio_interval, wilson
from core.statistics.limits import exact_limits
from core.statistics.position import count_to_cross_above, position
from core.statistics.power import detectable_ratio, doubled_odds, power

NO_POWER = Power(*[None] * 9)
INTERVAL_LEVEL = 0.95


def measure(
    outcome: Outcome,
    cases: pd.DataFrame,
    follow_up_to: date,
    units: pd.DataFrame,
    options: Options = AUDIT_METHOD,
) -> OutcomeResult:
    """Return where the surgeon stands on `outcome`.

    `cases` are all the surgeon's cases; `units` the nation's rows for this outcome (columns cases,
    observed, expected; none where withheld). Positions, limits, events-to and power follow one
    count model; the observed count is decided on unrounded numbers.
    """
    inclusion = counted(cases, outcome, follow_up_to)
    if outcome.kind == "continuous":
        return measure_continuous(outcome, inclusion, len(units))
    line = national_line(outcome, inclusion)
    spread = dispersion(outcome, units, options)
    defined = inclusion.cases > 0 and inclusion.expected > LEAST_EXPECTED
    model = count_model(outcome, line, spread, options) if defined else None
    return _result(outcome, inclusion, line, spread, model, len(units), options)


def _result(
    outcome: Outcome,
    inclusion: Inclusion,
    line: Line,
    spread: Dispersion,
    model: CountModel | None,
    units: int,
    options: Options,
) -> OutcomeResult:
    observed, expected = inclusion.observed, inclusion.expected
    alert, alarm = min(outcome.limits.levels), max(outcome.limits.levels)
    lined = model if outcome.comparison == "adjusted" else None
    exact = _position(lined, observed, alert, alarm)
    interval = _interval(model, observed, expected, options)
    scale = _rate_expected(outcome)
    most = _at_most_one if outcome.kind == "binary" else float
    return OutcomeResult(
        code=outcome.code,
        label=outcome.label,
        kind=outcome.kind,
        direction=outcome.direction,
        words=outcome.words,
        definition=outcome.definition,
        cases=inclusion.cases,
        observed=observed,
        expected=None if outcome.comparison == "crude" else expected,
        ratio=observed / expected if model else None,
        ratio_interval=interval,
        interval_method=options.interval,
        centre=outcome.centre,
        centre_ratio=line.ratio,
        mean=line.mean,
        national_ratio=national_ratio(outcome),
        national_rate=_national_rate(outcome),
        national_units=units,
        crude_rate=observed / inclusion.cases if inclusion.cases else None,
        crude_rate_interval=_crude_interval(outcome, inclusion),
        adjusted_rate=most(observed / expected * scale) if model and scale else None,
        adjusted_rate_interval=_scaled(interval, scale, most),
        limits_model=_model_name(outcome, spread, options),
        limits=tuple(_limit(lined, level, expected) for level in outcome.limits.levels),
        limits_drawn=options.style or outcome.limits.style,
        alert_level=alert,
        alarm_level=alarm,
        position=_shown_position(exact, inclusion.cases, outcome),
        exact_position=exact,
        minimum_cases=outcome.minimum_cases,
        p_upper=float(lined.upper_tail(observed)) if lined else None,
        p_lower=float(lined.lower_tail(observed)) if lined else None,
        events_to_alert=count_to_cross_above(lined, alert) if lined else None,
        events_to_alarm=count_to_cross_above(lined, alarm) if lined else None,
        power=_power(outcome, line, spread, lined, options) if lined else NO_POWER,
        overdispersion=spread,
        left_out=inclusion.left_out,
        missing_bounds=missing_bounds(inclusion, outcome),
        audit_method=is_audits(outcome, options),
        comparison=outcome.comparison,
        rate_source=outcome.published.source if outcome.published else None,
        line_from=outcome.line_from,
        typed=outcome.typed is not None,
    )


def _position(
    model: CountModel | None, observed: int, alert: float, alarm: float
) -> Position | None:
    if model is None:
        return None
    return cast(Position, position(model, observed, (alert, alarm)))


def _shown_position(exact: Position | None, cases: int, outcome: Outcome) -> Position | None:
    if outcome.comparison != "adjusted":
        return None
    return "too_few" if cases == 0 or cases < outcome.minimum_cases else exact


def _national_rate(outcome: Outcome) -> float | None:
    national = outcome.national
    if national and national.cases:
        return national.observed / national.cases
    return outcome.published.rate if outcome.published else None


def _rate_expected(outcome: Outcome) -> float | None:
    """The nation's mean risk, which turns a ratio into a rate; a published rate stands for it."""
    national = outcome.national
    if national and national.cases:
        return national.expected / national.cases
    return outcome.published.rate if outcome.published else None


def _model_name(outcome: Outcome, spread: Dispersion, options: Options) -> LimitsModel:
    return "negative_binomial" if spread.used else chosen_model(outcome, options)


def _interval(
    model: CountModel | None, observed: int, expected: float, options: Options
) -> tuple[float, float] | None:
    if model is None:
        return None
    if options.interval == "exact":
        try:
            return ratio_interval(model, observed, expected, INTERVAL_LEVEL)
        except NoAnswerError:
            return None
    lower, upper = byar(observed, expected, INTERVAL_LEVEL)
    return float(lower), float(upper)


def _crude_interval(outcome: Outcome, inclusion: Inclusion) -> tuple[float, float] | None:
    if outcome.kind != "binary" or inclusion.cases == 0:
        return None
    lower, upper = wilson(inclusion.observed, inclusion.cases, INTERVAL_LEVEL)
    return float(lower), float(upper)


def _at_most_one(rate: float) -> float:
    return min(1.0, rate)


def _scaled(
    interval: tuple[float, float] | None, scale: float | None, most: Callable[[float], float]
) -> tuple[float, float] | None:
    """The interval on the scale of rates; a proportion is cut at 1, a count a case is not."""
    if interval is None or scale is None:
        return None
    return most(interval[0] * scale), most(interval[1] * scale)


def _limit(model: CountModel | None, level: float, expected: float) -> Limit:
    if model is None:
        return Limit(level, None, None)
    lower, upper = exact_limits(model, level)
    return Limit(
        level,
        None if lower is None else lower / expected,
        None if upper is None else upper / expected,
    )


def _power(
    outcome: Outcome, line: Line, spread: Dispersion, model: CountModel, options: Options
) -> Power:
    alert, alarm = min(outcome.limits.levels), max(outcome.limits.levels)

    def worse(risks: Numbers) -> CountModel:
        return true_model(outcome, line, spread, options, risks)

    double, triple = (worse(at_rate(outcome, line, times)) for times in (2, 3))
    odds = worse(doubled_odds(line.risks)) if outcome.kind == "binary" else None
    return Power(
        size_alert=power(model, model, alert),
        size_alarm=power(model, model, alarm),
        double_odds_alert=power(model, odds, alert) if odds else None,
        double_odds_alarm=power(model, odds, alarm) if odds else None,
        double_rate_alert=power(model, double, alert),
        double_rate_alarm=power(model, double, alarm),
        triple_rate_alert=power(model, triple, alert),
        triple_rate_alarm=power(model, triple, alarm),
        detectable_ratio_80=detectable_ratio(model, alert, 0.8),
    )
