"""Whatever stands in a table, a profile or a list of recipients: extracts, or one of our errors."""

from contextlib import suppress
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.audits.profile import parse_profile
from core.errors import BadRecipientError, PlumblineError
from core.extract.manifest import Surgeon
from core.issuing.edition import prepare
from core.issuing.extracts import archive_of
from core.issuing.recipients import read_recipients
from core.sealing.example_keys import example_issuer

PROFILE = """
specialty = "s"
series = "s"
attribution = "a"
retain_years = {retain}
edition_number = 1
audit = {{ code = "T", name = "T", organisation = "T" }}
window = {{ years = 1, follow_up_to = {until} }}
columns = {{ surgeon = "surgeon", operated_on = {{ column = "day" }}, case_id = "id" }}
fields = [
  {{ name = "age", label = "Age", type = "number" }},
  {{ name = "word", label = "Word", type = "text" }},
  {{ name = "seen", label = "Seen", type = "date" }},
]
[[outcomes]]
code = "died"
label = "D"
kind = "{kind}"
definition = "d"
direction = "{direction}"
follow_up_days = {days}
{of_kind}
[[exclusions]]
code = "young"
words = "w"
field = "age"
below = 18
"""
OF_KIND = {
    "binary": """
risk = {{ column = "risk" }}
recorded = {{ time = "time", status = "status", within_days = 30 }}
recalibration = {{ intercept = {intercept}, slope = {slope}, date = 2025-01-01, source = "s" }}
""",
    "ratio": 'expected_column = "risk"\nrecorded = {{ column = "time" }}',
    "continuous": 'recorded = {{ column = "age" }}',
}
DAY = st.sampled_from(["2025-01-01", "2025-12-31", "9999-12-31", "0001-01-01", "1677-09-21"])
NUMBER = st.sampled_from(["", "0", "1", "0.5", "1e300", "-0", "30", "29.5", "1e-300", "17"])
ODD = st.text(st.characters(codec="utf-8"), max_size=8)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from(["1", "2", "3", "4", "5", "=1"]),
            "surgeon": st.sampled_from(["G1", "G1", "G2", "é"]),
            "day": DAY,
            "age": NUMBER | ODD,
            "word": ODD.filter(lambda text: text == text.strip()),
            "seen": DAY | st.just(""),
            "risk": NUMBER,
            "time": NUMBER,
            "status": st.sampled_from(["0", "1", ""]),
        }
    ),
    min_size=1,
    max_size=8,
)
RIGHT: dict[str, object] = {
    "retain": 5,
    "until": "2025-12-31",
    "kind": "binary",
    "direction": "adverse",
    "days": 30,
    "intercept": "0.1",
    "slope": "1.0",
}
ROW = {
    "id": "1",
    "surgeon": "G1",
    "day": "2025-01-01",
    "age": "60",
    "word": "x",
    "seen": "",
    "risk": "0.5",
    "time": "30",
    "status": "0",
}
RULES = st.fixed_dictionaries(
    {},
    optional={
        "retain": st.sampled_from([0, 5, -1, 9000, 10**12]),
        "until": st.sampled_from(["2025-12-31", "0001-01-01", "9999-12-31"]),
        "kind": st.sampled_from(["binary", "ratio", "continuous"]),
        "direction": st.sampled_from(["adverse", "favourable"]),
        "days": st.sampled_from([0, 30, 10**6, 10**12, -1]),
        "intercept": st.sampled_from(["0.0", "1e300", "inf", "nan", "-0.1"]),
        "slope": st.sampled_from(["1.0", "0.0", "-1.0", "1e-9", "2.0"]),
    },
)


def silent(done: int, total: int, label: str) -> None:
    """Nobody watches."""


def issue_all(rows: list[dict[str, str]], rules: dict[str, object]) -> int:
    of_kind = OF_KIND[str(rules["kind"])].format(**rules)
    profile = parse_profile(PROFILE.format(of_kind=of_kind, **rules).encode(), "profile.toml")
    table = pd.DataFrame(rows, dtype=object)
    made = prepare(table, profile, example_issuer(), datetime.now(UTC), silent)
    return sum(bool(archive_of(made, Surgeon(name="N", gmc=one))) for one in made.rows_of)


@given(ROWS, st.sampled_from(["binary", "ratio", "continuous"]), st.booleans())
@settings(max_examples=250, deadline=None)
def test_any_rows_are_extracts_or_a_named_error(
    rows: list[dict[str, str]], kind: str, favourable: bool
) -> None:
    direction = "favourable" if favourable and kind == "binary" else "adverse"
    with suppress(PlumblineError):
        issue_all(rows, RIGHT | {"kind": kind, "direction": direction})


@given(RULES)
@settings(max_examples=100, deadline=None)
def test_any_rules_are_extracts_or_a_named_error(rules: dict[str, object]) -> None:
    with suppress(PlumblineError):
        issue_all([ROW], RIGHT | rules)


@pytest.mark.parametrize("kind", list(OF_KIND))
def test_the_right_rules_and_row_are_an_extract(kind: str) -> None:
    assert issue_all([ROW], RIGHT | {"kind": kind}) == 1


@given(st.binary(max_size=80) | st.text(max_size=60).map(lambda text: f"gmc,name\n{text}".encode()))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_recipients_or_a_named_error(data: bytes) -> None:
    with suppress(BadRecipientError):
        read_recipients(data, lambda name: b"words")
