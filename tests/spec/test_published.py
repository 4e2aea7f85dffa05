"""Our numbers against officially published figures, within the rounding of what was printed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from core.statistics.approximations import normal_limits, quantile_limits
from core.statistics.counts import Binomial
from core.statistics.intervals import byar, garwood, poisson_means, wilson
from core.statistics.recalibration import recalibrate
from tests.spec.golden_funnel import phe_words

PHE_LEVELS = {"2s": 0.95, "3s": 0.998}


@pytest.fixture(scope="session")
def data(shared_path: Callable[..., Path]) -> Path:
    return shared_path("data", "PLUMBLINE_DATA")


@pytest.fixture(scope="session")
def new_york(data: Path) -> pd.DataFrame:
    """Return every hospital's row with the statewide rate and the range its EMR leaves for E."""
    rows = pd.concat(pd.read_csv(path) for path in sorted((data / "ny_hospital").glob("*.csv")))
    everyone = rows["Hospital Name"] == "NYS - All Hospitals"
    group = ["Procedure", "Year of Hospital Discharge"]
    state = rows[everyone].set_index(group)
    rate = (state["Number of Deaths"] / state["Number of Cases"]).rename("rate")
    hospitals = rows[~everyone].join(rate, on=group).dropna(subset="rate")
    cases, expected = hospitals["Number of Cases"], hospitals["Expected Mortality Rate"]
    return hospitals.assign(
        deaths=hospitals["Number of Deaths"],
        least=cases * (expected - 0.005) / 100,
        most=cases * (expected + 0.005) / 100,
    )


def between(printed: pd.Series, low: pd.Series, high: pd.Series, rounding: float) -> None:
    """Hold the printed figures inside the range that unrounded ones could have."""
    outside = (printed < low - rounding - 1e-9) | (printed > high + rounding + 1e-9)
    assert printed[outside].empty


def test_new_york_rates_and_intervals(new_york: pd.DataFrame) -> None:
    """RAMR = O/E of the statewide rate; the interval is Byar's, scaled alike.

    Upper ends beyond 100 % are compared as 100 %, whether or not the publisher cut them.
    """
    rows, percent = new_york, 100 * new_york.rate
    ratio = rows.deaths / rows.most, rows.deaths / rows.least
    column = rows["Risk-Adjusted Mortality Rate"]
    between(column, percent * ratio[0], percent * ratio[1], 0.005)
    few, many = byar(rows.deaths, rows.most, 0.95), byar(rows.deaths, rows.least, 0.95)
    for end, name in enumerate(("Lower", "Upper")):
        column = rows[f"{name} Limit of Confidence Interval"].clip(upper=100)
        ends = ((percent * side[end]).clip(upper=100) for side in (few, many))
        between(column, *ends, 0.005)


def test_new_york_flags(new_york: pd.DataFrame) -> None:
    """Some expected number within the rounding of EMR gives each official flag."""
    rows = new_york
    few, many = byar(rows.deaths, rows.most, 0.95), byar(rows.deaths, rows.least, 0.95)
    flag = rows["Comparison Results"]
    assert (many[0][flag.str.contains("higher")] > 1).all()
    assert (few[1][flag.str.contains("lower")] < 1).all()
    neither = flag.str.contains("not different")
    assert (few[0][neither] <= 1).all()
    assert (many[1][neither] >= 1).all()


@pytest.fixture(scope="session")
def congenital(data: Path) -> pd.DataFrame:
    return pd.concat(pd.read_csv(path) for path in sorted((data / "uk_nchda").glob("*.csv")))


def survival_limits(rows: pd.DataFrame, survival: pd.Series, level: float) -> list[np.ndarray]:
    """Return the binomial quantiles of survival, in per cent, from those of deaths."""
    cases = rows.operations.to_numpy(float)
    lower, upper = quantile_limits(Binomial(cases, cases * (1 - survival / 100)), level)
    return [100 * (1 - upper / cases), 100 * (1 - lower / cases)]


@pytest.mark.parametrize(("name", "level"), [("95", 0.95), ("99_8", 0.998)])
def test_congenital_limits(congenital: pd.DataFrame, name: str, level: float) -> None:
    rows, printed = congenital, congenital.predicted_survival_pct
    worst = survival_limits(rows, (printed - 0.05).clip(upper=99.999), level)
    best = survival_limits(rows, (printed + 0.05).clip(upper=99.999), level)
    for end, side in enumerate(("lower", "upper")):
        column = rows[f"{side}_{name}_pct"]
        between(column, worst[end], best[end], 0.05)


@pytest.mark.parametrize(("name", "level"), [("95", 0.95), ("99_8", 0.998)])
def test_congenital_limits_in_full(congenital: pd.DataFrame, name: str, level: float) -> None:
    rows = congenital.dropna(subset=f"lower_{name}_full")
    limits = survival_limits(rows, rows.predicted_survival_pct, level)
    for end, side in enumerate(("lower", "upper")):
        np.testing.assert_allclose(limits[end] / 100, rows[f"{side}_{name}_full"], atol=6e-7)


def phe(data: Path, name: str) -> pd.DataFrame:
    table = pd.read_csv(data / "phe_funnel" / f"testdata_{name}.csv", encoding="utf-8-sig")
    return table.rename(columns=str.strip)


def test_public_health_intervals(data: Path) -> None:
    """A lower end below 0 is published as missing and is 0 here."""
    table = pd.read_excel(data / "phe_funnel" / "testdata_Byars_Wilson.xlsx", engine="openpyxl")
    table["lowercl"] = table.lowercl.fillna(0)
    for row in table[table.x % 1 == 0].itertuples():
        level = float(row.confidence.rstrip("%")) / 100
        ours = byar(row.x, 1, level) if row.method == "Byars" else wilson(row.x, row.n, level)
        np.testing.assert_allclose(ours, [row.lowercl, row.uppercl], rtol=1e-7, atol=1e-9)


def test_public_health_ratio_lines(data: Path) -> None:
    """The expected events that put each count on a line; the peer's bisection ends at 5e-5."""
    table = phe(data, "funnel_ratio_outputs")
    for name, level in PHE_LEVELS.items():
        on_upper, on_lower = poisson_means(table.Observed_events, level)
        np.testing.assert_allclose(
            on_upper, table[f"upper_{name}_exp_events"], rtol=5e-5, atol=5e-5
        )
        np.testing.assert_allclose(
            on_lower, table[f"lower_{name}_exp_events"], rtol=5e-5, atol=5e-5
        )


@pytest.mark.parametrize("name", ["outputs", "outputs_2", "outputs_3"])
def test_public_health_rate_lines(data: Path, name: str) -> None:
    table = phe(data, f"funnel_rate_{name}")
    for part, level in PHE_LEVELS.items():
        on_upper, on_lower = poisson_means(table.Events, level)
        scaled = table.baseline * table.Events
        np.testing.assert_allclose(scaled / on_lower, table[f"lower_{part}_limit"], rtol=5e-5)
        np.testing.assert_allclose(scaled / on_upper, table[f"upper_{part}_limit"], rtol=5e-5)


def test_public_health_ratio_flags(data: Path) -> None:
    table = phe(data, "funnel_ratio_inputs")

    def beyond(level: float) -> tuple[np.ndarray, np.ndarray]:
        exact = garwood(table.obs, table.expected, level)
        near = byar(table.obs, table.expected, level)
        lower, upper = (np.where(table.obs < 10, *p) for p in zip(exact, near, strict=True))
        return lower > 1, upper < 1

    assert list(phe_words(beyond)) == list(table.significance)


def test_public_health_proportion_lines(data: Path) -> None:
    for name in ("outputs", "outputs_with_axis_variation"):
        table = phe(data, f"funnel_prop_{name}")
        n = table.Population.to_numpy(float)
        for words, level in (("2s0025", 0.95), ("3s0001", 0.998)):
            lower, upper = normal_limits(Binomial(n, n * table.Baseline / 100), level)
            np.testing.assert_allclose(100 * lower / n, table[f"Lower{words}limit"], atol=1e-6)
            np.testing.assert_allclose(100 * upper / n, table[f"Upper{words}limit"], atol=1e-6)


def test_public_health_proportion_flags(data: Path) -> None:
    table = phe(data, "funnel_prop_inputs")
    n = table.denominator.to_numpy(float)
    target = table.numerator.sum() / n.sum()

    def beyond(level: float) -> tuple[np.ndarray, np.ndarray]:
        lower, upper = normal_limits(Binomial(n, n * target), level)
        return table.numerator > upper, table.numerator < lower

    assert list(phe_words(beyond)) == list(table.significance)


def test_steiner_refit(data: Path) -> None:
    """Ninety-day death on the Parsonnet score, days before 730: -3.618 + 0.083 score."""
    table = pd.read_csv(data / "steiner_cardiac" / "cardiacsurgery.csv")
    before = table[table.date < 730]
    fit = recalibrate(expit(before.Parsonnet.to_numpy() / 10), before.status.to_numpy())
    assert (round(fit.intercept, 3), round(fit.slope / 10, 3)) == (-3.618, 0.083)
