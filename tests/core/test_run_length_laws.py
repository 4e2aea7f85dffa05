"""Run lengths by the Markov chain against simulation and against what theory demands."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadNumberError, NoAnswerError
from core.statistics.cusum import ra_cusum
from core.statistics.run_length import (
    CELLS,
    average_run_length,
    false_signal_probability,
    limit_for_arl,
    mix_steps,
    risk_mix,
    steps_to_leave,
    transitions,
    two_sided_run_length,
)

MIX = st.lists(st.floats(0.001, 0.999), min_size=1, max_size=40)
ODDS = st.sampled_from([2.0, 0.5])
ONCE = settings(max_examples=25)


@pytest.mark.parametrize("odds", [2.0, 0.5])
def test_run_length_and_false_signals_by_simulation(odds) -> None:
    random = np.random.default_rng(20)
    risks = random.beta(1, 12, 3000)
    limit, within = 2.5, 150
    drawn = random.choice(risks, 5_000_000)
    chart = ra_cusum(drawn, random.random(drawn.size) < drawn, odds, limit)
    lengths = np.diff(chart.signals, prepend=-1)
    error = lengths.std() / np.sqrt(lengths.size)
    assert average_run_length(risks, odds, limit) == pytest.approx(lengths.mean(), abs=4 * error)
    share = np.mean(lengths <= within)
    spread = np.sqrt(share * (1 - share) / lengths.size)
    ours = false_signal_probability(risks, odds, limit, within)
    assert ours == pytest.approx(share, abs=4 * spread)


def test_two_sided_run_length_by_simulation() -> None:
    random = np.random.default_rng(3)
    risks = random.beta(1, 12, 2000)
    upper, lower = 2.5, 2.2
    firsts = []
    for _ in range(1500):
        drawn = random.choice(risks, 6000)
        events = random.random(6000) < drawn
        sides = ra_cusum(drawn, events, 2, upper), ra_cusum(drawn, events, 0.5, lower)
        firsts.append(min(int(side.signals[0]) + 1 for side in sides if side.signals.size))
    both = two_sided_run_length(
        average_run_length(risks, 2, upper), average_run_length(risks, 0.5, lower)
    )
    error = np.std(firsts) / np.sqrt(len(firsts))
    assert both == pytest.approx(np.mean(firsts), abs=4 * error)


@ONCE
@given(MIX, ODDS, st.floats(1e-3, 7), st.sampled_from([30, CELLS]))
def test_solution_by_diagonals_is_the_solution(risks, odds, limit, cells) -> None:
    mix = mix_steps(risks, odds, 1.0)
    moves = transitions(*mix, limit, cells)
    assert moves.min() >= 0
    assert moves.sum(axis=1).max() <= 1 + 1e-12
    dense = np.linalg.solve(np.eye(len(moves)) - moves, np.ones(len(moves)))[0]
    assert steps_to_leave(*mix, limit, cells) == pytest.approx(dense, rel=1e-7)


@ONCE
@given(MIX, ODDS, st.floats(50, 20_000))
def test_limit_gives_the_run_it_was_asked_for(risks, odds, arl) -> None:
    """Where the run length leaps at the limit, the limit lies at the leap."""
    try:
        limit = limit_for_arl(risks, odds, arl)
    except NoAnswerError:
        assert average_run_length(risks, odds, 1e-6) >= arl
        return
    below, above = (average_run_length(risks, odds, limit * by) for by in (1 - 1e-5, 1 + 1e-5))
    assert below * (1 - 1e-3) <= arl <= above * (1 + 1e-3)
    assert limit <= np.log(arl) + 0.01


@ONCE
@given(st.lists(st.floats(0.01, 0.4), min_size=5, max_size=40), st.floats(0.5, 4))
def test_worse_results_signal_sooner(risks, limit) -> None:
    runs = [average_run_length(risks, 2, limit, true) for true in (0.5, 1, 2, 4)]
    assert runs == sorted(runs, reverse=True)


@ONCE
@given(MIX, ODDS, st.floats(0.2, 5))
def test_false_signals_grow_with_cases(risks, odds, limit) -> None:
    chances = [false_signal_probability(risks, odds, limit, n) for n in (0, 1, 10, 100, 10_000)]
    assert chances[0] == 0
    assert all(0 <= p <= 1 for p in chances)
    assert all(b >= a - 1e-3 for a, b in pairwise(chances))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=200))
def test_grouped_mix_keeps_the_mean_risk(risks) -> None:
    means, shares = risk_mix(risks)
    assert shares.sum() == pytest.approx(1)
    assert means @ shares == pytest.approx(np.mean(risks))


def test_one_case_at_one_risk_signals_with_that_risk() -> None:
    assert false_signal_probability([0.03], 2, 0.5, 1) == pytest.approx(0.03, abs=1e-12)
    assert average_run_length([0.03], 2, 0.5) == pytest.approx(1 / 0.03)


@pytest.mark.parametrize("risks", [[0.0], [1.0], [0.0, 1.0, 1.0]])
def test_certain_risks_never_signal_and_have_no_limit(risks) -> None:
    assert average_run_length(risks, 2, 4) == np.inf
    assert false_signal_probability(risks, 2, 4, 1000) == pytest.approx(0, abs=1e-12)
    with pytest.raises(NoAnswerError):
        limit_for_arl(risks, 2)


def test_risks_so_low_that_one_event_is_rarer_than_the_run_have_no_limit() -> None:
    with pytest.raises(NoAnswerError):
        limit_for_arl([1e-5], 2, 5000)


def test_no_cases_have_no_answer() -> None:
    for ask in (
        lambda: average_run_length([], 2, 4),
        lambda: limit_for_arl([], 2),
        lambda: false_signal_probability([], 2, 4, 10),
    ):
        with pytest.raises(NoAnswerError):
            ask()


@pytest.mark.parametrize("arl", [1, 0, -5, np.inf, np.nan])
def test_bad_run_lengths_are_refused(arl) -> None:
    with pytest.raises(BadNumberError):
        limit_for_arl([0.1], 2, arl)


@pytest.mark.parametrize("cases", [-1, 1.5, np.nan, np.inf])
def test_bad_numbers_of_cases_are_refused(cases) -> None:
    with pytest.raises(BadNumberError):
        false_signal_probability([0.1], 2, 4, cases)


def test_bad_settings_are_refused() -> None:
    for ask in (
        lambda: average_run_length([0.1], 1, 4),
        lambda: average_run_length([0.1], 2, 0),
        lambda: average_run_length([0.1], 2, 4, 0),
        lambda: two_sided_run_length(0, 5),
    ):
        with pytest.raises(BadNumberError):
            ask()


def test_two_sided_run_with_a_side_that_never_signals() -> None:
    assert two_sided_run_length(np.inf, np.inf) == np.inf
    assert two_sided_run_length(np.inf, 40.0) == pytest.approx(40)
