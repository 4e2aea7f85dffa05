"""Golden values of over-dispersion, gathered by test_golden.py."""

import numpy as np
import pandas as pd
import pytest

from core.errors import NoAnswerError
from core.statistics.approximations import (
    interpolated_limits,
    log_limits,
    normal_deviate,
    square_root_limits,
)
from core.statistics.counts import (
    NegativeBinomial,
)
from core.statistics.overdispersion import (
    Scores,
    dersimonian_laird,
    dispersion,
    log_scores,
    ratio_scores,
    square_root_scores,
    winsorised,
)
from tests.spec.golden_values import Golden, close


def scores_of(rows: pd.DataFrame, kind: str, rounded: bool) -> Scores:
    """Return the scores on the scale the peer names; its own two for proportions and counts."""
    counts, whole = rows.num.to_numpy(float), rows.den.to_numpy(float)
    if kind == "CQC":
        return square_root_scores(counts, whole)
    if kind == "SHMI":
        return log_scores(counts, whole.round(2) if rounded else whole)
    target = counts.sum() / whole.sum()
    if kind == "PR":
        s = 0.5 / np.sqrt(whole)
        return Scores((np.arcsin(np.sqrt(counts / whole)) - np.arcsin(np.sqrt(target))) / s, s)
    s = np.sqrt(counts / (counts + 0.5) ** 2 + whole / (whole + 0.5) ** 2)
    return Scores((np.log((counts + 0.5) / (whole + 0.5)) - np.log(target)) / s, s)


UNITS = {
    "medpar": "od_medpar_units",
    "national_A": "od_national_units_A",
    "national_B": "od_national_units_B_manyzeros",
    "national_C": "od_national_units_C_noOD",
}


def test_dispersion_by_funnelplotr(golden: Golden) -> None:
    summary = golden("od_summary_FunnelPlotR")
    finite = summary[np.isfinite(summary.phi) & np.isfinite(summary.tau2)]
    for row in finite.itertuples():
        units = golden(UNITS[row.data])
        kind = row.sr_method if row.data_type == "SR" else row.data_type
        rows = units.assign(num=units[row.num], den=units[row.den])
        scores = scores_of(rows, kind, str(row.shmi_rounding).upper() == "TRUE")
        trimming = "truncated" if kind == "SHMI" else "winsorised"
        phi, tau2 = dispersion(scores, trimming, row.trim_by)
        close(phi, row.phi, 1e-10)
        close(tau2, row.tau2, 1e-10, 1e-15)


def test_no_dispersion_where_the_peer_has_infinity(golden: Golden) -> None:
    summary = golden("od_summary_FunnelPlotR")
    for row in summary[summary.phi == np.inf].itertuples():
        units = golden(UNITS[row.data])
        with pytest.raises(NoAnswerError):
            dispersion(log_scores(units[row.num], units[row.den]), "truncated", row.trim_by)


KEYS = ["data", "data_type", "sr_method", "trim_by", "shmi_rounding"]


def test_scores_and_limits_by_funnelplotr(golden: Golden) -> None:
    """The peer's z of 7 digits is undone by scaling the deviation on its own scale."""
    limits = golden("od_limits_FunnelPlotR").rename(
        columns={"numerator": "num", "denominator": "den"}
    )
    tau2 = golden("od_summary_FunnelPlotR").set_index(KEYS).tau2
    limits = limits[(limits.data_type == "SR")]
    for key, rows in limits.groupby(KEYS):
        kind = str(key[2])
        z, _ = scores_of(rows, kind, str(key[4]).upper() == "TRUE")
        finite = np.isfinite(rows.z)
        close(z[finite], rows.z[finite], 1e-10, 1e-12)
        if kind == "CQC":
            close(winsorised(z, float(key[3])), rows.z_used, 1e-10, 1e-12)
        if np.isfinite(tau2[key]):
            check_overdispersed_limits(rows, kind, float(tau2[key]))


def check_overdispersed_limits(rows: pd.DataFrame, kind: str, tau2: float) -> None:
    expected = rows.den.to_numpy(float)
    for level, name in ((0.95, "95"), (0.998, "998")):
        scale = round(normal_deviate(level), 6) / normal_deviate(level)
        line = square_root_limits if kind == "CQC" else log_limits
        lower, upper = (side / expected for side in line(expected, level, tau2))
        theirs = rows[f"OD{name}LCL"].to_numpy(), rows[f"OD{name}UCL"].to_numpy()
        if kind == "CQC":
            undone = [1 + (side - 1) / scale for side in theirs]
            close(np.sqrt(lower), np.maximum(undone[0], 0), 1e-10, 1e-12)
            close(np.sqrt(upper), undone[1], 1e-10)
        else:
            close(np.log(lower) * scale, np.log(theirs[0]), 1e-10)
            close(np.log(upper) * scale, np.log(theirs[1]), 1e-10)


def test_dispersion_by_qikit(golden: Golden) -> None:
    summary = golden("od_summary_qikit")
    for row in summary[summary.family.str.startswith("poisson")].itertuples():
        units = golden(UNITS[row.data])
        phi, tau2 = dispersion(ratio_scores(units.O, units.E * row.target))
        close(phi, row.phi_w10, 1e-8)
        close(tau2 * row.target**2, row.tau2, 1e-8, 1e-12)


def test_mixture_limits_by_qikit(golden: Golden) -> None:
    limits = golden("od_limits_mixture_qikit")
    limits = limits[limits.family.str.startswith("poisson")]
    targets = golden("od_summary_qikit").set_index(["data", "family"]).target
    for (data, family, tau2, level), rows in limits.groupby(["data", "family", "tau2", "level"]):
        target = targets[data, family]
        model = NegativeBinomial(rows.n.to_numpy() * target, tau2 / target**2 / 4)
        lower, upper = interpolated_limits(model, level)
        close(lower / rows.n, rows.lo_qikit, 1e-8, 1e-8)
        close(upper / rows.n, rows.hi_qikit, 1e-8, 1e-8)


def test_random_effects_by_metafor(golden: Golden) -> None:
    for row in golden("od_DL_metafor").itertuples():
        units = golden(UNITS[row.data])
        logs = row.scale.startswith("log")
        units = units[units.O > 0] if logs else units
        ratio = units.O / units.E
        mean, tau2, q = dersimonian_laird(np.log(ratio) if logs else ratio, 1 / units.E)
        close(mean, row.mu, 1e-8)
        close(tau2, row.tau2_DL, 1e-8, 1e-12)
        close(q, row.Q, 1e-8)
