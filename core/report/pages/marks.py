"""From the surgeon's notes to the numbered marks of a chart."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from core.charts.marks import Mark
from core.results.blocks import TimeBlock
from core.results.over_time import OverTime
from core.review.notes import Note, OnMark, OnSignal, OnStretch


def funnel_marks(notes: Iterable[Note], code: str) -> tuple[Mark, ...]:
    """Return the marks on the surgeon's own point in the funnel of the outcome `code`."""
    return tuple(
        Mark(note.number, "own")
        for note in notes
        if isinstance(note.anchor, OnMark) and note.anchor.outcome == code
    )


def time_marks(notes: Iterable[Note], shown: OverTime) -> tuple[Mark, ...]:
    """Return the marks on the charts over time; a note whose cases do not count has none.

    A note's rows are those of the extract's cases; a mark's places are those in the charts' order.
    """
    places = {int(row): place for place, row in enumerate(shown.rows.tolist(), start=1)}
    found = (_time_mark(note, shown, places) for note in notes)
    return tuple(mark for mark in found if mark is not None)


def in_blocks(marks: Iterable[Mark], blocks: Sequence[TimeBlock]) -> tuple[Mark, ...]:
    """Return marks over time widened to whole blocks, so that none tells a single case."""
    return tuple(
        replace(
            mark,
            x0=max(block.first for block in blocks if block.first < mark.x0),
            x1=min(block.after for block in blocks if block.after >= mark.x1),
            y=None,
        )
        for mark in marks
    )


def _time_mark(note: Note, shown: OverTime, places: dict[int, int]) -> Mark | None:
    anchor = note.anchor
    if isinstance(anchor, OnSignal) and anchor.outcome == shown.outcome.code:
        place = places.get(anchor.row)
        side = shown.worse if anchor.side == "worse" else shown.better
        if place is None or side is None:
            return None
        sign = 1.0 if anchor.side == "worse" else -1.0
        return Mark(note.number, "cusum", place, place, sign * float(side.chart.path[place - 1]))
    if isinstance(anchor, OnStretch) and anchor.outcome == shown.outcome.code:
        ends = [places[row] for row in (anchor.first, anchor.last) if row in places]
        rows = range(anchor.first, anchor.last + 1)
        among = ends if len(ends) == 2 else [places[row] for row in rows if row in places]
        if among:
            return Mark(note.number, "vlad", float(np.min(among)), float(np.max(among)))
    return None
