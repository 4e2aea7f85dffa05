"""All that a journal can say: one entry a change, with its own id and the time of the clock."""

import secrets
from datetime import datetime

import msgspec

from core.review.decision import DecisionChecked, DecisionMade, DecisionSent, DecisionWithdrawn
from core.review.notes import NoteRemoved, NoteWritten
from core.review.queries import QueryAnswered, QueryDrafted, QueryRemoved, QuerySent
from core.review.reflection import ActionRemoved, ActionWritten, ReflectionWritten


class ExtractKept(msgspec.Struct, frozen=True, kw_only=True, tag="extract_kept"):
    """An extract was taken into the vault; its manifest stays when the extract is erased."""

    extract: str
    manifest: bytes
    verification: str


class ExtractErased(msgspec.Struct, frozen=True, kw_only=True, tag="extract_erased"):
    """The records of an extract were erased; its figures and notes stay."""

    extract: str


class LinkKept(msgspec.Struct, frozen=True, kw_only=True, tag="link_kept"):
    """A link from the cases of an extract to their patients was kept; nothing of it stands here."""

    extract: str


class LinkRemoved(msgspec.Struct, frozen=True, kw_only=True, tag="link_removed"):
    """That link was removed, alone or with its extract."""

    extract: str


class FindingTold(msgspec.Struct, frozen=True, kw_only=True, tag="finding_told"):
    """Something was told at unlocking that cannot be seen again later."""

    kind: str
    words: str


class Undone(msgspec.Struct, frozen=True, kw_only=True, tag="undone"):
    """The entry of that id was undone."""

    entry: str


class Redone(msgspec.Struct, frozen=True, kw_only=True, tag="redone"):
    """The entry of that id was done again."""

    entry: str


Edit = (
    NoteWritten
    | NoteRemoved
    | QueryDrafted
    | QuerySent
    | QueryAnswered
    | QueryRemoved
    | ReflectionWritten
    | ActionWritten
    | ActionRemoved
)
"""What can be undone."""

Event = (
    Edit
    | DecisionMade
    | DecisionWithdrawn
    | DecisionSent
    | DecisionChecked
    | ExtractKept
    | ExtractErased
    | LinkKept
    | LinkRemoved
    | FindingTold
    | Undone
    | Redone
)


class Entry(msgspec.Struct, frozen=True):
    """One record of the journal: its id, the clock's time (UTC) and what happened."""

    id: str
    at: datetime
    event: Event


class _BlankAsked(msgspec.Struct, frozen=True, tag="query_blank_asked"):
    """A draft that asks for a value to be left blank, as it stands in a journal.

    A version that cannot ask it would read a plain draft as one that asks for nothing; it keeps
    a record of another kind and tells of it.
    """

    draft: QueryDrafted


class _Record(msgspec.Struct, frozen=True):
    id: str
    at: datetime
    event: Event | _BlankAsked


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(_Record)


def new_id() -> str:
    """Return a new random id, for an entry, a note, a query or an action."""
    return secrets.token_hex(8)


def entry_bytes(entry: Entry) -> bytes:
    """Return the entry as JSON."""
    event = entry.event
    if isinstance(event, QueryDrafted) and event.blank:
        return _ENCODER.encode(_Record(entry.id, entry.at, _BlankAsked(event)))
    return _ENCODER.encode(entry)


def read_entry(data: bytes) -> Entry | None:
    """Return the entry in `data`; None where another version wrote it."""
    try:
        found = _DECODER.decode(data)
    except (msgspec.DecodeError, ValueError):
        return None
    event = found.event
    return Entry(found.id, found.at, event.draft if isinstance(event, _BlankAsked) else event)
