"""Labels at a chart's edges: a line's name in the right margin, a year above where it begins."""

from matplotlib.axes import Axes

from core.charts.palette import Palette
from core.charts.style import SMALL


def name_line(axes: Axes, height: float, text: str, colour: str) -> None:
    """Write the name of the line at that height of the data into the right margin."""
    axes.annotate(
        text,
        xy=(1.0, height),
        xycoords=("axes fraction", "data"),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=SMALL,
        color=colour,
        annotation_clip=False,
    )


def begin_year(top: Axes, bottom: Axes, place: float, year: str, palette: Palette) -> None:
    """Draw where a calendar year begins through both panels, and name it above the upper one."""
    for axes in (top, bottom):
        axes.axvline(place, color=palette.line, linewidth=1.4, zorder=1)
    top.annotate(
        year,
        xy=(place, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(3, 3),
        textcoords="offset points",
        fontsize=SMALL,
        color=palette.quiet,
        annotation_clip=False,
    )
