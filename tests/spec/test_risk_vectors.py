"""Every published vector of a shipped model, at its tolerance; models not shipped are counted."""

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from core.risk.library import load_model, model_names
from core.risk.predict import predict


@pytest.fixture(scope="module")
def vectors(shared_path):
    path: Path = shared_path("risk_models/vectors.csv", "PLUMBLINE_RISK_VECTORS")
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def disagreements(name: str, rows: pd.DataFrame) -> list[str]:
    predictions = predict(
        load_model(name), pd.DataFrame([json.loads(one) for one in rows["input"]], dtype=object)
    )
    found = []
    for row, (expected, tolerance) in enumerate(
        zip(rows["expected_risk"].map(float), rows["tolerance"].map(float), strict=True)
    ):
        risk = float(predictions.risks[row])
        if not abs(risk - expected) <= tolerance + 1e-12:
            why = predictions.why_missing(row)
            found.append(f"{name} row {row}: {risk} is not {expected} ± {tolerance} {why}")
    return found


def test_every_vector_of_a_shipped_model(vectors, record_property):
    shipped = [name for name in vectors["model"].unique() if name in model_names()]
    failures = [
        line for name in shipped for line in disagreements(name, vectors[vectors["model"] == name])
    ]
    skipped = Counter(vectors.loc[~vectors["model"].isin(shipped), "model"])
    record_property("not shipped", dict(skipped))
    print(f"{len(shipped)} models checked; not shipped, rows: {dict(skipped)}")
    assert shipped
    assert not failures, "\n".join(failures)
