"""Golden values of intervals, limits and flags, gathered by test_golden.py."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from core.statistics.approximations import (
    interpolated_limits,
    log_limits,
    normal_deviate,
    normal_limits,
    quantile_limits,
)
from core.statistics.counts import (
    Binomial,
    Poisson,
)
from core.statistics.intervals import byar, clopper_pearson, garwood, poisson_means, wilson
from core.statistics.limits import poisson_limits
from core.statistics.position import positions
from core.statistics.power import ratio_reaching
from tests.spec.golden_values import Golden, by_level, close


def test_exact_and_byar_intervals_of_a_ratio(golden: Golden) -> None:
    for level, rows in by_level(golden("ci_poisson_oe"), "conf"):
        lower, upper = garwood(rows.O, rows.E, level)
        for peer in ("stats", "exactci"):
            close(lower, rows[f"exact_lo_{peer}"], 1e-12)
            close(upper, rows[f"exact_hi_{peer}"], 1e-12)
        lower, upper = byar(rows.O, rows.E, level)
        close(lower, rows.byar_lo_phe.fillna(0).clip(0), 1e-12)
        close(upper, rows.byar_hi_phe, 1e-12)


def test_interval_of_a_ratio_by_qikit(golden: Golden) -> None:
    rows = golden("ci_poisson_oe_qikit")
    rows = rows[rows.O <= 10_000]
    lower, upper = garwood(rows.O, rows.E, 0.95)
    close(lower, rows.lo_qikit, 2e-8, 1e-9)
    close(upper, rows.hi_qikit, 2e-8, 1e-9)


def test_standardised_ratio_and_rate(golden: Golden) -> None:
    for name, rate in (("isratio_phe", 1.0), ("israte_phe", None)):
        rows = golden(name)
        scale = rows.ref_rate if rate is None else rate
        close(scale * rows.observed / rows.expected, rows.value, 1e-12)
        for level, suffix in ((0.95, "95_0cl"), (0.998, "99_8cl")):
            exact, approximate = (f(rows.observed, rows.expected, level) for f in (garwood, byar))
            few = rows.method == "Exact"
            for end, side in enumerate(("lower", "upper")):
                theirs = rows[side + suffix]
                close(np.where(few, exact[end], approximate[end]) * scale, theirs, 1e-12)
                if rate is None:
                    column = f"exact{suffix[:2]}{'' if level == 0.95 else '8'}_{('lo', 'hi')[end]}"
                    close(exact[end] * scale, rows[column], 1e-12)


def test_reference_rates_give_the_expected_events(golden: Golden) -> None:
    cases, rows = golden("israte_input"), golden("israte_phe").set_index("unit")
    rate = cases.groupby("stratum").x_ref.first() / cases.groupby("stratum").n_ref.first()
    expected = (cases.n * cases.stratum.map(rate)).groupby(cases.unit).sum()
    close(expected[rows.index], rows.expected, 1e-12)


def test_intervals_of_a_proportion(golden: Golden) -> None:
    for level, rows in by_level(golden("ci_proportion"), "conf"):
        lower, upper = wilson(rows.x, rows.n, level)
        for peer in ("phe", "binom", "proptest"):
            close(lower, rows[f"wilson_lo_{peer}"], 0, 1e-12)
            close(upper, rows[f"wilson_hi_{peer}"], 0, 1e-12)
        lower, upper = clopper_pearson(rows.x, rows.n, level)
        for peer in ("stats", "binom"):
            close(lower, rows[f"cp_lo_{peer}"], 1e-9)
            close(upper, rows[f"cp_hi_{peer}"], 1e-9)


def test_limits_of_a_proportion(golden: Golden) -> None:
    for level, rows in by_level(golden("funnel_limits_proportion")):
        n = rows.n.to_numpy(float)
        model = Binomial(n, n * rows.target.to_numpy())
        lines = {
            "exact_{}_funnelR": quantile_limits,
            "interp_{}_oizin": interpolated_limits,
            "normal_{}_funnelR": normal_limits,
        }
        for column, line in lines.items():
            lower, upper = line(model, level)
            close(lower / n, rows[column.format("lo")].clip(0, 1), 1e-10, 1e-12)
            close(upper / n, rows[column.format("hi")].clip(0, 1), 1e-10, 1e-12)


def test_score_limits_of_a_proportion(golden: Golden) -> None:
    """PHE's so-called Wilson funnel is the plain normal one."""
    for level, rows in by_level(golden("funnel_limits_proportion")):
        n = rows.n.to_numpy(float)
        lower, upper = normal_limits(Binomial(n, n * rows.target.to_numpy()), level)
        close(lower / n, rows.wilson_lo_phe.clip(0, 1), 1e-10, 1e-12)
        close(upper / n, rows.wilson_hi_phe.clip(0, 1), 1e-10, 1e-12)


def test_limits_and_detectable_rate_by_qikit(golden: Golden) -> None:
    for level, rows in by_level(golden("funnel_limits_proportion_qikit")):
        n = rows.n.to_numpy(float)
        models = Binomial(n, n * rows.target.to_numpy())
        lower, upper = interpolated_limits(models, level)
        close(lower / n, rows.lo_qikit, 1e-8, 1e-8)
        close(upper / n, rows.hi_qikit, 1e-8, 1e-8)
        for row in rows.dropna().itertuples():
            count = int(np.floor(row.hi_qikit * row.n)) + 1
            if count <= row.n:
                model = Binomial(float(row.n), row.n * row.target)
                ratio = ratio_reaching(model, count, 0.8)
                close(ratio * row.target, row.min_detectable_rate_80, 1e-8)


def test_limits_of_a_ratio(golden: Golden) -> None:
    """The peer rounds z of its log limits to 7 digits; that rounding is undone."""
    for level, rows in by_level(golden("funnel_limits_sr")):
        expected = rows.E.to_numpy()
        for column, (lower, upper) in {
            "garwood_{}_FunnelPlotR": poisson_means(expected, level),
            "qpois_{}_stats": quantile_limits(Poisson(expected), level),
        }.items():
            close(lower / expected, rows[column.format("lo")], 1e-12, 1e-300)
            close(upper / expected, rows[column.format("hi")], 1e-12)
        scale = round(normal_deviate(level), 6) / normal_deviate(level)
        for line, end in zip(log_limits(expected, level), ("lo", "hi"), strict=True):
            theirs = np.log(rows[f"log_{end}_FunnelPlotR_SHMI"])
            close(np.log(line / expected) * scale, theirs, 1e-12)


def test_limits_and_detectable_ratio_by_qikit(golden: Golden) -> None:
    """The peer approximates limits above 100,000 events and tails above 10,000."""
    rows = golden("funnel_limits_sr_qikit")
    exact = rows[(rows.limit_method == "exact") & (rows.E * rows.target <= 1e5)]
    for level, some in by_level(exact):
        expected = some.E.to_numpy()
        lower, upper = interpolated_limits(Poisson(expected * some.target.to_numpy()), level)
        close(lower / expected, some.lo_qikit, 1e-8, 1e-8 / expected.min())
        close(upper / expected, some.hi_qikit, 1e-8)
        for row in some.itertuples():
            count = int(np.floor(row.hi_qikit * row.E)) + 1
            if count <= 10_000:
                ratio = ratio_reaching(Poisson(row.E), count, 0.8)
                close(ratio, row.min_detectable_oe_80, 1e-8)


def test_where_the_exact_line_lies(golden: Golden) -> None:
    """The means at which a count lies on a line, and the line at those means."""
    rows = golden("funnel_ratio_phe_by_observed")
    for level, name in ((0.95, "95"), (0.998, "998")):
        on_upper, on_lower = poisson_means(rows.observed, level)
        close(on_upper, rows[f"upper{name}_E_qchisq"], 1e-12)
        close(on_lower, rows[f"lower{name}_E_qchisq"], 1e-12)
        close(on_upper, rows[f"upper{name}_E"], 5e-5, 5e-5)
        close(on_lower, rows[f"lower{name}_E"], 5e-5, 5e-5)
        close(poisson_limits(rows[f"upper{name}_E_qchisq"], level)[1], rows.observed, 1e-9)
        close(poisson_limits(rows[f"lower{name}_E_qchisq"], level)[0], rows.observed, 1e-9)


def phe_words(beyond: Callable[[float], tuple[ArrayLike, ArrayLike]]) -> np.ndarray:
    """Return PHE's words from "is above, is below" at each level."""
    above_2, below_2 = beyond(0.95)
    above_3, below_3 = beyond(0.998)
    words = ["High (0.001)", "Low (0.001)", "High (0.025)", "Low (0.025)"]
    return np.select([above_3, below_3, above_2, below_2], words, "Not significant")


def test_flags_of_a_ratio(golden: Golden) -> None:
    """PHE decides by the exact interval under 10 events and by Byar's from there on."""
    rows = golden("funnel_flags_sr_phe")

    def beyond(level: float) -> tuple[ArrayLike, ArrayLike]:
        exact, approximate = garwood(rows.O, rows.E, level), byar(rows.O, rows.E, level)
        lower, upper = (
            np.where(rows.O < 10, *pair) for pair in zip(exact, approximate, strict=True)
        )
        return lower > 1, upper < 1

    assert list(phe_words(beyond)) == list(rows.significance)
    few = rows[rows.O < 10]
    words = {
        "within": "Not significant",
        "above_alert": "High (0.025)",
        "above_alarm": "High (0.001)",
        "below_alert": "Low (0.025)",
        "below_alarm": "Low (0.001)",
    }
    ours = positions(Poisson(few.E.to_numpy()), few.O.to_numpy())
    assert [words[place] for place in ours] == list(few.significance)


def test_flags_of_a_proportion(golden: Golden) -> None:
    rows = golden("funnel_flags_proportion_phe")
    n = rows.n.to_numpy(float)

    def beyond(level: float) -> tuple[ArrayLike, ArrayLike]:
        lower, upper = normal_limits(Binomial(n, n * rows.target_used.to_numpy()), level)
        return rows.x > upper, rows.x < lower

    assert list(phe_words(beyond)) == list(rows.significance)
