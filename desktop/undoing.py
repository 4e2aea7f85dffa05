"""Undo and redo by keys: what was done last, of whatever kind, and what that was in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from core.errors import PlumblineError
from core.review.events import Entry, Redone, Undone
from core.review.notes import NoteRemoved, NoteWritten
from core.review.queries import QueryAnswered, QueryDrafted, QueryRemoved, QuerySent
from core.review.reflection import ActionRemoved, ActionWritten, ReflectionWritten
from desktop.queries.undoing import to_redo, to_undo
from desktop.session import Session

if TYPE_CHECKING:
    from core.review.state import ReviewState

WORDS: dict[type, str] = {
    NoteWritten: "the last change of a note",
    NoteRemoved: "taking a note away",
    QueryDrafted: "the draft of a correction request",
    QuerySent: "the record of sending",
    QueryAnswered: "the record of an answer",
    QueryRemoved: "taking a correction request back",
    ReflectionWritten: "the last change of a reflection",
    ActionWritten: "the last change of an action",
    ActionRemoved: "taking an action away",
}
NOTHING = "There is nothing to {act}."
LOCKED = "The vault is locked or open for reading only, so nothing can be {done}."


def undo_by_keys(screen: QWidget, session: Session) -> None:
    """Let Ctrl+Z and Ctrl+Shift+Z undo and redo on this screen, outside a field being typed in."""
    for keys, act in (("Ctrl+Z", undo), ("Ctrl+Shift+Z", redo)):
        shortcut = QShortcut(QKeySequence(keys), screen)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda act=act: act(session))


def undo(session: Session) -> None:
    """Undo the last edit, with what was written together with it, and say what it was."""
    state, entries = session.keeper.state, _entries(session)
    steps = to_undo(entries, state) or _one(Undone, state.undo)
    told = _told(state.undo, entries, state)
    if _write(session, steps, "undo", "undone"):
        session.note(f"Undone: {told or _told(state.undo, entries, session.keeper.state)}.")


def redo(session: Session) -> None:
    """Do again what was undone last, and say what it was."""
    state, entries = session.keeper.state, _entries(session)
    steps = to_redo(entries, state) or _one(Redone, state.redo)
    if _write(session, steps, "do again", "done again"):
        told = _told(state.redo, entries, session.keeper.state)
        session.note(f"Done again: {told or _told(state.redo, entries, state)}.")


def _one(kind: type[Undone | Redone], entry: str | None) -> tuple[Undone | Redone, ...]:
    return () if entry is None else (kind(entry=entry),)


def _write(session: Session, steps: tuple[Undone | Redone, ...], act: str, done: str) -> bool:
    if not session.keeper.can_write:
        session.note(LOCKED.format(done=done))
        return False
    if not steps:
        session.note(NOTHING.format(act=act))
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
        return WORDS[type(event)].replace("a note", f"note {note.number}")
    return WORDS.get(type(event), "")
