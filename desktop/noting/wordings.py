"""The earlier wordings of a note, as its history tells them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.results.wording import day
from core.review.events import Entry, Redone, Undone
from core.review.notes import NoteRemoved, NoteWritten
from core.review.state import history
from desktop.translation import tr

PAUSE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Wording:
    """What stood in a note and when, or what was done to it (`text` is empty)."""

    when: str
    text: str
    done: str = ""


def wordings(entries: Iterable[Entry], note: str) -> tuple[Wording, ...]:
    """Return the history of a note, newest first, without what stands now.

    What was typed without a pause of two minutes is one wording: its last.
    """
    found = history(entries, note)
    told: list[Entry] = []
    for entry in found:
        if told and _goes_on(told[-1], entry):
            told.pop()
        told.append(entry)
    if told and isinstance(told[-1].event, NoteWritten):
        told.pop()
    return tuple(_wording(entry) for entry in reversed(told))


def when(at: datetime) -> str:
    """Return a time of the clock in words, where the surgeon is."""
    local = at.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"


def _goes_on(before: Entry, after: Entry) -> bool:
    written = isinstance(before.event, NoteWritten) and isinstance(after.event, NoteWritten)
    return written and after.at - before.at < PAUSE


def _wording(entry: Entry) -> Wording:
    match entry.event:
        case NoteWritten(text=text):
            return Wording(when(entry.at), text)
        case NoteRemoved():
            return Wording(when(entry.at), "", tr("Taken away"))
        case Undone():
            return Wording(when(entry.at), "", tr("Undone"))
        case Redone():
            return Wording(when(entry.at), "", tr("Done again"))
    raise AssertionError("history is of one note")
