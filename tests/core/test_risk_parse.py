"""A risk model file is read strictly: what is wrong is named, nothing in it is executed."""

import tomllib

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadModelError
from core.risk.model import LIMIT, parse_model
from core.risk.predict import predict

ABOUT = """
[about]
label = "A made-up model"
outcome = "Death"
population = "Made-up patients"
derivation = "2001"
citation = "None"
verification = "unverified"
checked_against = "Nothing"
licence = "None"
"""
SOUND = f"""
result = "risk"
{ABOUT}
[fields.age]
type = "number"
label = "Age"
range = [0, 120]

[fields.grade]
type = "code"
label = "Grade"
codes = {{ low = {{ label = "low" }}, high = {{ label = "high", synonyms = ["2"] }} }}

[quantities.age_centred]
of = "age"
steps = [["minus", 60]]

[scores.risk]
label = "Death"
form = "logistic"
intercept = -3
terms = [
  {{ kind = "linear", label = "Age", of = "age_centred", coefficient = 0.05 }},
  {{ kind = "category", label = "Grade", of = "grade", levels = {{ low = 0, high = 1 }} }},
]
"""
CASES = pd.DataFrame({"age": [50, 0, None, 300], "grade": ["low", "high", "2", "?"]})


def test_a_sound_file_is_read() -> None:
    model = parse_model(SOUND.encode(), "made_up")
    assert (model.name, model.scale, model.order) == ("made_up", "risk", ("age_centred", "risk"))


@pytest.mark.parametrize(
    ("was", "becomes", "key", "reason"),
    [
        ('result = "risk"', 'result = "risk"\nrun = "x"', "run", "unknown key"),
        ('label = "Age"', 'label = "Age"\nexpression = "1"', "fields.age", "expression"),
        ('label = "Death"\n', 'label = "Death"\ncode = "1"\n', "scores.risk", "unknown field"),
        ('licence = "None"', "", "about", "licence"),
        ('result = "risk"', 'result = "death"', "result", "names no score"),
        ("range = [0, 120]", 'range = ["0", 120]', "fields.age.range[0]", "float"),
        ("range = [0, 120]", "range = [0, inf]", "fields.age.range[1]", "float"),
        ("range = [0, 120]", "range = [nan, 120]", "fields.age.range[0]", "float"),
        ("range = [0, 120]", "range = [9, 2]", "fields.age.range", "below"),
        ("range = [0, 120]", "range = [0, 120]\ndefault = 200", "fields.age.default", "range"),
        ("intercept = -3", "intercept = true", "scores.risk.intercept", "float"),
        ("coefficient = 0.05", 'coefficient = "0.05"', "scores.risk.terms[0]", "float"),
        ('["minus", 60]', '["eval", "60"]', "quantities.age_centred.steps[0]", "eval"),
        ('["minus", 60]', '["minus", "__import__(1)"]', "quantities.age_centred", "float"),
        ('["minus", 60]', '["minus"]', "quantities.age_centred", "length"),
        ('of = "age"\n', 'of = "age_centred"\n', "age_centred", "made of itself"),
        ('of = "age"\n', 'of = "risk"\n', "age_centred", "made of itself"),
        ('of = "age"\n', 'of = "__class__"\n', "quantities.age_centred.of", "not defined"),
        ('of = "age"\n', 'of = "grade"\n', "quantities.age_centred.of", "wrong type"),
        ("high = 1 }", "high = 1, other = 2 }", "scores.risk.terms[1].levels", "every code"),
        ("low = 0, high = 1", "low = 0", "scores.risk.terms[1].levels", "every code"),
        ('["2"]', '["LOW"]', "fields.grade.codes", "written"),
        ('kind = "linear"', 'kind = "python"', "scores.risk.terms[0].kind", "python"),
        ('form = "logistic"', 'form = "table"', "scores.risk.form", "bands"),
        ("[quantities.age_centred]", '[quantities."a b"]', "a b", "letters"),
        ("[quantities.age_centred]", "[quantities.age]", "age", ""),
        ("intercept = -3", 'intercept = -3\nmodel = "x"', "scores.risk.model", "at hand"),
        ('range = [0, 120]\n', 'range = [0, 120]\n[fields.unused]\ntype="yes_no"\nlabel="U"\n',
         "unused", "nothing uses it"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(was: str, becomes: str, key: str, reason: str) -> None:
    assert SOUND.count(was) >= 1
    with pytest.raises(BadModelError) as caught:
        parse_model(SOUND.replace(was, becomes, 1).encode(), "made_up")
    assert caught.value.message.startswith("Risk model made_up: ")
    assert key in caught.value.message
    assert reason in caught.value.message


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"result = ", "not TOML"),
        (b"a = 1\na = 2", "not TOML"),
        (b"fields = " + b"[" * 100_000, "nested too deeply"),
        (b"fields = " + b"{a=" * 50_000, "nested too deeply"),
        (b"#" * (LIMIT + 1), "larger"),
        (b"", "about"),
        (b"fields = 3", "fields"),
        (b"scores = [1]", "scores"),
    ],
)
def test_bytes_that_are_no_model(data: bytes, reason: str) -> None:
    with pytest.raises(BadModelError) as caught:
        parse_model(data, "made_up")
    assert reason in caught.value.message


def test_too_many_parts_are_refused() -> None:
    extra = "".join(f'[quantities.q{n}]\nof = "age"\nsteps = [["ln"]]\n' for n in range(201))
    with pytest.raises(BadModelError, match="quantities: Expected `object` of length <= 200"):
        parse_model((SOUND + extra).encode(), "made_up")


@pytest.mark.parametrize(
    ("knots", "cubes"),
    [
        ("[-1, 0, 1]", "[1, -1, 1]"),
        ("[-1, 0.5, 1]", "[1, -2, 1]"),
        ("[1, 0, -1]", "[1, -2, 1]"),
        ("[-1, 0, 1]", "[1, -2, 0.5, 0.5]"),
    ],
)
def test_a_spline_that_is_not_restricted_is_refused(knots: str, cubes: str) -> None:
    term = f'{{ kind = "spline", label = "Age", of = "age", slope = 1, knots = {knots}, cubes = '
    text = SOUND.replace("terms = [", f"terms = [\n  {term}{cubes} }},")
    with pytest.raises(BadModelError, match=r"terms\[0\]\.(knots|cubes)"):
        parse_model(text.encode(), "made_up")


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_a_model_or_an_error(data: bytes) -> None:
    with pytest.raises(BadModelError):
        parse_model(data, "made_up")


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_file_changed_anywhere_is_a_model_or_an_error(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SOUND)))
    length = data.draw(st.integers(0, 12))
    piece = data.draw(st.sampled_from(["", "0", "1e999", "nan", '"x"', "[", "true", "age", "-1"]))
    changed = SOUND[:start] + piece + SOUND[start + length :]
    try:
        model = parse_model(changed.encode(), "made_up")
    except BadModelError:
        return
    assert tomllib.loads(changed)["result"] == model.result
    risks = predict(model, CASES).risks
    assert ((risks >= 0) & (risks <= 1) | np.isnan(risks)).all() or model.scale == "points"
