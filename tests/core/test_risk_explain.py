"""The contributions of a case add up to its risk, and say in words what each factor was."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from core.risk.explain import Contribution, contributions
from core.risk.fields import CodeField, CodeListField, Field, NumberField
from core.risk.library import load_model, model_names
from core.risk.predict import predict
from core.risk.table import risk_table

BASELINE = {
    "age": 70, "female": 0, "renal": "normal", "extracardiac_arteriopathy": 0,
    "poor_mobility": 0, "previous_cardiac_surgery": 0, "chronic_lung_disease": 0,
    "active_endocarditis": 0, "critical_preop": 0, "insulin_diabetes": 0, "nyha": 1, "ccs4": 0,
    "lv": "good", "recent_mi": 0, "pasp": "lt31", "urgency": "elective",
    "weight": "isolated_cabg", "thoracic_aorta": 0,
}  # fmt: skip


def some_value(field: Field, generator: np.random.Generator) -> object:
    if isinstance(field, NumberField):
        low, high = field.range
        return round(float(generator.uniform(max(low, 1), min(high, 150))), 1)
    if isinstance(field, CodeField):
        return str(generator.choice(list(field.codes)))
    if isinstance(field, CodeListField):
        return list(generator.choice(["I21", "E119", "F00", "S720", "N390"], 2, replace=False))
    return int(generator.integers(0, 2))


@pytest.mark.parametrize("name", model_names())
def test_contributions_add_up_to_the_result(name: str) -> None:
    model = load_model(name)
    generator = np.random.default_rng(1)
    for _ in range(5):
        case = {key: some_value(field, generator) for key, field in model.fields.items()}
        found = contributions(model, case)
        own = [one for one in found if one.score == model.top.label]
        total = model.top.intercept + sum(one.amount for one in own)
        risk = predict(model, pd.DataFrame([case], dtype=object)).risks[0]
        assert own
        assert (expit(total) if model.scale == "risk" else total) == pytest.approx(risk, rel=1e-9)


def test_a_contribution_says_factor_value_and_amount() -> None:
    case = BASELINE | {"renal": "dialysis", "age": 75}
    found = {one.label: one for one in contributions(load_model("euroscore2"), case)}
    assert found["Renal function"] == Contribution(
        "Renal function", "dialysis, whatever the creatinine", 0.6421508, "log-odds",
        "Death in hospital",
    )  # fmt: skip
    assert (found["Age"].value, found["Age"].amount) == ("75 years", 16 * 0.0285181)
    assert found["Female"].value == "no"


def test_terms_of_one_factor_are_one_contribution() -> None:
    case = {
        "age": 74, "asa": 3, "albumin_g_l": 30, "pulse": 101, "sbp": 127, "urea_mmol_l": 7.0,
        "wcc": 12.0, "gcs": 15, "malignancy": "none", "respiratory": "none",
        "urgency": "gt18h", "indication_group": "sepsis", "soiling": "none",
    }  # fmt: skip
    found = contributions(load_model("nela_2020_parsimonious"), case)
    pulse = [one for one in found if one.label == "Pulse"]
    assert [one.amount for one in pulse] == [pytest.approx(0.01265 * 10 - 0.00012 * 100)]
    both = next(one for one in found if one.label == "ASA grade with age")
    assert (both.value, both.amount) == ("grade 3, 74 years", pytest.approx(-0.3021))


def test_a_nested_score_is_told_with_what_it_is_made_of_unless_given() -> None:
    model = load_model("p_possum_mortality")
    given = contributions(model, {"physiological_score": 20, "operative_score": 10})
    assert [(one.label, one.value, one.unit) for one in given] == [
        ("Physiological score", "20", "log-odds"),
        ("Operative score", "10", "log-odds"),
    ]
    generator = np.random.default_rng(2)
    raw = {key: some_value(field, generator) for key, field in model.fields.items()}
    made = contributions(model, raw)
    inner = [one for one in made if one.score == "Physiological score"]
    assert sum(one.amount for one in inner) == float(made[0].value)
    assert {one.unit for one in inner} == {"points"}


def test_a_case_without_a_risk_has_no_contributions() -> None:
    model = load_model("euroscore2")
    case = {key: value for key, value in BASELINE.items() if key != "lv"}
    assert contributions(model, case) == ()
    assert len(contributions(model, case, use_defaults=True)) == 18


def test_the_table_gives_risk_contributions_or_the_reason() -> None:
    cases = pd.DataFrame([BASELINE, BASELINE | {"age": 12}, BASELINE | {"ccs4": None}])
    table = risk_table(load_model("euroscore2"), cases.assign(case_id=["a", "b", "c"]))
    assert list(table["case_id"]) == ["a", "b", "c"]
    assert table["why_missing"].tolist() == [
        "",
        "age must be a number from 18 to 120 years",
        "ccs4 is missing",
    ]
    risk = expit(-5.324537 + 11 * 0.0285181)
    np.testing.assert_allclose(table["risk"], [risk, np.nan, np.nan], rtol=1e-12)
    assert table["Age (log-odds)"][0] == 11 * 0.0285181
    assert list(risk_table(load_model("euroscore2"), cases)["case_id"]) == [1, 2, 3]
