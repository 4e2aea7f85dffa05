"""The hollow mark of a what-if in the funnel, its words and its row: never the audit's figure."""

from matplotlib.axes import Axes

from core.charts.palette import Palette
from core.results.outcome import OutcomeResult
from core.results.wording import IF_ACCEPTED, count, expected_count
from core.results.words import own_words

_OVER_THE_OFFICIAL = 17


def has_place(result: OutcomeResult | None) -> bool:
    """Whether the result has a ratio, and so a place in a funnel."""
    return result is not None and result.ratio is not None and result.expected is not None


def draw_what_if(axes: Axes, what_if: OutcomeResult, palette: Palette, size: float) -> None:
    """Draw the hollow diamond, larger so that it rings an official mark in the same place."""
    if what_if.ratio is None or what_if.expected is None:
        return
    axes.plot(
        [what_if.expected],
        [what_if.ratio],
        marker="D",
        markersize=size,
        markerfacecolor="none",
        markeredgecolor=palette.own,
        markeredgewidth=1.6,
        zorder=5.5,
        clip_on=False,
        gid="what-if",
    )
    place = what_if.expected / axes.get_xlim()[1]
    axes.annotate(
        f"◇ {label(what_if)}",
        xy=(min(max(place, 0.3), 0.7), 1.03),
        xycoords="axes fraction",
        xytext=(0, _OVER_THE_OFFICIAL),
        textcoords="offset points",
        ha="center",
        va="bottom",
        color=palette.own,
        annotation_clip=False,
    )


def label(what_if: OutcomeResult) -> str:
    """Return what stands beside the hollow mark."""
    words = what_if.words
    noun = words.event if what_if.observed == 1 else words.events
    counted = (
        f"{count(what_if.observed)} {noun}, {expected_count(what_if.expected or 0.0)} expected"
    )
    return f"What-if: {counted} {IF_ACCEPTED}"


def describe_what_if(what_if: OutcomeResult) -> str:
    """Return the hollow mark in words, for captions and for those who do not see it."""
    if not has_place(what_if):
        return f"There is no what-if mark: no ratio {IF_ACCEPTED}."
    return (
        f"A hollow diamond shows the what-if: {own_words(what_if)}, {IF_ACCEPTED}. "
        "It is not the audit’s figure, and the limits drawn are those of the official result."
    )


def what_if_row(what_if: OutcomeResult) -> tuple[str | float | None, ...]:
    """Return the row of the table twin: its name, expected and ratio."""
    return f"What-if, {IF_ACCEPTED}", what_if.expected, what_if.ratio
