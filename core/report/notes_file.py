"""What the surgeon wrote, as a plain JSON file, for documents made from a terminal."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal, NoReturn

import msgspec
from msgspec import Struct, field

from core.errors import BadNotesError
from core.review.decision import Choice, DecisionMade, Reason
from core.review.events import Entry, Event
from core.review.notes import (
    Anchor,
    Domain,
    NoteWritten,
    OnCase,
    OnMark,
    OnOutcome,
    OnSignal,
    OnStretch,
)
from core.review.queries import (
    QueryAnswered,
    QueryDrafted,
    QueryKind,
    QuerySent,
    QueryStatus,
    Value,
)
from core.review.reflection import ActionKind, ActionWritten, Part, ReflectionWritten
from core.review.state import ReviewState, replay

LARGEST = 4 * 1024 * 1024
PARTS: tuple[Part, ...] = ("what", "so_what", "now_what")


class _Note(Struct, kw_only=True, forbid_unknown_fields=True):
    text: str
    case: str | None = None
    outcome: str | None = None
    on: Literal["outcome", "mark", "stretch", "signal"] = "outcome"
    rows: tuple[int, int] | None = None
    row: int | None = None
    side: Literal["worse", "better"] = "worse"
    tags: tuple[str, ...] = ()
    domains: tuple[Domain, ...] = ()


class _Reflection(Struct, kw_only=True, forbid_unknown_fields=True):
    outcome: str | None = None
    what: str = ""
    so_what: str = ""
    now_what: str = ""


class _Action(Struct, kw_only=True, forbid_unknown_fields=True):
    text: str
    outcome: str | None = None
    kind: ActionKind = "action"
    due: date | None = None
    done: date | None = None


class _Query(Struct, kw_only=True, forbid_unknown_fields=True):
    kind: QueryKind
    case: str | None = None
    field_: str | None = field(name="field", default=None)
    audit_value: Value = None
    proposed_value: Value = None
    blank: bool = False
    evidence: str = ""
    status: QueryStatus = "drafted"
    on: date | None = None
    to: str = ""
    how: str = ""
    answer: str = ""


class _Decision(Struct, kw_only=True, forbid_unknown_fields=True):
    choice: Choice
    reason: Reason | None = None
    words: str = ""


class _File(Struct, kw_only=True, forbid_unknown_fields=True):
    notes: tuple[_Note, ...] = ()
    reflections: tuple[_Reflection, ...] = ()
    actions: tuple[_Action, ...] = ()
    queries: tuple[_Query, ...] = ()
    decision: _Decision | None = None


def read_notes(data: bytes, extract_id: str, at: datetime) -> ReviewState:
    """Return the state of a review as the file in `data` gives it (docs/exports.md).

    `extract_id` is the SHA-256 of the extract's archive, `at` when all of it counts as written. An
    absent key is an empty one; a key that is not known, or a value of another type, raises
    BadNotesError, so that no word is lost.
    """
    if len(data) > LARGEST:
        raise BadNotesError("The file of notes is larger than 4 MB.")
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_File)
        events = list(_events(found, extract_id))
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        _refuse(error)
    entries = (Entry(str(place), at, event) for place, event in enumerate(events))
    return replay(entries)


def _refuse(error: Exception) -> NoReturn:
    """Say where, never what: a message of the reader may quote the file."""
    words = str(error)
    place = words[words.rindex("`$") :] if "`$" in words else ""
    where = f" at {place}" if place else ""
    raise BadNotesError(f"The file of notes is not of the agreed shape{where}.") from None


def _events(found: _File, extract: str) -> Iterator[Event]:
    for number, note in enumerate(found.notes, start=1):
        yield NoteWritten(
            note=f"note-{number}",
            extract=extract,
            anchor=_anchor(note),
            text=note.text,
            tags=note.tags,
            domains=note.domains,
        )
    for reflection in found.reflections:
        yield from _reflection(reflection, extract)
    for number, action in enumerate(found.actions, start=1):
        yield ActionWritten(
            action=f"action-{number}",
            extract=extract,
            outcome=action.outcome,
            kind=action.kind,
            text=action.text,
            due=action.due,
            done=action.done,
        )
    for number, query in enumerate(found.queries, start=1):
        yield from _query(query, f"query-{number}", extract)
    if found.decision is not None:
        made = found.decision
        yield DecisionMade(
            extract=extract, choice=made.choice, reason=made.reason, words=made.words
        )


def _anchor(note: _Note) -> Anchor:
    if note.case is not None:
        return OnCase(note.case)
    if note.outcome is None:
        raise ValueError("a note is on a case or on an outcome `$.notes")
    if note.on == "mark":
        return OnMark(note.outcome)
    if note.on == "stretch" and note.rows is not None:
        first, last = sorted(note.rows)
        return OnStretch(note.outcome, first, last)
    if note.on == "signal" and note.row is not None:
        return OnSignal(note.outcome, note.side, note.row)
    if note.on != "outcome":
        raise ValueError("a stretch has rows and a signal a row `$.notes")
    return OnOutcome(note.outcome)


def _reflection(found: _Reflection, extract: str) -> Iterator[Event]:
    for part in PARTS:
        text: str = getattr(found, part)
        if text:
            yield ReflectionWritten(extract=extract, outcome=found.outcome, part=part, text=text)


def _query(found: _Query, name: str, extract: str) -> Iterator[Event]:
    if found.blank and found.proposed_value is not None:
        raise ValueError("a query proposes a value or that it be left blank `$.queries")
    yield QueryDrafted(
        query=name,
        extract=extract,
        kind=found.kind,
        case_id=found.case,
        field=found.field_,
        audit_value=found.audit_value,
        proposed_value=found.proposed_value,
        evidence=found.evidence,
        blank=found.blank,
    )
    on = found.on
    if found.status == "drafted":
        return
    if on is None:
        raise ValueError("a query that was sent or answered says when, in `on` `$.queries")
    if found.status == "sent":
        yield QuerySent(query=name, on=on, to=found.to, how=found.how)
    else:
        accepted = found.status == "accepted"
        yield QueryAnswered(query=name, accepted=accepted, on=on, words=found.answer)
