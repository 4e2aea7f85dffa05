"""The surgeon's own part of the appraisal document: notes, reflection, actions, domains."""

from core.flow import Review
from core.report.own_words import OwnWords
from core.report.pages.document import Block, Facts, Grid, Paragraph, Section
from core.results.wording import day
from core.review.notes import DOMAINS
from core.review.reflection import ACTION_KINDS, PARTS, Reflection

OWN = "The words of this part are the surgeon’s own. The audit’s figures are not changed by them."


def surgeon_sections(review: Review, said: OwnWords) -> tuple[Section, ...]:
    """Return what the surgeon wrote, or nothing where nothing is to be shown."""
    found = surgeon_parts(review, said)
    if not found:
        return ()
    return (Section("Reflection", (Paragraph(OWN, "small"),), new_page=True), *found)


def surgeon_parts(review: Review, said: OwnWords) -> tuple[Section, ...]:
    """Return the sections of what the surgeon wrote, to stand under a heading."""
    return (
        *_case_notes(said),
        *_reflections(review, said),
        *_actions(said),
        *_domains(said),
    )


def _case_notes(said: OwnWords) -> tuple[Section, ...]:
    pairs = tuple((f"Note {note.number}", note.text) for note in said.on_cases)
    words = Paragraph("Notes on single cases; which cases they are about is left out.", "small")
    return (Section("Notes on cases", (words, Facts(pairs)), level=2),) if pairs else ()


def _reflections(review: Review, said: OwnWords) -> tuple[Section, ...]:
    labels: dict[str | None, str] = {None: "Overall"}
    labels |= {result.code: result.label for result in review.results}
    return tuple(
        Section(label, _parts(said.reflections[code]), level=2)
        for code, label in labels.items()
        if code in said.reflections and _parts(said.reflections[code])
    )


def _parts(found: Reflection) -> tuple[Block, ...]:
    pairs = tuple(
        (heading, text) for part, heading in PARTS.items() if (text := getattr(found, part).strip())
    )
    return (Facts(pairs),) if pairs else ()


def _actions(said: OwnWords) -> tuple[Section, ...]:
    rows = tuple(
        (
            ACTION_KINDS[action.kind],
            action.text,
            day(action.due) if action.due else "–",
            day(action.done) if action.done else "not yet",
        )
        for action in said.actions
    )
    if not rows:
        return ()
    grid = Grid("What follows", ("Kind", "What", "By", "Done"), rows)
    return (Section("Actions and development plan", (grid,), level=2),)


def _domains(said: OwnWords) -> tuple[Section, ...]:
    rows = tuple(
        (label, ", ".join(f"Note {note.number}" for note in said.notes if domain in note.domains))
        for domain, label in DOMAINS.items()
    )
    if not any(notes for _, notes in rows):
        return ()
    shown = tuple((label, notes or "–") for label, notes in rows)
    grid = Grid("Good Medical Practice (2024)", ("Domain", "Notes"), shown)
    return (Section("Domains of Good Medical Practice", (grid,), level=2),)
