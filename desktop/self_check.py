"""`plumbline --self-check`: opens the example, draws its first funnel, and says what it did."""

from collections.abc import Callable

from core.charts.funnel import draw_funnel
from core.charts.palette import LIGHT
from core.charts.style import render
from core.flow import Review
from core.results.trust_words import trust_label
from core.results.words import position_label
from desktop.opening import open_example


def self_check(show: Callable[[Review], None]) -> int:
    """Return 0; anything that fails raises. `show` puts the review on screen."""
    review = open_example(lambda done, total, label: None)
    manifest = review.extract.manifest
    say(f"Opened the example: {trust_label(review.extract.verdict, manifest.audit.name)}")
    for result in review.results:
        say(f"{result.label}: {result.cases} cases, {position_label(result)}")
    picture = render(draw_funnel(review.funnel(review.results[0].code), LIGHT), "png")
    say(f"Drew its funnel: {len(picture)} bytes")
    show(review)
    say("Showed the screens. Self-check passed.")
    return 0


def say(text: str) -> None:
    """Print a line where there is a terminal; a windowed bundle may have none."""
    print(text, flush=True)  # noqa: T201
