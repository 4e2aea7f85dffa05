"""The correction requests of one case, in its panel."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.review.queries import Query, QueryDrafted, QueryRemoved
from desktop.queries.drafting import for_case
from desktop.queries.form import QueryFormWidget
from desktop.queries.naming import about, name_of
from desktop.queries.writing import READ_ONLY, QueryDesk
from desktop.session import Session
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget, HairlineWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.text import ProseWidget

INTRO = QT_TR_NOOP("Ask the audit to correct this record. The record here is never altered.")


class QueryCardWidget(CardWidget):
    """Lists the requests about the case and edits the one that is open."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Correction requests"))
        self._session = session
        self._desk = QueryDesk(session)
        self._case = ""
        self._open = ""
        self._others = QWidget()
        self._list = QVBoxLayout(self._others)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.status = ProseWidget("", "small")
        self.form = QueryFormWidget(session.review.extract)
        self.form.drafted.connect(self._keep)
        self.begin = QPushButton(tr("Draft a correction request"))
        self.begin.clicked.connect(self._draft)
        self.remove = QPushButton(tr("Take it back"))
        self.remove.setToolTip(tr("Take this request away; Undo brings it back"))
        self.remove.clicked.connect(self._remove)
        self.more = QPushButton(tr("All requests, and what-if"))
        self.more.setProperty("link", True)
        self.more.clicked.connect(lambda: session.go("queries", ""))
        self._intro = ProseWidget(tr(INTRO), "small")
        buttons = FlowLayout()
        buttons.add(self.begin, self.remove, self.more)
        self.add(self._intro, self._others, self.form, self.status, HairlineWidget(), buttons)
        session.keeper.follow(self, self._refresh)
        session.keeper.follow_locking(self, self.form.flush)

    def show_case(self, case_id: str) -> None:
        """Show the requests about another case; what is being typed is written first."""
        if case_id != self._case:
            self.form.flush()
            self._case, self._open = case_id, ""
        self._refresh()

    def _refresh(self) -> None:
        found = {one.id: one for one in self._desk.about(self._case)}
        if self._open not in found:
            self._open = next(reversed(found), "")
        self._show_others([one for one in found.values() if one.id != self._open])
        shown = found.get(self._open)
        for part in (self.form, self.status, self.remove, self.more):
            part.setVisible(shown is not None)
        self._intro.setVisible(shown is None or self._desk.read_only)
        self._intro.say(tr(READ_ONLY) if self._desk.read_only else tr(INTRO))
        self.begin.setEnabled(not self._desk.read_only)
        self.remove.setEnabled(not self._desk.read_only)
        self.begin.setText(tr("Draft another") if found else tr("Draft a correction request"))
        if shown is None:
            self.form.show_none()
            self.status.say("")
        else:
            self.form.show_query(shown, writable=not self._desk.read_only)
            self.status.say(self._desk.sending(shown))

    def _show_others(self, queries: list[Query]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.setParent(None)
                part.deleteLater()
        for one in queries:
            name = name_of(self._desk.manifest, one)
            button = QPushButton(about(self._desk.manifest, one))
            button.setProperty("link", True)
            button.setAccessibleName(tr("Show the request: {name}").format(name=name))
            button.clicked.connect(lambda _, name=one.id: self._choose(name))
            self._list.addWidget(button)
        self._others.setVisible(bool(queries))

    def _choose(self, name: str) -> None:
        self.form.flush()
        self._open = name
        self._refresh()

    def _draft(self) -> None:
        self.form.flush()
        draft = for_case(self._session.extract, self._case)
        self._desk.ask(lambda: [draft], lambda: self._drafted(draft))

    def _drafted(self, draft: QueryDrafted) -> None:
        self._open = draft.query
        self._session.go("cases", "")
        self._refresh()

    def _remove(self) -> None:
        self._desk.write([QueryRemoved(query=self._open)])

    def _keep(self, event: QueryDrafted) -> None:
        if not self._desk.write([event]):
            self.form.keep_unsaved()
