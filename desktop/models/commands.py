"""What the command palette lists, and which of it what was typed finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.models.fuzzy import distance

MOST = 60


@dataclass(frozen=True, slots=True)
class Command:
    """Something the palette does; `kind` and `keys` stand beside its label."""

    label: str
    kind: str
    act: Callable[[], object]
    keys: str = ""


def find_commands(commands: Iterable[Command], typed: str) -> tuple[Command, ...]:
    """Return the commands that `typed` finds, the nearest first; all in order where it is empty."""
    near = [(distance(typed, one.label), one) for one in commands]
    found = [(far, len(one.label), one) for far, one in near if far is not None]
    if typed.strip():
        found.sort(key=lambda entry: entry[:2])
    return tuple(one for _, _, one in found[:MOST])
