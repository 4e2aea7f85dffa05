"""The screen of results over time."""

import numpy as np

from core.charts.over_time import draw_over_time
from core.charts.palette import PRINT
from core.charts.provenance import with_provenance
from desktop.screens.over_time.presenter import (
    PARTS_NOTE,
    READING,
    OverTimePage,
    OverTimePresenter,
)
from desktop.session import Session
from desktop.theme import Theme
from desktop.widgets.chart_canvas import Points
from desktop.widgets.picture_page import Picture, PicturePageWidget, rows_card, said_card

LEAST_HEIGHT = 560


class OverTimeScreen(PicturePageWidget):
    """VLAD over RA-CUSUM, one outcome at a time."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("The cases in order"), LEAST_HEIGHT)

    def show_page(self, page: OverTimePage) -> None:
        """Show one outcome."""
        cards = [said_card(self.tr("How to read this"), READING)]
        if page.signals:
            cards.append(rows_card(self.tr("Signals"), page.signals, ""))
        else:
            cards.append(said_card(self.tr("Signals"), self.tr("No signal on either side.")))
        cards.append(said_card(self.tr("What the limits mean"), *page.limits))
        head = ("", "O", "E", "O ÷ E")
        cards.append(rows_card(self.tr("By year and procedure"), page.parts, PARTS_NOTE, head))
        self.show_picture(self._picture(page), *cards)

    def _picture(self, page: OverTimePage) -> Picture:
        charts = page.charts
        order = np.arange(1, len(charts.rows) + 1, dtype=float)
        return Picture(
            code=page.code,
            label=page.label,
            subtitle=page.subtitle,
            name=self.tr("VLAD and RA-CUSUM of {label}").format(label=page.label),
            description=page.description,
            figure=draw_over_time(charts, self._theme.palette),
            table=page.table,
            provenance=page.provenance,
            exported=lambda: with_provenance(draw_over_time(charts, PRINT), page.provenance, PRINT),
            points=Points(order, charts.vlad, page.words, 0) if len(order) else None,
        )


def build(session: Session) -> OverTimeScreen:
    """Return the screen of this session, showing the first outcome."""
    screen = OverTimeScreen(session.theme)
    presenter = OverTimePresenter(screen, session.review)
    screen.presenter = presenter
    screen.outcome_chosen.connect(presenter.choose)
    screen.picture.failed.connect(session.tell)
    screen.picture.done.connect(session.note)
    presenter.show()
    return screen
