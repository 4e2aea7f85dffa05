"""What counts as a typed number, in a terminal and in the window alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.typed_numbers import read_amount, read_count, read_rate

NO_NUMBERS = [
    "",
    " ",
    "1_0",
    "٣",
    "２",
    "1２",
    "nan",
    "inf",
    "1e999",
    "0x10",
    "2,5",
    "1 2",
    "one",
    "²",
]


@pytest.mark.parametrize("text", [*NO_NUMBERS, "1.0", "-1", "+1", "1,23", "1e2", "9" * 5000])
def test_what_is_no_count(text: str) -> None:
    with pytest.raises(ValueError, match="not a whole number"):
        read_count(text)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_amount(text)
    with pytest.raises(ValueError, match="not a number"):
        read_rate(f"{text}%")


@given(st.integers(0, 10**12))
def test_a_count_is_read_with_its_thousands_parted(number: int) -> None:
    for text in (f"{number}", f" {number:,} ", f"{number:,}".replace(",", "\u202f")):
        assert read_count(text) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_an_amount_is_read_as_written(number: float) -> None:
    assert read_amount(repr(number)) == number


def test_a_rate_is_a_fraction_or_in_per_cent() -> None:
    assert read_rate("0.025") == read_rate("2.5%") == read_rate(" 2.5 % ")
    assert read_rate("2.5", per_cent=True) == read_rate("2.5%", per_cent=True) == 0.025
