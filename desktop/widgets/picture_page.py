"""A page of one outcome: its picture, the table twin, ways to take it along, and cards beside."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.charts.table import TableTwin
from desktop.theme import Theme
from desktop.widgets.card import CardWidget
from desktop.widgets.chart_canvas import ChartCanvasWidget, Points
from desktop.widgets.chart_card import LEAST_HEIGHT, ChartCardWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.figures import FactsWidget
from desktop.widgets.page import PageWidget
from desktop.widgets.sentence import SentenceWidget
from desktop.widgets.taken import TakenPicture
from desktop.widgets.text import ProseWidget


@dataclass(frozen=True, eq=False)
class Picture:
    """One outcome's picture: on screen (`figure`), in words, as a table, and as it leaves.

    `instead` says why there is no picture, where nothing could be drawn but empty axes.
    """

    code: str
    label: str
    subtitle: str
    name: str
    description: str
    figure: Figure
    table: TableTwin
    exported: Callable[[], Figure]
    provenance: tuple[str, ...]
    points: Points | None = None
    instead: str = ""


class PicturePageWidget(PageWidget):
    """Shows one picture at a time; Ctrl+T turns to its table and back.

    `choices` stand after the outcome.
    """

    outcome_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        table_name: str,
        least_height: int = LEAST_HEIGHT,
        choices: tuple[QWidget, ...] = (),
    ) -> None:
        super().__init__(scale=theme.scale)
        self._theme = theme
        self.chart = ChartCardWidget(table_name, choices, theme.scale, least_height)
        self.chart.outcome_chosen.connect(self.outcome_chosen)
        self.picture = self.chart.picture
        self.table = self.chart.table
        self._columns = ColumnsWidget(theme.scale)
        self._columns.left.addWidget(self.chart)
        self.body.addWidget(self._columns)

    @property
    def canvas(self) -> ChartCanvasWidget | None:
        """The chart that is shown, if any."""
        return self.chart.canvas

    def add_under(self, card: QWidget) -> None:
        """Let a card stand under the picture, whatever is shown."""
        self._columns.left.addWidget(card)

    def show_choice(self, outcomes: tuple[tuple[str, str], ...]) -> None:
        """Offer the outcomes; nothing is offered where there is one."""
        self.chart.offer_outcomes(outcomes)

    def show_picture(self, shown: Picture, *cards: QWidget) -> None:
        """Show one outcome, with these cards beside it."""
        self.chart.mark_outcome(shown.code)
        self.chart.say(shown.label, shown.subtitle)
        self.chart.show_chart(shown.figure, shown.name, shown.description, shown.points)
        self.chart.show_table(shown.table)
        words = f"{shown.subtitle}\n{shown.description}"
        self.chart.offer(TakenPicture(shown.label, shown.exported, words, shown.provenance))
        self.show_cards(*cards)
        if shown.instead:
            self.chart.show_instead(_sentence(shown.instead))

    def show_cards(self, *cards: QWidget) -> None:
        """Show these cards beside the picture instead of those before."""
        self._columns.replace_right(*cards)


def _sentence(words: str) -> QWidget:
    shown = QWidget()
    column = QVBoxLayout(shown)
    column.setContentsMargins(0, 16, 0, 0)
    column.addWidget(SentenceWidget(words))
    column.addStretch(1)
    return shown


def said_card(title: str, *sentences: str, means: tuple[str, ...] = ()) -> CardWidget:
    """Return a card of sentences, empty ones left out; `means` names what its "?" explains."""
    card = CardWidget(title)
    card.add(*(ProseWidget(sentence) for sentence in sentences if sentence))
    return _explained(card, means)


def rows_card(
    title: str,
    rows: tuple[tuple[str, ...], ...],
    note: str,
    head: tuple[str, ...] = (),
    means: tuple[str, ...] = (),
) -> CardWidget:
    """Return a card of rows with a note under them; `means` names what its "?" explains."""
    card = CardWidget(title)
    card.add(FactsWidget(rows, head))
    if note:
        card.add(ProseWidget(note, "small"))
    return _explained(card, means)


def _explained(card: CardWidget, means: tuple[str, ...]) -> CardWidget:
    if means:
        card.explain(*means)
    card.body.addStretch(1)
    return card
