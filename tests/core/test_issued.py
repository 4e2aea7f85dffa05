"""A signed position, limit or tail that differs from ours is told; silence is no difference."""

import pytest

from core.extract.manifest import IssuedFigures, IssuedLimit
from core.results.issued import issued_words
from core.results.measure import measure
from tests.core.test_results import NO_UNITS, UNTIL, cases, outcome

FOUND = measure(outcome(), cases([0.05] * 200, [1] * 16 + [0] * 184), UNTIL, NO_UNITS)
LIMITS = tuple(
    IssuedLimit(level=one.level, lower=one.lower, upper=one.upper) for one in FOUND.limits
)


def issued(**changes) -> IssuedFigures:
    own = {"position": "within", "limits": LIMITS, "p_upper": FOUND.p_upper}
    return IssuedFigures(cases=200, observed=16, expected=10.0, **(own | changes))


def test_agreement_and_silence_say_nothing():
    assert issued_words(issued(), FOUND) == ""
    assert issued_words(IssuedFigures(cases=200, observed=16, expected=10.0), FOUND) == ""
    assert issued_words(None, FOUND) == ""


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"position": "above_alert"}, "the position"),
        ({"limits": (IssuedLimit(level=0.95, lower=0.5, upper=1.5),)}, "limits"),
        ({"p_upper": 0.02}, "tail probabilities"),
    ],
)
def test_a_difference_is_named(changes, word):
    said = issued_words(issued(**changes), FOUND)
    assert word in said
    assert "Ask the audit which holds" in said


def test_the_audits_own_words_for_the_position_are_quoted():
    assert "“▲ Above the alert line”" in issued_words(issued(position="above_alert"), FOUND)
