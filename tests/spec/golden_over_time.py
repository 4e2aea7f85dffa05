"""The part of test_golden.py that holds time charts, recalibration and the judging of many units.

Imported there by name, so that `pytest tests/spec/test_golden.py` runs the whole specification.
"""

from collections.abc import Callable
from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit, xlogy

from core.statistics.counts import Poisson
from core.statistics.cusum import cusum_weights, ra_cusum
from core.statistics.discrimination import area_under_curve, brier_score
from core.statistics.multiplicity import benjamini_hochberg, two_sided
from core.statistics.recalibration import recalibrate, recalibrate_intercept
from core.statistics.run_length import (
    average_run_length,
    false_signal_probability,
    limit_for_arl,
)
from core.statistics.vlad import vlad
from tests.spec.golden_values import Golden, close


def odds_of(sides: pd.DataFrame) -> Callable[[str], float]:
    """Return what turns a side's name into its odds ratio."""
    return lambda side: float(sides.iloc[0][f"RA_{side}"])


@pytest.fixture
def official_risks(golden: Golden) -> pd.Series:
    mix = golden("cardiac_riskmix")
    return mix.p.repeat(mix.freq)


@pytest.mark.parametrize("side", ["up", "dn"])
def test_cusum_of_each_surgeon(golden: Golden, side: str) -> None:
    sides, charts = golden("racusum_params"), golden("racusum_vlad_cardiac")
    odds, limit = odds_of(sides)(side), float(sides.iloc[0][f"h_{side}"])
    sign = 1 if side == "up" else -1
    for _, rows in charts.groupby("surgeon"):
        close(cusum_weights(rows.p, rows.y, odds), rows[f"w_{side}"], 1e-12, 1e-12)
        close(ra_cusum(rows.p, rows.y, odds, np.inf).path, rows[f"cusum_{side}"], 1e-12, 1e-12)
        chart = ra_cusum(rows.p, rows.y, odds, limit)
        assert chart.signals.tolist() == np.flatnonzero(rows[f"signal_{side}"]).tolist()
        stored = np.delete(chart.path, chart.signals)
        peers = np.delete(rows[f"cusum_{side}_reset_cusumpkg"].to_numpy(), chart.signals)
        close(stored, sign * peers, 1e-12, 1e-12)
        assert np.all(chart.path[chart.signals] >= limit)


def test_vlad_of_each_surgeon(golden: Golden) -> None:
    for _, rows in golden("racusum_vlad_cardiac").groupby("surgeon"):
        close(vlad(rows.p, rows.y), rows.vlad, 1e-12, 1e-12)


def test_cusum_and_vlad_of_hand_made_sequences(golden: Golden) -> None:
    for _, rows in golden("racusum_edge").groupby("case"):
        close(vlad(rows.p, rows.y), rows.vlad, 1e-12, 1e-12)
        for side in ("up", "dn"):
            odds = odds_of(rows)(side)
            close(cusum_weights(rows.p, rows.y, odds), rows[f"w_{side}"], 1e-12, 1e-12)
            close(ra_cusum(rows.p, rows.y, odds, np.inf).path, rows[f"cusum_{side}"], 1e-12, 1e-12)


def test_average_run_length(golden: Golden, official_risks: pd.Series) -> None:
    for row in golden("racusum_arl_vlad").itertuples():
        ours = average_run_length(official_risks, row.RA, row.h, row.RQ)
        assert ours == pytest.approx(row.arl_mc2000, rel=5e-3)
        if not np.isnan(row.arl_sim):
            assert ours == pytest.approx(row.arl_sim, abs=4 * row.arl_sim_se)


def test_limit_for_an_average_run_length(golden: Golden, official_risks: pd.Series) -> None:
    for row in golden("racusum_crit_mc_vlad").itertuples():
        assert limit_for_arl(official_risks, row.RA, row.L0) == pytest.approx(row.h_mc, rel=5e-3)


def test_false_signal_probability_on_a_risk_mix(golden: Golden) -> None:
    risks = golden("racusum_limit_risks").p
    for row in golden("racusum_limit_sim_cusum").itertuples():
        ours = false_signal_probability(risks, row.RA, abs(row.limit_sim), row.n_patients)
        spread = np.sqrt(row.alpha * (1 - row.alpha) / row.n_simulation)
        assert ours == pytest.approx(row.alpha_at_limit, abs=4 * spread)


def test_false_signal_probability_at_one_risk(golden: Golden) -> None:
    for row in golden("cusum_limit_sim_cusum").itertuples():
        low, high = (
            false_signal_probability(
                [row.failure_probability], row.odds_multiplier, row.limit_sim + by, row.n_patients
            )
            for by in (0.08, -0.08)
        )
        spread = 4 * np.sqrt(row.alpha * (1 - row.alpha) / row.n_simulation)
        assert low - spread <= row.alpha <= high + spread


def test_highest_cusum_of_every_possible_sequence(golden: Golden) -> None:
    """The peer's limit is the value that all sequences together exceed with probability alpha."""
    for row in golden("cusum_limit_exact_cusum").itertuples():
        n, p = row.n_patients, row.failure_probability
        sequences = np.array(list(product([0, 1], repeat=n)))
        highest = np.array(
            [ra_cusum(np.full(n, p), y, row.odds_multiplier, np.inf).path.max() for y in sequences]
        )
        events = sequences.sum(axis=1)
        chances = p**events * (1 - p) ** (n - events)
        at_limit = np.isclose(highest, row.limit_exact, rtol=1e-12, atol=0)
        above = (highest > row.limit_exact) & ~at_limit
        next_lower = highest[(highest < row.limit_exact) & ~at_limit].max()
        assert at_limit.any()
        assert chances[above].sum() <= row.alpha < chances[highest >= next_lower - 1e-12].sum()


def subset_of(rows: pd.DataFrame, subset: "pd.Series[int]") -> pd.DataFrame:
    """Return rows min..max, filtered to the surgeon in the subset's name where n is smaller."""
    held = rows[rows.row.between(subset.row_min, subset.row_max)]
    if len(held) != subset.n:
        held = held[held.surgeon == int("".join(filter(str.isdigit, subset.subset)))]
    return held


def test_recalibration(golden: Golden) -> None:
    cases, answers = golden("cardiac_all_rows"), golden("recalibration_glm").set_index("subset")
    for _, subset in golden("recalibration_subsets").iterrows():
        rows, peer = subset_of(cases, subset), answers.loc[subset.subset]
        large = recalibrate_intercept(rows.p_published, rows.y)
        both = recalibrate(rows.p_published, rows.y)
        ours = {
            "n": len(rows),
            "events": rows.y.sum(),
            "expected": rows.p_published.sum(),
            "oe": rows.y.sum() / rows.p_published.sum(),
            "citl": large.intercept,
            "citl_se": large.intercept_error,
            "citl_dev": large.deviance,
            "intercept": both.intercept,
            "slope": both.slope,
            "dev": both.deviance,
            "auc": area_under_curve(rows.p_published, rows.y),
            "brier": brier_score(rows.p_published, rows.y),
            "expected_after_citl": large.apply(rows.p_published).sum(),
            "expected_after_slope": both.apply(rows.p_published).sum(),
        }
        close(pd.Series(ours), peer[list(ours)], 1e-8, 1e-8)


def test_errors_of_recalibration(golden: Golden) -> None:
    """R's glm takes its standard errors one step before its estimates; so they are compared there.

    The errors at the estimates themselves are held to statsmodels in test_calibration_laws.py.
    """
    cases, answers = golden("cardiac_all_rows"), golden("recalibration_glm").set_index("subset")
    for _, subset in golden("recalibration_subsets").iterrows():
        rows, peer = subset_of(cases, subset), answers.loc[subset.subset]
        covariance = covariance_as_in_r(logit(rows.p_published), rows.y)
        theirs = [peer.intercept_se**2, peer.cov_is, peer.slope_se**2]
        close(covariance[np.triu_indices(2)], theirs, 1e-8, 1e-8)
        both = recalibrate(rows.p_published, rows.y)
        ours = [both.intercept_error**2, both.covariance, both.slope_error**2]
        close(ours, theirs, 2e-7, 2e-7)


def covariance_as_in_r(score: pd.Series, happened: pd.Series) -> np.ndarray:
    """Iterate as R 4.2's glm does with epsilon 1e-14 and return its covariance."""
    design = np.column_stack([np.ones(len(score)), score])
    fitted, before = (happened + 0.5) / 2, np.inf
    while True:
        weight = fitted * (1 - fitted)
        working = logit(fitted) + (happened - fitted) / weight
        covariance = np.linalg.inv(design.T @ (design * weight.to_numpy()[:, None]))
        fitted = pd.Series(expit(design @ covariance @ (design.T @ (weight * working))))
        fitted.index = happened.index
        deviance = -2 * np.sum(xlogy(happened, fitted) + xlogy(1 - happened, 1 - fitted))
        if abs(deviance - before) / (abs(deviance) + 0.1) < 1e-14:
            return covariance
        before = deviance


def test_refit_of_the_official_risk_model(golden: Golden) -> None:
    cases, mix = golden("cardiac_all_rows"), golden("cardiac_riskmix").sort_values("p")
    model = golden("cardiac_risk_model").set_index("term")
    first = cases.head(model.n.iloc[0])
    score = cases.Parsonnet / 20 - 3
    fit = recalibrate(expit(score[first.index]), first.y)
    assert fit.slope / 20 == pytest.approx(model.coef["Parsonnet"], rel=1e-9)
    assert fit.intercept - 3 * fit.slope == pytest.approx(model.coef["(Intercept)"], rel=1e-9)
    assert fit.deviance == pytest.approx(model.deviance.iloc[0], rel=1e-9)
    risks = pd.Series(fit.apply(expit(score))).groupby(cases.Parsonnet).agg(["first", "size"])
    risks = risks.sort_values("first")
    close(risks["first"], mix.p, 1e-9, 1e-9)
    assert risks["size"].tolist() == mix.freq.tolist()


def test_many_units(golden: Golden) -> None:
    units = golden("multiplicity_national_A")
    model = Poisson(units.E.to_numpy())
    upper, lower = model.upper_tail(units.O), model.lower_tail(units.O)
    close(upper, units.p_upper, 1e-11, 1e-11)
    close(lower, units.p_lower, 1e-11, 1e-11)
    close(two_sided(upper, lower), units.p_two_doubling, 1e-11, 1e-11)
    close(benjamini_hochberg(upper), units.bh_upper, 1e-11, 1e-11)
    close(benjamini_hochberg(two_sided(upper, lower)), units.bh_two, 1e-11, 1e-11)
