"""A worked example: our function, another's calculation, and the words between."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Method:
    """A number: its formula, source, worked example, and how named packages differ and why."""

    name: str
    formula: str
    source: str
    example: str
    ours: Callable[[], float]
    theirs: Callable[[], float]
    differs: str
    tolerance: float = 1e-9
