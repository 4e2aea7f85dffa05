"""What the summary screen takes for a number is what the terminal takes."""

import pytest

from core.errors import BadSummaryError
from desktop.screens.summary.presenter import TypedRow, _figures

PLAIN = {"cases": "1,234", "observed": "12", "expected": "10.5", "rate": "1 %"}


def test_figures_are_read_as_typed_and_empty_ones_are_none() -> None:
    found = _figures("Death", TypedRow(**PLAIN), " A portal (FICTIONAL) ")
    assert (found.cases, found.observed, found.expected) == (1234, 12, 10.5)
    assert (found.national_rate, found.source) == (0.01, "A portal (FICTIONAL)")
    bare = _figures("Death", TypedRow("10", "1"), "x")
    assert (bare.expected, bare.national_rate) == (None, None)


@pytest.mark.parametrize("field", list(PLAIN))
@pytest.mark.parametrize("text", ["1_0", "２", "nan", "many", "1 2"])
def test_other_texts_are_refused_and_the_outcome_is_named(field: str, text: str) -> None:
    with pytest.raises(BadSummaryError, match="“Death”"):
        _figures("Death", TypedRow(**{**PLAIN, field: text}), "x")
