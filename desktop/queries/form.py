"""The form of one correction request; it saves itself."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.extract.manifest import Field
from core.report.disclosure import Known, known
from core.review.correctable import audit_value, audit_words, correctable, field_of
from core.review.queries import KINDS, Query, QueryDrafted, QueryKind, Value
from desktop.queries.drafting import field_after
from desktop.queries.proposed import ProposedWidget
from desktop.queries.reminding import reminder
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.autosave import AutosaveWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.text import ProseWidget, TextWidget

if TYPE_CHECKING:
    from core.extract.opening import Extract

NO_FIELD = QT_TR_NOOP("Choose a field")
HINT = QT_TR_NOOP("What shows it: where it is recorded, who can confirm it. No names of patients.")
WITHHELD = QT_TR_NOOP(
    "This could identify a patient, so no value is kept or leaves with the request. It says that "
    "what the audit recorded is wrong, and that the right value is to be looked up at the hospital."
)
CLOSED = QT_TR_NOOP(
    "Changing a request that was sent makes it a draft again: it must then be sent anew."
)


class QueryFormWidget(QWidget):
    """Kind, field, the audit's value (shown, never edited), the proposed value, evidence.

    Every change is told by `drafted` with the whole request as it now stands.
    """

    drafted = Signal(object)

    def __init__(self, extract: Extract) -> None:
        super().__init__()
        self._extract = extract
        self._query: Query | None = None
        self._reopened = ""
        self._changed: frozenset[str] = frozenset()
        self.kind = ChoiceWidget(tr("Kind of request"))
        self.kind.chosen.connect(self._choose_kind)
        self.field = ChoiceWidget(tr("Field"))
        self.field.chosen.connect(self._choose_field)
        self._field_name = TextWidget(tr("Field"), "small")
        self.stands = ProseWidget()
        self._stands_name = TextWidget(tr("The audit’s value, kept as it is"), "small")
        self.withheld = ProseWidget(tr(WITHHELD), "small")
        self.proposed = ProposedWidget()
        self.proposed.settled.connect(self._propose)
        self.proposed.left_blank.connect(self._leave_blank)
        self._proposed_name = TextWidget(tr("Proposed value"), "small")
        self.evidence = AutosaveWidget(tr("Evidence"), tr(HINT))
        self.evidence.settled.connect(lambda words: self._tell(evidence=words))
        self.proposed_reminder = ProseWidget("", "small")
        self.evidence_reminder = ProseWidget("", "small")
        self._closed = ProseWidget(tr(CLOSED), "small")
        self.reopen = QPushButton(tr("Change this request"))
        self.reopen.clicked.connect(self._open_again)
        self._lay_out()

    def show_query(self, query: Query, *, writable: bool) -> None:
        """Show a request; what is being typed in the same one stays."""
        same = self._query is not None and self._query.id == query.id
        if not same:
            self.flush()
            self._reopened = ""
        self._query = query
        self.kind.offer(_kinds(query), query.kind)
        self._show_field(query, same=same)
        (self.evidence.show_text if same else self.evidence.replace_text)(query.evidence)
        self._remind(query.proposed_value, query.evidence)
        open_now = query.status == "drafted" or self._reopened == query.id
        for part in (self.kind, self.field, self.proposed, self.evidence):
            part.setEnabled(writable and open_now)
        self._closed.setVisible(not open_now)
        self.reopen.setVisible(not open_now and writable)

    def show_none(self) -> None:
        """Tell what is being typed, and then hold nothing but what could not be written."""
        self.flush()
        if not (self.evidence.unsaved or self.proposed.unsaved):
            self._query, self._reopened = None, ""
            self.stands.say("")
            self.proposed.show_nothing()
            self.evidence.replace_text("")
            self._remind(None, "")

    def flush(self) -> None:
        """Tell what is being typed."""
        self.proposed.flush()
        self.evidence.flush()

    def keep_unsaved(self) -> None:
        """Hold on to what was told last, since it could not be written."""
        if "proposed_value" in self._changed:
            self.proposed.keep_unsaved()
        if "blank" in self._changed and self._query is not None:
            self.proposed.blank.setChecked(self._query.blank)
        if "evidence" in self._changed:
            self.evidence.keep_unsaved()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Leaving the form saves it."""
        self.flush()
        super().hideEvent(event)

    def _show_field(self, query: Query, *, same: bool) -> None:
        manifest = self._extract.manifest
        offered = correctable(manifest, query.kind)
        entries = sorted(
            ((one.name, one.label) for one in offered), key=lambda one: one[1].casefold()
        )
        field = field_of(manifest, query.field)
        self.field.offer([("", tr(NO_FIELD)), *entries] if offered else (), query.field or "")
        self._field_name.setVisible(bool(offered))
        valued = field is not None and not field.identifying
        for part in (self.stands, self._stands_name, self.proposed, self._proposed_name):
            part.setVisible(valued)
        self.withheld.setVisible(field is not None and not valued)
        if field is not None and valued:
            self.stands.say(audit_words(field, query))
            value, blank = query.proposed_value, query.blank
            self.proposed.show_value(field, value, blank=blank, same=same)

    def _choose_kind(self, kind: str) -> None:
        self._recast(kind, None)

    def _choose_field(self, name: str) -> None:
        if self._query is not None:
            self._recast(self._query.kind, name)

    def _recast(self, kind: str, name: str | None) -> None:
        """Tell the request with another kind or field; another field begins without a proposal."""
        if self._query is None:
            return
        self.flush()
        known: QueryKind = msgspec.convert(kind, QueryKind)
        field = field_after(self._extract.manifest, self._query, known, name)
        same = field is not None and field.name == self._query.field
        self._tell(
            kind=known,
            field=field.name if field else None,
            audit_value=self._stood(field),
            proposed_value=self._query.proposed_value if same else None,
            blank=same and self._query.blank,
        )

    def _stood(self, field: Field | None) -> Value:
        cases = self._extract.cases
        case_id = self._query.case_id if self._query else None
        if field is None or case_id is None:
            return None
        rows = cases["case_id"].eq(case_id).to_numpy().nonzero()[0]
        return audit_value(cases, int(rows[0]), field) if len(rows) else None

    def _propose(self, value: Value) -> None:
        self._tell(proposed_value=value)

    def _leave_blank(self, blank: bool) -> None:
        """Tell that nothing should stand there, in place of what was proposed or is being typed."""
        self._tell(proposed_value=None, blank=blank)

    def _tell(self, **changes: object) -> None:
        query = self._query
        if query is None:
            return
        event = QueryDrafted(
            query=query.id,
            extract=query.extract,
            kind=query.kind,
            case_id=query.case_id,
            field=query.field,
            audit_value=query.audit_value,
            proposed_value=query.proposed_value,
            evidence=query.evidence,
            blank=query.blank,
        )
        self._changed = frozenset(changes)
        drafted = msgspec.structs.replace(event, **changes)
        self._remind(drafted.proposed_value, drafted.evidence)
        self.drafted.emit(drafted)

    @cached_property
    def _known(self) -> Known:
        return known(self._extract)

    def _remind(self, proposed: Value, evidence: str) -> None:
        """Say by each field what in it looks like an identifier; it is kept all the same."""
        said = ((self.proposed_reminder, proposed), (self.evidence_reminder, evidence))
        for widget, value in said:
            words = reminder(value, self._known) if value else ""
            widget.say(words)
            widget.setVisible(bool(words))

    def _open_again(self) -> None:
        if self._query is not None:
            self._reopened = self._query.id
            self.show_query(self._query, writable=True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(TextWidget(tr("What is wrong"), "small"))
        column.addWidget(self.kind)
        for part in (self._field_name, self.field, self._stands_name, self.stands):
            column.addWidget(part)
        column.addWidget(self.withheld)
        column.addWidget(self._proposed_name)
        column.addWidget(self.proposed)
        column.addWidget(self.proposed_reminder)
        column.addWidget(TextWidget(tr("Evidence"), "small"))
        column.addWidget(self.evidence)
        column.addWidget(self.evidence_reminder)
        column.addWidget(self._closed)
        column.addWidget(self.reopen)


def _kinds(query: Query) -> list[tuple[str, str]]:
    """Return the kinds a request may have: a case that stands in the extract is not absent."""
    absent = query.case_id is None or query.kind == "mine_but_absent"
    return [(kind, label) for kind, label in KINDS.items() if absent or kind != "mine_but_absent"]
