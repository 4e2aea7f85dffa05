"""What the screen of correction requests shows, and what the surgeon records there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from core.review.answers import Answer, answers_by_query, read_answers
from core.review.queries import Query, QueryAnswered, QueryDrafted, QueryRemoved, QuerySent
from desktop.queries.drafting import for_absent
from desktop.queries.naming import name_of
from desktop.queries.undoing import to_redo, to_undo, undo_words
from desktop.queries.writing import READ_ONLY, QueryDesk
from desktop.screens.queries.rows import (
    FILTERS,
    QueryRow,
    filter_entries,
    kept,
    query_row,
)
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.review.events import Entry, Event
    from desktop.session import Session

LOCKED = QT_TR_NOOP(
    "Correction requests are kept in your vault, which is locked. Nothing about them is shown "
    "until it is opened."
)
NONE_YET = QT_TR_NOOP(
    "There is no correction request yet. Draft one from a case, or from a finding of Data "
    "quality. The record in the extract is never altered."
)


@dataclass(frozen=True, slots=True)
class QueriesPage:
    """The list, what is said over it, and what can be done."""

    rows: tuple[QueryRow, ...]
    filters: tuple[tuple[str, str], ...]
    filter: str
    said: str
    locked: bool
    writable: bool
    undo: str
    redo: bool
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChosenQuery:
    """One request in full: where it stands and the audit's answer in this extract, if any."""

    query: Query
    title: str
    standing: str
    answer: str
    drafts: int
    today: date
    writable: bool


class QueriesView(Protocol):
    """What the presenter needs of the screen."""

    def show_page(self, page: QueriesPage) -> None:
        """Show the list."""

    def show_query(self, chosen: ChosenQuery | None) -> None:
        """Show one request in full, or that none is chosen."""

    def flush(self) -> None:
        """Tell what is being typed."""

    def keep_unsaved(self) -> None:
        """Hold on to what could not be written."""


class QueriesPresenter:
    """Lists, edits and records; the extract is never altered and nothing is ever sent."""

    def __init__(self, view: QueriesView, session: Session) -> None:
        self._view = view
        self._session = session
        self._desk = QueryDesk(session)
        self._keeper = session.keeper
        self._answers = read_answers(session.review.extract.answers)
        self._filter = ""
        self._chosen = ""
        self._seen: frozenset[str] = frozenset()

    def show(self) -> None:
        """Show what stands in the vault now."""
        queries, answered, unknown = self._standing()
        if not any(map(FILTERS[self._filter][1], queries.values())):
            self._filter = ""
        shown = kept(queries, self._filter)
        new = [name for name in queries if name not in self._seen]
        self._seen = frozenset(queries)
        if new and new[0] in {one.id for one in shown}:
            self._chosen = new[0]
        if self._chosen not in {one.id for one in shown}:
            self._chosen = shown[0].id if shown else ""
        self._view.show_page(self._page(queries, shown, answered, unknown))
        query = queries.get(self._chosen)
        self._view.show_query(self._full(query, answered.get(query.id)) if query else None)

    def choose(self, name: str) -> None:
        """Show one request in full."""
        if name != self._chosen:
            self._view.flush()
            self._chosen = name
            self.show()

    def choose_filter(self, key: str) -> None:
        """Show the requests of one status, or all."""
        self._filter = key
        self.show()

    def open_vault(self) -> None:
        """Ask for the vault, and come back."""
        self._keeper.ask(lambda: self._session.go("queries", ""))

    def draft_absent(self) -> None:
        """Begin a request about a case the extract does not hold."""
        made = for_absent(self._session.extract)
        self._desk.ask(lambda: [made], lambda: self._begun(made.query))

    def keep(self, event: QueryDrafted) -> None:
        """Write a change of a request."""
        if not self._desk.write([event]):
            self._view.keep_unsaved()

    def remove(self) -> None:
        """Take the chosen request away; Undo brings it back."""
        if self._chosen:
            self._desk.write([QueryRemoved(query=self._chosen)])

    def record_sent(self, on: date, to: str, how: str, everything: bool) -> None:
        """Record that the chosen draft, or every draft, was sent."""
        self._view.flush()
        names = [self._chosen]
        if everything:
            names = [one.id for one in kept(self._desk.queries, "drafted")]
        self._desk.write([QuerySent(query=name, on=on, to=to, how=how) for name in names])

    def record_answer(self, accepted: bool, on: date, words: str) -> None:
        """Record the audit's answer to the chosen request."""
        event = QueryAnswered(query=self._chosen, accepted=accepted, on=on, words=words)
        self._desk.write([event])

    def undo(self) -> None:
        """Undo the last step about correction requests."""
        self._view.flush()
        self._write(to_undo(self._entries, self._keeper.state))

    def redo(self) -> None:
        """Do again what was undone last."""
        self._write(to_redo(self._entries, self._keeper.state))

    @property
    def _entries(self) -> tuple[Entry, ...]:
        vault = self._keeper.vault
        return tuple(vault.journal.entries) if vault is not None else ()

    def _write(self, events: Iterable[Event]) -> None:
        found = tuple(events)
        if found:
            self._desk.write(found)

    def _begun(self, name: str) -> None:
        self._chosen, self._filter = name, ""
        self._session.go("queries", "")
        self.show()

    def _standing(self) -> tuple[dict[str, Query], dict[str, Answer], tuple[Answer, ...]]:
        """Return this extract's requests with those of others that it answers, and the answers."""
        known = self._keeper.state.queries
        answered, unknown = answers_by_query(self._answers, known)
        own = self._desk.queries
        others = {name: known[name] for name in answered if name not in own}
        return own | others, answered, unknown

    def _page(
        self,
        queries: dict[str, Query],
        shown: tuple[Query, ...],
        answered: dict[str, Answer],
        unknown: tuple[Answer, ...],
    ) -> QueriesPage:
        manifest, entries, state = self._desk.manifest, self._entries, self._keeper.state
        writable = self._keeper.can_write
        locked = self._keeper.exists and not self._keeper.is_open
        said = tr(LOCKED) if locked else _said(queries)
        return QueriesPage(
            rows=tuple(query_row(manifest, one, answered.get(one.id)) for one in shown),
            filters=filter_entries(queries.values()),
            filter=self._filter,
            said=tr(READ_ONLY) if self._desk.read_only else said,
            locked=locked,
            writable=writable,
            undo=undo_words(entries, state) if writable else "",
            redo=writable and bool(to_redo(entries, state)),
            unknown=tuple(one.sentence for one in unknown),
        )

    def _full(self, query: Query, answer: Answer | None) -> ChosenQuery:
        drafts = len(kept(self._desk.queries, "drafted"))
        return ChosenQuery(
            query=query,
            title=name_of(self._desk.manifest, query),
            standing=self._desk.sending(query),
            answer=answer.sentence if answer else "",
            drafts=drafts,
            today=self._keeper.today,
            writable=self._keeper.can_write and query.extract == self._session.extract,
        )


def _said(queries: dict[str, Query]) -> str:
    drafts = len(kept(queries, "drafted"))
    if not queries:
        return tr(NONE_YET)
    if not drafts:
        return tr("Every request is recorded as sent. The records in the extract are as they were.")
    if drafts == 1:
        return tr("1 request is a draft, saved on this computer only. Not sent.")
    several = tr("{n} requests are drafts, saved on this computer only. Not sent.")
    return several.format(n=drafts)
