"""How long a move takes that a user makes many of: over a funnel, down a long table."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
from bench_cases import CASES, made_up_review
from example_on_screen import application, example, seen, window_on
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from timing import Row, median_seconds

from core.flow import Review, review
from desktop.app import Plumbline

AIM = "aim: 16 ms"
UNITS = 5_000
PLACES = [QPointF(120 + 7 * step % 500, 80 + 5 * step % 300) for step in range(200)]
STEPS = 200


def rows() -> Iterator[Row]:
    """Time the moves, each painted."""
    few = len(example().units(example().results[0].code))
    for units, on in ((few, example()), (UNITS, with_units(example(), UNITS))):
        with window_on(on) as plumbline:
            seen(partial(plumbline.go, "funnel"))()
            yield Row(f"hover, one move over a funnel of {units:,} units", hover(plumbline), AIM)
    with window_on(review(made_up_review().extract, lambda *_: None)) as plumbline:
        seen(partial(plumbline.go, "cases"))()
        yield Row(f"scroll {CASES:,} cases by a step", scroll(plumbline), AIM)


def with_units(made: Review, count: int) -> Review:
    """Return the review among so many made-up units of each outcome."""
    chance = np.random.default_rng(11)
    nation = [made.extract.national]
    for result in made.results:
        expected = chance.gamma(4.0, 3.0, count) + 0.5
        nation.append(
            made.units(result.code)
            .sample(count, replace=True, random_state=11)
            .assign(
                unit=[f"made up {number}" for number in range(count)],
                expected=expected,
                observed=chance.poisson(expected),
                cases=(expected * 30).round().astype(int),
            )
        )
    extract = replace(made.extract, national=pd.concat(nation, ignore_index=True))
    return Review(extract, made.results)


def hover(plumbline: Plumbline) -> float:
    """Return how long a move takes, the point under it read and painted."""
    canvas = plumbline.window.built("funnel").canvas  # type: ignore[attr-defined]
    none = Qt.MouseButton.NoButton

    def move() -> None:
        for place in PLACES:
            how = (QEvent.Type.MouseMove, place, place, none, none)
            canvas.mouseMoveEvent(QMouseEvent(*how, Qt.KeyboardModifier.NoModifier))
            application().processEvents()

    return median_seconds(move) / len(PLACES)


class _Paints(QObject):
    """Counts how often a widget is painted."""

    times = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


def scroll(plumbline: Plumbline) -> float:
    """Return how long a step of the scroll bar takes; each must be painted."""
    table = plumbline.window.built("cases").table  # type: ignore[attr-defined]
    paints, bar = _Paints(), table.verticalScrollBar()
    table.viewport().installEventFilter(paints)

    def down() -> None:
        bar.setValue(0)
        paints.times = 0
        for _ in range(STEPS):
            bar.triggerAction(bar.SliderAction.SliderSingleStepAdd)
            application().processEvents()

    taken = median_seconds(down) / STEPS
    if paints.times < STEPS:
        raise RuntimeError(f"{paints.times} of {STEPS} steps were painted.")
    return taken
