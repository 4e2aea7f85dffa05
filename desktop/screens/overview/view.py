"""The overview: it reads like a letter, one card an outcome."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.charts.funnel import draw_funnel
from core.charts.palette import PRINT
from core.charts.provenance import with_provenance
from core.results.funnel import Funnel
from desktop.noting.card import notes_card
from desktop.noting.places import on_outcomes
from desktop.screens.overview.presenter import OutcomeCard, OverviewPresenter, SideCard
from desktop.screens.overview.top import TopWidget
from desktop.session import Session
from desktop.theme import Theme
from desktop.translation import tr
from desktop.undoing import undo_by_keys
from desktop.widgets.card import CardWidget
from desktop.widgets.chart_canvas import ChartCanvasWidget
from desktop.widgets.chip import ChipWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.figures import FactsWidget, KeyFigureWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.page import PageWidget
from desktop.widgets.sentence import SentenceWidget
from desktop.widgets.taken import TakenPicture
from desktop.widgets.text import ProseWidget, TextWidget

MINI = (220, 116)
FIGURES = 260
ACROSS = 20
NUMBERS = (
    "cases",
    "crude_rate",
    "adjusted_rate",
    "national_rate",
    "ratio",
    "observed",
    "expected",
    "position",
    "power.double_rate_alert",
    "ratio_interval",
    "left_out.excluded",
    "audit_method",
)


class OverviewScreen(PageWidget):
    """Cards for the outcomes at the left, what waits and the caseload at the right."""

    funnel_chosen = Signal(str)
    records_chosen = Signal()
    notes: CardWidget

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Where you stand"), theme.scale)
        self._theme = theme
        self._funnel_buttons: dict[str, QPushButton] = {}
        self._columns = ColumnsWidget(theme.scale)
        self.body.addWidget(self._columns)
        self.body.addStretch(1)

    def show_outcomes(self, cards: tuple[OutcomeCard, ...]) -> None:
        """Show one card an outcome."""
        for card in cards:
            self._columns.left.addWidget(self._outcome(card))
        self._columns.left.addStretch(1)

    def show_side(self, cards: tuple[SideCard, ...]) -> None:
        """Show the right column."""
        self._columns.add_right(*(self._side(card) for card in cards))

    def add_notes(self, card: CardWidget) -> None:
        """Let the notes on the outcomes stand under the outcomes."""
        self._columns.left.insertWidget(self._columns.left.count() - 1, card)

    def funnel_button(self, code: str) -> QPushButton:
        """Return the button that leads to an outcome's funnel; KeyError where there is none."""
        return self._funnel_buttons[code]

    def _outcome(self, said: OutcomeCard) -> CardWidget:
        card = CardWidget()
        card.setAccessibleName(said.label)
        mini = self._mini(said.funnel, said) if said.funnel is not None else None
        below = self._theme.px(FIGURES) + MINI[0]
        card.add(TopWidget(_heading(said), _figures(said), mini, below))
        card.body.addSpacing(4)
        card.add(SentenceWidget(said.account, said.strong))
        if said.remarks:
            card.add(ProseWidget(said.remarks, "quiet"))
        if said.funnel is None:
            card.add(ProseWidget(said.footnote, "small"))
        else:
            foot = self._foot(said)
            card.add(foot)
            foot.addWidget(card.ask_about(*NUMBERS), 0, Qt.AlignmentFlag.AlignTop)
        return card

    def _side(self, said: SideCard) -> CardWidget:
        card = CardWidget(said.title)
        card.add(ProseWidget(said.sentence, "quiet"))
        if said.rows:
            card.add(FactsWidget(said.rows))
        if said.footnote:
            card.add(ProseWidget(said.footnote, "small"))
        if said.digest:
            card.body.addWidget(_copy_button(said.digest), 0, Qt.AlignmentFlag.AlignLeft)
        if said.to_records:
            card.body.addSpacing(6)
            card.body.addWidget(self._records_button(), 0, Qt.AlignmentFlag.AlignLeft)
        if said.means:
            card.explain(*said.means)
        card.body.addStretch(1)
        return card

    def _records_button(self) -> QPushButton:
        button = QPushButton(tr("Check my records"))
        button.setProperty("primary", True)
        button.clicked.connect(self.records_chosen)
        return button

    def _mini(self, funnel: Funnel, said: OutcomeCard) -> QWidget:
        width, height = MINI
        figure = draw_funnel(funnel, self._theme.palette, (width / 100, height / 100), bare=True)
        name = tr("Small funnel of {label}").format(label=said.label)
        canvas = ChartCanvasWidget(figure, name, said.description)
        canvas.setFixedSize(width, height)
        canvas.picture = _taken(funnel, said)
        return canvas

    def _foot(self, said: OutcomeCard) -> QHBoxLayout:
        more = QPushButton(tr("See the funnel"))
        more.setProperty("link", True)
        more.setAccessibleName(tr("See the funnel of {label}").format(label=said.label))
        more.clicked.connect(lambda: self.funnel_chosen.emit(said.code))
        self._funnel_buttons[said.code] = more
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(ProseWidget(said.footnote, "small"), 1)
        row.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _taken(funnel: Funnel, said: OutcomeCard) -> TakenPicture:
    """Return the whole funnel of which the card shows a small one."""
    return TakenPicture(
        said.label,
        lambda: with_provenance(draw_funnel(funnel, PRINT), said.provenance, PRINT),
        said.description,
        said.provenance,
    )


def _copy_button(digest: str) -> QPushButton:
    """Return what puts all 64 digits, without the gaps, on the clipboard."""
    button = QPushButton(tr("Copy the SHA-256"))
    button.setProperty("link", True)
    button.clicked.connect(lambda: QApplication.clipboard().setText(digest))
    return button


def _heading(said: OutcomeCard) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(TextWidget(said.label, "card-title"))
    column.addWidget(ProseWidget(said.facts, "quiet"))
    return column


def _figures(said: OutcomeCard) -> FlowLayout:
    row = FlowLayout(across=ACROSS, low=True)
    for place, (figure, caption) in enumerate(said.figures):
        row.add(KeyFigureWidget(figure, caption, own=place == 0))
    row.add(ChipWidget(said.position, attention=said.attention))
    if said.line:
        row.add(TextWidget(f"{said.line[0].upper()}{said.line[1:]}", "quiet"))
    return row


def build(session: Session) -> OverviewScreen:
    """Return the screen of this session, filled."""
    screen = OverviewScreen(session.theme)
    screen.funnel_chosen.connect(lambda code: session.go("funnel", code))
    screen.records_chosen.connect(lambda: session.go("quality", ""))
    OverviewPresenter(screen, session.review).show()
    screen.notes, notes = notes_card(session, "overview")
    screen.add_notes(screen.notes)
    screen.presenter = notes
    notes.turn(on_outcomes(session.review.results))
    undo_by_keys(screen, session)
    return screen
