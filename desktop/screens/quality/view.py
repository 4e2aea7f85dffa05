"""The data-quality screen: findings at the left, what is missing at the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from desktop.screens.quality.drafts import FindingDrafts
from desktop.screens.quality.presenter import (
    FindingGroup,
    FindingRow,
    QualityPage,
    QualityPresenter,
)
from desktop.session import Session
from desktop.theme import Theme
from desktop.translation import tr
from desktop.widgets.card import CardWidget, HairlineWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.figures import FactsWidget
from desktop.widgets.page import PageWidget
from desktop.widgets.sentence import SentenceWidget
from desktop.widgets.text import ProseWidget, TextWidget


class QualityScreen(PageWidget):
    """What to check in the records, the most important first."""

    finding_chosen = Signal(int)
    draft_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Data quality"), theme.scale)
        self._buttons: dict[int, QPushButton] = {}
        self._drafts: dict[int, QPushButton] = {}
        self._columns = ColumnsWidget(theme.scale)
        self.body.addWidget(self._columns)
        self.body.addStretch(1)

    def show_page(self, page: QualityPage) -> None:
        """Show the findings, or that there are none."""
        summary = CardWidget()
        summary.add(SentenceWidget(page.summary, page.summary if page.groups else ""))
        if page.hint:
            summary.add(ProseWidget(page.hint, "quiet"))
        self._columns.left.addWidget(summary)
        for group in page.groups:
            self._columns.left.addWidget(self._group(group))
        self._columns.left.addStretch(1)
        self._columns.add_right(self._missing(page))
        if page.completeness:
            self._columns.add_right(self._completeness(page))

    def see_cases(self, number: int) -> QPushButton:
        """Return the button that leads to a finding's cases; KeyError where there is none."""
        return self._buttons[number]

    def draft(self, number: int) -> QPushButton:
        """Return the button that drafts a finding's requests; KeyError where there is none."""
        return self._drafts[number]

    def _group(self, group: FindingGroup) -> CardWidget:
        card = CardWidget(group.title)
        for row in group.rows:
            card.add(HairlineWidget(), self._finding(row))
        return card

    def _finding(self, row: FindingRow) -> QHBoxLayout:
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(ProseWidget(f"{row.title} · {row.count}", strong=row.title))
        said.addWidget(ProseWidget(row.message))
        if row.effect:
            said.addWidget(ProseWidget(row.effect, "quiet"))
        said.addWidget(ProseWidget(row.query, "small"))
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addLayout(said, 1)
        if row.draft:
            said.addWidget(self._draft_button(row), 0, Qt.AlignmentFlag.AlignLeft)
        if row.has_cases:
            line.addWidget(self._button(row), 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _draft_button(self, row: FindingRow) -> QPushButton:
        button = QPushButton(row.draft)
        button.setProperty("link", True)
        button.setAccessibleName(f"{row.draft}: {row.title}, {row.count}. {row.message}")
        button.clicked.connect(lambda: self.draft_wanted.emit(row.number))
        self._drafts[row.number] = button
        return button

    def _button(self, row: FindingRow) -> QPushButton:
        button = QPushButton(tr("See the cases"))
        button.setProperty("link", True)
        name = tr("See the cases: {title}, {count}").format(title=row.title, count=row.count)
        button.setAccessibleName(f"{name}. {row.message}")
        button.clicked.connect(lambda: self.finding_chosen.emit(row.number))
        self._buttons[row.number] = button
        return button

    def _missing(self, page: QualityPage) -> CardWidget:
        card = CardWidget(tr("What is not counted"))
        for label, words in page.missing:
            card.add(TextWidget(label, "strong"), ProseWidget(words))
        card.explain("cases", "left_out.excluded", "missing_bounds")
        return card

    def _completeness(self, page: QualityPage) -> CardWidget:
        card = CardWidget(tr("How complete the records are"))
        head = (tr("Field"), tr("You"), tr("National"))
        card.add(FactsWidget(page.completeness, head))
        card.explain("completeness", "finding")
        return card


def build(session: Session) -> QualityScreen:
    """Return the screen of this session, filled."""
    screen = QualityScreen(session.theme)
    screen.finding_chosen.connect(session.see)
    drafting = FindingDrafts(session)
    screen.presenter = drafting
    screen.draft_wanted.connect(drafting.draft)
    QualityPresenter(screen, session.review).show()
    return screen
