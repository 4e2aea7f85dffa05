"""Detectability: how often the funnel would cross its lines at each true rate."""

from matplotlib.figure import Figure

from core.charts.palette import Palette
from core.charts.style import SMALL, plain_axes, styled
from core.charts.table import TableTwin
from core.results.detectability import WANTED, Detectability
from core.results.wording import count, in_100


def draw_power(
    found: Detectability, palette: Palette, size: tuple[float, float] = (6.0, 4.8)
) -> Figure:
    """Return both power curves against the true ratio of rates."""
    with styled(palette):
        figure = Figure(figsize=size, layout="constrained")
        axes = plain_axes(figure)
        for chances, style, name in ((found.alert, "--", "alert"), (found.alarm, "-", "alarm")):
            axes.plot(
                found.ratios, 100 * chances, color=palette.own, linewidth=1.8, linestyle=style
            )
            axes.annotate(
                f"{name} line",
                xy=(float(found.ratios[-1]), 100 * float(chances[-1])),
                xytext=(6, -8 if name == "alarm" else 4),
                textcoords="offset points",
                va="center",
                fontsize=SMALL,
                color=palette.own,
                annotation_clip=False,
            )
        axes.axhline(100 * WANTED, color=palette.quiet, linewidth=1.0, linestyle=":")
        axes.set_ylim(0, 103)
        axes.set_xlim(1, float(found.ratios[-1]))
        axes.set_xlabel("True rate, as a multiple of the national line")
        axes.set_ylabel("Times in 100 that the chart would cross")
    return figure


def describe_power(found: Detectability) -> str:
    """Return the doubled and tripled rate in words, and the cases that would be needed."""
    parts = [
        f"At {count(found.cases)} cases, a truly {name} rate crosses the alert line "
        f"{in_100(_at(found, times, alert=True))} and the alarm line "
        f"{in_100(_at(found, times, alert=False))}."
        for name, times in (("doubled", 2.0), ("tripled", 3.0))
    ]
    return " ".join((*parts, until_words(found)))


def until_words(found: Detectability) -> str:
    """Return how many cases a doubled rate needs to be found at least 80 times in 100."""
    if found.cases_until is None:
        return "How many cases would be needed cannot be worked out."
    more = found.cases_until - found.cases
    needed = f"From {count(found.cases_until)} cases on, a doubled rate is found at least 80 in 100"
    if more <= 0:
        return f"{needed}."
    return f"{needed}: {count(more)} more than now (the chance rises and falls case by case)."


def power_table(found: Detectability) -> TableTwin:
    """Return one row a true ratio."""
    rows = zip(
        found.ratios.tolist(),
        found.alert.round(4).tolist(),
        found.alarm.round(4).tolist(),
        strict=True,
    )
    return TableTwin(("True ratio of rates", "Crosses alert", "Crosses alarm"), tuple(rows))


def _at(found: Detectability, times: float, *, alert: bool) -> float:
    place = int(abs(found.ratios - times).argmin())
    return float((found.alert if alert else found.alarm)[place])
