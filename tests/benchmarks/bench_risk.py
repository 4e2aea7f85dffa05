"""How long a million cases take through two shipped models."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd
from timing import Row, growth, median_seconds

from core.risk.fields import CodeField, NumberField, YesNoField
from core.risk.library import load_model
from core.risk.model import RiskModel
from core.risk.predict import predict

CASES = 1_000_000


def rows() -> Iterator[Row]:
    """Time EuroSCORE II and NELA 2020, and how the first grows."""
    for name in ("euroscore2", "nela_2020_parsimonious"):
        model = load_model(name)
        cases = made_up(model, CASES)
        yield Row(
            f"risks of {CASES:,} cases, {name}", median_seconds(partial(predict, model, cases)), ""
        )
    model = load_model("euroscore2")
    small, large = made_up(model, CASES // 10), made_up(model, CASES)
    yield growth("the same, growth", partial(predict, model, small), partial(predict, model, large))


def made_up(model: RiskModel, number: int) -> pd.DataFrame:
    """Return cases with values drawn evenly from what each field allows."""
    rng = np.random.default_rng(1)
    return pd.DataFrame({name: column(field, number, rng) for name, field in model.fields.items()})


def column(field: object, number: int, rng: np.random.Generator) -> object:
    """Return one field's cells."""
    match field:
        case CodeField():
            return pd.Categorical.from_codes(
                rng.integers(0, len(field.codes), number), list(field.codes)
            )
        case YesNoField():
            return rng.integers(0, 2, number)
        case NumberField():
            return rng.uniform(*field.range, number).round()
    raise TypeError(field)
