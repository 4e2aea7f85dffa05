"""A model that is TOML alone predicts; what is missing or out of range is refused and counted."""

from math import exp, log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadModelError, UnknownModelError
from core.risk.library import load_model, model_names
from core.risk.model import RiskModel, parse_model
from core.risk.predict import predict

ABOUT = """
[about]
label = "A made-up model"
outcome = "Death"
population = "Made-up patients"
derivation = "2001"
valid_from = 2001-01-01
citation = "None"
verification = "unverified"
checked_against = "Nothing"
licence = "None"
"""
POINTS = f"""
result = "score"
{ABOUT}
[fields.age]
type = "number"
label = "Age"
unit = "years"
range = [18, 120]
synonyms = ["age_years"]

[fields.shock]
type = "yes_no"
label = "Shock"
default = false

[fields.codes]
type = "code_list"
label = "Codes"

[scores.score]
label = "Score"
terms = [
  {{ kind = "bands", label = "Age", of = "age", bands = [
    {{ below = 60, value = 0 }}, {{ to = 80, value = 2 }}, {{ value = 5 }} ] }},
  {{ kind = "linear", label = "Shock", of = "shock", coefficient = 3 }},
  {{ kind = "codes", label = "Disease", of = "codes", points = {{ I2 = 1, E11 = 1 }} }},
]
"""
RISK = f"""
result = "risk"
{ABOUT}
[scores.points]
label = "Points"
model = "points"
given = [0, 9]

[scores.risk]
label = "Death"
form = "table"
terms = [ {{ kind = "bands", label = "Points", of = "points", bands = [
  {{ to = 0, value = 0.01 }}, {{ to = 4, value = 0.05 }}, {{ value = 0.4 }} ] }} ]
"""
EXTRA = {"points": POINTS.encode(), "table": RISK.encode()}


def points() -> RiskModel:
    return load_model("points", EXTRA)


def test_a_new_model_from_toml_alone() -> None:
    cases = pd.DataFrame(
        {
            "age_years": [59.9, 60, 80, 81],
            "shock": [0, 1, 0, 1],
            "codes": ["", "I21.4, E119", ["I10"], []],
        }
    )
    found = predict(points(), cases)
    np.testing.assert_array_equal(found.risks, [np.nan, 2 + 3 + 1, 2, 5 + 3])
    assert found.why_missing(0) == "codes is missing"
    assert "points" in model_names(EXTRA)
    assert points().scale == "points"


def test_a_score_feeds_a_table_of_risks_or_is_given_ready_made() -> None:
    cases = pd.DataFrame(
        {
            "age": [50, 65, 90, np.nan, 65, 900],
            "shock": [0, 0, 1, 1, 0, 0],
            "codes": [[]] * 6,
            "points": [np.nan, np.nan, np.nan, 4, 10, 0],
        }
    )
    found = predict(load_model("table", EXTRA), cases)
    np.testing.assert_array_equal(found.risks, [0.01, 0.05, 0.4, 0.05, np.nan, 0.01])
    assert found.why_missing(4) == "points must be a number from 0 to 9"
    assert not found.missing


def test_missing_is_refused_and_counted_unless_the_documented_default_is_asked_for() -> None:
    cases = pd.DataFrame({"age": [65, None, 65], "shock": [None, 1, "yes"], "codes": [[]] * 3})
    refused = predict(points(), cases)
    np.testing.assert_array_equal(refused.risks, [np.nan, np.nan, 5])
    assert {name: list(mask) for name, mask in refused.missing.items()} == {
        "age": [False, True, False],
        "shock": [True, False, False],
    }
    assert refused.defaulted == {}
    filled = predict(points(), cases, use_defaults=True)
    np.testing.assert_array_equal(filled.risks, [2, np.nan, 5])
    assert filled.defaulted == {"shock": 1}
    assert list(filled.missing) == ["age"]


@pytest.mark.parametrize("cell", [17.999, 121, -1, "old", "nan", "inf", True])
def test_out_of_range_is_refused_with_its_rule(cell: object) -> None:
    cases = pd.DataFrame({"age": [65, cell], "shock": 0, "codes": [[], []]}, dtype=object)
    found = predict(points(), cases, use_defaults=True)
    np.testing.assert_array_equal(found.risks, [2, np.nan])
    assert list(found.refused["age"]) == [False, True]
    assert found.why_missing(1) == "age must be a number from 18 to 120 years"
    assert found.why_missing(0) == ""


@pytest.mark.parametrize("cell", ["maybe", 2, 0.5, "nan"])
def test_yes_or_no_is_neither_guessed_nor_rounded(cell: object) -> None:
    cases = pd.DataFrame({"age": [65], "shock": [cell], "codes": [[]]}, dtype=object)
    assert predict(points(), cases).why_missing(0) == "shock must be yes (1) or no (0)"


def test_an_absent_column_is_missing_in_every_case() -> None:
    found = predict(points(), pd.DataFrame({"age": [65, 70], "shock": [0, 0]}))
    assert list(found.missing["codes"]) == [True, True]
    assert np.isnan(found.risks).all()


def test_no_cases_give_no_risks() -> None:
    found = predict(points(), pd.DataFrame({"age": [], "shock": [], "codes": []}))
    assert len(found.risks) == 0


def test_a_clamp_of_the_model_holds_and_counts() -> None:
    nela = load_model("nela_2020_parsimonious")
    case = {
        "age": 65, "asa": 3, "albumin_g_l": 30, "pulse": 145, "sbp": 130, "urea_mmol_l": 7.0,
        "wcc": 12.0, "gcs": 14, "malignancy": "nodal", "respiratory": "at_rest",
        "urgency": "2_6h", "indication_group": "sepsis", "soiling": "free",
    }  # fmt: skip
    found = predict(nela, pd.DataFrame([case, case | {"pulse": 146}, case | {"pulse": 40}]))
    assert found.clamped == {"pulse": 2}
    assert found.risks[0] == found.risks[1] != found.risks[2]


def test_the_worked_example_of_the_nela_calculator() -> None:
    case = {
        "age": 65, "asa": 3, "albumin_g_l": 30, "pulse": 85, "sbp": 130, "urea_mmol_l": 7.0,
        "wcc": 12.0, "gcs": 14, "malignancy": "nodal", "respiratory": "at_rest",
        "urgency": "2_6h", "indication_group": "sepsis", "soiling": "free",
    }  # fmt: skip
    found = predict(load_model("nela_2020_parsimonious"), pd.DataFrame([case]))
    assert found.risks[0] == pytest.approx(0.22151, abs=5e-6)


def test_the_published_table_of_the_hip_fracture_score() -> None:
    found = predict(load_model("nhfs_2012_mortality"), pd.DataFrame({"nhfs": range(11)}))
    table = [0.7, 1.1, 1.7, 2.7, 4.4, 6.9, 11, 16, 24, 34, 45]
    np.testing.assert_array_less(np.abs(100 * found.risks - table), [0.051] * 6 + [0.51] * 5)


@pytest.mark.parametrize("kind", ["str", "object", "category"])
def test_codes_are_read_in_any_spelling_and_type(kind: str) -> None:
    model = load_model("surgical_risk_scale")
    cases = pd.DataFrame(
        {
            "asa": ["III", "3", " iii ", "grade III"],
            "urgency": ["Exp", "Scheduled", "EXPEDITED", "exp"],
            "severity": ["Maj", "major", "maj", "MAJOR"],
        }
    ).astype(kind)
    risk = 1 / (1 + exp(9.81 - 0.84 * 8))
    np.testing.assert_allclose(predict(model, cases).risks, [risk] * 4, rtol=1e-12)


def test_numbers_as_text_read_as_numbers() -> None:
    model = load_model("rcs_charlson")
    assert predict(model, pd.DataFrame({"icd10": ["I21 E119"]})).risks[0] == 2
    text = pd.DataFrame({"age": ["71", "71.0", ""], "shock": ["0", "1.0", "0"], "codes": "I2"})
    np.testing.assert_array_equal(predict(points(), text).risks, [3, 6, np.nan])


def test_a_model_built_on_itself_or_on_nothing_is_refused() -> None:
    loop = {
        "a": RISK.replace('model = "points"', 'model = "b"').encode(),
        "b": RISK.replace('model = "points"', 'model = "a"').encode(),
    }
    with pytest.raises(BadModelError, match="a → b → a: a model is built on itself"):
        load_model("a", loop)
    with pytest.raises(BadModelError, match=r"scores\.points\.model: No risk model"):
        load_model("table", {"table": RISK.encode()})
    with pytest.raises(UnknownModelError):
        load_model("cr_possum")


def test_two_models_cannot_mean_different_things_by_one_field() -> None:
    clash = RISK.replace(
        "[scores.points]", '[fields.age]\ntype = "yes_no"\nlabel = "Old"\n[scores.points]'
    )
    with pytest.raises(BadModelError, match=r"fields\.age"):
        load_model("table", {"points": POINTS.encode(), "table": clash.encode()})


STEPS = [
    ('["plus", 2]', lambda x: x + 2), ('["minus", 2]', lambda x: x - 2),
    ('["times", -3]', lambda x: -3 * x), ('["power", 2]', lambda x: x**2),
    ('["power", 0.5]', lambda x: x**0.5), ('["power", -1]', lambda x: 1 / x),
    ('["power", 3]', lambda x: x**3), ('["ln"]', log), ('["round_down"]', lambda x: x // 1),
    ('["at_least", 50]', lambda x: max(x, 50)), ('["at_most", 50]', lambda x: min(x, 50)),
    ('["clamp", 40, 60]', lambda x: min(max(x, 40), 60)),
    ('["times", 0.005], ["logit"]', lambda x: log(0.005 * x / (1 - 0.005 * x))),
]  # fmt: skip


@pytest.mark.parametrize(("step", "means"), STEPS, ids=[step for step, _ in STEPS])
def test_each_step_means_what_its_name_says(step, means) -> None:
    text = f"""
result = "made"
{ABOUT}
[fields.x]
type = "number"
label = "X"
range = [1, 100]
[quantities.q]
of = "x"
steps = [{step}]
[scores.made]
label = "Made"
terms = [ {{ kind = "linear", label = "X", of = "q", coefficient = 1 }} ]
"""
    x = np.array([1.0, 7.25, 49.5, 50.0, 99.75])
    found = predict(parse_model(text.encode(), "made_up"), pd.DataFrame({"x": x}))
    np.testing.assert_allclose(found.risks, [means(one) for one in x], rtol=1e-12, atol=1e-12)


@given(st.lists(st.floats(), min_size=1, max_size=20), st.booleans())
@settings(deadline=None)
def test_every_case_has_a_risk_or_a_reason(ages: list[float], use_defaults: bool) -> None:
    cases = pd.DataFrame({"age": ages, "shock": 0, "codes": "none"})
    found = predict(points(), cases, use_defaults=use_defaults)
    for row, age in enumerate(ages):
        assert bool(found.why_missing(row)) == np.isnan(found.risks[row]) == (not 18 <= age <= 120)
