"""The funnel of one outcome: national units, limits as curves, and the surgeon's own mark."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.extract.manifest import PeerDisplay
from core.results.inclusion import LEAST_EXPECTED, Numbers
from core.results.line_words import line_remarks
from core.results.outcome import OutcomeResult
from core.statistics.approximations import (
    CurveModel,
    interpolated_limits,
    normal_limits,
    quantile_limits,
)
from core.statistics.counts import Binomial, NegativeBinomial, Poisson
from core.statistics.limits import exact_curve

GRID = 400
HIGHEST = 6.0
"""The ratio up to which a funnel is drawn, unless the own one lies higher."""
WITHHELD = "The audit does not give other points: line and limits are drawn alone."
NO_CURVE = (
    "Limits are exact for the own risks of these cases and drawn for your point alone; "
    "there is no one curve for every surgeon."
)
OWN_RISK = "Limits are drawn at the mean risk of these cases; others are flagged on their own."
NO_RATIO = "No counted case has an expected event, so no point can be placed."
APPROXIMATE = {
    "interpolated": interpolated_limits,
    "quantile": quantile_limits,
    "normal": normal_limits,
}


@dataclass(frozen=True, eq=False)
class Curve:
    """One limit over the grid, on the O/E scale; NaN where it does not exist."""

    level: float
    upper: bool
    ratio: Numbers


@dataclass(frozen=True, eq=False)
class Funnel:
    """What a funnel shows; x is expected events, y is observed ÷ expected.

    `unit_cases` and `unit_observed` are given only where the extract lets counts be read.
    """

    result: OutcomeResult
    unit_expected: Numbers
    unit_ratio: Numbers
    unit_cases: Numbers | None
    unit_observed: Numbers | None
    grid: Numbers
    curves: tuple[Curve, ...]
    remarks: tuple[str, ...]


def funnel(
    result: OutcomeResult, units: pd.DataFrame, peers: PeerDisplay, self_unit: str | None
) -> Funnel:
    """Return the funnel of `result` among the nation's `units`, the surgeon's own row set apart."""
    others = units[(units["unit"] != self_unit) & (units["expected"] > LEAST_EXPECTED)]
    if peers == "hidden":
        others = others.iloc[:0]
    expected = others["expected"].to_numpy(float)
    observed = others["observed"].to_numpy(float)
    counts = peers == "counts"
    grid = _grid(expected, result)
    return Funnel(
        result=result,
        unit_expected=expected,
        unit_ratio=observed / expected,
        unit_cases=others["cases"].to_numpy(float) if counts else None,
        unit_observed=observed if counts else None,
        grid=grid,
        curves=_curves(result, grid),
        remarks=_remarks(result, len(expected)),
    )


def _grid(expected: Numbers, result: OutcomeResult) -> Numbers:
    """The binomial's curve runs over whole numbers of cases at the surgeon's mean risk."""
    own = result.expected or 0.0
    top = max(float(expected.max(initial=0.0)), own, 1.0) * 1.06
    if result.limits_model != "binomial" or result.ratio is None or result.kind == "continuous":
        return np.geomspace(top / 400, top, GRID)
    each = own / result.cases
    return np.unique(np.geomspace(1, max(2, np.ceil(top / each)), GRID).round()) * each


def _curves(result: OutcomeResult, grid: Numbers) -> tuple[Curve, ...]:
    lined = result.comparison == "adjusted"
    if result.limits_model == "poisson_binomial" or result.kind == "continuous" or not lined:
        return ()
    model = _on_the_line(result, grid)
    limits = {"exact": exact_curve} | APPROXIMATE
    curves = []
    for limit in result.limits:
        lower, upper = limits[result.limits_drawn](model, limit.level)
        curves += [
            Curve(limit.level, upper=False, ratio=lower / grid),
            Curve(limit.level, upper=True, ratio=upper / grid),
        ]
    return tuple(curves)


def _on_the_line(result: OutcomeResult, grid: Numbers) -> CurveModel:
    mean = result.centre_ratio * grid
    if result.limits_model == "negative_binomial":
        return NegativeBinomial(mean, result.overdispersion.tau2 or 0.0)
    if result.limits_model == "binomial" and result.ratio is not None and result.expected:
        cases = (grid * result.cases / result.expected).round()
        return Binomial(cases, np.minimum(mean, cases))
    return Poisson(mean)


def _remarks(result: OutcomeResult, peers: int) -> tuple[str, ...]:
    if result.comparison != "adjusted":
        return line_remarks(result)
    found = [*line_remarks(result), *([] if peers else [WITHHELD])]
    if result.limits_model == "poisson_binomial":
        found.append(NO_CURVE)
    if result.limits_model == "binomial":
        found.append(OWN_RISK)
    if result.ratio is None:
        found.append(NO_RATIO)
    return tuple(found)
