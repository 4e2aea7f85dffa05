"""One outcome over time: VLAD and the two-sided risk-adjusted CUSUM, case by case."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import NoAnswerError
from core.extract.manifest import Outcome
from core.results.count_model import national_line
from core.results.inclusion import Inclusion, Numbers, with_risks_only
from core.statistics.cusum import Cusum, ra_cusum
from core.statistics.run_length import (
    average_run_length,
    false_signal_probability,
    limit_for_arl,
    two_sided_run_length,
)
from core.statistics.tied_days import tie_dependent_signals
from core.statistics.vlad import vlad

ODDS_RATIOS = (2.0, 0.5)
ARL = 5000.0
RESTART_RULE = "After a signal the value is kept and that side alone starts again from 0."


@dataclass(frozen=True, slots=True)
class CusumLimits:
    """h of each side: fixed by the official cases, and held in a what-if. None: no such limit."""

    worse: float | None
    better: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side of the RA-CUSUM with what its limit means.

    `tied` marks signals that depend on the order of cases within a day; `false_signal` is the
    chance of any signal in as many cases from a surgeon on the national line.
    """

    chart: Cusum
    tied: NDArray[np.bool_]
    arl: float
    false_signal: float


@dataclass(frozen=True, slots=True, eq=False)
class OverTime:
    """The included cases in order of date (the audit's order within a day) and their charts.

    `rows` are positions in the extract's cases; `vlad` is up where fewer events than expected.
    A side is None where no limit exists for these risks.
    """

    outcome: Outcome
    rows: NDArray[np.intp]
    days: NDArray[np.datetime64]
    risks: Numbers
    events: Numbers
    vlad: Numbers
    worse: Side | None
    better: Side | None
    limits: CusumLimits
    two_sided_arl: float | None


def cusum_limits(risks: Numbers) -> CusumLimits:
    """Return h for an in-control average run of 5,000 cases a side, on this mix of risks."""
    found = [_limit(risks, odds_ratio) for odds_ratio in ODDS_RATIOS]
    return CusumLimits(*found)


def over_time(
    outcome: Outcome,
    cases: pd.DataFrame,
    inclusion: Inclusion,
    limits: CusumLimits | None = None,
) -> OverTime:
    """Return the time charts of a binary outcome; risks are those on the national line."""
    inclusion = with_risks_only(inclusion, outcome)
    rows = np.flatnonzero(inclusion.included)
    days = cases["operated_on"].to_numpy()[rows]
    order = np.argsort(days, kind="stable")
    risks = national_line(outcome, inclusion).risks[order]
    events = inclusion.events[order]
    limits = limits or cusum_limits(risks)
    worse = _side(days[order], risks, events, ODDS_RATIOS[0], limits.worse)
    better = _side(days[order], risks, events, ODDS_RATIOS[1], limits.better)
    return OverTime(
        outcome=outcome,
        rows=rows[order],
        days=days[order],
        risks=risks,
        events=events,
        vlad=vlad(risks, events),
        worse=worse,
        better=better,
        limits=limits,
        two_sided_arl=two_sided_run_length(worse.arl, better.arl) if worse and better else None,
    )


def _limit(risks: Numbers, odds_ratio: float) -> float | None:
    try:
        return limit_for_arl(risks, odds_ratio, ARL)
    except NoAnswerError:
        return None


def _side(
    days: NDArray[np.datetime64],
    risks: Numbers,
    events: Numbers,
    odds_ratio: float,
    limit: float | None,
) -> Side | None:
    if limit is None:
        return None
    chart = ra_cusum(risks, events, odds_ratio, limit)
    return Side(
        chart=chart,
        tied=tie_dependent_signals(days, risks, events, chart),
        arl=average_run_length(risks, odds_ratio, limit),
        false_signal=false_signal_probability(risks, odds_ratio, limit, len(risks)),
    )
