"""What must hold of VLAD and the risk-adjusted CUSUM whatever the cases."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import BadNumberError
from core.statistics.cusum import cusum_weights, ra_cusum, restarted
from core.statistics.tied_days import tie_dependent_signals
from core.statistics.vlad import vlad

RISK = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 1.0, 1e-300, 0.5]))
CASES = st.lists(st.tuples(RISK, st.integers(0, 1)), max_size=60)
ODDS = st.sampled_from([2.0, 0.5, 1.5, 20.0, 1e-3])


def columns(cases: list[tuple[float, int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([p for p, _ in cases], float), np.array([y for _, y in cases], int)


@given(CASES, ODDS, st.floats(0.05, 6))
@example([(0.0, 1), (1.0, 0), (1.0, 1), (0.0, 0)], 2.0, 0.5)
def test_path_follows_its_recursion_and_restarts(cases, odds, limit) -> None:
    risks, events = columns(cases)
    chart = ra_cusum(risks, events, odds, limit)
    value, signals = 0.0, set(chart.signals.tolist())
    for i, weight in enumerate(cusum_weights(risks, events, odds)):
        value = max(0.0, value + weight)
        assert chart.path[i] == pytest.approx(value, abs=1e-12)
        assert (i in signals) == (chart.path[i] >= limit)
        value = 0.0 if i in signals else value


@settings(max_examples=15)
@given(st.integers(0, 2**32), st.floats(0.3, 5), st.integers(1, 9000))
def test_blocks_leave_no_trace(seed, limit, cases) -> None:
    weights = np.random.default_rng(seed).normal(-0.01, 0.2, cases)
    path, signals = restarted(weights, limit)
    slow, value = np.empty(cases), 0.0
    for i, weight in enumerate(weights.tolist()):
        slow[i] = value = max(0.0, value + weight)
        value = 0.0 if value >= limit else value
    np.testing.assert_allclose(path, slow, rtol=0, atol=1e-11)
    assert signals.tolist() == np.flatnonzero(slow >= limit).tolist()


def test_a_value_just_at_the_limit_signals() -> None:
    limit = float(cusum_weights([0.1], [1], 2)[0])
    assert ra_cusum([0.1, 0.1], [1, 0], 2, limit).signals.tolist() == [0]
    assert ra_cusum([0.1, 0.1], [1, 0], 2, np.nextafter(limit, 1)).signals.tolist() == []


def test_a_chart_that_signals_at_every_case() -> None:
    chart = ra_cusum([0.5] * 5000, [1] * 5000, 2, 0.1)
    assert chart.signals.size == 5000


@given(CASES, st.floats(1.01, 50))
def test_sides_mirror_the_complement(cases, odds) -> None:
    """Odds × ρ of the event is odds ÷ ρ of its absence."""
    kept = [(p, y) for p, y in cases if 1e-9 < p < 1 - 1e-9]
    risks, events = columns(kept)
    np.testing.assert_allclose(
        cusum_weights(risks, events, odds),
        cusum_weights(1 - risks, 1 - events, 1 / odds),
        atol=1e-9,
    )


@given(CASES)
def test_vlad_ends_at_expected_less_observed(cases) -> None:
    risks, events = columns(cases)
    line = vlad(risks, events)
    assert line.size == risks.size
    if cases:
        assert line[-1] == pytest.approx(risks.sum() - events.sum(), abs=1e-9)
        assert np.all(np.abs(np.diff(line, prepend=0.0)) <= 1 + 1e-12)


def test_no_cases_make_an_empty_chart() -> None:
    chart = ra_cusum([], [], 2, 4.5)
    assert chart.path.size == chart.signals.size == vlad([], []).size == 0
    assert tie_dependent_signals([], [], [], chart).size == 0


@pytest.mark.parametrize("risks", [[-0.1], [1.1], [np.nan], [[0.1]], ["x"]])
def test_bad_risks_are_refused(risks) -> None:
    for run in (lambda: vlad(risks, [0]), lambda: ra_cusum(risks, [0], 2, 4)):
        with pytest.raises(BadNumberError):
            run()


@pytest.mark.parametrize("events", [[2], [0.5], [-1], [np.nan], [0, 1], []])
def test_bad_events_are_refused(events) -> None:
    with pytest.raises(BadNumberError):
        ra_cusum([0.1], events, 2, 4)


@pytest.mark.parametrize(
    ("odds", "limit"), [(1, 4), (0, 4), (-2, 4), (np.inf, 4), (np.nan, 4), (2, 0), (2, np.nan)]
)
def test_bad_settings_are_refused(odds, limit) -> None:
    with pytest.raises(BadNumberError):
        ra_cusum([0.1], [0], odds, limit)


DATED = st.lists(
    st.tuples(st.integers(0, 3), st.floats(0, 0.6), st.integers(0, 1)), min_size=1, max_size=6
)


@settings(max_examples=60)
@given(DATED, st.sampled_from([2.0, 0.5]), st.sampled_from([0.3, 0.5, 0.8, 1.2]))
@example([(0, 0.1, 0), (0, 0.1, 1), (0, 0.1, 1)], 2.0, 1.2)
def test_no_signal_that_rests_on_a_tie_goes_unmarked(cases, odds, limit) -> None:
    cases = sorted(cases, key=lambda case: case[0])
    days, risks, events = (np.array(column) for column in zip(*cases, strict=True))
    chart = ra_cusum(risks, events, odds, limit)
    marked = tie_dependent_signals(days, risks, events, chart)
    always = set(days[chart.signals].tolist())
    for order in orders(days):
        other = ra_cusum(risks[order], events[order], odds, limit)
        always &= set(days[other.signals].tolist())
    for signal, mark in zip(chart.signals, marked, strict=True):
        assert mark or int(days[signal]) in always


def orders(days: np.ndarray) -> list[list[int]]:
    """Return every order of the cases that keeps the days in order."""
    groups = [np.flatnonzero(days == day).tolist() for day in np.unique(days)]
    shuffled = itertools.product(*(itertools.permutations(group) for group in groups))
    return [[i for group in choice for i in group] for choice in shuffled]


@pytest.mark.parametrize(
    ("other_risk", "days", "marks"),
    [(0.5, [1, 2, 2], [True]), (0.01, [1, 2, 2], [False]), (0.5, [1, 2, 3], [False])],
)
def test_only_a_signal_that_a_tie_decides_is_marked(other_risk, days, marks) -> None:
    """Two events at even risk reach 0.575; the case without one may have come between them."""
    risks, events = [0.5, 0.5, other_risk], [1, 1, 0]
    chart = ra_cusum(risks, events, 2, 0.55)
    assert tie_dependent_signals(days, risks, events, chart).tolist() == marks


@pytest.mark.parametrize("days", [[2, 1], [1], [1, 2, 3]])
def test_days_that_fall_or_are_missing_are_refused(days) -> None:
    chart = ra_cusum([0.1, 0.1], [0, 1], 2, 4)
    with pytest.raises(BadNumberError):
        tie_dependent_signals(days, [0.1, 0.1], [0, 1], chart)
