"""Undo and redo by keys: what was done last, of whatever kind, and what that was in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from core.errors import PlumblineError
from core.review.events import Entry, Redone, Undone
from core.review.notes import NoteRemoved, NoteWritten
from core.review.queries import QueryAnswered, QueryDrafted, QueryRemoved, QuerySent
from core.review.reflection import ActionRemoved, ActionWritten, ReflectionWritten
from desktop.queries.undoing import to_redo, to_undo
from desktop.session import Session
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.review.state import ReviewState

WORDS: dict[type, str] = {
    NoteWritten: QT_TR_NOOP("the last change of note {number}"),
    NoteRemoved: QT_TR_NOOP("taking note {number} away"),
    QueryDrafted: QT_TR_NOOP("the draft of a correction request"),
    QuerySent: QT_TR_NOOP("the record of sending"),
    QueryAnswered: QT_TR_NOOP("the record of an answer"),
    QueryRemoved: QT_TR_NOOP("taking a correction request back"),
    ReflectionWritten: QT_TR_NOOP("the last change of a reflection"),
    ActionWritten: QT_TR_NOOP("the last change of an action"),
    ActionRemoved: QT_TR_NOOP("taking an action away"),
}
UNDO, REDO = "undo", "redo"
NOTHING = {
    UNDO: QT_TR_NOOP("There is nothing to undo."),
    REDO: QT_TR_NOOP("There is nothing to do again."),
}
LOCKED = {
    UNDO: QT_TR_NOOP("The vault is locked or open for reading only, so nothing can be undone."),
    REDO: QT_TR_NOOP("The vault is locked or open for reading only, so nothing can be done again."),
}


def undo_by_keys(screen: QWidget, session: Session) -> None:
    """Let Ctrl+Z undo, and Ctrl+Shift+Z or Ctrl+Y redo, while this screen shows.

    They do so wherever the keyboard is; a field being typed in keeps them for itself.
    """
    for keys, act in (("Ctrl+Z", undo), ("Ctrl+Shift+Z", redo), ("Ctrl+Y", redo)):
        shortcut = QShortcut(QKeySequence(keys), screen)
        shortcut.activated.connect(lambda act=act: act(session))


def undo(session: Session) -> None:
    """Undo the last edit, with what was written together with it, and say what it was."""
    state, entries = session.keeper.state, _entries(session)
    steps = to_undo(entries, state) or _one(Undone, state.undo)
    told = _told(state.undo, entries, state)
    if _write(session, steps, UNDO):
        told = told or _told(state.undo, entries, session.keeper.state)
        session.note(tr("Undone: {what}.").format(what=told))


def redo(session: Session) -> None:
    """Do again what was undone last, and say what it was."""
    state, entries = session.keeper.state, _entries(session)
    steps = to_redo(entries, state) or _one(Redone, state.redo)
    if _write(session, steps, REDO):
        told = _told(state.redo, entries, session.keeper.state) or _told(state.redo, entries, state)
        session.note(tr("Done again: {what}.").format(what=told))


def _one(kind: type[Undone | Redone], entry: str | None) -> tuple[Undone | Redone, ...]:
    return () if entry is None else (kind(entry=entry),)


def _write(session: Session, steps: tuple[Undone | Redone, ...], way: str) -> bool:
    if not session.keeper.can_write:
        session.note(tr(LOCKED[way]))
        return False
    if not steps:
        session.note(tr(NOTHING[way]))
        return False
    try:
        session.keeper.write(*steps)
    except PlumblineError as error:
        session.tell(error)
        return False
    return True


def _entries(session: Session) -> tuple[Entry, ...]:
    vault = session.keeper.vault
    return tuple(vault.journal.entries) if vault else ()


def _told(name: str | None, entries: tuple[Entry, ...], state: ReviewState) -> str:
    """Return what an entry did, with the note's number; nothing where the note is not there."""
    event = next(entry.event for entry in entries if entry.id == name) if name else None
    if isinstance(event, NoteWritten | NoteRemoved):
        note = state.notes.get(event.note)
        if note is None:
            return ""
        return tr(WORDS[type(event)]).format(number=note.number)
    return tr(WORDS[type(event)]) if type(event) in WORDS else ""
