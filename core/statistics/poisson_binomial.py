"""The distribution of the number of events among cases that each have their own risk."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.statistics.checks import Floats, probabilities

WIDTH = 64
NEGLIGIBLE = 1e-300


class _Part(NamedTuple):
    """The probabilities of `first`, `first` + 1, … events among some of the cases."""

    first: int
    values: Floats


def pmf(risks: ArrayLike) -> Floats:
    """Return P(X = k) for k = 0 … n, by direct convolution (Hong 2013, section 2.2).

    `risks` is one number in [0, 1] a case. Only positive terms are added, so that every
    probability above 1e-280 keeps its full relative precision; below 1e-300 it is 0.
    """
    chances = probabilities(risks).ravel()
    return distribution(chances, 1 - chances)


def distribution(chances: Floats, complements: Floats) -> Floats:
    """Return the same from the chance of an event and of none, where 1 - chance is not exact."""
    parts = _blocks(chances, complements)
    while len(parts) > 1:
        joined = [_join(a, b) for a, b in zip(parts[::2], parts[1::2], strict=False)]
        parts = joined + parts[len(joined) * 2 :]
    result = np.zeros(chances.size + 1)
    result[parts[0].first : parts[0].first + parts[0].values.size] = parts[0].values
    return result


def cdf(risks: ArrayLike) -> Floats:
    """Return P(X <= k) for k = 0 … n; see `pmf`."""
    return lower_tails(pmf(risks))


def lower_tails(chances: Floats) -> Floats:
    """Return P(X <= k) for k = 0 … n from the probabilities of each k."""
    return np.minimum(np.cumsum(chances), 1.0)


def upper_tails(chances: Floats) -> Floats:
    """Return P(X >= k) for k = 0 … n, summed from the far end so that small tails are kept."""
    return np.minimum(np.cumsum(chances[::-1])[::-1], 1.0)


def _blocks(chances: Floats, complements: Floats) -> list[_Part]:
    """Add the cases one by one, in all blocks of WIDTH cases at once."""
    count = max(1, -(-chances.size // WIDTH))
    events, others = np.zeros(count * WIDTH), np.ones(count * WIDTH)
    events[: chances.size], others[: chances.size] = chances, complements
    table = np.zeros((WIDTH + 1, count))
    table[0] = 1.0
    pairs = zip(events.reshape(WIDTH, count), others.reshape(WIDTH, count), strict=True)
    for step, (event, other) in enumerate(pairs, start=1):
        table[1 : step + 1] = table[1 : step + 1] * other + table[:step] * event
        table[0] *= other
    return [_trimmed(0, block) for block in np.ascontiguousarray(table.T)]


def _join(a: _Part, b: _Part) -> _Part:
    return _trimmed(a.first + b.first, np.convolve(a.values, b.values))


def _trimmed(first: int, values: Floats) -> _Part:
    kept = np.flatnonzero(values >= NEGLIGIBLE)
    return _Part(first + int(kept[0]), values[kept[0] : kept[-1] + 1])
