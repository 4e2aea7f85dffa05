"""How long each screen takes to open, and to be shown again; and another text size."""

from collections.abc import Iterator
from functools import partial
from statistics import median

from example_on_screen import example, seen, window_on
from timing import RUNS, Row, seconds

from desktop.app import Plumbline
from desktop.registry import SCREENS
from desktop.session import Screen

AIM = "aim: 50 ms"


def rows() -> Iterator[Row]:
    """Time the screens of the example, first laid out, then shown again."""
    with window_on(example()) as plumbline:
        turns = [opened(plumbline) for _ in range(RUNS)]
        for at, screen in enumerate(SCREENS):
            opening = median(turn[at] for turn in turns)
            yield Row(f"open {screen.label} for the first time", opening, AIM)
        for screen in SCREENS:
            again = median(shown_again(plumbline, screen) for _ in range(RUNS))
            yield Row(f"switch to {screen.label}", again, f"{AIM}; built before")
        yield Row("another text size, every screen visited", median(resized(plumbline)), "")


def opened(plumbline: Plumbline) -> list[float]:
    """Return how long each screen takes where none was laid out before."""
    seen(partial(plumbline.show_review, example()))()
    return [seconds(seen(partial(plumbline.go, screen.key))) for screen in SCREENS]


def shown_again(plumbline: Plumbline, screen: Screen) -> float:
    """Return how long a screen takes that was laid out before, coming from another."""
    elsewhere = SCREENS[0] if screen is not SCREENS[0] else SCREENS[1]
    seen(partial(plumbline.go, elsewhere.key))()
    return seconds(seen(partial(plumbline.go, screen.key)))


def resized(plumbline: Plumbline) -> Iterator[float]:
    """Yield how long a change of text size takes after every screen was visited."""
    for turn in range(RUNS):
        opened(plumbline)
        theme = plumbline.theme.resized((1.1, 1.0)[turn % 2])
        yield seconds(seen(partial(plumbline.restyle, theme)))
