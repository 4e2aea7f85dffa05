"""The answers of an edition's account, computed from the national cases."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
import pandas as pd

from core.errors import NoAnswerError
from core.extract.manifest import Exclusion, Outcome
from core.issuing.account import (
    Account,
    CaseMixModel,
    Flags,
    OutcomeAccount,
    Policy,
    UnitSizes,
    VolumeRelation,
)
from core.issuing.edition import Edition
from core.results.inclusion import include
from core.results.outcome import Dispersion
from core.statistics.counts import Binomial, NegativeBinomial, Poisson
from core.statistics.discrimination import area_under_curve, brier_score, calibration_bands
from core.statistics.position import positions, tail_alpha
from core.statistics.recalibration import recalibrate, recalibrate_intercept

FEWEST_UNITS = 10
_Z = 1.959964

_Found = TypeVar("_Found")


def account_of(edition: Edition) -> Account:
    """Return the six answers for every counted outcome of the edition."""
    outcomes = (one for one in edition.nation.outcomes if one.kind != "continuous")
    return Account(
        audit=edition.profile.audit,
        edition_number=edition.profile.edition_number,
        period=edition.period,
        rows_outside_period=edition.outside,
        outcomes=tuple(_of_outcome(edition, outcome) for outcome in outcomes),
    )


def _of_outcome(edition: Edition, outcome: Outcome) -> OutcomeAccount:
    units = edition.units(outcome.code)
    units = units[units["expected"] > 0]
    return OutcomeAccount(
        code=outcome.code,
        label=outcome.label,
        policy=_policy(edition, outcome),
        model=_model(edition, outcome) if outcome.kind == "binary" else None,
        sizes=_sizes(units, outcome.minimum_cases),
        dispersion=edition.dispersion[outcome.code],
        volume=_volume(units),
        flags=_flags(units, outcome, edition.dispersion[outcome.code]) if len(units) else None,
    )


def _policy(edition: Edition, outcome: Outcome) -> Policy:
    found = include(edition.national.cases, outcome, edition.follow_up_to)
    left = found.left_out
    return Policy(
        definition=outcome.definition,
        attribution=edition.profile.attribution,
        exclusions=tuple(_excluded(edition, outcome.code)),
        cases=found.cases,
        observed=found.observed,
        expected=found.expected,
        left_out={
            "excluded": left.excluded,
            "follow_up_incomplete": left.follow_up_incomplete,
            "missing_outcome": left.missing_outcome,
            "missing_risk": left.missing_risk,
        },
        limits=outcome.limits,
        centre=outcome.centre,
        minimum_cases=outcome.minimum_cases,
    )


def _excluded(edition: Edition, outcome: str) -> Iterator[Exclusion]:
    """The rules that concern the outcome and the cases that meet each; a case may meet several."""
    for rule in edition.profile.exclusions:
        if not rule.outcomes or outcome in rule.outcomes:
            count = _met(edition.national.cases["excluded"], rule.code, outcome)
            yield Exclusion(code=rule.code, words=rule.words, count=count, outcomes=rule.outcomes)


def _met(excluded: pd.Series, rule: str, outcome: str) -> int:
    marks = {rule, f"{rule}@{outcome}"}
    cells = excluded.value_counts()
    return sum(int(cells[cell]) for cell in cells.index if marks & set(str(cell).split(";")))


def _model(edition: Edition, outcome: Outcome) -> CaseMixModel:
    found = include(edition.national.cases, outcome, edition.follow_up_to)
    pair = found.risks, found.events
    level, fit = _answer(recalibrate_intercept, *pair), _answer(recalibrate, *pair)
    return CaseMixModel(
        source=outcome.risk_source,
        auc=_answer(area_under_curve, *pair),
        brier=_answer(brier_score, *pair),
        level=level.intercept if level else None,
        level_interval=level.intercept_interval() if level else None,
        slope=fit.slope if fit else None,
        slope_interval=fit.slope_interval() if fit else None,
        bands=calibration_bands(*pair),
    )


def _answer(question: Callable[..., _Found], *given: object) -> _Found | None:
    try:
        return question(*given)
    except NoAnswerError:
        return None


def _sizes(units: pd.DataFrame, minimum: int) -> UnitSizes:
    cases = units["cases"]
    return UnitSizes(
        units=len(units),
        fewest=int(cases.min()) if len(units) else 0,
        median=float(cases.median()) if len(units) else 0.0,
        most=int(cases.max()) if len(units) else 0,
        median_expected=float(units["expected"].median()) if len(units) else 0.0,
        below_minimum=int((cases < minimum).sum()),
    )


def _volume(units: pd.DataFrame) -> VolumeRelation | None:
    """None where there are too few units, or all have one size or one ratio.

    The interval is Fisher's, with the standard error of Bonett and Wright 2000.
    """
    ranks = pd.DataFrame({"cases": units["cases"], "ratio": units["observed"] / units["expected"]})
    if len(units) < FEWEST_UNITS or (ranks.nunique() < 2).any():
        return None
    correlation = float(ranks.rank().corr().to_numpy()[0, 1])
    error = np.sqrt((1 + correlation**2 / 2) / (len(units) - 3))
    middle = np.arctanh(min(max(correlation, -1 + 1e-12), 1 - 1e-12))
    low, high = np.tanh([middle - _Z * error, middle + _Z * error]).tolist()
    return VolumeRelation(correlation=correlation, interval=(low, high))


def _flags(units: pd.DataFrame, outcome: Outcome, spread: Dispersion) -> Flags:
    levels = outcome.limits.levels
    alert, alarm = min(levels), max(levels)
    model = _unit_model(units, outcome, spread)
    found = positions(model, units["observed"].to_numpy(), (alert, alarm))
    names, counts = np.unique(found, return_counts=True)
    return Flags(
        model=model.name,
        found=dict(zip(names.tolist(), counts.tolist(), strict=True)),
        by_chance_alert=2 * float(tail_alpha(alert)) * len(units),
        by_chance_alarm=2 * float(tail_alpha(alarm)) * len(units),
    )


def _unit_model(
    units: pd.DataFrame, outcome: Outcome, spread: Dispersion
) -> Poisson | Binomial | NegativeBinomial:
    """The audit's model over units; own risks are not held by unit, so binomial stands for them."""
    national = outcome.national
    at_nation = outcome.centre == "national" and national is not None and national.expected > 0
    ratio = national.observed / national.expected if at_nation and national else 1.0
    mean = ratio * units["expected"].to_numpy(dtype=float)
    widened = outcome.limits.overdispersion == "additive" or (
        outcome.limits.model == "negative_binomial"
    )
    if widened and spread.tau2:
        return NegativeBinomial(mean, spread.tau2)
    if outcome.limits.model in ("binomial", "poisson_binomial"):
        return Binomial(units["cases"].to_numpy(), mean)
    return Poisson(mean)
