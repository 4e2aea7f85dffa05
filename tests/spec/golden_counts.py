"""Golden values of exact tails and power, gathered by test_golden.py."""

import numpy as np

from core.statistics.counts import (
    Binomial,
    CountModel,
    Poisson,
    PoissonBinomial,
)
from core.statistics.poisson_binomial import cdf, pmf, upper_tails
from core.statistics.position import largest_count, smallest_count
from tests.spec.golden_values import Golden, close


def test_own_risks_distribution(golden: Golden) -> None:
    risks = golden("poibin_inputs").groupby("set").p
    for name, rows in golden("poibin_values").groupby("set"):
        chances = risks.get_group(name).to_numpy()
        k = rows.k.to_numpy()
        ours = pmf(chances)
        close(ours[k], rows.pmf_conv, 1e-11, 1e-280)
        close(cdf(chances)[k], rows.cdf_conv, 1e-11, 1e-280)
        above = np.append(upper_tails(ours), 0.0)[k + 1]
        close(above, rows.uppertail_gt_conv, 0, 1e-14)
    for name, rows in golden("poibin_values_fastpoibin").groupby("set"):
        close(pmf(risks.get_group(name))[rows.k], rows.pmf_fastpoibin_dp, 1e-12, 1e-280)


def test_own_risks_quantiles(golden: Golden) -> None:
    risks = golden("poibin_inputs").groupby("set").p
    for row in golden("poibin_quantiles").itertuples():
        model = PoissonBinomial(risks.get_group(row.set).to_numpy())
        assert model.lower_tail(row.quantile) >= row.prob * (1 - 1e-12)
        assert model.lower_tail(row.quantile - 1) < row.prob * (1 + 1e-12)


def power_at(models: tuple[CountModel, CountModel], alpha: float) -> tuple[int | None, float]:
    """Return the smallest count with a tail of at most alpha, and the power."""
    null, true = models
    count = smallest_count(null, lambda tail: tail <= alpha)
    return count, 0.0 if count is None else float(true.upper_tail(count))


def test_power_of_a_binomial(golden: Golden) -> None:
    for row in golden("power_binomial").itertuples():
        n = float(row.n)
        null = Binomial(n, n * row.p0)
        for true, theirs in ((row.p1_odds, row.power_odds), (row.p1_rate, row.power_rate)):
            count, ours = power_at((null, Binomial(n, n * min(true, 1.0))), row.alpha_one_sided)
            close(ours, theirs, 1e-12)
            assert (count is not None) == bool(row.attainable)
            if count is not None:
                assert count == row.crit
                close(null.upper_tail(count), row.size, 1e-12)


def test_power_of_a_poisson(golden: Golden) -> None:
    for row in golden("power_poisson").itertuples():
        null = Poisson(row.E)
        count, ours = power_at((null, Poisson(row.rr * row.E)), row.alpha_one_sided)
        assert count == row.crit
        close(null.upper_tail(row.crit), row.size, 1e-12)
        close(ours, row.power, 1e-12)


def test_two_sided_power_of_a_binomial(golden: Golden) -> None:
    for row in golden("power_binomial_two_sided").itertuples():
        n, alpha = float(row.n), row.alpha_two_sided / 2
        null, true = Binomial(n, n * row.p0), Binomial(n, n * row.p1_odds)
        below = largest_count(null, lambda tail, alpha=alpha: tail <= alpha)
        above = smallest_count(null, lambda tail, alpha=alpha: tail <= alpha)
        below, above = -1 if below is None else below, row.n + 1 if above is None else above
        assert (below, above) == (row.reject_le, row.reject_ge)
        close(null.lower_tail(below) + null.upper_tail(above), row.size, 1e-12)
        close(true.lower_tail(below) + true.upper_tail(above), row.power_odds, 1e-12)


def test_tails_of_national_units(golden: Golden) -> None:
    rows = golden("multiplicity_national_A")
    model = Poisson(rows.E.to_numpy())
    upper, lower = model.upper_tail(rows.O), model.lower_tail(rows.O)
    close(upper, rows.p_upper, 1e-11)
    close(lower, rows.p_lower, 1e-11)
    close((upper + model.upper_tail(rows.O + 1)) / 2, rows.p_upper_mid, 1e-11)
    close(np.minimum(1, 2 * np.minimum(upper, lower)), rows.p_two_doubling, 1e-11)
