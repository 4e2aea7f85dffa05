"""The what-if part of the screen: both marks in one funnel, figures beside each other, effects."""

from matplotlib.figure import Figure
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.charts.funnel import draw_funnel
from core.charts.palette import PRINT
from core.charts.provenance import with_provenance
from core.results.outcome import OutcomeResult
from core.results.wording import IF_ACCEPTED
from core.review.what_if import LABEL
from desktop.models.columns import Column, ColumnsTableModel
from desktop.screens.queries.comparison import WhatIfPage
from desktop.theme import Theme
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.chart_card import ChartCardWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.figures import FactsWidget
from desktop.widgets.sentence import SentenceWidget
from desktop.widgets.table_view import TableWidget
from desktop.widgets.taken import TakenPicture
from desktop.widgets.text import ProseWidget, TextWidget

WORKING = QT_TR_NOOP("The what-if is being worked out.")
MOST_ROWS = 8
DIGITS = (0, 0, 0, 2, 2, 0)


class WhatIfWidget(QWidget):
    """One outcome's what-if; hidden where there is nothing to grant."""

    outcome_chosen = Signal(str)
    correction_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._drawn: OutcomeResult | None = None
        self.working = ProseWidget(tr(WORKING), "quiet")
        self.correction = ChoiceWidget(tr("Corrections granted"))
        self.correction.chosen.connect(self.correction_chosen)
        name = tr("The points of the funnel, official and what-if")
        self.chart = ChartCardWidget(name, (self.correction,), theme.scale)
        self.chart.outcome_chosen.connect(self.outcome_chosen)
        self.figures = CardWidget(tr("What-if: {if_accepted}").format(if_accepted=IF_ACCEPTED))
        self.facts = QWidget()
        self.figures.add(SentenceWidget(LABEL + ".", LABEL + "."), self.facts)
        self.figures.explain("what_if", "cases", "observed", "expected", "ratio", "position")
        self.effects = TableWidget(tr("Effect of each correction, {label}").format(label=LABEL))
        for table in (self.effects, self.chart.table):
            table.setAccessibleDescription(tr("No what-if is worked out yet"))
        self._remarks = CardWidget(tr("What the what-if could not work out"))
        self._said = QWidget()
        self._remarks.add(self._said)
        self._lay_out()

    def show_working(self) -> None:
        """Say that it is being worked out; what stands there is of the requests before."""
        self.working.show()
        self.show()

    def show_page(self, page: WhatIfPage, outcomes: tuple[tuple[str, str], ...]) -> None:
        """Show one outcome with one correction, or all, granted."""
        self.working.hide()
        self.chart.offer_outcomes(outcomes)
        self.chart.mark_outcome(page.code)
        self.correction.offer(page.choices, page.key)
        self.chart.say(page.label, page.subtitle)
        self._show_picture(page)
        self._show_figures(page)
        self._show_effects(page)
        self._show_remarks(page)
        self.show()

    def _show_picture(self, page: WhatIfPage) -> None:
        """Draw both marks, unless they stand there already."""
        if self._drawn is page.what_if:
            return
        self._drawn = page.what_if
        figure = draw_funnel(page.funnel, self._theme.palette, what_if=page.what_if)
        name = tr("What-if funnel of {label}, {if_accepted}")
        said = name.format(label=page.label, if_accepted=IF_ACCEPTED)
        self.chart.show_chart(figure, said, page.description)
        self.chart.show_table(page.table)
        self.chart.offer(
            TakenPicture(said, lambda: exported(page), page.description, page.provenance)
        )
        self.effects.provenance = page.provenance
        if page.no_picture:
            self.chart.show_instead(SentenceWidget(page.no_picture))

    def _show_figures(self, page: WhatIfPage) -> None:
        facts = QWidget()
        column = _column(facts)
        head = ("", tr("official"), tr("what-if"))
        for one in page.beside:
            column.addWidget(TextWidget(one.label, "strong"))
            column.addWidget(FactsWidget(one.rows, head))
            column.addWidget(ProseWidget(one.positions, "small"))
        self.facts = _instead(self.figures, self.facts, facts)

    def _show_effects(self, page: WhatIfPage) -> None:
        cells = zip(*page.effects.rows, strict=True)
        columns = [
            Column(heading, tuple(values), digits)
            for heading, values, digits in zip(page.effects.headings, cells, DIGITS, strict=True)
        ]
        self.effects.show_model(ColumnsTableModel(columns, self.effects))
        self.effects.share_width()
        self.effects.fit_rows(MOST_ROWS)

    def _show_remarks(self, page: WhatIfPage) -> None:
        said = QWidget()
        column = _column(said)
        for words in page.remarks:
            column.addWidget(ProseWidget(words))
        self._said = _instead(self._remarks, self._said, said)
        self._remarks.setVisible(bool(page.remarks))

    def _lay_out(self) -> None:
        each = tr("Each correction alone, {if_accepted}")
        alone = CardWidget(each.format(if_accepted=IF_ACCEPTED))
        alone.add(ProseWidget(f"{LABEL}.", "quiet"), self.effects)
        columns = ColumnsWidget(self._theme.scale)
        for part in (self.chart, alone, self._remarks):
            columns.left.addWidget(part)
        columns.left.addStretch(1)
        columns.add_right(self.figures)
        column = _column(self)
        column.addWidget(self.working)
        column.addWidget(columns)


def exported(page: WhatIfPage) -> Figure:
    """Return the picture as it leaves the program: on white, told as a what-if."""
    figure = draw_funnel(page.funnel, PRINT, what_if=page.what_if)
    return with_provenance(figure, page.provenance, PRINT)


def _instead(card: CardWidget, before: QWidget, after: QWidget) -> QWidget:
    card.body.replaceWidget(before, after, Qt.FindChildOption.FindDirectChildrenOnly)
    before.hide()
    before.deleteLater()
    return after


def _column(owner: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return column
