"""The present state of a review: the entries of its journal, replayed in their order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from core.review.decision import (
    Decision,
    DecisionChecked,
    DecisionMade,
    DecisionSent,
    DecisionWithdrawn,
    checked,
    decision_after,
)
from core.review.events import (
    Edit,
    Entry,
    ExtractErased,
    ExtractKept,
    FindingTold,
    LinkKept,
    LinkRemoved,
    Redone,
    Undone,
)
from core.review.notes import Note, NoteRemoved, NoteWritten, note_after
from core.review.queries import (
    Query,
    QueryAnswered,
    QueryDrafted,
    QueryRemoved,
    QuerySent,
    answered,
    query_after,
    sent,
)
from core.review.reflection import (
    ActionRemoved,
    ActionWritten,
    Reflection,
    ReflectionWritten,
    reflection_after,
)


@dataclass(frozen=True, slots=True)
class ReviewState:
    """What stands after every entry: each mapping is by id, reflections by extract and outcome.

    `kept` is by extract, with `erased` those of which only the manifest is left. `undo` and
    `redo` are the ids of the entries that would be undone and done again next.
    """

    notes: Mapping[str, Note]
    queries: Mapping[str, Query]
    decisions: Mapping[str, Decision]
    reflections: Mapping[tuple[str, str | None], Reflection]
    actions: Mapping[str, ActionWritten]
    kept: Mapping[str, ExtractKept]
    erased: frozenset[str]
    told: tuple[FindingTold, ...]
    undo: str | None
    redo: str | None


def replay(entries: Iterable[Entry]) -> ReviewState:
    """Return the state after `entries`; what was undone counts as never done."""
    known = list({entry.id: entry for entry in entries}.values())
    stacks, tally = _Stacks(), _Tally()
    for entry in known:
        stacks.take(entry)
    for entry in known:
        if entry.id not in stacks.hidden:
            tally.take(entry)
    return tally.state(_last(stacks.done), _last(stacks.undone))


def history(entries: Iterable[Entry], subject: str) -> tuple[Entry, ...]:
    """Return every entry about the note, query or action of that id, undone ones too, in order."""
    found: list[Entry] = []
    ids: set[str] = set()
    for entry in entries:
        about = isinstance(entry.event, Undone | Redone) and entry.event.entry in ids
        if about or subject in _subjects(entry.event):
            found.append(entry)
            ids.add(entry.id)
    return tuple(found)


def times_back(entries: Iterable[Entry]) -> int:
    """Return how often an entry bears an earlier time than the one before it."""
    times = [entry.at for entry in entries]
    return sum(later < earlier for earlier, later in pairwise(times))


def _last(ids: list[str]) -> str | None:
    return ids[-1] if ids else None


def _subjects(event: Any) -> set[str]:
    names = ("note", "query", "action")
    return {getattr(event, name) for name in names if hasattr(event, name)}


@dataclass(slots=True)
class _Stacks:
    """Ids of edits that can be undone and done again, the next one last, and all that are undone.

    A new edit ends the chance to do again: what was undone before it stays undone.
    """

    done: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)

    def take(self, entry: Entry) -> None:
        event = entry.event
        if isinstance(event, Undone):
            if self.done and self.done[-1] == event.entry:
                self.undone.append(self.done.pop())
                self.hidden.add(event.entry)
        elif isinstance(event, Redone):
            if self.undone and self.undone[-1] == event.entry:
                self.done.append(self.undone.pop())
                self.hidden.discard(event.entry)
        elif isinstance(event, Edit):
            self.done.append(entry.id)
            self.undone.clear()


@dataclass(slots=True)
class _Tally:
    notes: dict[str, Note] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    reflections: dict[tuple[str, str | None], Reflection] = field(default_factory=dict)
    actions: dict[str, ActionWritten] = field(default_factory=dict)
    kept: dict[str, ExtractKept] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    told: list[FindingTold] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        event = entry.event
        match event:
            case NoteWritten() | NoteRemoved():
                self._note(event, entry.at)
            case QueryDrafted() | QuerySent() | QueryAnswered() | QueryRemoved():
                self._query(event, entry.at)
            case DecisionMade() | DecisionWithdrawn() | DecisionSent() | DecisionChecked():
                self._decision(event, entry.at)
            case ReflectionWritten():
                about = event.extract, event.outcome
                found = self.reflections.get(about)
                self.reflections[about] = reflection_after(found, event, entry.at)
            case ActionWritten():
                self.actions[event.action] = event
            case ActionRemoved():
                self.actions.pop(event.action, None)
            case ExtractKept():
                self.kept[event.extract] = event
                self.erased.discard(event.extract)
            case ExtractErased():
                self.erased.add(event.extract)
            case FindingTold():
                self.told.append(event)
            case LinkKept() | LinkRemoved() | Undone() | Redone():
                pass

    def _decision(
        self,
        event: DecisionMade | DecisionWithdrawn | DecisionSent | DecisionChecked,
        at: datetime,
    ) -> None:
        before = self.decisions.get(event.extract) or Decision(extract=event.extract)
        after = (
            checked(before, event)
            if isinstance(event, DecisionChecked)
            else decision_after(before, event, at)
        )
        self.decisions[event.extract] = after

    def _note(self, event: NoteWritten | NoteRemoved, at: datetime) -> None:
        if isinstance(event, NoteRemoved):
            self.notes.pop(event.note, None)
            return
        number = self.numbers.get(event.extract, 0) + 1
        before = self.notes.get(event.note)
        if before is None:
            self.numbers[event.extract] = number
        self.notes[event.note] = note_after(before, event, at, number)

    def _query(
        self, event: QueryDrafted | QuerySent | QueryAnswered | QueryRemoved, at: datetime
    ) -> None:
        before = self.queries.get(event.query)
        if isinstance(event, QueryDrafted):
            self.queries[event.query] = query_after(before, event, at)
        elif isinstance(event, QueryRemoved):
            self.queries.pop(event.query, None)
        elif isinstance(event, QuerySent) and before:
            self.queries[event.query] = sent(before, event, at)
        elif isinstance(event, QueryAnswered) and before:
            self.queries[event.query] = answered(before, event, at)

    def state(self, undo: str | None, redo: str | None) -> ReviewState:
        return ReviewState(
            notes=MappingProxyType(self.notes),
            queries=MappingProxyType(self.queries),
            decisions=MappingProxyType(self.decisions),
            reflections=MappingProxyType(self.reflections),
            actions=MappingProxyType(self.actions),
            kept=MappingProxyType(self.kept),
            erased=frozenset(self.erased),
            told=tuple(self.told),
            undo=undo,
            redo=redo,
        )
