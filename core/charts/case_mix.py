"""The surgeon's predicted risks beside the nation's: the share of cases above each risk."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from core.charts.palette import Palette
from core.charts.style import SMALL, plain_axes, styled
from core.charts.table import TableTwin
from core.results.case_mix import CaseMix
from core.results.line_words import UNRISKED
from core.results.wording import THIN, count, percent

TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def draw_case_mix(mix: CaseMix, palette: Palette, size: tuple[float, float] = (6.0, 4.8)) -> Figure:
    """Return both distributions as the share of cases at or below each predicted risk."""
    with styled(palette):
        figure = Figure(figsize=size, layout="constrained")
        axes = plain_axes(figure)
        if len(mix.risks):
            risks = np.sort(mix.risks)
            share = np.arange(1, len(risks) + 1) / len(risks)
            axes.step(100 * risks, share, where="post", color=palette.own, linewidth=1.8)
        if mix.national:
            nation = 100 * np.array(mix.national)
            axes.plot(nation, np.arange(1, 100) / 100, color=palette.quiet, linestyle="--")
        axes.set_xscale("log")
        axes.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
        axes.minorticks_off()
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=f"{THIN}%"))
        axes.set_xlim(*_risk_range(mix))
        axes.set_ylim(0, 1.02)
        axes.set_xlabel(f"Predicted risk of {mix.outcome.words.event} (%), on a logarithmic scale")
        axes.set_ylabel("Share of cases at or below that risk")
        _names(axes, mix, palette)
    return figure


def describe_case_mix(mix: CaseMix) -> str:
    """Return the medians and the shares of high risk in words."""
    if mix.outcome.comparison == "crude":
        return UNRISKED
    if mix.median is None:
        return "There are no counted cases with a predicted risk."
    nation = (
        f" (national {percent(mix.national_median)})" if mix.national_median is not None else ""
    )
    parts = [f"The median predicted risk of your {count(len(mix.risks))} cases is "]
    parts.append(f"{percent(mix.median)}{nation}.")
    for edge, own, national in mix.high:
        known = f"; in the nation {_share(national)}" if national is not None else ""
        parts.append(f" {percent(own)} of your cases had a risk above {percent(edge, 0)}{known}.")
    return "".join(parts)


def case_mix_table(mix: CaseMix) -> TableTwin:
    """Return the deciles of risk, own and national."""
    places = range(10, 100, 10)
    own = [float(np.quantile(mix.risks, place / 100)) for place in places if len(mix.risks)]
    rows = tuple(
        (
            f"{place}{THIN}% of cases are at or below",
            percent(own[index]) if own else None,
            percent(mix.national[place - 1]) if mix.national else None,
        )
        for index, place in enumerate(places)
    )
    return TableTwin(("Share", "Your risk", "National risk"), rows)


def _risk_range(mix: CaseMix) -> tuple[float, float]:
    seen = 100 * np.array([*mix.risks.tolist(), *mix.national])
    seen = seen[seen > 0]
    return (0.8 * seen.min(), 1.2 * seen.max()) if len(seen) else (0.1, 100.0)


def _share(national: float) -> str:
    """Beyond the 99th percentile no more is known than that it is under one in a hundred."""
    return f"under 1{THIN}%" if national < 0.01 else percent(national)


def _names(axes: Axes, mix: CaseMix, palette: Palette) -> None:
    labels = [("You", palette.own, 0.06)]
    if mix.national:
        labels.append(("- - the nation", palette.quiet, 0.0))
    for text, colour, rise in labels:
        axes.annotate(
            text,
            xy=(1.0, 0.04 + rise),
            xycoords="axes fraction",
            ha="right",
            fontsize=SMALL + 1,
            color=colour,
        )
