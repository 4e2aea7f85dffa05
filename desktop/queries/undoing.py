"""Undo and redo of correction requests: what was written together goes and comes together."""

from collections.abc import Iterable, Sequence

from core.review.events import Entry, Redone, Undone
from core.review.queries import QueryAnswered, QueryDrafted, QueryRemoved, QuerySent
from core.review.state import ReviewState
from desktop.translation import QT_TR_NOOP, tr

About = QueryDrafted | QuerySent | QueryAnswered | QueryRemoved
WORDS: dict[type, str] = {
    QueryDrafted: QT_TR_NOOP("draft"),
    QuerySent: QT_TR_NOOP("record of sending"),
    QueryAnswered: QT_TR_NOOP("record of an answer"),
    QueryRemoved: QT_TR_NOOP("taking back"),
}


def to_undo(entries: Sequence[Entry], state: ReviewState) -> tuple[Undone, ...]:
    """Return what undoes the last edit and those written with it; nothing where it is another's."""
    return tuple(Undone(entry=entry.id) for entry in _step(reversed(entries), state.undo))


def to_redo(entries: Sequence[Entry], state: ReviewState) -> tuple[Redone, ...]:
    """Return what does again the edit undone last and those written with it."""
    return tuple(Redone(entry=entry.id) for entry in _step(entries, state.redo))


def undo_words(entries: Sequence[Entry], state: ReviewState) -> str:
    """Return what Undo would undo, in words; nothing where it is not about requests."""
    step = _step(reversed(entries), state.undo)
    if not step:
        return ""
    words = tr(WORDS[type(step[0].event)])
    return f"{len(step)} × {words}" if len(step) > 1 else words


def _step(entries: Iterable[Entry], first: str | None) -> list[Entry]:
    """Return the edit `first` and those after it, in that order, that bear its very time."""
    found: list[Entry] = []
    for entry in entries:
        if not found and entry.id != first:
            continue
        if not isinstance(entry.event, About) or (found and entry.at != found[0].at):
            break
        found.append(entry)
    return found
