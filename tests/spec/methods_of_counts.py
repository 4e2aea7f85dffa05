"""Worked examples of counts: intervals, position, limits, power."""

import numpy as np
from scipy import optimize, stats

from core.statistics.approximations import interpolated_limits, normal_limits, quantile_limits
from core.statistics.counts import Binomial, NegativeBinomial, Poisson, PoissonBinomial
from core.statistics.intervals import byar, clopper_pearson, garwood, wilson
from core.statistics.limits import binomial_limits, exact_limits, poisson_limits
from core.statistics.poisson_binomial import pmf
from core.statistics.position import count_to_cross_above
from core.statistics.power import cases_until, detectable_ratio, power
from tests.spec.method import Method

RISKS = np.array([0.01, 0.02, 0.05, 0.10, 0.40])
EVENTS = np.array([0, 0, 1, 0, 1])


def _enumerated(least: int) -> float:
    """P(X ≥ least) by adding up all 2⁵ patterns of events."""
    total = 0.0
    for pattern in range(2 ** len(RISKS)):
        bits = np.array([pattern >> place & 1 for place in range(len(RISKS))])
        if bits.sum() >= least:
            total += float(np.prod(np.where(bits == 1, RISKS, 1 - RISKS)))
    return total


def _smallest(mean: float, alpha: float) -> int:
    return next(k for k in range(1000) if stats.poisson.sf(k - 1, mean) < alpha)


def _until(per_case: float) -> int:
    """The last of the first 2,000 volumes at which a doubling is missed too often, plus one."""
    found = [
        stats.poisson.sf(_smallest(per_case * n, 0.025) - 1, 2 * per_case * n)
        for n in range(1, 2001)
    ]
    return max(index for index, chance in enumerate(found, 1) if chance < 0.8) + 1


COUNTS = (
    Method(
        "Interval of the ratio (Garwood)",
        "lower χ²(α/2; 2O)/2/E, upper χ²(1 − α/2; 2O + 2)/2/E; lower 0 at O = 0",
        "Garwood 1936",
        "upper end for O = 11, E = 13.6 at 95 %",
        lambda: float(garwood(11, 13.6, 0.95)[1]),
        lambda: float(stats.chi2.ppf(0.975, 24) / 2 / 13.6),
        "PHEindicatormethods takes Byar from O = 10 on; ours is exact throughout. epitools finds "
        "it by root search to about 10⁻³.",
    ),
    Method(
        "Interval option Byar",
        "O(1 − 1/(9O) ∓ z/(3√O))³/E with O + 1 for the upper end; lower floored at 0",
        "Breslow & Day 1987",
        "lower end for O = 11, E = 13.6 at 95 %",
        lambda: float(byar(11, 13.6, 0.95)[0]),
        lambda: float(11 * (1 - 1 / 99 - stats.norm.ppf(0.975) / (3 * 11**0.5)) ** 3 / 13.6),
        "New York State publishes it. It is approximate and never decides a position here.",
    ),
    Method(
        "Interval of a proportion (Clopper–Pearson)",
        "beta quantiles: α/2 of B(x, n − x + 1) and 1 − α/2 of B(x + 1, n − x)",
        "Clopper & Pearson 1934",
        "lower end for 11 of 412 at 95 %",
        lambda: float(clopper_pearson(11, 412, 0.95)[0]),
        lambda: float(stats.binomtest(11, 412).proportion_ci(0.95, "exact").low),
        "Used for the ratio where the audit's model is binomial, times n/E.",
    ),
    Method(
        "Interval of the crude proportion (Wilson)",
        "score interval",
        "Wilson 1927",
        "upper end for 11 of 412 at 95 %",
        lambda: float(wilson(11, 412, 0.95)[1]),
        lambda: float(stats.binomtest(11, 412).proportion_ci(0.95, "wilson").high),
        "PHE calls its funnel's target ± z√(pq/n) Wilson; that is another thing.",
    ),
    Method(
        "Position",
        "P(X ≥ O) or P(X ≤ O) < α(1 − 10⁻⁹), α = (1 − level)/2 in decimal arithmetic",
        "Seaton & Manktelow 2012",
        "P(X ≥ 23) where 14.1 are expected, Poisson",
        lambda: float(Poisson(14.1).upper_tail(23)),
        lambda: float(stats.poisson.sf(22, 14.1)),
        "Classifying by an interpolated line flags up to 9.6 % of null units where 2.5 % is meant.",
    ),
    Method(
        "Drawn limits, Poisson",
        "real O* where the exact tail is α: χ²(α; 2O*)/2 = mean, lower χ²(1−α; 2O*+2)/2",
        "Manktelow & Seaton 2012",
        "upper 95 % limit as a count where 13.6 are expected",
        lambda: float(poisson_limits(13.6, 0.95)[1]),
        lambda: float(
            optimize.brentq(lambda o: stats.chi2.ppf(0.025, 2 * o) / 2 - 13.6, 1, 60, xtol=1e-12)
        ),
        "FunnelPlotR draws the interval of E as if it were limits, so every unit without events "
        "becomes a low outlier; its CQC limits are not squared back.",
    ),
    Method(
        "Drawn limits, binomial",
        "the beta analogue, at this surgeon's mean risk",
        "Manktelow & Seaton 2012",
        "lower 95 % limit as a count for n = 412, mean 13.6",
        lambda: float(binomial_limits(412, 13.6, 0.95)[0]),
        lambda: float(
            optimize.brentq(
                lambda o: stats.beta.ppf(0.975, o + 1, 412 - o) - 13.6 / 412, 0, 13, xtol=1e-12
            )
        ),
        "Peers are flagged on their own n and E, and the picture says so.",
    ),
    Method(
        "Drawn option interpolated",
        "between the two counts that enclose α",
        "Spiegelhalter 2005, appendix A.1.1",
        "upper 95 % limit as a count where 13.6 are expected",
        lambda: float(interpolated_limits(Poisson(np.array([13.6])), 0.95)[1][0]),
        lambda: _interpolated(13.6, 0.975),
        "Labelled approximate; it never classifies.",
    ),
    Method(
        "Drawn option quantile",
        "plain Poisson or binomial quantiles",
        "as the UK congenital audit draws them",
        "upper 99.8 % limit as a count, binomial n = 694, mean 17.35",
        lambda: float(quantile_limits(Binomial(np.array([694.0]), np.array([17.35])), 0.998)[1][0]),
        lambda: float(stats.binom.ppf(0.999, 694, 17.35 / 694)),
        "Labelled approximate; it never classifies.",
    ),
    Method(
        "Drawn option normal",
        "mean ± z√mean, floored at 0",
        "textbook",
        "upper 95 % limit as a count where 13.6 are expected",
        lambda: float(normal_limits(Poisson(np.array([13.6])), 0.95)[1][0]),
        lambda: float(13.6 + stats.norm.ppf(0.975) * 13.6**0.5),
        "Labelled approximate; it never classifies.",
    ),
    Method(
        "Own risks (Poisson-binomial)",
        "direct convolution of the cases' own risks",
        "Hong 2013",
        "P(X ≥ 2) for risks 1, 2, 5, 10 and 40 %",
        lambda: float(PoissonBinomial(RISKS).upper_tail(2)),
        lambda: _enumerated(2),
        "poibin's DFT has an absolute error of 10⁻¹⁶, so its tails below 10⁻¹⁴ are noise.",
    ),
    Method(
        "Probability of a count (Poisson-binomial)",
        "direct convolution",
        "Hong 2013",
        "P(X = 0) for risks 1, 2, 5, 10 and 40 %",
        lambda: float(pmf(RISKS)[0]),
        lambda: float(np.prod(1 - RISKS)),
        "The refined normal approximation errs by up to 0.08.",
    ),
    Method(
        "Limits from own risks",
        "upper k⁺ − 1, lower k⁻ + 1 with k the nearest counts that cross; no curve",
        "DESIGN of this program",
        "upper 95 % limit as a count for five cases of risk 0.1",
        lambda: float(exact_limits(PoissonBinomial(np.full(5, 0.1)), 0.95)[1] or 0),
        lambda: next(k for k in range(6) if stats.binom.sf(k - 1, 5, 0.1) < 0.025) - 1.0,
        "Drawn as ticks at the surgeon's own point.",
    ),
    Method(
        "Over-dispersed counts",
        "negative binomial with that mean and k = 1/(4τ²)",
        "Spiegelhalter 2005, 2012",
        "P(X ≥ 23) where 14.1 are expected and τ² = 0.02",
        lambda: float(NegativeBinomial(14.1, 0.02).upper_tail(23)),
        lambda: float(stats.nbinom.sf(22, 12.5, 12.5 / (12.5 + 14.1))),
        "τ² is taken as 0 unless φ exceeds its simulated 95th percentile: at surgeon volumes the "
        "square-root φ is biased (1.46 under pure Poisson with 1 to 5 expected).",
    ),
    Method(
        "Events to alert",
        "smallest O that would cross the upper line",
        "Spiegelhalter 2005",
        "where 13.6 are expected, 95 %",
        lambda: float(count_to_cross_above(Poisson(13.6), 0.95) or 0),
        lambda: float(_smallest(13.6, 0.025)),
        "It describes the chart; it is not a margin.",
    ),
    Method(
        "Power",
        "P(X ≥ events to the line) were the truth worse",
        "Walker et al. 2013 for the idea",
        "chance that a doubled rate alerts where 13.6 are expected",
        lambda: power(Poisson(13.6), Poisson(27.2), 0.95),
        lambda: float(stats.poisson.sf(_smallest(13.6, 0.025) - 1, 27.2)),
        "Exact power is a sawtooth in volume; the rule is tail < α.",
    ),
    Method(
        "Detectable ratio",
        "ratio of rates that alerts 80 times in 100",
        "Walker et al. 2013 for the idea",
        "where 13.6 are expected",
        lambda: float(detectable_ratio(Poisson(13.6), 0.95, 0.8) or 0),
        lambda: float(stats.gamma.ppf(0.8, _smallest(13.6, 0.025)) / 13.6),
        "clinical-qikit finds the ratio for floor(limit); ours for the first count that crosses.",
    ),
    Method(
        "Cases until 80 %",
        "the n beyond which power stays at least 80 %",
        "DESIGN of this program",
        "doubled rate, 0.05 expected a case",
        lambda: float(cases_until(Poisson(10.0), Poisson(20.0), 200) or 0),
        lambda: float(_until(0.05)),
        "Not the first n at which it happens to be reached.",
    ),
)


def _interpolated(mean: float, level: float) -> float:
    high = float(stats.poisson.ppf(level, mean))
    above, below = stats.poisson.cdf(high, mean), stats.poisson.cdf(high - 1, mean)
    return float(high - (above - level) / (above - below))
