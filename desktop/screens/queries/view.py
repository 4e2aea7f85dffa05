"""The screen of correction requests: all of them, one in full, and what they would change."""

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from core.charts.provenance import source
from desktop.models.columns import Column, ColumnsTableModel
from desktop.screens.queries.chosen import ChosenQueryWidget, StandingWidget
from desktop.screens.queries.comparison import WhatIfPage
from desktop.screens.queries.presenter import ChosenQuery, QueriesPage, QueriesPresenter
from desktop.screens.queries.rows import QueryRow
from desktop.screens.queries.what_if import WhatIfPresenter
from desktop.screens.queries.what_if_part import WhatIfWidget
from desktop.session import Session
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.page import PageWidget
from desktop.widgets.table_view import TableWidget
from desktop.widgets.text import ProseWidget

HEADINGS = (
    QT_TR_NOOP("Case"),
    QT_TR_NOOP("What is wrong"),
    QT_TR_NOOP("Field"),
    QT_TR_NOOP("Audit’s value"),
    QT_TR_NOOP("Proposed"),
    QT_TR_NOOP("Status"),
)
ROWS = QT_TR_NOOP("One row for each request. Keep this as you would keep patient records.")
MOST_ROWS = 10


class QueriesScreen(PageWidget):
    """Correction requests about the open extract, and the what-if of them."""

    query_chosen = Signal(str)
    filter_chosen = Signal(str)
    vault_wanted = Signal()
    absent_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Correction requests"), session.theme.scale)
        self._theme = session.theme
        review = session.review
        self._outcomes = tuple((one.code, one.label) for one in review.results)
        self._rows: tuple[QueryRow, ...] | None = None
        self.said = ProseWidget()
        self.filter = ChoiceWidget(tr("Status"))
        self.filter.chosen.connect(self.filter_chosen)
        self.open_vault = self._button(tr("Open the vault"), self.vault_wanted)
        self.open_vault.setProperty("primary", True)
        self.absent = self._button(tr("A case of mine is absent"), self.absent_wanted)
        self.undo = self._button(tr("Undo"), self.undo_wanted)
        self.redo = self._button(tr("Redo"), self.redo_wanted)
        self.table = TableWidget(tr("Correction requests"))
        self.table.setSelectionMode(TableWidget.SelectionMode.SingleSelection)
        self.chosen = ChosenQueryWidget(review.extract)
        self.what_if = WhatIfWidget(session.theme)
        self.what_if.hide()
        self._columns = ColumnsWidget(session.theme.scale)
        self.standing = StandingWidget(review.extract)
        self.unknown = CardWidget(tr("Answers to requests that are not in this vault"))
        self._unknown = ProseWidget()
        self.unknown.add(self._unknown)
        self._lay_out()
        self.begin_at(self.table)

    def show_page(self, page: QueriesPage) -> None:
        """Show the list."""
        self.said.say(page.said)
        self.filter.offer(page.filters, page.filter)
        self.open_vault.setVisible(page.locked)
        self.absent.setVisible(not page.locked)
        self.undo.setVisible(not page.locked)
        self.redo.setVisible(not page.locked)
        self.undo.setEnabled(bool(page.undo))
        self.redo.setEnabled(page.redo)
        tip = tr("Undo (Ctrl+Z): {what}").format(what=page.undo)
        self.undo.setToolTip(tip if page.undo else tr("Nothing about requests to undo"))
        self._show_rows(page)
        self._unknown.say(" ".join(page.unknown))
        self.unknown.setVisible(bool(page.unknown))

    def show_query(self, chosen: ChosenQuery | None) -> None:
        """Show one request in full, or that none is chosen."""
        self.chosen.show_chosen(chosen)
        self.standing.show_chosen(chosen)
        if chosen is not None:
            self._select(chosen.query.id)

    def show_working(self) -> None:
        """Say that the what-if is being worked out."""
        self.what_if.show_working()

    def show_what_if(self, page: WhatIfPage | None) -> None:
        """Show the what-if, or nothing."""
        if page is None:
            self.what_if.hide()
        else:
            self.what_if.show_page(page, self._outcomes)

    def flush(self) -> None:
        """Tell what is being typed."""
        self.chosen.form.flush()

    def keep_unsaved(self) -> None:
        """Hold on to what could not be written."""
        self.chosen.form.keep_unsaved()

    def _show_rows(self, page: QueriesPage) -> None:
        """Show the rows in the order that was chosen, unless they stand there already."""
        if page.rows == self._rows:
            return
        self._rows = page.rows
        cells = [(r.case, r.kind, r.field, r.stands, r.proposed, r.status) for r in page.rows]
        columns = [
            Column(tr(heading), [row[at] for row in cells]) for at, heading in enumerate(HEADINGS)
        ]
        header = self.table.horizontalHeader()
        sorting = header.sortIndicatorSection(), header.sortIndicatorOrder()
        sorted_by_hand = self.table.model() is not None and sorting[0] in range(len(HEADINGS))
        self.table.show_model(ColumnsTableModel(columns, self.table))
        self.table.selectionModel().currentRowChanged.connect(self._chosen_row)
        self.table.share_width()
        if sorted_by_hand:
            self.table.sortByColumn(*sorting)
        self.table.setVisible(bool(cells))
        self.table.fit_rows(MOST_ROWS)

    def _chosen_row(self, index: QModelIndex) -> None:
        model = self.table.model()
        if index.isValid() and isinstance(model, ColumnsTableModel):
            self.query_chosen.emit((self._rows or ())[model.position(index.row())].id)

    def _select(self, name: str) -> None:
        """Choose the row of a request without telling of it."""
        model, selection = self.table.model(), self.table.selectionModel()
        ids = [row.id for row in self._rows or ()]
        if not isinstance(model, ColumnsTableModel) or name not in ids:
            return
        shown = [ids[model.position(row)] for row in range(model.rowCount())]
        selection.blockSignals(True)
        self.table.selectRow(shown.index(name))
        selection.blockSignals(False)
        self.table.viewport().update()

    def _button(self, words: str, wanted: SignalInstance) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(wanted)
        return button

    def _lay_out(self) -> None:
        tools = FlowLayout()
        tools.add(self.filter, self.absent, self.undo, self.redo, self.open_vault)
        card = CardWidget()
        card.setAccessibleName(tr("Correction requests"))
        head = QHBoxLayout()
        head.addWidget(self.said, 1)
        head.addWidget(card.ask_about("query", "case", "finding"), 0, Qt.AlignmentFlag.AlignTop)
        card.add(head, tools, self.table)
        self._columns.left.addWidget(card)
        self._columns.left.addWidget(self.standing)
        self._columns.left.addWidget(self.unknown)
        self._columns.left.addStretch(1)
        self._columns.add_right(self.chosen)
        self.body.addWidget(self._columns)
        self.body.addWidget(self.what_if)
        self.body.addStretch(1)
        redo = self.redo_wanted
        for keys, act in (
            ("Ctrl+Z", self.undo_wanted),
            ("Ctrl+Shift+Z", redo),
            ("Ctrl+Y", redo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act)


def build(session: Session) -> QueriesScreen:
    """Return the screen of this session, following the vault."""
    screen = QueriesScreen(session)
    presenter = QueriesPresenter(screen, session)
    what_if = WhatIfPresenter(screen, session)
    extract = session.review.extract
    screen.table.provenance = (source(extract.manifest, extract.verdict),)
    screen.table.warning = tr(ROWS)
    screen.presenter = (presenter, what_if)
    screen.query_chosen.connect(presenter.choose)
    screen.filter_chosen.connect(presenter.choose_filter)
    screen.vault_wanted.connect(presenter.open_vault)
    screen.absent_wanted.connect(presenter.draft_absent)
    screen.undo_wanted.connect(presenter.undo)
    screen.redo_wanted.connect(presenter.redo)
    screen.chosen.form.drafted.connect(presenter.keep)
    screen.chosen.removal_wanted.connect(presenter.remove)
    screen.standing.sending.recorded.connect(presenter.record_sent)
    screen.standing.answering.recorded.connect(presenter.record_answer)
    screen.what_if.outcome_chosen.connect(what_if.choose_outcome)
    screen.what_if.correction_chosen.connect(what_if.choose_correction)
    screen.what_if.chart.picture.failed.connect(session.tell)
    screen.what_if.chart.picture.done.connect(session.note)
    session.keeper.follow(screen, presenter.show)
    session.keeper.follow(screen, what_if.refresh)
    session.keeper.follow_locking(screen, screen.flush)
    presenter.show()
    what_if.refresh()
    return screen
