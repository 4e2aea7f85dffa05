"""How much more units vary than chance alone: φ and the between-unit variance τ².

Scores are z = (y - target) / s on one scale; φ is their mean square after trimming and τ² the
moment estimate from it (Spiegelhalter 2005, 2012; DerSimonian & Laird 1986). All estimates come
from a national table, never from one surgeon.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.errors import NoAnswerError
from core.statistics.checks import Floats, positive, whole_counts
from core.statistics.counts import MOST_TAU2

TRIM = 0.1
SEED = 20050101
REPLICATES = (100, 1000)
DRAWS = 4_000_000

Trimming = Literal["winsorised", "truncated", "untrimmed"]


class Scores(NamedTuple):
    """The z score of each unit and its standard error s on the chosen scale."""

    z: Floats
    s: Floats


class Dispersion(NamedTuple):
    """φ and τ² (on the scale of the scores)."""

    phi: float
    tau2: float


class RandomEffects(NamedTuple):
    """The DerSimonian–Laird mean, its between-unit variance and Cochran's Q."""

    mean: float
    tau2: float
    q: float


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """The national estimate on the square-root scale; winsorised unless named otherwise.

    `phi_95` is the 95th percentile of φ when the same units vary by chance alone; `used` tells
    whether φ exceeds it (and τ² is above 0), and `tau2_used` is the τ² that flags and limits take.
    """

    phi: float
    tau2: float
    phi_untrimmed: float
    tau2_untrimmed: float
    phi_95: float

    @property
    def used(self) -> bool:
        """Tell whether the units vary more than chance explains."""
        return self.phi > self.phi_95 and self.tau2 > 0

    @property
    def tau2_used(self) -> float:
        """Return τ² where it is used, else 0."""
        return self.tau2 if self.used else 0.0


def estimate_overdispersion(
    observed: ArrayLike, expected: ArrayLike, centre: float = 1.0
) -> Overdispersion:
    """Return the estimate for national units with those counts and expected events.

    `centre` is the ratio at the line. Fewer than two units, or a τ²
    that no count model fits, raise NoAnswerError.
    """
    means = positive(expected) * centre
    scores = square_root_scores(observed, means)
    main, whole = dispersion(scores), dispersion(scores, "untrimmed")
    if main.tau2 > MOST_TAU2:
        raise NoAnswerError("The units vary too much for a count model.")
    return Overdispersion(main.phi, main.tau2, whole.phi, whole.tau2, _phi_by_chance(means))


def square_root_scores(observed: ArrayLike, expected: ArrayLike) -> Scores:
    """Return the scores of √(O/E) about 1 (as the Care Quality Commission)."""
    means = positive(expected)
    return Scores(2 * (np.sqrt(whole_counts(observed)) - np.sqrt(means)), 0.5 / np.sqrt(means))


def log_scores(observed: ArrayLike, expected: ArrayLike) -> Scores:
    """Return the scores of log(O/E) about 0 (as the SHMI); minus infinity at O = 0."""
    counts, means = whole_counts(observed), positive(expected)
    logs = np.where(counts > 0, np.log(np.maximum(counts, 1) / means), -np.inf)
    return Scores(logs * np.sqrt(means), 1 / np.sqrt(means))


def ratio_scores(observed: ArrayLike, expected: ArrayLike) -> Scores:
    """Return the scores of O/E itself about 1 (Pearson residuals)."""
    means = positive(expected)
    return Scores((whole_counts(observed) - means) / np.sqrt(means), 1 / np.sqrt(means))


def dispersion(scores: Scores, trimming: Trimming = "winsorised", trim: float = TRIM) -> Dispersion:
    """Return φ and τ² after trimming the fraction `trim` of scores at each end.

    Winsorised scores are pulled in to the quantiles; truncated ones are left out. A φ that is
    not finite raises NoAnswerError.
    """
    z, s = scores
    if trimming == "winsorised":
        z = winsorised(z, trim)
    if trimming == "truncated":
        kept = _inside(z, trim)
        z, s = z[kept], s[kept]
    if z.size < 2 or not np.all(np.isfinite(z)):
        raise NoAnswerError("Over-dispersion cannot be estimated from these units.")
    phi = float(np.mean(z**2))
    return Dispersion(phi, _between_units(z.size * phi, s))


def dersimonian_laird(values: ArrayLike, variances: ArrayLike) -> RandomEffects:
    """Return the random-effects mean of the units' values (DerSimonian & Laird 1986)."""
    y, v = np.asarray(values, dtype=np.float64), positive(variances, "variances")
    if y.size < 2 or not np.all(np.isfinite(y)):
        raise NoAnswerError("Over-dispersion cannot be estimated from these units.")
    q = float(np.sum((y - np.average(y, weights=1 / v)) ** 2 / v))
    tau2 = _between_units(q, np.sqrt(v))
    return RandomEffects(float(np.average(y, weights=1 / (v + tau2))), tau2, q)


def winsorised(z: Floats, trim: float = TRIM) -> Floats:
    """Return the scores pulled in to their own quantiles `trim` and 1 - `trim` (last axis)."""
    ends = np.quantile(z, [trim, 1 - trim], axis=-1, keepdims=True)
    return np.clip(z, ends[0], ends[1])


def _inside(z: Floats, trim: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Tell which scores have a mean rank within the middle 1 - 2 `trim` of n + 1."""
    _, which, times = np.unique(z, return_inverse=True, return_counts=True)
    place = (np.cumsum(times) - (times - 1) / 2)[which] / (z.size + 1)
    return (place >= trim) & (place < 1 - trim)


def _between_units(q: float, s: Floats) -> float:
    weights = 1 / s**2
    spread = weights.sum() - np.sum(weights**2) / weights.sum()
    return max(0.0, float((q - (s.size - 1)) / spread))


def _phi_by_chance(means: Floats) -> float:
    """Return the 95th percentile of the winsorised φ of Poisson counts with these means."""
    fewest, most = REPLICATES
    chance = np.random.default_rng(SEED)
    rows = max(1, DRAWS // 4 // means.size)
    left, found = min(max(DRAWS // means.size, fewest), most), []
    while left > 0:
        counts = chance.poisson(means, (min(rows, left), means.size))
        z = winsorised(2 * (np.sqrt(counts) - np.sqrt(means)))
        found.append(np.mean(z**2, axis=1))
        left -= rows
    return float(np.quantile(np.concatenate(found), 0.95))
