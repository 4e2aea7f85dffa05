"""A table of cases to a table of risks and contributions.

For cases of the open extract only; this is no calculator for patients being treated.
"""

import numpy as np
import pandas as pd

from core.risk.explain import amounts
from core.risk.model import RiskModel
from core.risk.predict import predict


def risk_table(
    model: RiskModel, cases: pd.DataFrame, *, use_defaults: bool = False
) -> pd.DataFrame:
    """Return one row per case, in order: `case_id`, `risk` or `points`, `why_missing`, and one
    column for what each factor of the model's result adds, named with its unit.

    `case_id` is the row number, from 1, where the cases carry none.
    """
    predictions = predict(model, cases, use_defaults=use_defaults)
    rows = range(len(cases))
    named = cases["case_id"].to_numpy() if "case_id" in cases else np.arange(1, len(cases) + 1)
    head = {
        "case_id": named,
        model.scale: predictions.risks,
        "why_missing": [predictions.why_missing(row) for row in rows],
    }
    added = amounts(model, cases, use_defaults=use_defaults)
    unit = model.top.unit
    return pd.DataFrame(head | {f"{label} ({unit})": column for label, column in added.items()})
