"""The tour of the example: five steps, each pointing at a part of a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget

from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.tour_card import TourCardWidget
from desktop.window import MainWindow


@dataclass(frozen=True, slots=True)
class Step:
    """Where a step is, what it says, and the kinds of widgets it points at, the first found."""

    screen: str
    title: str
    words: str
    parts: tuple[str, ...]


STEPS = (
    Step(
        "overview",
        QT_TR_NOOP("Where you stand"),
        QT_TR_NOOP(
            "One card an outcome: what happened, what the risks of your patients predict, and on "
            "which side of the limits that lies. The “?” tells what each number means, and what "
            "it does not."
        ),
        ("SentenceWidget", "CardWidget"),
    ),
    Step(
        "funnel",
        QT_TR_NOOP("You and the nation"),
        QT_TR_NOOP(
            "You are the diamond, others are dots. The card on the right says what this chart "
            "would have missed: inside the limits is not proof of good results."
        ),
        ("ChartCanvasWidget",),
    ),
    Step(
        "quality",
        QT_TR_NOOP("Check the records first"),
        QT_TR_NOOP(
            "What looks odd in your records, the most important first, each with a way to its "
            "cases. From there a correction request is drafted; you send it yourself."
        ),
        ("CardWidget",),
    ),
    Step(
        "overview",
        QT_TR_NOOP("Write where you are"),
        QT_TR_NOOP(
            "Notes are yours alone. The first one asks you to make a vault: a locked folder on "
            "this computer. The example has a practice vault, so nothing here mixes with your own."
        ),
        ("NotesCardWidget", "RailWidget"),
    ),
    Step(
        "exports",
        QT_TR_NOOP("Take it to your appraisal"),
        QT_TR_NOOP(
            "The finished pages stand here before anything is written. The document carries its "
            "evidence, so that whoever receives it can check the figures."
        ),
        ("PagesWidget", "CardWidget"),
    ),
)


class Tour(QObject):
    """Leads from step to step; `ended` follows the last, or Escape."""

    ended = Signal()

    def __init__(self, window: MainWindow, go: Callable[[str], None], scale: float) -> None:
        super().__init__(window)
        self._window = window
        self._go = go
        self._at = 0
        self.card = TourCardWidget(window, scale)
        self.card.stepped.connect(self.step)
        self.card.left.connect(self.ended)

    def begin(self) -> None:
        """Show the first step."""
        self._at = 0
        self._show()

    def step(self, by: int) -> None:
        """Go on or back; past the last step the tour ends."""
        if self._at + by >= len(STEPS):
            self.card.leave()
        else:
            self._at = max(self._at + by, 0)
            self._show()

    def _show(self) -> None:
        self._go(STEPS[self._at].screen)
        QTimer.singleShot(0, self, self._point)

    def _point(self) -> None:
        step = STEPS[self._at]
        part = self._part(step)
        self.card.say(tr(step.title), tr(step.words), self._at + 1, len(STEPS), part)
        QTimer.singleShot(0, self, self.card.place)

    def _part(self, step: Step) -> QWidget:
        """Return the topmost part of a kind named, brought into view; else the screen itself."""
        screen = self._window.built(step.screen)
        for kind in step.parts:
            place = self._window.rail if kind == "RailWidget" else screen
            found = [one for one in (place, *place.findChildren(QWidget)) if _is(one, kind)]
            if found:
                part = min(found, key=self._height)
                if isinstance(screen, QScrollArea) and place is screen:
                    screen.ensureWidgetVisible(part, 0, 60)
                return part
        return screen

    def _height(self, part: QWidget) -> tuple[int, int]:
        at = part.mapTo(self._window, QPoint())
        return at.y(), at.x()


def _is(part: QWidget, kind: str) -> bool:
    shown = part.isVisible() and not isinstance(part, QAbstractScrollArea)
    return shown and type(part).__name__ == kind
