"""Evidence for a clinical impact award: the same facts, under the scheme's headings."""

from collections.abc import Iterable, Sequence

from core.flow import Review
from core.report.choices import Choices
from core.report.evidence import Evidence
from core.report.pages.content import period
from core.report.pages.content_end import glossary, provenance
from core.report.pages.cycle_results import outcome_grid
from core.report.pages.document import Block, Document, Facts, Paragraph, Section
from core.report.pages.revalidation import assembled
from core.report.pages.several import Part, Several, several
from core.results.account import account
from core.results.wording import day
from core.review.notes import Note
from core.review.state import ReviewState

TITLE = "Evidence for a clinical impact award"
DOMAINS: tuple[tuple[str, str], ...] = (
    ("Developing and delivering a service", "service"),
    ("Leadership", "leadership"),
    ("Education, training and people development", "education"),
    ("Innovation and research", "research"),
    ("Additional national impact", "national"),
)
"""Headings of the national clinical impact awards, and the tag by which a note goes under each."""
GUIDE = "Check these headings against the scheme’s guide of the year before you use this document."
NOT_RANKED = (
    "Results are shown beside what would be expected for patients with the same risks. A position "
    "within the limits is no evidence of good results, and surgeons are not ranked."
)
EMPTY = "No note was tagged for this heading."


def award(
    reviews: Sequence[Review], states: Sequence[ReviewState], choices: Choices
) -> tuple[Document, Evidence]:
    """Return the award evidence of the five years that end when it is made.

    A note goes under the heading whose tag it bears. Raises MixedSurgeonsError.
    """
    found = several(reviews, states, choices, choices.made_at.date())
    sections = (
        Section("", (Facts(tuple(_title(found))), Paragraph(GUIDE, "small"))),
        *(_domain(found, choices, heading, tag) for heading, tag in DOMAINS),
        glossary(),
        *(provenance(part.review, embedded=not choices.small_numbers) for part in found.parts),
    )
    return assembled("award", TITLE, found, choices, sections, reviews)


def _title(found: Several) -> Iterable[tuple[str, str]]:
    surgeon = found.newest.manifest.surgeon
    yield "Doctor", surgeon.name
    yield "GMC number", surgeon.gmc
    for part in found.parts:
        yield part.manifest.audit.name, period(part.manifest)


def _domain(found: Several, choices: Choices, heading: str, tag: str) -> Section:
    blocks: list[Block] = []
    if tag == "service":
        blocks += [outcome_grid(found.parts), Paragraph(NOT_RANKED)]
        blocks += [] if choices.small_numbers else [Facts(tuple(_accounts(found.parts)))]
        blocks += _done(found.parts)
    notes = [note for part in found.parts for note in part.said.notes if _bears(note, tag)]
    if notes:
        blocks.append(Facts(tuple((f"Note {note.number}", note.text) for note in notes)))
    return Section(heading, tuple(blocks) or (Paragraph(EMPTY, "small"),))


def _accounts(parts: Sequence[Part]) -> Iterable[tuple[str, str]]:
    for part in parts:
        for result in part.review.results:
            yield f"{result.label}, {period(part.manifest)}", account(result).text


def _done(parts: Sequence[Part]) -> list[Block]:
    pairs = tuple(
        (f"Done on {day(action.done)}", action.text)
        for part in parts
        for action in part.said.actions
        if action.done
    )
    return [Paragraph("What was changed", "lead"), Facts(pairs)] if pairs else []


def _bears(note: Note, tag: str) -> bool:
    return tag in {one.strip().lower() for one in note.tags}
