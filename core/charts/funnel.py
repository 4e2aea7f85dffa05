"""The funnel as a picture: observed ÷ expected against expected events, for screen and paper."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from core.charts.edge_labels import name_line
from core.charts.marks import Mark, draw_marks
from core.charts.palette import Palette
from core.charts.style import SMALL, plain_axes, styled
from core.charts.table import TableTwin
from core.charts.what_if_mark import describe_what_if, draw_what_if, what_if_row
from core.results.funnel import HIGHEST, Curve, Funnel
from core.results.outcome import OutcomeResult
from core.results.wording import WHO, count, expected_count, level_in_words, ratio
from core.results.words import in_words, method, position_label


def draw_funnel(
    funnel: Funnel,
    palette: Palette,
    size: tuple[float, float] = (7.6, 5.6),
    *,
    bare: bool = False,
    marks: Sequence[Mark] = (),
    what_if: OutcomeResult | None = None,
) -> Figure:
    """Return the funnel as a Figure of `size` inches; `bare` is the small one without words.

    Of `marks`, those of the panel `own` are drawn beside the surgeon's mark. `what_if` is drawn as
    a hollow mark beside the official one and labelled as what it is.
    """
    with styled(palette):
        figure = Figure(figsize=size, layout=None if bare else "constrained")
        axes = plain_axes(figure)
        _frame(axes, funnel, what_if)
        _peers(axes, funnel, palette, 2.0 if bare else 4.0)
        _limits(axes, funnel, palette, 0.8 if bare else 1.4)
        _own_mark(axes, funnel, palette, 5 if bare else 9)
        if bare:
            axes.set_axis_off()
            axes.set_position((0.0, 0.0, 1.0, 1.0))
        else:
            _beyond(axes, funnel, palette)
            _words(axes, funnel, palette)
            if what_if is not None:
                draw_what_if(axes, what_if, palette, 13)
            _notes(axes, funnel, marks, palette)
    return figure


def describe_funnel(funnel: Funnel, what_if: OutcomeResult | None = None) -> str:
    """Return the picture in words for those who do not see it."""
    result = funnel.result
    units = f"{count(len(funnel.unit_expected))} other points" if len(funnel.unit_expected) else ""
    levels = " and ".join(level_in_words(limit.level) for limit in result.limits)
    parts = (
        f"Funnel plot, {result.label}: observed divided by expected against expected "
        f"{result.words.events}, with limits at {levels}.",
        f"It shows {units}." if units else "",
        in_words(result),
        f"Position: {position_label(result)}.",
        describe_what_if(what_if) if what_if is not None else "",
        *funnel.remarks,
    )
    return " ".join(part for part in parts if part)


def describe_limits(funnel: Funnel) -> str:
    """Return only how the lines of the picture are drawn, for a method that is not the audit's."""
    return f"Lines of the picture: {method(funnel.result)}."


def funnel_table(funnel: Funnel, what_if: OutcomeResult | None = None) -> TableTwin:
    """Return the points as rows, the surgeon's own first; counts only where they may be read.

    A what-if stands second, under a name that says so.
    """
    result = funnel.result
    headings: tuple[str, ...] = ("Point", "Expected", "Observed ÷ expected")
    rows: list[tuple[str | float | None, ...]] = [("You", result.expected, result.ratio)]
    if what_if is not None:
        rows.append(what_if_row(what_if))
    if funnel.unit_cases is not None and funnel.unit_observed is not None:
        headings += ("Cases", "Observed")
        both = (result, what_if) if what_if is not None else (result,)
        counted = zip(rows, both, strict=True)
        rows = [(*row, found.cases, found.observed) for row, found in counted]
        columns = (funnel.unit_expected, funnel.unit_ratio, funnel.unit_cases, funnel.unit_observed)
    else:
        columns = (funnel.unit_expected, funnel.unit_ratio)  # type: ignore[assignment]
    order = np.argsort(funnel.unit_expected, kind="stable")
    values = zip(*(column[order].tolist() for column in columns), strict=True)
    rows += [(f"Other {index}", *row) for index, row in enumerate(values, start=1)]
    return TableTwin(headings, tuple(rows))


def _frame(axes: Axes, funnel: Funnel, what_if: OutcomeResult | None) -> None:
    both = [found for found in (funnel.result, what_if) if found is not None]
    widest = max(1.03 * (found.expected or 0.0) for found in both)
    axes.set_xlim(0, max(float(funnel.grid[-1]), widest))
    own = max(found.ratio or 0.0 for found in both)
    seen = float(funnel.unit_ratio.max(initial=0.0))
    top = max(2.2, own * 1.15, seen * 1.05)
    axes.set_ylim(0, top if own * 1.15 > HIGHEST else min(top, HIGHEST))


def _beyond(axes: Axes, funnel: Funnel, palette: Palette) -> None:
    """Mark at the upper edge, and count, the points that lie above the picture."""
    top = axes.get_ylim()[1]
    above = funnel.unit_expected[funnel.unit_ratio > top]
    if not len(above):
        return
    axes.plot(
        above,
        np.full(len(above), top),
        linestyle="none",
        marker="^",
        markersize=5,
        color=palette.peer,
        clip_on=False,
    )
    axes.annotate(
        f"{len(above)} above the picture",
        xy=(0.0, 1.0),
        xycoords="axes fraction",
        xytext=(0, 5),
        textcoords="offset points",
        fontsize=SMALL,
        color=palette.quiet,
        annotation_clip=False,
    )


def _peers(axes: Axes, funnel: Funnel, palette: Palette, size: float) -> None:
    axes.plot(
        funnel.unit_expected,
        funnel.unit_ratio,
        linestyle="none",
        marker="o",
        markersize=size,
        markeredgewidth=0,
        color=palette.peer,
        alpha=palette.peer_opacity,
        clip_on=True,
        gid="peers",
    )


def _limits(axes: Axes, funnel: Funnel, palette: Palette, width: float) -> None:
    result = funnel.result
    if result.comparison != "crude":
        axes.axhline(result.centre_ratio, color=palette.ink, linewidth=width, zorder=2)
    for curve in funnel.curves:
        axes.plot(
            funnel.grid,
            curve.ratio,
            color=palette.quiet,
            linewidth=width,
            linestyle=_dashes(curve.level, funnel),
            zorder=2.5,
        )
    if not funnel.curves and result.expected:
        for limit in result.limits:
            for value in (limit.lower, limit.upper):
                if value is not None:
                    axes.plot(
                        [result.expected],
                        [value],
                        marker="_",
                        markersize=18,
                        color=palette.quiet,
                        markeredgewidth=1.6,
                    )


def _dashes(level: float, funnel: Funnel) -> str:
    return "-" if level == funnel.result.alarm_level else "--"


def _own_mark(axes: Axes, funnel: Funnel, palette: Palette, size: float) -> None:
    result = funnel.result
    if result.ratio is None or result.expected is None:
        return
    axes.plot(
        [result.expected],
        [result.ratio],
        marker="D",
        markersize=size,
        color=palette.own,
        markeredgecolor=palette.card,
        markeredgewidth=1.0,
        zorder=5,
        clip_on=False,
        gid="own",
    )


def _notes(axes: Axes, funnel: Funnel, marks: Sequence[Mark], palette: Palette) -> None:
    result = funnel.result
    if result.ratio is None or result.expected is None:
        return
    x, y = result.expected, result.ratio
    own = (replace(mark, x0=x, x1=x, y=y) for mark in marks if mark.panel == "own")
    draw_marks(axes, tuple(own), palette)


def _words(axes: Axes, funnel: Funnel, palette: Palette) -> None:
    result = funnel.result
    axes.set_xlabel(f"Expected {result.words.events} (given each patient’s risk)")
    axes.set_ylabel(f"Observed ÷ expected {result.words.events}")
    _margin_labels(axes, funnel, palette)
    if result.ratio is None or result.expected is None:
        return
    words = result.words
    noun = words.event if result.observed == 1 else words.events
    counted = f"{count(result.observed)} {noun}, {expected_count(result.expected)} expected"
    label = f"{WHO[result.level]}: {counted}"
    place = result.expected / float(funnel.grid[-1])
    axes.annotate(
        label,
        xy=(result.expected, result.ratio),
        xytext=(min(max(place, 0.2), 0.8), 1.03),
        textcoords="axes fraction",
        ha="center",
        va="bottom",
        color=palette.own,
        weight="bold",
        arrowprops={"arrowstyle": "-", "color": palette.own, "linewidth": 0.8, "shrinkB": 6},
        annotation_clip=False,
    )


def _margin_labels(axes: Axes, funnel: Funnel, palette: Palette) -> None:
    """Name the lines outside the axes at the right, where no label can cover a point."""
    result = funnel.result
    line = {"adjusted": "national line", "none": "as the risks expect"}.get(result.comparison)
    labels = [(result.centre_ratio, line, palette.ink)] if line else []
    for curve in funnel.curves:
        end = float(curve.ratio[-1])
        if np.isfinite(end) and end <= axes.get_ylim()[1]:
            labels.append((end, _name(curve, funnel), palette.quiet))
    gap = 0.042 * axes.get_ylim()[1]
    last = -np.inf
    for height, text, colour in sorted(labels):
        place = max(height, last + gap)
        last = place
        name_line(axes, place, text, colour)


def _name(curve: Curve, funnel: Funnel) -> str:
    kind = "alarm" if curve.level == funnel.result.alarm_level else "alert"
    return f"{level_in_words(curve.level)} {kind}"


def peer_words(funnel: Funnel, index: int) -> str:
    """Return what may be said of a peer: counts only where the extract allows."""
    said = f"Another {funnel.result.level}: ratio {ratio(float(funnel.unit_ratio[index]))}"
    if funnel.unit_cases is not None and funnel.unit_observed is not None:
        said += (
            f", {count(float(funnel.unit_observed[index]))} {funnel.result.words.events} "
            f"in {count(float(funnel.unit_cases[index]))} cases"
        )
    return said
