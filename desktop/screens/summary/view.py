"""The screen of a typed summary: an audit, the totals of its outcomes, and where they stand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QVBoxLayout

from desktop.screens.summary.presenter import SummaryPresenter, Typed, TypedRow
from desktop.session import Desk
from desktop.theme import Theme
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.day_field import DayWidget
from desktop.widgets.labelled import LabelledWidget, line_edit
from desktop.widgets.page import PageWidget
from desktop.widgets.text import ProseWidget

INTRODUCTION = QT_TR_NOOP(
    "Copy the totals as the summary states them. They give the ratio, its interval, the funnel "
    "and its power, and are marked everywhere as typed by the surgeon. There are no cases to "
    "check."
)
EMPTY = QT_TR_NOOP(
    "Leave an outcome empty where the summary has none. Without expected events the crude rate is "
    "shown; without a national rate there is no line."
)
SOURCE_HINT = QT_TR_NOOP("For example: portal summary of March 2026, page 2.")


class OutcomeWidget(CardWidget):
    """The totals of one outcome."""

    def __init__(self, label: str, events: str) -> None:
        super().__init__(label)
        words = (
            tr("Your cases"),
            tr("Observed {events}").format(events=events),
            tr("Expected {events}").format(events=events),
            tr("National rate, %"),
        )
        self.fields = tuple(line_edit(f"{label}: {one}") for one in words)
        grid = QGridLayout()
        grid.setSpacing(12)
        for at, (field, name) in enumerate(zip(self.fields, words, strict=True)):
            grid.addWidget(LabelledWidget(field, name), at // 2, at % 2)
        self.add(grid)

    @property
    def typed(self) -> TypedRow:
        """What stands here."""
        return TypedRow(*(field.text() for field in self.fields))


class SummaryScreen(PageWidget):
    """A short form; nothing is kept until it is opened and noted on."""

    audit_chosen = Signal(str)
    open_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Type in a summary"), theme.scale)
        self.outcomes: dict[str, OutcomeWidget] = {}
        self.audits = ChoiceWidget(tr("Audit"))
        self.audits.chosen.connect(self.audit_chosen)
        self._outcomes = QVBoxLayout()
        self._outcomes.setSpacing(20)
        columns = ColumnsWidget(theme.scale)
        columns.left.addWidget(self._audit_card())
        columns.left.addLayout(self._outcomes)
        columns.left.addStretch(1)
        columns.add_right(self._source_card(), self._who_card())
        self.body.addWidget(columns)
        self.body.addStretch(1)

    def offer_audits(self, audits: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Offer the audits."""
        self.audits.offer(audits, chosen)

    def show_outcomes(self, outcomes: tuple[tuple[str, str, str], ...]) -> None:
        """Ask for the totals of these outcomes: code, label, and what one event is called."""
        while item := self._outcomes.takeAt(0):
            if part := item.widget():
                part.hide()
                part.deleteLater()
        self.outcomes = {code: OutcomeWidget(label, events) for code, label, events in outcomes}
        for part in self.outcomes.values():
            self._outcomes.addWidget(part)

    def show_surgeon(self, name: str, gmc: str) -> None:
        """Show who the surgeon is."""
        self.name.setText(name)
        self.gmc.setText(gmc)

    @property
    def typed(self) -> Typed:
        """What was typed."""
        return Typed(
            rows={code: part.typed for code, part in self.outcomes.items()},
            source=self.source.text(),
            name=self.name.text(),
            gmc=self.gmc.text(),
            start=self.start.day,
            end=self.end.day,
        )

    def _audit_card(self) -> CardWidget:
        card = CardWidget(tr("Which audit"))
        card.add(ProseWidget(tr(INTRODUCTION), "quiet"))
        card.body.addWidget(self.audits, 0, Qt.AlignmentFlag.AlignLeft)
        card.add(ProseWidget(tr(EMPTY), "small"))
        return card

    def _source_card(self) -> CardWidget:
        card = CardWidget(tr("Where and when"))
        self.source = line_edit(tr("Which summary, and of which date"))
        self.start = DayWidget(tr("First day of its period"))
        self.end = DayWidget(tr("Last day of its period"))
        card.add(LabelledWidget(self.source), ProseWidget(tr(SOURCE_HINT), "small"))
        card.add(LabelledWidget(self.start), LabelledWidget(self.end))
        return card

    def _who_card(self) -> CardWidget:
        card = CardWidget(tr("Whose figures"))
        self.name: QLineEdit = line_edit(tr("Your name"))
        self.gmc: QLineEdit = line_edit(tr("GMC number"))
        self.open = QPushButton(tr("Open"))
        self.open.setProperty("primary", True)
        self.open.setAccessibleName(tr("Open the typed summary"))
        self.open.clicked.connect(self.open_wanted)
        card.add(LabelledWidget(self.name), LabelledWidget(self.gmc))
        card.body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        return card


def build(desk: Desk) -> SummaryScreen:
    """Return the screen."""
    screen = SummaryScreen(desk.theme)
    presenter = SummaryPresenter(screen, desk)
    screen.presenter = presenter
    screen.audit_chosen.connect(presenter.choose)
    screen.open_wanted.connect(presenter.open)
    desk.keeper.follow(screen, presenter.name_surgeon)
    return screen
