"""The funnel screen: the picture, its table twin, and what it means in words."""

from collections.abc import Iterator

import numpy as np
from matplotlib.figure import Figure
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.charts.funnel import draw_funnel
from core.charts.marks import Mark
from core.charts.palette import PRINT
from core.charts.provenance import with_provenance
from core.issuing.later_line import lacks_line
from core.results.words import Row
from desktop.noting.card import NotesCardWidget, notes_card
from desktop.noting.places import on_mark
from desktop.noting.presenter import NotesPresenter
from desktop.screens.funnel.line_card import LineCardWidget
from desktop.screens.funnel.methods import OWN
from desktop.screens.funnel.presenter import FunnelPage, FunnelPresenter, PartPage
from desktop.session import Session
from desktop.theme import Theme
from desktop.translation import tr
from desktop.undoing import undo_by_keys
from desktop.widgets.chart_canvas import Points
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.figures import KeyFigureWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.folded import FoldedCardWidget
from desktop.widgets.picture_page import Picture, PicturePageWidget, rows_card, said_card
from desktop.widgets.sentence import SentenceWidget
from desktop.widgets.text import ProseWidget

IN_WORDS = ("observed", "expected", "ratio", "ratio_interval", "position", "national_ratio")
MISSED = ("power.double_rate_alert", "power.size_alert")
LINES = ("limits", "alert_alarm", "events_to_alert")


class FunnelScreen(PicturePageWidget):
    """One outcome against the nation, or the numbers of a part of its cases."""

    part_chosen = Signal(str)
    method_chosen = Signal(str)
    page_shown = Signal(str)
    notes: NotesCardWidget

    def __init__(self, theme: Theme) -> None:
        self._marks: tuple[Mark, ...] = ()
        self._page: FunnelPage | None = None
        self._parts = ChoiceWidget(tr("Cases"))
        self._methods = ChoiceWidget(tr("Method"))
        super().__init__(
            theme, tr("The points of the funnel"), choices=(self._parts, self._methods)
        )
        self.reading = FoldedCardWidget(tr("How to read this funnel"))
        self._columns.left.addWidget(self.reading)
        self._parts.chosen.connect(self.part_chosen)
        self._methods.chosen.connect(self.method_chosen)

    def show_page(self, page: FunnelPage) -> None:
        """Show one outcome."""
        self._page = None
        self.page_shown.emit(page.code)
        self._page = page
        self._parts.offer(page.parts, page.parts[0][0])
        self._methods.offer(page.methods, page.method)
        if page.method == OWN:
            self._methods.setText(tr("Method ▾"))
        self.reading.fill(*_reading(page))
        self._draw(page)

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show these numbered notes in the picture."""
        if marks != self._marks:
            self._marks = marks
            if self._page is not None:
                self._draw(self._page)

    def _draw(self, page: FunnelPage) -> None:
        self.show_picture(self._picture(page), *_cards(page))

    def show_part(self, part: PartPage) -> None:
        """Show the numbers of a part, which has no peers, no limits and no position."""
        self._page = None
        self._parts.mark(part.key)
        self.chart.say(part.title, part.subtitle)
        self.chart.show_instead(_numbers(part))
        self.show_cards()
        self.reading.fill()

    def _picture(self, page: FunnelPage) -> Picture:
        return Picture(
            code=page.code,
            label=page.label,
            subtitle=page.subtitle,
            name=tr("Funnel of {label}").format(label=page.label),
            description=page.description,
            figure=draw_funnel(page.funnel, self._theme.palette, marks=self._marks),
            table=page.table,
            provenance=page.provenance,
            exported=lambda: _exported(page),
            points=_points(page),
            instead=page.no_picture,
        )


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
        KeyFigureWidget(part.ratio, tr("observed ÷ expected"), own=True),
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
    cards: list[QWidget] = [said_card(tr("In words"), page.in_words, *page.remarks, means=IN_WORDS)]
    if page.missed:
        head = (tr("True rate"), tr("no alert"), tr("no alarm"))
        title = tr("What this chart would miss")
        cards.append(rows_card(title, _rows(page.missed), page.missed_note, head, MISSED))
    result = page.funnel.result
    if result.ratio is not None and result.comparison == "adjusted":
        title = tr("Where the lines lie")
        cards.append(rows_card(title, _rows(page.lines), page.lines_note, means=LINES))
    if page.chance:
        cards.append(said_card(tr("Chance alone"), page.chance, means=("chance_alone",)))
    return cards


def _reading(page: FunnelPage) -> Iterator[QWidget]:
    """Yield the steps of reading this funnel, in the surgeon's own numbers."""
    for step in page.reading:
        yield ProseWidget(f"{step.where}. {step.words}", strong=f"{step.where}.")


def _rows(rows: tuple[Row, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple((row.label, *row.values) for row in rows)


def _follow_notes(screen: FunnelScreen, notes: NotesPresenter, session: Session) -> None:
    """Let the card turn with the outcome, and mark its notes in the picture."""

    def mark() -> None:
        screen.show_marks(tuple(Mark(note.number, "own") for note in notes.notes))

    def turn(code: str) -> None:
        notes.turn(on_mark(session.review.result(code)))
        mark()

    screen.page_shown.connect(turn)
    session.keeper.follow(screen, mark)
    undo_by_keys(screen, session)


def build(session: Session) -> FunnelScreen:
    """Return the screen of this session, showing the first outcome."""
    screen = FunnelScreen(session.theme)
    presenter = FunnelPresenter(screen, session.review)
    screen.notes, notes = notes_card(session, "funnel")
    if lacks_line(session.review.extract.manifest):
        screen.add_under(LineCardWidget(session))
    screen.add_under(screen.notes)
    screen.presenter = presenter, notes
    _follow_notes(screen, notes, session)
    screen.outcome_chosen.connect(presenter.choose)
    screen.part_chosen.connect(presenter.choose_part)
    screen.method_chosen.connect(presenter.choose_method)
    screen.picture.failed.connect(session.tell)
    screen.picture.done.connect(session.note)
    presenter.show()
    return screen
