"""How long a call takes, and the rows that say so."""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

RUNS = 5
PATIENCE = 2.0


class Row(NamedTuple):
    """What was timed, its median in seconds, and how a peer or a tenth of the size compares."""

    name: str
    seconds: float
    beside: str

    @property
    def figure(self) -> str:
        """The time as it is printed."""
        return f"{self.seconds * 1000:12,.2f} ms"


class Weight(NamedTuple):
    """What was weighed, in megabytes, and what it is made of."""

    name: str
    megabytes: float
    beside: str

    @property
    def figure(self) -> str:
        """The weight as it is printed."""
        return f"{self.megabytes:12,.0f} MB"


def median_seconds(call: Callable[[], Any], patience: float = float("inf")) -> float:
    """Return the median of five runs after one to warm up; the first alone if it takes longer."""
    first = seconds(call)
    return first if first > patience else median(seconds(call) for _ in range(RUNS))


def seconds(call: Callable[[], Any]) -> float:
    """Return how long one run takes."""
    start = perf_counter()
    call()
    return perf_counter() - start


def beside_peer(ours: float, peer: str, call: Callable[[], Any] | None) -> str:
    """Say how long the peer takes for the same question, or that it is absent."""
    if call is None:
        return f"{peer}: peer absent"
    theirs = median_seconds(call, PATIENCE)
    return f"{peer}: {theirs * 1000:,.1f} ms, {theirs / ours:,.1f} times ours"


def growth(name: str, small: Callable[[], Any], large: Callable[[], Any]) -> Row:
    """Compare a call with the same call on ten times as much."""
    little, much = median_seconds(small), median_seconds(large)
    return Row(name, much, f"{much / little:.1f} times a tenth of it")
