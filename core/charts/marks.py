"""Numbered marks of pinned notes on a chart: a badge at a point, or a bracket over a stretch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.transforms import Transform

from core.charts.palette import Palette
from core.charts.style import SMALL

Panel = Literal["own", "vlad", "cusum"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One numbered mark, in the units of the panel it stands on.

    `own` is the surgeon's mark in a funnel: its place is known there, so `x0` and `x1` are not
    read. On `vlad` and `cusum` the mark covers `x0` to `x1` (equal at a point); with `y` it points
    at that height, without it is a bracket at the foot of the panel.
    """

    number: int
    panel: Panel
    x0: float = 0.0
    x1: float = 0.0
    y: float | None = None


def draw_marks(axes: Axes, marks: Sequence[Mark], palette: Palette) -> None:
    """Draw badges beside their points and brackets at the foot, none over another."""
    seen: dict[tuple[float, float], int] = {}
    for mark in (mark for mark in marks if mark.y is not None):
        place = (mark.x0, float(mark.y or 0.0))
        nth = seen.get(place, 0)
        seen[place] = nth + 1
        _badge(axes, mark.number, place, (17 + 19 * nth, -17), palette)
    ends: list[float] = []
    for mark in sorted((mark for mark in marks if mark.y is None), key=lambda found: found.x0):
        lane = next((row for row, end in enumerate(ends) if end < mark.x0), len(ends))
        ends[lane : lane + 1] = [mark.x1]
        _bracket(axes, mark, 0.05 + 0.11 * lane, palette)


def _bracket(axes: Axes, mark: Mark, height: float, palette: Palette) -> None:
    across = axes.get_xaxis_transform()
    axes.plot(
        [mark.x0, mark.x1],
        [height, height],
        transform=across,
        color=palette.ink,
        linewidth=1.2,
        marker="|",
        markersize=8,
        zorder=6,
    )
    _badge(axes, mark.number, ((mark.x0 + mark.x1) / 2, height), (0, 0), palette, across)


def _badge(
    axes: Axes,
    number: int,
    place: tuple[float, float],
    offset: tuple[float, float],
    palette: Palette,
    within: str | Transform = "data",
) -> None:
    axes.annotate(
        str(number),
        xy=place,
        xycoords=within,
        xytext=offset,
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=SMALL,
        weight="bold",
        color=palette.ink,
        bbox={
            "boxstyle": "circle,pad=0.28",
            "facecolor": palette.card,
            "edgecolor": palette.ink,
            "linewidth": 1.1,
        },
        arrowprops={"arrowstyle": "-", "color": palette.ink, "linewidth": 0.8, "shrinkB": 5}
        if offset != (0, 0)
        else None,
        zorder=7,
        annotation_clip=False,
        gid=f"note-{number}",
    )
