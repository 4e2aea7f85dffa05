"""Recalibration moves log-odds by what it states, and says so."""

from datetime import date
from math import log, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadNumberError
from core.risk.recalibrate import Recalibration

DAY = date(2020, 4, 1)


def test_an_intercept_multiplies_the_odds() -> None:
    moved = Recalibration(log(2), 1, DAY, "Made-up audit").apply(np.array([0.5, 0.2, nan, 0, 1]))
    np.testing.assert_allclose(moved, [2 / 3, 1 / 3, nan, 0, 1], rtol=1e-12)


def test_a_slope_raises_the_odds_to_a_power() -> None:
    moved = Recalibration(0, 2, DAY, "Made-up audit").apply(np.array([0.75, 0.25]))
    np.testing.assert_allclose(moved, [0.9, 0.1], rtol=1e-12)


@given(st.floats(-5, 5), st.floats(0.1, 5), st.lists(st.floats(0, 1), min_size=2, max_size=9))
@settings(deadline=None)
def test_it_never_changes_the_order_of_cases(intercept, slope, risks) -> None:
    moved = Recalibration(intercept, slope, DAY, "Made-up audit").apply(np.sort(risks))
    assert (np.diff(moved) >= 0).all()
    assert ((moved >= 0) & (moved <= 1)).all()


def test_it_is_named_in_words() -> None:
    assert Recalibration(-1.05, 1, DAY, "Made-up audit").words() == (
        "Recalibrated on the log-odds: intercept -1.050 (Made-up audit, 01 April 2020)"
    )
    assert "slope 0.900" in Recalibration(0, 0.9, DAY, "Made-up audit").words()


@pytest.mark.parametrize(
    ("intercept", "slope", "source"),
    [(nan, 1, "x"), (0, nan, "x"), (0, 0, "x"), (0, -1, "x"), (float("inf"), 1, "x"), (0, 1, " ")],
)
def test_an_unstated_recalibration_is_refused(intercept, slope, source) -> None:
    with pytest.raises(BadNumberError):
        Recalibration(intercept, slope, DAY, source)


@pytest.mark.parametrize("risk", [-0.01, 1.01])
def test_only_probabilities_are_recalibrated(risk: float) -> None:
    with pytest.raises(BadNumberError):
        Recalibration(0, 1, DAY, "Made-up audit").apply(np.array([0.5, risk]))
