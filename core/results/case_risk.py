"""Where one recorded case's risk comes from: its factors, and the national recalibration."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import PlumblineError
from core.extract.manifest import Outcome
from core.results.wording import MINUS, day, percent
from core.risk.attach import FOLDER, SUFFIX
from core.risk.explain import Contribution, contributions
from core.risk.library import load_model
from core.risk.model import RiskModel
from core.risk.predict import predict

FOR_RECORDED_CASES = "For operations already recorded; not a calculator for patients being treated."


@dataclass(frozen=True, slots=True)
class CaseRisk:
    """What each factor adds, largest first, and in words how the risk came about."""

    factors: tuple[Contribution, ...]
    said: tuple[str, ...]


def case_risk(
    outcome: Outcome, models: Mapping[str, bytes], cases: pd.DataFrame, row: int
) -> CaseRisk:
    """Return what is known of the risk of the case at position `row`.

    A factor that adds nothing is left out. Where the audit supplied the risk, or its model is not
    at hand, there are no factors and that is said.
    """
    if outcome.risk_source == "supplied":
        return CaseRisk((), ("The audit supplied this risk; the extract does not say how.",))
    own = {name.removeprefix(FOLDER).removesuffix(SUFFIX): data for name, data in models.items()}
    try:
        model = load_model(outcome.risk_source, own)
    except PlumblineError:
        return CaseRisk((), (f"The audit’s model {outcome.risk_source} is not at hand.",))
    found = predict(model, cases.iloc[[row]])
    why = found.why_missing(0)
    if why:
        return CaseRisk((), (f"By {model.about.label} there is no risk: {why}.",))
    values = {str(name): cases[name].iloc[row] for name in cases}
    factors = [one for one in contributions(model, values) if one.amount]
    factors.sort(key=lambda one: -abs(one.amount))
    return CaseRisk(tuple(factors), (_by_model(model, float(found.risks[0])), *_step(outcome)))


def factor_words(factor: Contribution) -> str:
    """Return what a factor does: to the odds, to the points or to the risk."""
    if factor.unit == "log-odds":
        return f"odds × {np.exp(factor.amount):.2f}"
    return f"{factor.amount:+.3g} {factor.unit}"


def _by_model(model: RiskModel, risk: float) -> str:
    shown = percent(risk, 2) if model.scale != "points" else f"{risk:g} points"
    return f"{model.about.label}: {shown} before any recalibration."


def _step(outcome: Outcome) -> tuple[str, ...]:
    step = outcome.recalibration
    if step is None:
        return ()
    return (
        f"Then recalibrated to the nation ({step.source}, {day(step.date)}): intercept "
        f"{_signed(step.intercept)}, slope {step.slope:.3f} on the log-odds.",
    )


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", MINUS)
