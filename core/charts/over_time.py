"""VLAD above RA-CUSUM on one axis of cases in order, with years marked and signals numbered."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from core.charts.edge_labels import begin_year, name_line
from core.charts.marks import Mark, draw_marks
from core.charts.palette import Palette
from core.charts.style import SMALL, calm, styled
from core.charts.table import TableTwin
from core.results.line_words import UNRISKED
from core.results.over_time import ARL, RESTART_RULE, OverTime, Side
from core.results.wording import count, day, times_in_100

SIDES = (
    ("worse", "more events than expected", 1.0),
    ("better", "fewer events than expected", -1.0),
)


def draw_over_time(
    shown: OverTime,
    palette: Palette,
    size: tuple[float, float] = (7.6, 6.4),
    *,
    marks: Sequence[Mark] = (),
) -> Figure:
    """Return VLAD and RA-CUSUM of `size` inches; the x axis is cases in order of operation.

    `marks` of the panels `vlad` and `cusum` are placed by that order: 1 is the first case.
    """
    with styled(palette):
        figure = Figure(figsize=size, layout="constrained")
        top, bottom = figure.subplots(2, 1, sharex=True, height_ratios=(1.15, 1))
        for axes in (top, bottom):
            calm(axes)
        _vlad(top, shown, palette)
        _cusum(bottom, shown, palette)
        _years(top, bottom, shown, palette)
        for axes, panel in ((top, "vlad"), (bottom, "cusum")):
            draw_marks(axes, [mark for mark in marks if mark.panel == panel], palette)
    return figure


def describe_over_time(shown: OverTime) -> str:
    """Return both charts in words: where the VLAD ends, and each signal with its date."""
    if shown.outcome.comparison == "crude":
        return UNRISKED
    words = shown.outcome.words
    if not len(shown.rows):
        return "There are no counted cases to draw over time."
    end = float(shown.vlad[-1])
    fewer = "fewer" if end >= 0 else "more"
    parts = [
        f"Over {count(len(shown.rows))} cases the VLAD ends {abs(end):.1f} {words.events} "
        f"{fewer} than expected."
    ]
    for name, meaning, _ in SIDES:
        side: Side | None = getattr(shown, name)
        parts.append(_side_words(side, meaning, shown))
    return " ".join((*parts, RESTART_RULE))


def over_time_table(shown: OverTime) -> TableTwin:
    """Return one row a case: its order, date, risk, event, VLAD and both CUSUM sides."""
    headings = ("Case", "Operated on", "Risk", "Event", "VLAD", "CUSUM more", "CUSUM fewer")
    nothing = [None] * len(shown.rows)
    worse = shown.worse.chart.path.tolist() if shown.worse else nothing
    better = shown.better.chart.path.tolist() if shown.better else nothing
    days = [str(np.datetime_as_string(value, unit="D")) for value in shown.days]
    numbers = range(1, len(days) + 1)
    columns = (numbers, days, shown.risks.tolist(), shown.events.tolist(), shown.vlad.tolist())
    return TableTwin(headings, tuple(zip(*columns, worse, better, strict=True)))


def _side_words(side: Side | None, meaning: str, shown: OverTime) -> str:
    if side is None:
        return f"For {meaning} no CUSUM limit exists at these risks."
    dates = [day(shown.days[index].astype("datetime64[D]").item()) for index in side.chart.signals]
    found = f"signals on {', '.join(dates)}" if dates else "no signal"
    if side.tied.any():
        found += " (a signal depends on the order of cases within a day)"
    return (
        f"CUSUM for {meaning}: {found}. The limit is {side.chart.limit:.2f}, for one false signal "
        f"in {count(ARL)} cases on average; in as many cases as yours a false signal comes "
        f"{times_in_100(side.false_signal)}."
    )


def _vlad(axes: Axes, shown: OverTime, palette: Palette) -> None:
    axes.axhline(0, color=palette.ink, linewidth=1.2)
    order = np.arange(len(shown.rows) + 1)
    axes.step(order, np.r_[0, shown.vlad], where="post", color=palette.own, linewidth=1.8)
    axes.set_ylabel(f"VLAD: expected minus\nobserved {shown.outcome.words.events}")


def _cusum(axes: Axes, shown: OverTime, palette: Palette) -> None:
    axes.axhline(0, color=palette.ink, linewidth=1.2)
    axes.set_ylabel("RA-CUSUM: more than\nexpected up, fewer down")
    axes.set_xlabel("Cases in order of operation")
    number = 0
    for name, _, sign in SIDES:
        side: Side | None = getattr(shown, name)
        if side is None:
            continue
        path = sign * np.r_[0, side.chart.path]
        axes.plot(np.arange(len(path)), path, color=palette.own, linewidth=1.4)
        limit = sign * side.chart.limit
        axes.axhline(limit, color=palette.quiet, linewidth=1.2, linestyle="--")
        name_line(axes, limit, f"limit {side.chart.limit:.2f}", palette.quiet)
        for index, tied in zip(side.chart.signals.tolist(), side.tied.tolist(), strict=True):
            number += 1
            _signal(axes, index + 1, sign * float(side.chart.path[index]), number, tied, palette)
    axes.margins(y=0.12)


def _signal(axes: Axes, x: float, y: float, number: int, tied: bool, palette: Palette) -> None:
    axes.plot(
        [x],
        [y],
        marker="o",
        markersize=9,
        markerfacecolor=palette.card if tied else palette.attention,
        markeredgecolor=palette.attention,
        zorder=5,
    )
    axes.annotate(
        f"signal {number}{' (order within the day unknown)' if tied else ''}",
        xy=(x, y),
        xytext=(0, 9 if y > 0 else -15),
        textcoords="offset points",
        ha="center",
        fontsize=SMALL,
        color=palette.attention,
    )


def _years(top: Axes, bottom: Axes, shown: OverTime, palette: Palette) -> None:
    """Mark where each calendar year begins."""
    if not len(shown.rows):
        return
    years = shown.days.astype("datetime64[Y]")
    starts = np.flatnonzero(np.r_[True, years[1:] != years[:-1]])
    for start in starts.tolist():
        begin_year(top, bottom, start, str(years[start]), palette)
    top.set_xlim(0, len(shown.rows))
