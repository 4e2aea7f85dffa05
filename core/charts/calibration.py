"""Calibration by band: observed rate with its interval against mean predicted risk."""

from matplotlib.figure import Figure

from core.charts.palette import Palette
from core.charts.style import plain_axes, styled
from core.charts.table import TableTwin
from core.results.case_mix import CaseMix
from core.results.line_words import UNRISKED
from core.results.wording import percent, span


def draw_calibration(
    mix: CaseMix, palette: Palette, size: tuple[float, float] = (6.0, 4.8)
) -> Figure:
    """Return the bands as points with 95 % intervals round the observed rate."""
    with styled(palette):
        figure = Figure(figsize=size, layout="constrained")
        axes = plain_axes(figure)
        risks = [100 * band.mean_risk for band in mix.bands]
        rates = [100 * band.rate for band in mix.bands]
        ends = [[100 * end for end in band.rate_interval] for band in mix.bands]
        top = max([1.0, *risks, *(high for _, high in ends)]) * 1.08
        axes.plot([0, top], [0, top], color=palette.ink, linewidth=1.2)
        for risk, (low, high) in zip(risks, ends, strict=True):
            axes.plot([risk, risk], [low, high], color=palette.quiet, linewidth=1.4)
        axes.plot(risks, rates, linestyle="none", marker="D", markersize=7, color=palette.own)
        axes.set_xlim(0, max([1.0, *risks]) * 1.15)
        axes.set_ylim(0, top)
        axes.set_xlabel("Mean predicted risk in the band (%)")
        axes.set_ylabel(f"Observed {mix.outcome.words.events} (%), 95 % interval")
    return figure


def describe_calibration(mix: CaseMix) -> str:
    """Return the bands in words."""
    if mix.outcome.comparison == "crude":
        return UNRISKED
    if not mix.bands:
        return "There are no counted cases to show by band of risk."
    bands = "; ".join(
        f"mean risk {percent(band.mean_risk)}: {band.band.observed} of {band.band.cases} cases"
        for band in mix.bands
    )
    return (
        f"Observed {mix.outcome.words.events} by band of predicted risk, low to high: {bands}. "
        "On the line, observed and predicted agree; few cases a band make wide intervals."
    )


def calibration_table(mix: CaseMix) -> TableTwin:
    """Return one row a band."""
    headings = ("Risk from – to", "Cases", "Observed", "Expected", "Observed rate", "95 % interval")
    rows = tuple(
        (
            span(percent(band.band.lowest), percent(band.band.highest)),
            band.band.cases,
            band.band.observed,
            round(band.band.expected, 2),
            percent(band.rate),
            span(*(percent(end) for end in band.rate_interval)),
        )
        for band in mix.bands
    )
    return TableTwin(headings, rows)
