"""What a chart would have found: power, the detectable ratio and the cases still needed.

Power is the chance that the count crosses the upper limit of the model while the truth is
another (Walker et al. 2013 for the idea). It is exact, and so rises and falls with volume.
"""

from bisect import bisect_left
from functools import cache

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from core.statistics.checks import Floats, probabilities
from core.statistics.counts import Binomial, CountModel, NegativeBinomial, Poisson, PoissonBinomial
from core.statistics.negative_binomial import mean_with_upper_tail
from core.statistics.position import count_to_cross_above, crosses

ENOUGH = 0.8
MOST_EVENTS = 5_000
MOST_CASES = 50_000


def doubled_odds(risks: ArrayLike) -> Floats:
    """Return each risk after doubling its odds."""
    chances = probabilities(risks)
    return 2 * chances / (1 + chances)


def doubled_rate(risks: ArrayLike) -> Floats:
    """Return each risk doubled, at most 1."""
    return np.minimum(1.0, 2 * probabilities(risks))


def power(null: CountModel, true: CountModel, level: float) -> float:
    """Return the chance of crossing the upper limit of `null` when `true` holds."""
    count = count_to_cross_above(null, level)
    return 0.0 if count is None else float(true.upper_tail(count))


def detectable_ratio(model: CountModel, level: float = 0.95, power: float = ENOUGH) -> float | None:
    """Return the ratio of rates that crosses with that chance; None if none does."""
    count = count_to_cross_above(model, level)
    return None if count is None else ratio_reaching(model, count, power)


def ratio_reaching(model: CountModel, count: int, power: float) -> float | None:
    """Return the ratio of rates at which P(X >= count) is `power`; each risk is at most 1."""
    match model:
        case Poisson():
            return float(special.gammaincinv(count, power) / model.mean)
        case NegativeBinomial():
            if model.is_poisson:
                return ratio_reaching(Poisson(model.mean), count, power)
            return float(mean_with_upper_tail(count, model.tau2, power) / model.mean)
        case Binomial():
            return float(special.betaincinv(count, model.n - count + 1, power) / model.risk)
        case PoissonBinomial():
            return _own_risks_ratio(model, count, power)


def cases_until(
    null: CountModel, true: CountModel, cases: int, level: float = 0.95, power: float = ENOUGH
) -> int | None:
    """Return the number of cases from which on the power stays at least `power`.

    Both models are those of `cases` cases and are scaled in proportion (own risks by their
    quantiles). None where that would take more than MOST_CASES cases or MOST_EVENTS events.
    """
    at, count = _Volumes(null, true, cases, level), 1
    most = max(1, int(min(MOST_EVENTS, MOST_CASES * at.per_case)))
    while at.trough(count) < power:
        if count == most:
            return None
        count = min(2 * count, most)
    first = bisect_left(range(count + 1), True, lo=1, key=lambda c: at.trough(c) >= power)
    if first == 1:
        return 1
    segment = range(at.first_volume(first - 1), at.first_volume(first))
    return segment.start + bisect_left(segment, True, key=lambda n: at.power(n) >= power)


class _Volumes:
    """The power at each number of cases; it falls where one more event is needed to cross."""

    def __init__(self, null: CountModel, true: CountModel, cases: int, level: float) -> None:
        self.null = cache(lambda n: _scaled(null, cases, n))
        self.true = cache(lambda n: _scaled(true, cases, n))
        self.level = level
        self.per_case = float(null.mean) / cases

    def power(self, n: int) -> float:
        return power(self.null(n), self.true(n), self.level)

    def trough(self, count: int) -> float:
        return self.power(self.first_volume(count))

    def first_volume(self, count: int) -> int:
        """Return the fewest cases at which `count` - 1 events do not cross."""
        volumes = range(1, min(MOST_CASES, int(count / self.per_case) + 1))

        def within(n: int) -> bool:
            return not crosses(self.null(n).upper_tail(count - 1), self.level)

        return 1 + bisect_left(volumes, True, key=within)


def _scaled(model: CountModel, cases: int, n: int) -> CountModel:
    match model:
        case Poisson():
            return Poisson(model.mean * n / cases)
        case NegativeBinomial():
            return NegativeBinomial(model.mean * n / cases, model.tau2)
        case Binomial():
            return Binomial(float(n), model.mean * n / cases)
        case PoissonBinomial():
            places = (np.arange(n) + 0.5) / n
            return PoissonBinomial(np.quantile(model.risks, places, method="hazen"))


def _own_risks_ratio(model: PoissonBinomial, count: int, power: float) -> float | None:
    def excess(log_ratio: float) -> float:
        risks = np.minimum(1.0, np.exp(log_ratio) * model.risks)
        return float(PoissonBinomial(risks).upper_tail(count)) - power

    possible = model.risks[model.risks > 0]
    if count > possible.size:
        return None
    return float(np.exp(optimize.brentq(excess, -20.0, -np.log(possible.min()), xtol=1e-13)))
