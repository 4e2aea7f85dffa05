"""Risks for an extract whose audit names a model and leaves the risks to be computed."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from core.extract.manifest import Outcome
from core.risk.library import load_model
from core.risk.predict import predict
from core.risk.recalibrate import Recalibration

FOLDER, SUFFIX = "models/", ".toml"


def attach_risks(
    cases: pd.DataFrame, outcomes: tuple[Outcome, ...], models: Mapping[str, bytes]
) -> pd.DataFrame:
    """Return the cases with a `risk.<outcome>` for each binary outcome that names a model.

    A column that the audit filled is kept; one that is absent or empty is computed by the named
    model, from the extract's own `models` first, with the outcome's stated recalibration. Raises
    UnknownModelError and BadModelError.
    """
    own = {name.removeprefix(FOLDER).removesuffix(SUFFIX): data for name, data in models.items()}
    needed = [outcome for outcome in outcomes if _lacks_risks(cases, outcome)]
    columns = {f"risk.{outcome.code}": _risks(cases, outcome, own) for outcome in needed}
    return cases.assign(**columns) if columns else cases


def _lacks_risks(cases: pd.DataFrame, outcome: Outcome) -> bool:
    if outcome.kind != "binary" or outcome.risk_source == "supplied":
        return False
    name = f"risk.{outcome.code}"
    return name not in cases or bool(cases[name].isna().all())


def _risks(
    cases: pd.DataFrame, outcome: Outcome, models: Mapping[str, bytes]
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """A model predicts the adverse event; a favourable outcome's risk is the rest."""
    risks = predict(load_model(outcome.risk_source, models), cases).risks
    step = outcome.recalibration
    if step is not None:
        risks = Recalibration(step.intercept, step.slope, step.date, step.source).apply(risks)
    return 1 - risks if outcome.direction == "favourable" else risks
