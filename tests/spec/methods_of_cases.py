"""Worked examples over cases: time charts, shift to the line, fit of the risks, many units."""

import numpy as np
from scipy import optimize, stats

from core.statistics.cusum import cusum_weights, ra_cusum
from core.statistics.discrimination import area_under_curve, brier_score
from core.statistics.multiplicity import benjamini_hochberg
from core.statistics.recalibration import shift_to_total
from core.statistics.vlad import vlad
from tests.spec.method import Method

RISKS = np.array([0.01, 0.02, 0.05, 0.10, 0.40])
EVENTS = np.array([0, 0, 1, 0, 1])

CASES = (
    Method(
        "VLAD",
        "Σ(pᵢ − yᵢ) over cases in order; up is fewer events than expected",
        "Lovegrove et al. 1997",
        "after the five cases of the example",
        lambda: float(vlad(RISKS, EVENTS)[-1]),
        lambda: float(sum(RISKS) - sum(EVENTS)),
        "No funnel-type limits; it stands with the RA-CUSUM.",
    ),
    Method(
        "RA-CUSUM weight",
        "y·ln ρ − ln(1 − p + ρp)",
        "Steiner et al. 2000",
        "a death at risk 5 %, ρ = 2",
        lambda: float(cusum_weights([0.05], [1], 2.0)[0]),
        lambda: float(np.log(2) - np.log(1.05)),
        "h comes from a Markov chain on the actual risks for 5,000 cases a side; h = 4.5 gives "
        "7,559 on the Steiner mix, not 9,600.",
    ),
    Method(
        "RA-CUSUM path",
        "max(0, value + weight); signal at ≥ h, the value kept, that side alone restarts",
        "Steiner et al. 2000",
        "after three deaths at risk 5 %, ρ = 2, h = 1",
        lambda: float(ra_cusum([0.05] * 3, [1] * 3, 2.0, 1.0).path[-1]),
        lambda: float(np.log(2 / 1.05)),
        "vlad restarts both sides when one signals; the cusum package stores 0 at the signal.",
    ),
    Method(
        "Shift to the national line",
        "a such that Σ expit(logit pᵢ + a) = c·E",
        "Cox 1958",
        "five cases to a total of 0.7",
        lambda: shift_to_total(RISKS, 0.7),
        lambda: _shift(0.7),
        "Keeps risks below 1, which scaling by c does not.",
    ),
    Method(
        "Discrimination (AUC)",
        "chance that a case with the event had the higher risk; ties count half",
        "Mann & Whitney 1947",
        "the five cases of the example",
        lambda: area_under_curve(RISKS, EVENTS),
        lambda: float(stats.mannwhitneyu(RISKS[EVENTS == 1], RISKS[EVENTS == 0]).statistic / 6),
        "",
    ),
    Method(
        "Brier score",
        "mean of (y − p)²",
        "Brier 1950",
        "the five cases of the example",
        lambda: brier_score(RISKS, EVENTS),
        lambda: float(np.mean((EVENTS - RISKS) ** 2)),
        "",
    ),
    Method(
        "Multiplicity",
        "Benjamini–Hochberg on min(1, 2·min tail) over national units",
        "Jones et al. 2008",
        "second of the p-values 0.01, 0.02, 0.30",
        lambda: float(benjamini_hochberg([0.01, 0.02, 0.30])[1]),
        lambda: float(stats.false_discovery_control([0.01, 0.02, 0.30])[1]),
        "It never changes a position and never stands beside an above-alert result.",
    ),
)


def _shift(total: float) -> float:
    odds = RISKS / (1 - RISKS)

    def excess(a: float) -> float:
        moved = odds * np.exp(a)
        return float((moved / (1 + moved)).sum()) - total

    return float(optimize.brentq(excess, -9, 9, xtol=1e-14))
