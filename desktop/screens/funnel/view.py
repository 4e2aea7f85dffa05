"""The funnel screen: the picture, its table twin, and what it means in words."""

import numpy as np
from matplotlib.figure import Figure
from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QStackedWidget, QWidget

from core.charts.funnel import draw_funnel
from core.charts.palette import PRINT
from core.charts.provenance import with_provenance
from core.charts.table import TableTwin
from core.results.words import Row
from desktop.models.columns import Column, ColumnsTableModel
from desktop.screens.funnel.presenter import FunnelPage, FunnelPresenter
from desktop.session import Session
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


class FunnelScreen(PageWidget):
    """One outcome against the nation."""

    outcome_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
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
        self._twin = QPushButton(self.tr("Table"))
        self._twin.setCheckable(True)
        self._twin.setToolTip(self.tr("The same points as a table (Ctrl+T)"))
        self._twin.toggled.connect(self._show_twin)
        shortcut = QShortcut(QKeySequence("Ctrl+T"), self)
        shortcut.activated.connect(self._twin.toggle)
        self.picture = PictureButtonsWidget()
        self.table = TableWidget(self.tr("The points of the funnel"))
        self._pictures = QStackedWidget()
        self._pictures.setMinimumHeight(theme.px(LEAST_HEIGHT))
        self._pictures.addWidget(self.table)
        self._columns.left.addWidget(self._card())

    def show_choice(self, outcomes: tuple[tuple[str, str], ...]) -> None:
        """Offer the outcomes; nothing is offered where there is one."""
        for code, label in outcomes:
            action = self._menu.addAction(label)
            action.setCheckable(True)
            action.setData(code)
            action.triggered.connect(lambda _, chosen=code: self.outcome_chosen.emit(chosen))
            self._chosen.addAction(action)
        self._choice.setVisible(len(outcomes) > 1)

    def show_page(self, page: FunnelPage) -> None:
        """Show one outcome."""
        self._title.setText(page.label)
        self._subtitle.say(page.subtitle)
        for action in self._chosen.actions():
            action.setChecked(action.data() == page.code)
        self._show_canvas(page)
        self.table.show_model(_model(page.table, self.table))
        self.picture.offer(page.label, lambda: _exported(page))
        self._columns.replace_right(*_cards(page))

    def _card(self) -> CardWidget:
        card = CardWidget()
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        row = FlowLayout(at_end=2)
        row.add(self._title, self._choice, self._twin, self.picture)
        card.add(row, self._subtitle)
        card.body.addWidget(self._pictures, 1)
        return card

    def _show_canvas(self, page: FunnelPage) -> None:
        figure = draw_funnel(page.funnel, self._theme.palette)
        figure.set_dpi(100 * self._theme.scale)
        name = self.tr("Funnel of {label}").format(label=page.label)
        canvas = ChartCanvasWidget(figure, name, page.description)
        if (points := _points(page)) is not None:
            canvas.make_readable(points)
        if self.canvas is not None:
            self._pictures.removeWidget(self.canvas)
            self.canvas.deleteLater()
        self.canvas = canvas
        self._pictures.addWidget(canvas)
        self._show_twin(self._twin.isChecked())

    def _show_twin(self, table: bool) -> None:
        self._pictures.setCurrentWidget(self.table if table or not self.canvas else self.canvas)


def _exported(page: FunnelPage) -> Figure:
    """Return the picture as it leaves the program: on white, with where it is from."""
    return with_provenance(draw_funnel(page.funnel, PRINT), page.provenance, PRINT)


def _points(page: FunnelPage) -> Points | None:
    funnel, result = page.funnel, page.funnel.result
    x, y = funnel.unit_expected, funnel.unit_ratio
    own = None
    if result.expected is not None and result.ratio is not None:
        own = len(x)
        x, y = np.append(x, result.expected), np.append(y, result.ratio)
    return Points(x, y, page.words, own) if len(x) else None


def _model(twin: TableTwin, parent: QWidget) -> ColumnsTableModel:
    cells = zip(*twin.rows, strict=True)
    columns = [
        Column(heading, column, 2 if any(_broken(cell) for cell in column) else 0)
        for heading, column in zip(twin.headings, cells, strict=True)
    ]
    return ColumnsTableModel(columns, parent)


def _broken(cell: str | float | None) -> bool:
    return isinstance(cell, float) and not cell.is_integer()


def _cards(page: FunnelPage) -> list[QWidget]:
    cards = [_said("In words", page.in_words, *page.remarks)]
    if page.missed:
        head = ("True rate", "no alert", "no alarm")
        cards.append(_rows("What this chart would miss", page.missed, page.missed_note, head))
    if page.funnel.result.ratio is not None:
        cards.append(_rows("Where the lines lie", page.lines, page.lines_note))
    if page.chance:
        cards.append(_said("Chance alone", page.chance))
    return cards


def _said(title: str, *sentences: str) -> QWidget:
    card = CardWidget(title)
    card.add(*(ProseWidget(sentence) for sentence in sentences))
    card.body.addStretch(1)
    return card


def _rows(title: str, rows: tuple[Row, ...], note: str, head: tuple[str, ...] = ()) -> QWidget:
    card = CardWidget(title)
    card.add(FactsWidget(((row.label, *row.values) for row in rows), head))
    card.add(ProseWidget(note, "small"))
    card.body.addStretch(1)
    return card


def build(session: Session) -> FunnelScreen:
    """Return the screen of this session, showing the first outcome."""
    screen = FunnelScreen(session.theme)
    presenter = FunnelPresenter(screen, session.review)
    screen.presenter = presenter
    screen.outcome_chosen.connect(presenter.choose)
    screen.picture.failed.connect(session.tell)
    screen.picture.done.connect(session.note)
    presenter.show()
    return screen
