"""The case-mix screen."""

from PySide6.QtCore import Signal

from core.charts.calibration import calibration_table, describe_calibration, draw_calibration
from core.charts.case_mix import draw_case_mix
from core.charts.palette import PRINT
from core.charts.power import describe_power, draw_power, power_table
from core.charts.provenance import with_provenance
from core.results.detectability import Detectability
from desktop.screens.case_mix.presenter import (
    FIT_NOTE,
    RISKIEST_NOTE,
    CaseMixPage,
    CaseMixPresenter,
)
from desktop.session import Session
from desktop.theme import Theme
from desktop.translation import tr
from desktop.widgets.chart_card import ChartCardWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.picture_page import Picture, PicturePageWidget, rows_card, said_card
from desktop.widgets.taken import TakenPicture

SMALL_SIZE = (6.0, 4.0)
LEAST_HEIGHT = 340


class CaseMixScreen(PicturePageWidget):
    """Risks against the nation, calibration by band, and what the funnel would have missed."""

    risks_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self._risks = ChoiceWidget(tr("Risks"))
        name = tr("Predicted risks, own and national")
        super().__init__(theme, name, LEAST_HEIGHT, (self._risks,))
        self._risks.chosen.connect(self.risks_chosen)
        self._below: list[ChartCardWidget] = []

    def show_page(self, page: CaseMixPage) -> None:
        """Show one outcome."""
        self._risks.offer(page.choices, page.chosen)
        if page.no_picture:
            self.show_picture(self._picture(page))
            self._clear_below()
            return
        cards = [
            said_card(tr("In words"), page.description, means=("risk", "median_risk")),
            said_card(tr("How the risks fit"), *page.fit, tr(FIT_NOTE), means=("auc", "brier")),
        ]
        if page.riskiest:
            head = (tr("Case"), tr("risk"), tr("recorded"))
            title = tr("Highest risks")
            cards.append(rows_card(title, page.riskiest, tr(RISKIEST_NOTE), head, ("risk",)))
        self.show_picture(self._picture(page), *cards)
        self._show_below(page)

    def _picture(self, page: CaseMixPage) -> Picture:
        mix = page.mix
        return Picture(
            code=page.code,
            label=page.label,
            subtitle=page.subtitle,
            name=tr("Predicted risks for {label}").format(label=page.label),
            description=page.description,
            figure=draw_case_mix(mix, self._theme.palette),
            table=page.table,
            provenance=page.provenance,
            exported=lambda: with_provenance(draw_case_mix(mix, PRINT), page.provenance, PRINT),
            instead=page.no_picture,
        )

    def _clear_below(self) -> None:
        for card in self._below:
            card.hide()
            card.deleteLater()
        self._below = []

    def _show_below(self, page: CaseMixPage) -> None:
        self._clear_below()
        self._below = [self._calibration(page)]
        if page.power is not None:
            self._below.append(self._power(page, page.power))
        for card in self._below:
            self._columns.left.addWidget(card)

    def _calibration(self, page: CaseMixPage) -> ChartCardWidget:
        mix, palette = page.mix, self._theme.palette
        card = self._chart_card(tr("Calibration by band of risk"), describe_calibration(mix))
        drawn = draw_calibration(mix, palette, SMALL_SIZE)
        card.show_chart(drawn, tr("Calibration"), describe_calibration(mix))
        card.show_table(calibration_table(mix))
        card.offer(
            TakenPicture(
                tr("{outcome} calibration").format(outcome=page.label),
                lambda: with_provenance(draw_calibration(mix, PRINT), page.provenance, PRINT),
                describe_calibration(mix),
                page.provenance,
            )
        )
        return card

    def _power(self, page: CaseMixPage, power: Detectability) -> ChartCardWidget:
        title = tr("What the funnel would have missed")
        card = self._chart_card(title, describe_power(power))
        drawn = draw_power(power, self._theme.palette, SMALL_SIZE)
        card.show_chart(drawn, title, describe_power(power))
        card.show_table(power_table(power))
        card.offer(
            TakenPicture(
                tr("{outcome} power").format(outcome=page.label),
                lambda: with_provenance(draw_power(power, PRINT), page.provenance, PRINT),
                describe_power(power),
                page.provenance,
            )
        )
        return card

    def _chart_card(self, title: str, words: str) -> ChartCardWidget:
        card = ChartCardWidget(title, (), self._theme.scale, LEAST_HEIGHT, first=False)
        card.say(title, words)
        card.picture.failed.connect(self.picture.failed)
        card.picture.done.connect(self.picture.done)
        return card


def build(session: Session) -> CaseMixScreen:
    """Return the screen of this session, showing the first outcome."""
    screen = CaseMixScreen(session.theme)
    presenter = CaseMixPresenter(screen, session.review)
    screen.presenter = presenter
    screen.outcome_chosen.connect(presenter.choose)
    screen.risks_chosen.connect(presenter.choose_risks)
    screen.picture.failed.connect(session.tell)
    screen.picture.done.connect(session.note)
    presenter.show()
    return screen
