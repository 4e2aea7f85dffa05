"""The surgeon's own words as they stand, scanned for identifiers before a document shows them."""

from collections.abc import Iterator

from core.extract.opening import Extract
from core.report.choices import Choices
from core.report.disclosure import HIT_KINDS, NEVER_LEAVE, Hit, scan
from core.report.workbooks.queries_workbook import as_text, queries_of
from core.review.kept import archive_id
from core.review.reflection import PARTS
from core.review.state import ReviewState

TAKEN_OUT = "taken out of every document"
LEFT_IN = "left in: change the words if it tells who somebody is"


def hits(extract: Extract, state: ReviewState, choices: Choices) -> tuple[Hit, ...]:
    """Return what looks like an identifier in the notes, reflections and actions to be shown."""
    return scan(tuple(_texts(archive_id(extract), state, choices)), extract)


def query_hits(extract: Extract, state: ReviewState) -> tuple[Hit, ...]:
    """Return what looks like an identifier in the requests' values and evidence, cases apart."""
    texts = []
    for number, query in enumerate(queries_of(extract, state), 1):
        parts = ("audit’s value", query.audit_value), ("proposed value", query.proposed_value)
        for name, value in (*parts, ("evidence", query.evidence)):
            texts.append((f"Request {number}, {name}", as_text(value)))
    return tuple(hit for hit in scan(texts, extract) if hit.kind != "case_id")


def hit_words(hit: Hit) -> str:
    """Return a hit in words: where, what, masked, and whether it leaves."""
    fate = TAKEN_OUT if hit.kind in NEVER_LEAVE else LEFT_IN
    return f"{hit.where}: {HIT_KINDS[hit.kind]} {hit.shown} ({fate})"


def _texts(extract: str, state: ReviewState, choices: Choices) -> Iterator[tuple[str, str]]:
    for note in sorted(state.notes.values(), key=lambda one: one.number):
        if note.extract == extract and choices.notes and note.id not in choices.left_out_notes:
            yield f"Note {note.number}", note.text
            yield f"Note {note.number}, tags", "\n".join(note.tags)
    if not choices.reflection:
        return
    for found in state.reflections.values():
        if found.extract == extract:
            yield from ((f"Reflection, {PARTS[part]}", getattr(found, part)) for part in PARTS)
    for action in state.actions.values():
        if action.extract == extract:
            yield "Action", action.text
