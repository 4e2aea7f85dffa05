"""What the surgeon wrote, as far as one document shows it: without identifiers, by choice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec

from core.extract.opening import Extract
from core.flow import Review
from core.report.choices import Choices
from core.report.disclosure import known, without_identifiers
from core.review.kept import archive_id
from core.review.notes import Note, OnCase
from core.review.queries import Query
from core.review.reflection import ActionWritten, Reflection
from core.review.state import ReviewState


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Notes by number, reflections by outcome (None for overall), actions and queries.

    `hidden_notes` and `hidden_reflections` tell that there are some which the document leaves out.
    """

    notes: tuple[Note, ...]
    reflections: Mapping[str | None, Reflection]
    actions: tuple[ActionWritten, ...]
    queries: tuple[Query, ...]
    hidden_notes: bool
    hidden_reflections: bool

    def about(self, code: str) -> tuple[Note, ...]:
        """Return the notes on the outcome `code`, its charts included."""
        return tuple(note for note in self.notes if getattr(note.anchor, "outcome", None) == code)

    @property
    def on_cases(self) -> tuple[Note, ...]:
        """The notes on single cases: only their wording may leave."""
        return tuple(note for note in self.notes if isinstance(note.anchor, OnCase))


def own_words(review: Review, state: ReviewState, choices: Choices) -> OwnWords:
    """Return what of `state` is about this extract and chosen for the document."""
    extract, clean = review.extract, _cleaner(review.extract)
    mine = archive_id(extract)
    notes = [note for note in state.notes.values() if note.extract == mine]
    reflections = [found for found in state.reflections.values() if found.extract == mine]
    shown = [note for note in notes if _shows_note(note, choices)]
    thought = [found for found in reflections if _shows(found.outcome, choices)]
    if not choices.reflection:
        thought = []
    actions = [
        a for a in state.actions.values() if a.extract == mine and _shows(a.outcome, choices)
    ]
    return OwnWords(
        notes=tuple(_clean_note(note, clean) for note in sorted(shown, key=lambda n: n.number)),
        reflections={found.outcome: _clean_reflection(found, clean) for found in thought},
        actions=tuple(
            msgspec.structs.replace(action, text=clean(action.text))
            for action in (actions if choices.reflection else [])
        ),
        queries=tuple(query for query in state.queries.values() if query.extract == mine),
        hidden_notes=len(shown) < len(notes),
        hidden_reflections=len(thought) < len(reflections),
    )


def _cleaner(extract: Extract) -> Callable[[str], str]:
    against = known(extract)
    return lambda text: without_identifiers(text, against)


def _shows(outcome: str | None, choices: Choices) -> bool:
    return outcome is None or choices.shows(outcome)


def _shows_note(note: Note, choices: Choices) -> bool:
    chosen = choices.notes and note.id not in choices.left_out_notes
    return chosen and _shows(getattr(note.anchor, "outcome", None), choices)


def _clean_note(note: Note, clean: Callable[[str], str]) -> Note:
    tags = tuple(clean(tag) for tag in note.tags)
    return msgspec.structs.replace(note, text=clean(note.text), tags=tags)


def _clean_reflection(found: Reflection, clean: Callable[[str], str]) -> Reflection:
    return msgspec.structs.replace(
        found,
        what=clean(found.what),
        so_what=clean(found.so_what),
        now_what=clean(found.now_what),
    )
