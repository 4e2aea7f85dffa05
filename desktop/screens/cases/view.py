"""The cases screen: a table that is searched, narrowed and sorted, and one case beside it."""

from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
)

from desktop.noting.card import NotesCardWidget, notes_card
from desktop.noting.places import on_case
from desktop.screens.cases.case_page import CasePage
from desktop.screens.cases.columns import CaseColumns
from desktop.screens.cases.filters import ALL, Filter
from desktop.screens.cases.link_card import LinkCardWidget
from desktop.screens.cases.marks import case_marks
from desktop.screens.cases.model import CasesModel
from desktop.screens.cases.panel import CasePanelWidget
from desktop.screens.cases.presenter import NO_CASE, CasesPresenter, Mask
from desktop.screens.cases.query_card import QueryCardWidget
from desktop.session import Session
from desktop.theme import Theme
from desktop.translation import QT_TR_NOOP, tr
from desktop.undoing import undo_by_keys
from desktop.widgets.banner import BannerWidget
from desktop.widgets.card import CardWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.page import PageWidget
from desktop.widgets.table_view import TableWidget
from desktop.widgets.text import TextWidget

FILTERS = {
    "procedure": QT_TR_NOOP("Procedure"),
    "year": QT_TR_NOOP("Year"),
    "provider": QT_TR_NOOP("Provider"),
    "outcome": QT_TR_NOOP("Outcome"),
    "risk": QT_TR_NOOP("Risk"),
    "record": QT_TR_NOOP("Record"),
}
SAMPLED = 100
LEAST_HEIGHT = 260
ROWS = QT_TR_NOOP("One row for each case. Keep this as you would keep patient records.")
FOLD_BELOW = 900
NUMBERS = ("case", "cases", "risk", "outcome", "left_out.excluded", "finding")


class CasesScreen(PageWidget):
    """All cases of the extract, for one outcome at a time."""

    outcome_chosen = Signal(str)
    finding_chosen = Signal(int)
    searched = Signal(str)
    filter_chosen = Signal(str, str)
    all_wanted = Signal()
    case_chosen = Signal(int)
    reveal_wanted = Signal()
    notes: NotesCardWidget

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Cases"), theme.scale)
        self._theme = theme
        self.model = CasesModel(self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the cases"))
        self.search.setAccessibleName(tr("Search number, date, procedure, provider"))
        self.search.setToolTip(self.search.accessibleName())
        self.search.setMinimumWidth(theme.px(220))
        self.search.textChanged.connect(self.searched)
        self.outcome = ChoiceWidget(tr("Outcome of the table"))
        self.outcome.chosen.connect(self.outcome_chosen)
        self.choices = {key: self._choice(key, tr(name)) for key, name in FILTERS.items()}
        self.said = TextWidget("", "quiet")
        self.everything = QPushButton(tr("Show all cases"))
        self.everything.setProperty("link", True)
        self.everything.clicked.connect(self.all_wanted)
        self.reason = BannerWidget()
        self.reason.closed.connect(self.all_wanted)
        self.table = self._table()
        self.panel = CasePanelWidget(theme)
        self.panel.reveal_wanted.connect(self.reveal_wanted)
        self._lay_out()
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(partial(self.search.setFocus, Qt.FocusReason.ShortcutFocusReason))
        self.begin_at(self.table)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Put the panel under the table where there is no room beside it."""
        super().resizeEvent(event)
        folded = event.size().width() < self._theme.px(FOLD_BELOW)
        side = QBoxLayout.Direction
        self._row.setDirection(side.TopToBottom if folded else side.LeftToRight)
        self.panel.fold(folded)

    def show_outcomes(self, outcomes: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Offer the outcomes; nothing is offered where there is one."""
        self.outcome.offer(outcomes, chosen)

    def show_filters(self, found: tuple[Filter, ...], chosen: dict[str, str]) -> None:
        """Offer the filters that narrow anything."""
        for one in found:
            self.choices[one.key].offer(one.choices(), chosen.get(one.key, ALL))
            self.choices[one.key].setVisible(len(one.entries) > 1)

    def show_columns(self, columns: CaseColumns, provenance: tuple[str, ...]) -> None:
        """Show the cases of one outcome, and where they are from when they leave."""
        self.table.provenance = provenance
        self.model.show_columns(columns)
        self.table.share_width()

    def show_marks(self) -> None:
        """Show the marks of notes and correction requests anew."""
        self.model.show_marks()

    def show_only(self, mask: Mask, said: str, finding: str) -> None:
        """Show these cases alone."""
        self.model.show_only(mask)
        self.said.setText(said)
        self.everything.setVisible(not mask.all())
        self.reason.setVisible(bool(finding))
        if finding:
            self.reason.say(finding, attention=False)
            self._clear_search()

    def choose(self, position: int) -> None:
        """Choose the row of the case at this position, or none where it is not shown."""
        row = self.model.row_of(position)
        if row < 0:
            self.case_chosen.emit(NO_CASE)
        else:
            self.table.selectRow(row)

    def show_case(self, page: CasePage) -> None:
        """Show one case beside the table."""
        self.panel.show_page(page)

    def show_no_case(self) -> None:
        """Show that none is chosen."""
        self.panel.show_nothing()

    def clear(self) -> None:
        """Empty the search, as all cases are shown."""
        self._clear_search()

    def _clear_search(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    def _choice(self, key: str, name: str) -> ChoiceWidget:
        choice = ChoiceWidget(name)
        choice.chosen.connect(lambda label: self._choose(key, label))
        return choice

    def _choose(self, key: str, label: str) -> None:
        self.choices[key].mark(label)
        self.filter_chosen.emit(key, label)

    def _table(self) -> TableWidget:
        table = TableWidget(tr("Cases"))
        table.warning = tr(ROWS)
        table.show_model(self.model)
        table.horizontalHeader().setResizeContentsPrecision(SAMPLED)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self._theme.px(36))
        table.setSelectionMode(TableWidget.SelectionMode.SingleSelection)
        table.setMinimumHeight(self._theme.px(LEAST_HEIGHT))
        table.selectionModel().currentRowChanged.connect(self._chosen)
        return table

    def _chosen(self, index: QModelIndex) -> None:
        rows = QItemSelectionModel.SelectionFlag.Rows
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.table.selectionModel().select(index, select | rows)
        self.case_chosen.emit(self.model.position(index.row()) if index.isValid() else NO_CASE)

    def _lay_out(self) -> None:
        tools = FlowLayout()
        tools.add(self.search, self.outcome, *self.choices.values())
        under = QHBoxLayout()
        under.addWidget(self.said)
        under.addWidget(self.everything)
        under.addStretch(1)
        card = CardWidget()
        card.setAccessibleName(tr("Cases"))
        card.add(tools, under)
        card.body.addWidget(self.table, 1)
        under.addWidget(card.ask_about(*NUMBERS))
        left = QVBoxLayout()
        left.setSpacing(14)
        left.addWidget(self.reason)
        left.addWidget(card, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(20)
        self._row.addLayout(left, 1)
        self._row.addWidget(self.panel)
        self.body.addLayout(self._row, 1)


def build(session: Session) -> CasesScreen:
    """Return the screen of this session, showing the first outcome."""
    screen = CasesScreen(session.theme)
    presenter = CasesPresenter(screen, session.review)
    screen.presenter = presenter
    screen.outcome_chosen.connect(presenter.choose_outcome)
    screen.finding_chosen.connect(presenter.see)
    screen.searched.connect(presenter.search)
    screen.filter_chosen.connect(presenter.choose)
    screen.all_wanted.connect(screen.clear)
    screen.all_wanted.connect(presenter.show_all)
    link = LinkCardWidget(session)
    screen.case_chosen.connect(link.forget)
    screen.case_chosen.connect(presenter.choose_case)
    screen.reveal_wanted.connect(presenter.reveal)
    screen.notes, notes = notes_card(session, "cases")
    screen.panel.add_part(screen.notes, lambda case_id: notes.turn(on_case(case_id)))
    queries = QueryCardWidget(session)
    screen.panel.add_part(queries, queries.show_case)
    screen.panel.add_part(link, link.show_case)

    def mark() -> None:
        presenter.mark(case_marks(session.keeper.state, session.extract))

    session.keeper.follow(screen, mark)
    undo_by_keys(screen, session)
    mark()
    presenter.show()
    return screen
