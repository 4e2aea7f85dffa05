"""A risk is computed only where the audit names a model and left the column empty."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest

from core.errors import UnknownModelError
from core.extract.manifest import RecalibrationStep
from core.risk.attach import attach_risks
from tests.core.test_results import outcome


def test_supplied_risks_are_never_touched():
    cases = pd.DataFrame({"risk.death": [0.1, np.nan]})
    assert attach_risks(cases, (outcome(),), {}) is cases


def test_filled_columns_are_kept_though_a_model_is_named():
    cases = pd.DataFrame({"risk.death": [0.1, np.nan]})
    found = attach_risks(cases, (outcome(risk_source="surgical_risk_scale"),), {})
    assert found["risk.death"].tolist()[0] == 0.1
    assert np.isnan(found["risk.death"].tolist()[1])


def test_an_unknown_model_is_named_as_such():
    with pytest.raises(UnknownModelError):
        attach_risks(pd.DataFrame({"x": [1]}), (outcome(risk_source="no_such_model"),), {})


CASE = {"age": 25, "asa": "III", "malignancy": False, "severity": "Min", "specialty": "UpperGI"}
PUBLISHED = 0.0578124610039  # gen.SORT in R, an independent implementation


@pytest.mark.parametrize("direction", ["adverse", "favourable"])
def test_a_named_model_with_its_stated_step_gives_the_risks(direction):
    step = RecalibrationStep(intercept=0.5, slope=1.0, date=date(2026, 1, 1), source="made up")
    own = outcome(risk_source="sort_2014", recalibration=step, direction=direction)
    found = attach_risks(pd.DataFrame([CASE | {"urgency": "I"}]), (own,), {})["risk.death"][0]
    odds = PUBLISHED / (1 - PUBLISHED) * math.exp(0.5)
    adverse = odds / (1 + odds)
    assert found == pytest.approx(adverse if direction == "adverse" else 1 - adverse, abs=1e-6)
