"""What parse_profile refuses: each wrong or malicious profile, by file, key and reason alone."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.assets import asset, asset_names
from core.audits.profile import LIMIT, Profile, parse_profile
from core.errors import BadProfileError

BASE = """
specialty = "s"
series = "s"
attribution = "a"
audit = { code = "A", name = "n", organisation = "o" }
window = { years = 1 }
columns = { surgeon = "who", operated_on = { column = "day" } }
publication = { regime = "consent" }
contact = { questions = "q" }
outcomes = [
  { code = "died", label = "D", kind = "binary", definition = "d", words = { event = "death" } },
  { code = "revised", label = "R", kind = "ratio", definition = "r", limits = { levels = [0.9] } },
  { code = "stay", label = "S", kind = "continuous", definition = "s" },
]
exclusions = [{ code = "young", words = "w", field = "age", below = 18, outcomes = ["died"] }]
fields = [
  { name = "age", label = "Age", type = "number", minimum = 0, maximum = 120 },
  { name = "mode", label = "Mode", type = "code", allowed = ["e", "u"], labels = ["E", "U"] },
  { name = "redo", label = "Redo", type = "flag", codes = { Yes = "1" } },
]
"""
SECRET = "PATIENT4711"


def changed(*edits: tuple[str, str]) -> bytes:
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.encode()


def refusal(data: bytes) -> str:
    with pytest.raises(BadProfileError) as error:
        parse_profile(data, "audit.toml")
    return error.value.message


def test_the_base_is_right() -> None:
    assert isinstance(parse_profile(BASE.encode(), "audit.toml"), Profile)


DIED = 'definition = "d"'
REVISED = 'definition = "r"'
STAY = 'definition = "s" '
WRONG = {
    "key of the profile": (('series = "s"', 'series = "s"\nnew = 1'), "`new`"),
    "key of the audit": (('organisation = "o"', 'organisation = "o", x = 1'), "audit.x: unknown"),
    "key of the words": (('event = "death"', 'events_ = "d"'), "outcomes[0].words.events_: "),
    "key of the limits": (("levels = [0.9]", "level = [0.9]"), "outcomes[1].limits.level: unknown"),
    "key of the contact": (('questions = "q"', 'mail = "q"'), "contact.mail: unknown key"),
    "key of the publication": (('regime = "consent"', "x = 1"), "publication.x: unknown key"),
    "type": (("years = 1", 'years = "1"'), "window.years: Expected `float`, got `str`"),
    "years": (("years = 1", "years = 0"), "window.years: "),
    "word": (('"consent"', f'"{SECRET}"'), "publication.regime: not one of the words"),
    "code": (('code = "died"', f'code = "{SECRET} x"'), "outcomes[0].code: must be letters"),
    "missing key": (('attribution = "a"\n', ""), "Object missing required field `attribution`"),
    "blank": (('series = "s"', 'series = " "'), "series: must not be blank"),
    "unseen character": (('label = "D"', 'label = "D\\u202e"'), "outcomes[0].label: holds a line"),
    "not finite": (("minimum = 0", "minimum = nan"), "fields[0].minimum: must be a finite number"),
    "infinite": (("below = 18", "below = -inf"), "exclusions[0].below: must be a finite number"),
    "outcome twice": (('code = "stay"', 'code = "died"'), "outcomes.code: the same one stands"),
    "field twice": (('name = "redo"', 'name = "age"'), "fields.name: the same one stands twice"),
    "field of the contract": (('name = "redo"', 'name = "case_id"'), "fields.name: the same one"),
    "levels out of range": (("[0.9]", "[0.9, 1.0]"), "outcomes[1].limits.levels[1]: "),
    "levels descend": (("[0.9]", "[0.99, 0.9]"), "outcomes[1].limits.levels: must ascend"),
    "no levels": (("[0.9]", "[]"), "outcomes[1].limits.levels: "),
    "days below zero": ((DIED, f"{DIED}, follow_up_days = -1"), "outcomes[0].follow_up_days: "),
    "minimum below zero": ((DIED, f"{DIED}, minimum_cases = -1"), "outcomes[0].minimum_cases: "),
    "ratio": (("levels = [0.9]", 'model = "binomial"'), "outcomes[1].limits.model: a ratio"),
    "favourable ratio": ((REVISED, f'{REVISED}, direction = "favourable"'), "outcomes[1].direct"),
    "favourable stay": ((STAY, f'{STAY}, direction = "favourable"'), "outcomes[2].direction: only"),
    "nothing recorded": ((DIED, f"{DIED}, recorded = {{}}"), "outcomes[0].recorded: must have"),
    "recorded twice": (
        (DIED, f'{DIED}, recorded = {{ column = "a", time = "b" }}'),
        "outcomes[0].recorded: must have either column, or time, status and within_days",
    ),
    "half recorded": (
        (DIED, f'{DIED}, recorded = {{ time = "b", status = "c" }}'),
        "outcomes[0].recorded: must have time, status and within_days together",
    ),
    "ratio by time": (
        (REVISED, f'{REVISED}, recorded = {{ time = "b", status = "c", within_days = 9 }}'),
        "outcomes[1].recorded: only a binary outcome",
    ),
    "no risk": ((DIED, f"{DIED}, risk = {{}}"), "outcomes[0].risk: must have exactly one of"),
    "two risks": (
        (DIED, f'{DIED}, risk = {{ column = "a", model = "b" }}'),
        "outcomes[0].risk: must have exactly one of column, model and logistic",
    ),
    "percent of a model": (
        (DIED, f'{DIED}, risk = {{ model = "b", scale = "percent" }}'),
        "outcomes[0].risk.scale: only a risk in a column",
    ),
    "empty formula": (
        (DIED, f"{DIED}, risk = {{ logistic = {{ intercept = 1, terms = {{}} }} }}"),
        "outcomes[0].risk.logistic.terms: must not be empty",
    ),
    "formula in words": (
        (DIED, f"{DIED}, risk = {{ logistic = {{ intercept = 1, terms = {{ a = '{SECRET}' }} }}}}"),
        "outcomes[0].risk.logistic.terms[...]: Expected `float`",
    ),
    "risk of a ratio": ((REVISED, f'{REVISED}, risk = {{ column = "a" }}'), "outcomes[1].risk: on"),
    "expected of a binary": ((DIED, f'{DIED}, expected_column = "e"'), "outcomes[0].expected_"),
    "nothing to recalibrate": (
        (DIED, f'{DIED}, recalibration = {{ intercept = 1, date = 2025-01-01, source = "s" }}'),
        "outcomes[0].recalibration: there is no risk",
    ),
    "codes of a number": (('type = "number"', 'type = "number", allowed = ["1"]'), "fields[0].all"),
    "no codes": (('allowed = ["e", "u"], labels = ["E", "U"]', "maximum = 1"), "fields[1].allow"),
    "code twice": (('["e", "u"]', '["e", "e"]'), "fields[1].allowed: the same one stands twice"),
    "labels": (('["E", "U"]', '["E"]'), "fields[1].labels: must be as many"),
    "range": (("minimum = 0", "minimum = 121"), "fields[0].minimum: must not be above maximum"),
    "range of a flag": (('type = "flag"', 'type = "flag", maximum = 1'), "fields[2].minimum: only"),
    "unknown target": (('Yes = "1"', f'Yes = "{SECRET}"'), "fields[2].codes: maps to a code"),
    "exclusion of no field": (('field = "age"', f'field = "{SECRET}"'), "exclusions[0].field: na"),
    "exclusion of no outcome": (('["died"]', f'["{SECRET}"]'), "exclusions[0].outcomes: names an"),
    "exclusion of nothing": (("below = 18, ", ""), "exclusions[0]: must have one_of, above, below"),
    "exclusion of a code below": (('field = "age"', 'field = "mode"'), "exclusions[0]: above and"),
    "exclusion of a number in words": (
        ("below = 18", 'one_of = ["18"]'),
        "exclusions[0].one_of: needs a text or code field",
    ),
    "exclusion of an unknown code": (
        ('field = "age", below = 18', f'field = "mode", one_of = ["{SECRET}"]'),
        "exclusions[0].one_of: names a code",
    ),
    "day number": (('"day"', '"day", format = "day_number"'), "columns.operated_on.epoch: "),
    "epoch": (('"day"', '"day", epoch = 2025-01-01'), "columns.operated_on.epoch: is needed by"),
    "window": (
        ("years = 1", "years = 1, start = 2025-01-02, end = 2025-01-01"),
        "window.end: must not be before start",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_profile_names_file_key_and_reason(name: str) -> None:
    edit, reason = WRONG[name]
    message = refusal(changed(edit))
    assert message.startswith("audit.toml: ")
    assert reason in message
    assert SECRET not in message


MALICIOUS = {
    "not TOML": b"= 1",
    "a key twice": b"a = 1\na = 2",
    "not UTF-8": b"specialty = '\xff'",
    "binary": bytes(range(256)),
    "nested": b"a = " + b"[" * 100_000,
    "long number": b"a = " + b"9" * 10_000,
    "no date": b"a = 2025-13-45",
    "too large": b"# " + b"x" * LIMIT,
}


@pytest.mark.parametrize("name", MALICIOUS)
def test_what_is_no_profile_is_refused_in_one_line(name: str) -> None:
    message = refusal(MALICIOUS[name])
    assert message.startswith("audit.toml is ")
    assert "\n" not in message
    assert len(message) < 100


def test_a_wrong_line_is_named() -> None:
    assert "(at line 2, column 7)" in refusal(b'a = "1"\nb = 1 x')


def test_the_profile_that_the_guide_shows_is_right() -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "adding-an-audit.md"
    shown = guide.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    profile = parse_profile(shown.encode(), "shown.toml")
    assert profile.fields[0].codes["Unknown"] == ""


SHIPPED = [tomllib.loads(asset(path).decode("utf-8")) for path in asset_names("audits", ".toml")]
LEAVES = st.one_of(
    st.none().map(lambda _: ""),
    st.text(max_size=20),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.just([]),
    st.just({}),
)


def replaced(table: Any, leaf: Any, choose: Any) -> Any:
    """Return `table` with one value somewhere in it replaced by `leaf`."""
    if isinstance(table, dict) and table:
        key = choose(sorted(table))
        return {**table, key: replaced(table[key], leaf, choose)}
    if isinstance(table, list) and table:
        at = choose(range(len(table)))
        return [*table[:at], replaced(table[at], leaf, choose), *table[at + 1 :]]
    return leaf


def toml(value: Any) -> str:
    """Return `value` as TOML, all of it inline."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(key)} = {toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(part) for part in value) + "]"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(sign):08x}" for sign in value) + '"'
    return str(value)


def refused(data: bytes) -> str | None:
    """Return why the profile is refused, None where it parses; any other error is a failure."""
    try:
        parse_profile(data, "audit.toml")
    except BadProfileError as error:
        return error.message
    return None


@given(st.data())
@settings(max_examples=150)
def test_a_profile_with_one_value_changed_parses_or_is_refused(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(SHIPPED))
    leaf = data.draw(LEAVES)
    broken = replaced(table, leaf, lambda options: data.draw(st.sampled_from(list(options))))
    text = "\n".join(f"{toml(key)} = {toml(value)}" for key, value in broken.items())
    message = refused(text.encode())
    assert message is None or message.startswith("audit.toml")


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
@settings(max_examples=150)
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(BadProfileError):
        parse_profile(data, "audit.toml")
