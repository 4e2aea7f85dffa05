"""What the reflection screen shows and writes: three questions, actions, and their place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from core.errors import PlumblineError
from core.results.words import needs_attention, position_alone
from core.review.events import new_id
from core.review.reflection import (
    BEFORE_FIRST_NOTE,
    PARTS,
    ActionKind,
    ActionRemoved,
    ActionWritten,
    Part,
    Reflection,
    ReflectionWritten,
)
from desktop.session import Session
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.review.events import Event

OVERALL = ""
LOCKED = QT_TR_NOOP(
    "Reflections are kept in a vault on this computer, encrypted with your own passphrase. "
    "Nothing is sent."
)
READ_ONLY = QT_TR_NOOP("The vault is open for reading only. What stands here cannot be changed.")
PROMPTS: dict[Part, str] = {
    "what": QT_TR_NOOP("What do the figures and the records show?"),
    "so_what": QT_TR_NOOP("What does it mean for your patients and your practice?"),
    "now_what": QT_TR_NOOP("What will you keep, change or find out, and by when?"),
}
KIND_WORDS: dict[ActionKind, str] = {
    "action": QT_TR_NOOP("Action"),
    "pdp": QT_TR_NOOP("Development plan (PDP) item"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be reflected on: an outcome, or all of them; `about` says where it stands."""

    code: str
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action or PDP item as it stands."""

    id: str
    kind: ActionKind
    text: str
    due: date | None
    done: date | None


@dataclass(frozen=True, slots=True)
class ReflectionPage:
    """Everything the screen shows of one subject."""

    about: str
    warning: str
    texts: dict[Part, str]
    actions: tuple[ActionRow, ...]
    waiting: str
    earlier: str
    can_write: bool


class ReflectionView(Protocol):
    """What the presenter needs of the screen."""

    def offer(self, subjects: tuple[Subject, ...], chosen: str) -> None:
        """Offer what can be reflected on."""

    def show_locked(self, words: str) -> None:
        """Say that the vault is locked, with a way to open it."""

    def show_page(self, page: ReflectionPage) -> None:
        """Show one subject's reflection, replacing only what is not being typed."""

    def flush(self) -> bool:
        """Tell what was typed and not told yet; return whether all of it was written."""


class ReflectionPresenter:
    """Shows the reflection on one subject and writes what is changed."""

    def __init__(self, view: ReflectionView, session: Session) -> None:
        self._view = view
        self._session = session
        self._subject = OVERALL

    def show(self) -> None:
        """Show what stands, or that the vault is locked."""
        if not self._session.keeper.is_open:
            self._view.show_locked(f"{tr(LOCKED)} {BEFORE_FIRST_NOTE}")
            return
        self._view.offer(self._subjects(), self._subject)
        self._view.show_page(self._page())

    def begin(self) -> None:
        """Open the vault, making it where there is none."""
        self._session.keeper.ask(lambda: self._session.go("reflection", ""))

    def choose(self, code: str) -> None:
        """Turn to another subject, once what was typed is written."""
        if self._view.flush():
            self._subject = code
        self.show()

    def write(self, part: Part, text: str) -> bool:
        """Write a part; return whether it is on the disk."""
        return self._write(
            ReflectionWritten(
                extract=self._session.extract, outcome=self._outcome, part=part, text=text
            )
        )

    def add_action(self, kind: ActionKind) -> None:
        """Begin an action or PDP item."""
        self.write_action(ActionRow(new_id(), kind, "", None, None))

    def write_action(self, row: ActionRow) -> bool:
        """Write an action; return whether it is on the disk."""
        return self._write(
            ActionWritten(
                action=row.id,
                extract=self._session.extract,
                outcome=self._outcome,
                kind=row.kind,
                text=row.text,
                due=row.due,
                done=row.done,
            )
        )

    def remove_action(self, name: str) -> None:
        """Take an action away; it can be undone."""
        if self._write(ActionRemoved(action=name)):
            self._session.note(tr("Taken away. Ctrl+Z brings it back."))

    @property
    def _outcome(self) -> str | None:
        return self._subject or None

    def _write(self, event: Event) -> bool:
        try:
            self._session.keeper.write_about(self._session.review.extract, event)
        except PlumblineError as error:
            self._session.tell(error)
            return False
        return True

    def _subjects(self) -> tuple[Subject, ...]:
        results = self._session.review.results
        each = (Subject(one.code, one.label, position_alone(one)) for one in results)
        return (Subject(OVERALL, tr("All outcomes together"), ""), *each)

    def _reflection(self, code: str | None) -> Reflection | None:
        return self._session.keeper.state.reflections.get((self._session.extract, code))

    def _page(self) -> ReflectionPage:
        keeper, found = self._session.keeper, self._reflection(self._outcome)
        parts: tuple[Part, ...] = tuple(PARTS)
        about = next(one.about for one in self._subjects() if one.code == self._subject)
        return ReflectionPage(
            about=about,
            warning=tr(READ_ONLY) if not keeper.can_write else BEFORE_FIRST_NOTE,
            texts={part: getattr(found, part) if found else "" for part in parts},
            actions=self._actions(),
            waiting=self._waiting(),
            earlier=self._earlier(),
            can_write=keeper.can_write,
        )

    def _actions(self) -> tuple[ActionRow, ...]:
        about = (self._session.extract, self._outcome)
        return tuple(
            ActionRow(name, one.kind, one.text, one.due, one.done)
            for name, one in self._session.keeper.state.actions.items()
            if (one.extract, one.outcome) == about
        )

    def _waiting(self) -> str:
        """Name the outcomes beyond a limit that nothing was written on yet."""
        bare = [
            one.label
            for one in self._session.review.results
            if needs_attention(one) and not _written(self._reflection(one.code))
        ]
        if not bare:
            return ""
        words = tr("Outside the limits and not reflected on yet: {outcomes}.")
        return words.format(outcomes=", ".join(bare))

    def _earlier(self) -> str:
        vault = self._session.keeper.vault
        entries = vault.journal.entries if vault else ()
        about = (self._session.extract, self._outcome)
        wordings = sum(
            isinstance(entry.event, ReflectionWritten)
            and (entry.event.extract, entry.event.outcome) == about
            for entry in entries
        )
        if wordings < 2:
            return ""
        words = tr("{n} wordings are kept in the vault, with their times.")
        return words.format(n=wordings)


def _written(found: Reflection | None) -> bool:
    return bool(found and (found.what.strip() or found.so_what.strip() or found.now_what.strip()))
