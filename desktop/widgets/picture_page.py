"""A page of one outcome: its picture, the table twin, ways to take it along, and cards beside."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure
from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QStackedWidget, QWidget

from core.charts.table import TableTwin
from desktop.models.columns import Column, ColumnsTableModel
from desktop.theme import Theme
from desktop.widgets.card import CardWidget
from desktop.widgets.chart_canvas import ChartCanvasWidget, Points
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.figures import FactsWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.page import PageWidget
from desktop.widgets.picture_buttons import PictureButtonsWidget
from desktop.widgets.table_view import TableWidget
from desktop.widgets.text import ProseWidget, TextWidget

LEAST_HEIGHT = 430


@dataclass(frozen=True, eq=False)
class Picture:
    """One outcome's picture: on screen (`figure`), in words, as a table, and as it leaves."""

    code: str
    label: str
    subtitle: str
    name: str
    description: str
    figure: Figure
    table: TableTwin
    exported: Callable[[], Figure]
    points: Points | None = None


class PicturePageWidget(PageWidget):
    """Shows one picture at a time; Ctrl+T turns to its table and back."""

    outcome_chosen = Signal(str)

    def __init__(self, theme: Theme, table_name: str, least_height: int = LEAST_HEIGHT) -> None:
        super().__init__(scale=theme.scale)
        self._theme = theme
        self.canvas: ChartCanvasWidget | None = None
        self._columns = ColumnsWidget(theme.scale)
        self.body.addWidget(self._columns)
        self._title = TextWidget("", "page-title")
        self._subtitle = ProseWidget("", "quiet")
        self._choice = QPushButton(self.tr("Another outcome ▾"))
        self._choice.setAccessibleName(self.tr("Choose another outcome"))
        self._menu = QMenu(self._choice)
        self._choice.setMenu(self._menu)
        self._chosen = QActionGroup(self._menu)
        self._twin = self._twin_button()
        self.picture = PictureButtonsWidget()
        self.table = TableWidget(table_name)
        self._pictures = QStackedWidget()
        self._pictures.setMinimumHeight(theme.px(least_height))
        self._pictures.setMaximumHeight(theme.px(2 * least_height))
        self._pictures.addWidget(self.table)
        self._columns.left.addWidget(self._card())
        self._columns.left.addStretch(1)

    def show_choice(self, outcomes: tuple[tuple[str, str], ...]) -> None:
        """Offer the outcomes; nothing is offered where there is one."""
        for code, label in outcomes:
            action = self._menu.addAction(label)
            action.setCheckable(True)
            action.setData(code)
            action.triggered.connect(lambda _, chosen=code: self.outcome_chosen.emit(chosen))
            self._chosen.addAction(action)
        self._choice.setVisible(len(outcomes) > 1)

    def show_picture(self, shown: Picture, *cards: QWidget) -> None:
        """Show one outcome, with these cards beside it."""
        self._title.setText(shown.label)
        self._subtitle.say(shown.subtitle)
        for action in self._chosen.actions():
            action.setChecked(action.data() == shown.code)
        self._show_canvas(shown)
        self.table.show_model(_model(shown.table, self.table))
        self.picture.offer(shown.label, shown.exported)
        self._columns.replace_right(*cards)

    def _twin_button(self) -> QPushButton:
        button = QPushButton(self.tr("Table"))
        button.setCheckable(True)
        button.setToolTip(self.tr("The same numbers as a table (Ctrl+T)"))
        button.toggled.connect(self._show_twin)
        QShortcut(QKeySequence("Ctrl+T"), self).activated.connect(button.toggle)
        return button

    def _card(self) -> CardWidget:
        card = CardWidget()
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        row = FlowLayout(at_end=2)
        row.add(self._title, self._choice, self._twin, self.picture)
        card.add(row, self._subtitle)
        card.body.addWidget(self._pictures, 1)
        return card

    def _show_canvas(self, shown: Picture) -> None:
        shown.figure.set_dpi(100 * self._theme.scale)
        canvas = ChartCanvasWidget(shown.figure, shown.name, shown.description)
        if shown.points is not None:
            canvas.make_readable(shown.points)
        if self.canvas is not None:
            self._pictures.removeWidget(self.canvas)
            self.canvas.deleteLater()
        self.canvas = canvas
        self._pictures.addWidget(canvas)
        self._show_twin(self._twin.isChecked())

    def _show_twin(self, table: bool) -> None:
        self._pictures.setCurrentWidget(self.table if table or not self.canvas else self.canvas)


def said_card(title: str, *sentences: str) -> CardWidget:
    """Return a card of sentences; empty ones are left out."""
    card = CardWidget(title)
    card.add(*(ProseWidget(sentence) for sentence in sentences if sentence))
    card.body.addStretch(1)
    return card


def rows_card(
    title: str, rows: tuple[tuple[str, ...], ...], note: str, head: tuple[str, ...] = ()
) -> CardWidget:
    """Return a card of rows with a note under them."""
    card = CardWidget(title)
    card.add(FactsWidget(rows, head))
    if note:
        card.add(ProseWidget(note, "small"))
    card.body.addStretch(1)
    return card


def _model(twin: TableTwin, parent: QWidget) -> ColumnsTableModel:
    cells = zip(*twin.rows, strict=True) if twin.rows else ((),) * len(twin.headings)
    columns = [
        Column(heading, column, 2 if any(_broken(cell) for cell in column) else 0)
        for heading, column in zip(twin.headings, cells, strict=True)
    ]
    return ColumnsTableModel(columns, parent)


def _broken(cell: str | float | None) -> bool:
    return isinstance(cell, float) and not cell.is_integer()
