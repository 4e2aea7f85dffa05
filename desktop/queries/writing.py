"""Writing correction requests to the vault: asked for, kept with their extract, problems told."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from core.errors import PlumblineError
from core.review.decision import sending_words
from core.review.events import Event
from core.review.queries import STATUSES, Query
from desktop.session import Session
from desktop.translation import QT_TR_NOOP, tr

READ_ONLY = QT_TR_NOOP(
    "This vault is open for reading only, since another window or computer holds it. Nothing can "
    "be changed here until it is closed there."
)


class QueryDesk:
    """The correction requests of the open extract, read from and written to the vault."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.keeper = session.keeper
        self.manifest = session.review.extract.manifest

    @property
    def queries(self) -> dict[str, Query]:
        """The requests about this extract by id, the oldest first."""
        found = self.keeper.state.queries
        return {name: one for name, one in found.items() if one.extract == self.session.extract}

    @property
    def read_only(self) -> bool:
        """Whether the vault is open but cannot be written to."""
        return self.keeper.is_open and not self.keeper.can_write

    def about(self, case_id: str) -> tuple[Query, ...]:
        """Return the requests about a case."""
        return tuple(one for one in self.queries.values() if one.case_id == case_id)

    def write(self, events: Iterable[Event], then: Callable[[], None] = lambda: None) -> bool:
        """Write the events now, where the vault is open; say whether that was done."""
        if not self.keeper.is_open:
            return False
        try:
            self.keeper.write_about(self.session.review.extract, *events)
        except PlumblineError as error:
            self.session.tell(error)
            return False
        then()
        return True

    def ask(self, make: Callable[[], Iterable[Event]], then: Callable[[], None]) -> None:
        """Write what `make` returns, if anything, once the vault is open."""
        if self.read_only:
            self.session.note(tr(READ_ONLY))
            return
        self.keeper.ask(lambda: self._made(make, then))

    def sending(self, query: Query) -> str:
        """Return where a request stands: not sent and where to send it, or what was recorded."""
        contact = self.manifest.contact
        if query.status == "drafted":
            return sending_words(None, contact.corrections_address, contact.corrections_deadline)
        said = sending_words(query.sent.on) if query.sent else ""
        return said if query.status == "sent" else f"{STATUSES[query.status]}. {said}".strip()

    def _made(self, make: Callable[[], Iterable[Event]], then: Callable[[], None]) -> None:
        events = tuple(make())
        if events:
            self.write(events, then)
