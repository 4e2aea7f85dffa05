"""An outcome over time in blocks: the VLAD at each block's end above observed and expected."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from core.charts.edge_labels import begin_year
from core.charts.marks import Mark, draw_marks
from core.charts.palette import Palette
from core.charts.style import calm, styled
from core.results.blocks import TimeBlock
from core.results.outcome import OutcomeResult
from core.results.wording import month


def draw_blocks(
    blocks: Sequence[TimeBlock],
    result: OutcomeResult,
    palette: Palette,
    size: tuple[float, float] = (7.6, 5.4),
    *,
    marks: Sequence[Mark] = (),
) -> Figure:
    """Return the picture of `size` inches; both panels share the axis of cases in order.

    `marks` of both panels of time stand on the upper one, placed by cases in order.
    """
    with styled(palette):
        figure = Figure(figsize=size, layout="constrained")
        top, bottom = figure.subplots(2, 1, sharex=True, height_ratios=(1, 1))
        _vlad(calm(top), blocks, result, palette)
        _counts(calm(bottom), blocks, result, palette)
        _years(top, bottom, blocks, palette)
        draw_marks(top, [mark for mark in marks if mark.panel != "own"], palette)
    return figure


def block_span(block: TimeBlock) -> str:
    """Return the months of a block: "April 2023", "April – June 2023"."""
    start, end = block.start, block.end
    if (start.year, start.month) == (end.year, end.month):
        return month(start)
    first = f"{start:%B}" if start.year == end.year else month(start)
    return f"{first} – {month(end)}"


def describe_blocks(blocks: Sequence[TimeBlock], result: OutcomeResult) -> str:
    """Return the picture in words: its blocks, where the VLAD ends, its highest and lowest."""
    words = result.words
    high, low = max(blocks, key=lambda b: b.vlad), min(blocks, key=lambda b: b.vlad)
    return (
        f"{result.label} over time in {len(blocks)} blocks of at least "
        f"{min(block.cases for block in blocks)} cases, from {block_span(blocks[0])} to "
        f"{block_span(blocks[-1])}. Above, expected minus observed {words.events}, added up, at "
        f"each block’s end: highest {high.vlad:.1f} in {block_span(high)}, lowest {low.vlad:.1f} "
        f"in {block_span(low)}, at the end {blocks[-1].vlad:.1f}. Below, observed "
        f"{words.events} as bars with the expected number as a line across each."
    )


def _vlad(axes: Axes, blocks: Sequence[TimeBlock], result: OutcomeResult, palette: Palette) -> None:
    axes.axhline(0, color=palette.ink, linewidth=1.2)
    ends = [0, *(block.after for block in blocks)]
    heights = [0.0, *(block.vlad for block in blocks)]
    axes.plot(ends, heights, color=palette.own, linewidth=1.8, marker="o", markersize=3.6)
    axes.set_ylabel(f"Expected minus observed\n{result.words.events}, added up")
    axes.margins(y=0.22)


def _counts(
    axes: Axes, blocks: Sequence[TimeBlock], result: OutcomeResult, palette: Palette
) -> None:
    starts = np.array([block.first for block in blocks], dtype=float)
    widths = np.array([block.cases for block in blocks], dtype=float)
    gap = 0.12 * widths
    axes.bar(
        starts + gap,
        [block.observed for block in blocks],
        width=widths - 2 * gap,
        align="edge",
        color=palette.own,
        alpha=0.5,
    )
    axes.hlines(
        [block.expected for block in blocks],
        starts,
        starts + widths,
        color=palette.ink,
        linewidth=1.8,
    )
    axes.set_ylabel(f"Observed {result.words.events} (bars),\nexpected (lines)")
    axes.set_xlabel("Cases in order of operation")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))


def _years(top: Axes, bottom: Axes, blocks: Sequence[TimeBlock], palette: Palette) -> None:
    """Name the first block of each calendar year above it."""
    seen: set[int] = set()
    for block in blocks:
        year = block.start.year
        if year in seen:
            continue
        seen.add(year)
        begin_year(top, bottom, block.first, str(year), palette)
    top.set_xlim(0, blocks[-1].after)
