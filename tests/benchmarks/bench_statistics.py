"""Timings of the statistics beside the packages that answer the same question."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import pandas as pd
from timing import Row, beside_peer, growth, median_seconds

from core.statistics.counts import Poisson
from core.statistics.cusum import ra_cusum
from core.statistics.limits import poisson_limits
from core.statistics.poisson_binomial import lower_tails, pmf
from core.statistics.position import positions
from core.statistics.run_length import limit_for_arl
from core.statistics.vlad import vlad

UNITS, CASES, RISKS = 30_000, 559_500, 10_000
LEVELS, DRAWN_AT = (0.95, 0.998), 400


def rows() -> list[Row]:
    """Return every timing, ours first and the peer's in the same run."""
    return [*funnel_rows(), *time_rows(), *poisson_binomial_rows()]


def funnel_rows() -> list[Row]:
    ours = median_seconds(partial(funnel, *nation(UNITS)))
    name = f"funnel of {UNITS:,} units: flags of all, limits at {DRAWN_AT} points"
    found = [
        Row(name, ours, beside_peer(ours, peer, call(*nation(UNITS)) if found_peer else None))
        for peer, call, found_peer in (
            ("clinical-qikit", qikit_funnel, find_spec("qikit")),
            ("controlchartspy", controlchartspy_funnel, find_spec("controlchartspy")),
        )
    ]
    grown = growth(
        f"flags of {UNITS:,} units",
        partial(flags, *nation(UNITS // 10)),
        partial(flags, *nation(UNITS)),
    )
    return [*found, grown]


def time_rows() -> list[Row]:
    few, many = series(CASES // 10), series(CASES)
    risks = many[0]
    limit = partial(limit_for_arl, risks[:5_595], 2.0, 5000.0)
    return [
        growth(
            f"RA-CUSUM, both sides, and VLAD of {CASES:,} cases",
            partial(over_time, *few),
            partial(over_time, *many),
        ),
        Row(
            "limit h for an average run of 5,000, 5,595 cases",
            median_seconds(limit),
            "no peer in Python",
        ),
        growth(
            f"limit h for an average run of 5,000, {CASES:,} cases",
            partial(limit_for_arl, few[0], 2.0, 5000.0),
            partial(limit_for_arl, risks, 2.0, 5000.0),
        ),
    ]


def poisson_binomial_rows() -> list[Row]:
    risks = np.random.default_rng(3).beta(1, 15, RISKS)

    def ours() -> None:
        lower_tails(pmf(risks))

    peer = partial(import_module("fast_poibin").PoiBin, risks) if find_spec("fast_poibin") else None
    taken = median_seconds(ours)
    return [
        Row(
            f"Poisson-binomial of {RISKS:,} risks: pmf and cdf",
            taken,
            beside_peer(taken, "fast-poibin", peer),
        ),
        growth(
            f"Poisson-binomial of {RISKS:,} risks: pmf",
            partial(pmf, risks[: RISKS // 10]),
            partial(pmf, risks),
        ),
    ]


def nation(units: int) -> tuple[np.ndarray, np.ndarray]:
    """Return observed and expected events of so many made-up units."""
    random = np.random.default_rng(1)
    expected = random.gamma(2.0, 8.0, units) + 0.1
    return random.poisson(expected), expected


def series(cases: int) -> tuple[np.ndarray, np.ndarray]:
    """Return risks and events of so many made-up cases."""
    random = np.random.default_rng(2)
    risks = random.beta(1, 15, cases)
    return risks, (random.random(cases) < risks).astype(float)


def flags(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return positions(Poisson(expected), observed)


def funnel(observed: np.ndarray, expected: np.ndarray) -> None:
    flags(observed, expected)
    grid = np.geomspace(expected.max() / DRAWN_AT, expected.max(), DRAWN_AT)
    for level in LEVELS:
        poisson_limits(grid, level)


def over_time(risks: np.ndarray, events: np.ndarray) -> None:
    vlad(risks, events)
    ra_cusum(risks, events, 2.0, 4.5)
    ra_cusum(risks, events, 0.5, 4.0)


def table(observed: np.ndarray, expected: np.ndarray) -> pd.DataFrame:
    units = [f"S{i:05d}" for i in range(observed.size)]
    return pd.DataFrame({"unit": units, "O": observed.astype(float), "E": expected})


def qikit_funnel(observed: np.ndarray, expected: np.ndarray) -> Callable[[], Any]:
    qic = import_module("qikit").qic
    return partial(
        qic, data=table(observed, expected), x="unit", y="O", n="E", chart="oe", funnel=True
    )


def controlchartspy_funnel(observed: np.ndarray, expected: np.ndarray) -> Callable[[], Any]:
    package = import_module("controlchartspy")
    settings = {"chart_type": "SR"}
    return partial(
        package.funnel,
        table(observed, expected),
        "unit",
        "O",
        "E",
        funnel_settings=settings,
        return_objs="limits",
    )
