"""The publication screen: the public view at the left, the decision and its file at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.charts.funnel import draw_funnel
from core.results.funnel import Funnel
from core.results.public import PREVIEW, PublicOutcome, PublicView
from desktop.screens.publication.decision_card import DecisionWidget
from desktop.screens.publication.presenter import DecisionPage, PublicationPresenter
from desktop.screens.publication.sent_card import SentWidget
from desktop.session import Session
from desktop.theme import Theme
from desktop.translation import tr
from desktop.widgets.card import CardWidget, HairlineWidget
from desktop.widgets.chart_canvas import ChartCanvasWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.figures import FactsWidget
from desktop.widgets.page import PageWidget
from desktop.widgets.text import ProseWidget, TextWidget
from desktop.widgets.wrapping import WrappingCheckBox

FUNNEL = (320, 170)
NUMBERS = ("cases", "observed", "expected", "ratio", "position", "limits", "national_ratio")


class PublicationScreen(PageWidget):
    """What would be shown in public, exactly, and what the surgeon says to it."""

    checked = Signal(str, bool)

    def __init__(self, theme: Theme, funnels: dict[str, Funnel]) -> None:
        super().__init__(tr("Publication"), theme.scale)
        self._theme, self._funnels = theme, funnels
        self._columns = ColumnsWidget(theme.scale)
        self._regime = ProseWidget("", "quiet")
        self.body.addWidget(self._regime)
        self.body.addWidget(self._columns)
        self.body.addStretch(1)
        self._public = CardWidget(tr("As the public would see it"))
        self.decision = DecisionWidget()
        self.sent = SentWidget()
        self._before = CardWidget(tr("Before you decide"))
        self._facts = QVBoxLayout()
        self.checks: dict[str, WrappingCheckBox] = {}
        self._before.add(self._facts)
        self._before.explain("finding", "query")
        self._history = CardWidget(tr("What was decided, and when"))
        self._steps = QVBoxLayout()
        self._history.add(self._steps)
        self._columns.left.addWidget(self._public)
        self._columns.left.addStretch(1)
        self._columns.add_right(self._before, self.decision, self.sent, self._history)

    def show_public(self, view: PublicView) -> None:
        """Show what the public would see."""
        states = tr("The extract states: {words}").format(words=f"“{view.states}”")
        self._public.add(ProseWidget(states), ProseWidget(view.who, strong=view.who))
        for outcome in view.outcomes:
            self._public.add(HairlineWidget(), self._outcome(outcome))
        self._public.add(HairlineWidget(), ProseWidget(PREVIEW, "small"))
        self._public.explain(*NUMBERS)

    def show_decision(self, page: DecisionPage) -> None:
        """Show where the decision stands and what can be done."""
        self._regime.say(page.regime)
        silence = [ProseWidget(page.silence)] if page.silence else []
        _refill(self._facts, [FactsWidget(page.rows), *silence])
        for key, words, ticked in page.checks:
            self._check(key, words).setChecked(ticked)
        self.decision.show_page(page)
        self.sent.show_state(page.sending, can_send=page.can_send)
        _refill(self._steps, [ProseWidget(f"{when}: {said}") for when, said in page.steps])
        self._history.setVisible(bool(page.steps))

    def _check(self, key: str, words: str) -> WrappingCheckBox:
        if key not in self.checks:
            box = WrappingCheckBox(words)
            box.clicked.connect(lambda done: self.checked.emit(key, done))
            self.checks[key] = box
            self._before.add(box)
        return self.checks[key]

    def _outcome(self, said: PublicOutcome) -> QHBoxLayout:
        words = QVBoxLayout()
        words.addWidget(TextWidget(said.label, "card-title"))
        words.addWidget(TextWidget(said.facts, "quiet"))
        words.addWidget(ProseWidget(said.sentence))
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(words, 1)
        if said.position:
            words.addWidget(TextWidget(said.position, "strong"))
            if said.code in self._funnels:
                row.addWidget(self._picture(said))
        words.addStretch(1)
        return row

    def _picture(self, said: PublicOutcome) -> ChartCanvasWidget:
        width, height = FUNNEL
        size = (width / 100, height / 100)
        figure = draw_funnel(self._funnels[said.code], self._theme.palette, size, bare=True)
        name = tr("Funnel of {label} as it would be shown").format(label=said.label)
        canvas = ChartCanvasWidget(figure, name, f"{said.sentence} {said.position}.")
        canvas.setFixedSize(width, height)
        return canvas


def _refill(column: QVBoxLayout, parts: list[QWidget]) -> None:
    while item := column.takeAt(0):
        if widget := item.widget():
            widget.deleteLater()
    for part in parts:
        column.addWidget(part)


def build(session: Session) -> PublicationScreen:
    """Return the screen of this session, filled."""
    results = session.review.results
    funnels = {one.code: session.review.funnel(one.code) for one in results if one.ratio}
    screen = PublicationScreen(session.theme, funnels)
    presenter = PublicationPresenter(screen, session)
    screen.presenter = presenter
    screen.checked.connect(presenter.check)
    screen.decision.decided.connect(presenter.decide)
    screen.decision.withdrawn.connect(presenter.withdraw)
    screen.sent.recorded.connect(presenter.record_sent)
    session.keeper.follow(screen, presenter.show_decision)
    presenter.show()
    return screen
