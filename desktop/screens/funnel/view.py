"""The funnel screen: the picture, its table twin, and what it means in words."""

import numpy as np
from matplotlib.figure import Figure
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.charts.funnel import draw_funnel
from core.charts.palette import PRINT
from core.charts.provenance import with_provenance
from core.results.words import Row
from desktop.screens.funnel.presenter import FunnelPage, FunnelPresenter, PartPage
from desktop.session import Session
from desktop.theme import Theme
from desktop.widgets.card import CardWidget
from desktop.widgets.chart_canvas import Points
from desktop.widgets.chart_card import ChartCardWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.figures import FactsWidget, KeyFigureWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.page import PageWidget
from desktop.widgets.sentence import SentenceWidget
from desktop.widgets.text import ProseWidget


class FunnelScreen(PageWidget):
    """One outcome against the nation."""

    outcome_chosen = Signal(str)
    part_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(scale=theme.scale)
        self._theme = theme
        self._outcomes = ChoiceWidget(self.tr("Choose another outcome"), self.tr("Another outcome"))
        self._outcomes.chosen.connect(self.outcome_chosen)
        self._parts = ChoiceWidget(self.tr("Choose a year or a procedure"))
        self._parts.chosen.connect(self.part_chosen)
        self.chart = ChartCardWidget(
            self.tr("The points of the funnel"), (self._outcomes, self._parts), theme.scale
        )
        self._columns = ColumnsWidget(theme.scale)
        self._columns.left.addWidget(self.chart)
        self.body.addWidget(self._columns)

    def show_choice(self, outcomes: tuple[tuple[str, str], ...]) -> None:
        """Offer the outcomes."""
        self._outcomes.offer(outcomes)

    def show_page(self, page: FunnelPage) -> None:
        """Show one outcome."""
        self._outcomes.mark(page.code)
        self._parts.offer(page.parts, page.parts[0][0])
        self.chart.say(page.label, page.subtitle)
        self.chart.show_chart(
            draw_funnel(page.funnel, self._theme.palette),
            self.tr("Funnel of {label}").format(label=page.label),
            page.description,
            _points(page),
        )
        self.chart.show_table(page.table)
        self.chart.offer_picture(page.label, lambda: _exported(page))
        self._columns.replace_right(*_cards(page))

    def show_part(self, part: PartPage) -> None:
        """Show the numbers of a part, which has no peers, no limits and no position."""
        self._parts.mark(part.key)
        self.chart.say(part.title, part.subtitle)
        self.chart.show_instead(_numbers(part))
        self._columns.replace_right()


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


def _numbers(part: PartPage) -> QWidget:
    figures = FlowLayout(across=34, low=True)
    figures.add(
        KeyFigureWidget(part.ratio, "observed ÷ expected", own=True),
        KeyFigureWidget(part.observed, part.expected),
    )
    shown = QWidget()
    column = QVBoxLayout(shown)
    column.setContentsMargins(0, 16, 0, 0)
    column.setSpacing(14)
    column.addLayout(figures)
    column.addWidget(SentenceWidget(part.sentence))
    column.addStretch(1)
    return shown


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
    screen.part_chosen.connect(presenter.choose_part)
    screen.chart.picture.failed.connect(session.tell)
    screen.chart.picture.done.connect(session.note)
    presenter.show()
    return screen
