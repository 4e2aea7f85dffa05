"""Notes: the surgeon's own words on a case, an outcome or a place in a chart."""

from datetime import datetime
from typing import Literal

import msgspec

Domain = Literal["knowledge", "patients", "colleagues", "trust"]

DOMAINS: dict[Domain, str] = {
    "knowledge": "Knowledge, skills and development",
    "patients": "Patients, partnership and communication",
    "colleagues": "Colleagues, culture and safety",
    "trust": "Trust and professionalism",
}
"""The four domains of Good Medical Practice 2024."""


class OnCase(msgspec.Struct, frozen=True, tag="case"):
    """A note on one case."""

    case_id: str


class OnOutcome(msgspec.Struct, frozen=True, tag="outcome"):
    """A note on one outcome."""

    outcome: str


class OnStretch(msgspec.Struct, frozen=True, tag="stretch"):
    """A note on a stretch of the VLAD: the rows, in the extract, of its first and last case."""

    outcome: str
    first: int
    last: int


class OnSignal(msgspec.Struct, frozen=True, tag="signal"):
    """A note on a signal of the CUSUM: its side and the row of the extract's cases."""

    outcome: str
    side: Literal["worse", "better"]
    row: int


class OnMark(msgspec.Struct, frozen=True, tag="mark"):
    """A note on the surgeon's own mark in the funnel of one outcome."""

    outcome: str


Anchor = OnCase | OnOutcome | OnStretch | OnSignal | OnMark


class NoteWritten(msgspec.Struct, frozen=True, kw_only=True, tag="note_written"):
    """A note was begun or its wording changed; `extract` is the SHA-256 of the archive."""

    note: str
    extract: str
    anchor: Anchor
    text: str
    tags: tuple[str, ...] = ()
    domains: tuple[Domain, ...] = ()


class NoteRemoved(msgspec.Struct, frozen=True, kw_only=True, tag="note_removed"):
    """A note was taken away; its wordings stay in the journal."""

    note: str


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A note as it stands; `number` is its mark, counted over all notes ever made."""

    id: str
    number: int
    extract: str
    anchor: Anchor
    text: str
    tags: tuple[str, ...]
    domains: tuple[Domain, ...]
    begun_at: datetime
    changed_at: datetime


def note_after(note: Note | None, event: NoteWritten, at: datetime, number: int) -> Note:
    """Return the note once `event` is applied; `number` counts where it is new."""
    return Note(
        id=event.note,
        number=note.number if note else number,
        extract=event.extract,
        anchor=event.anchor,
        text=event.text,
        tags=event.tags,
        domains=event.domains,
        begun_at=note.begun_at if note else at,
        changed_at=at,
    )
