"""The screen of results over time."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from core.charts.marks import Mark
from core.charts.over_time import draw_over_time
from core.charts.palette import PRINT
from core.charts.provenance import with_provenance
from core.report.pages.marks import time_marks
from core.results.over_time import OverTime
from desktop.noting.card import NotesCardWidget, notes_card
from desktop.noting.places import on_time
from desktop.noting.presenter import NotesPresenter
from desktop.screens.over_time.presenter import (
    PARTS_NOTE,
    READING,
    OverTimePage,
    OverTimePresenter,
)
from desktop.session import Session
from desktop.theme import Theme
from desktop.translation import tr
from desktop.undoing import undo_by_keys
from desktop.widgets.chart_canvas import Points
from desktop.widgets.picture_page import Picture, PicturePageWidget, rows_card, said_card
from desktop.widgets.stretch import StretchPicker

LEAST_HEIGHT = 500
AROUND, HEAD = 48, 160
CHART_SHARE = 100

PARTS = ("part", "observed", "expected", "ratio")


class OverTimeScreen(PicturePageWidget):
    """VLAD over RA-CUSUM, one outcome at a time; a stretch of the VLAD can be chosen."""

    page_shown = Signal(object)
    stretch_chosen = Signal(object)
    notes: NotesCardWidget

    def __init__(self, theme: Theme) -> None:
        self._marks: tuple[Mark, ...] = ()
        self._page: OverTimePage | None = None
        super().__init__(theme, tr("The cases in order"), LEAST_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Keep both charts in view at once, however long the cards beside them are."""
        super().resizeEvent(event)
        least = self._theme.px(LEAST_HEIGHT + HEAD)
        self.chart.setMaximumHeight(max(least, event.size().height() - AROUND))

    def end(self) -> None:
        """Leave what is below the last card empty."""
        self._columns.left.addStretch(1)
        self._columns.left.setStretchFactor(self.chart, CHART_SHARE)

    def show_page(self, page: OverTimePage) -> None:
        """Show one outcome."""
        self._page = None
        self.page_shown.emit(page.charts)
        self._page = page
        self._draw(page)

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show these numbered notes in the picture."""
        if marks != self._marks:
            self._marks = marks
            if self._page is not None:
                self._draw(self._page)

    def _draw(self, page: OverTimePage) -> None:
        if page.no_picture:
            self.show_picture(self._picture(page))
            return
        cards = [said_card(tr("How to read this"), tr(READING), means=("vlad", "cusum"))]
        if page.signals:
            cards.append(rows_card(tr("Signals"), page.signals, "", means=("signal",)))
        else:
            cards.append(said_card(tr("Signals"), tr("No signal on either side.")))
        cards.append(said_card(tr("What the limits mean"), *page.limits, means=("cusum", "signal")))
        head = ("", tr("O"), tr("E"), tr("O ÷ E"))
        cards.append(
            rows_card(tr("By year and procedure"), page.parts, tr(PARTS_NOTE), head, PARTS)
        )
        self.show_picture(self._picture(page), *cards)
        if self.canvas is not None and len(page.charts.rows):
            picker = StretchPicker(self.canvas, len(page.charts.rows))
            picker.chosen.connect(self.stretch_chosen)

    def _picture(self, page: OverTimePage) -> Picture:
        charts = page.charts
        order = np.arange(1, len(charts.rows) + 1, dtype=float)
        return Picture(
            code=page.code,
            label=page.label,
            subtitle=page.subtitle,
            name=tr("VLAD and RA-CUSUM of {label}").format(label=page.label),
            description=page.description,
            figure=draw_over_time(charts, self._theme.palette, marks=self._marks),
            table=page.table,
            provenance=page.provenance,
            exported=lambda: with_provenance(draw_over_time(charts, PRINT), page.provenance, PRINT),
            points=Points(order, charts.vlad, page.words, 0) if len(order) else None,
            instead=page.no_picture,
        )


def _follow_notes(screen: OverTimeScreen, notes: NotesPresenter, session: Session) -> None:
    """Let the card turn with the outcome, pin to a chosen stretch, and mark the charts."""
    shown: list[OverTime] = []

    def turn(charts: OverTime) -> None:
        shown[:] = [charts]
        notes.turn(on_time(charts, None))
        mark()

    def pin(stretch: tuple[int, int] | None) -> None:
        notes.turn(on_time(shown[0], stretch))

    def mark() -> None:
        screen.show_marks(time_marks(notes.notes, shown[0]) if shown else ())

    screen.page_shown.connect(turn)
    screen.stretch_chosen.connect(pin)
    session.keeper.follow(screen, mark)
    undo_by_keys(screen, session)


def build(session: Session) -> OverTimeScreen:
    """Return the screen of this session, showing the first outcome."""
    screen = OverTimeScreen(session.theme)
    presenter = OverTimePresenter(screen, session.review)
    screen.notes, notes = notes_card(session, "over_time")
    screen.add_under(screen.notes)
    screen.end()
    screen.presenter = presenter, notes
    _follow_notes(screen, notes, session)
    screen.outcome_chosen.connect(presenter.choose)
    screen.picture.failed.connect(session.tell)
    screen.picture.done.connect(session.note)
    presenter.show()
    return screen
