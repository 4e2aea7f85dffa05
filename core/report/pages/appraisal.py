"""The appraisal document: everything decided once, for the pages and for the evidence alike."""

from core.flow import Review, WhatIfResults
from core.report.choices import Choices
from core.report.disclosure import SMALL_NUMBERS
from core.report.evidence import FORMAT, Evidence, OutcomeEvidence
from core.report.own_words import OwnWords, own_words
from core.report.pages.appraisal_front import front
from core.report.pages.appraisal_outcome import outcome_sections
from core.report.pages.appraisal_records import records_sections
from core.report.pages.appraisal_surgeon import surgeon_sections
from core.report.pages.appraisal_what_if import supposed, what_if_changes
from core.report.pages.content import (
    BANNERS,
    doctor,
    extract_evidence,
    file_name,
    footer,
    period,
    program,
)
from core.report.pages.content_end import glossary, provenance
from core.report.pages.document import Document, Section
from core.report.pages.figures import outcome_evidence
from core.results.words import position_label
from core.review.state import ReviewState

TITLE = "Surgical outcomes for appraisal"


def appraisal(review: Review, state: ReviewState, choices: Choices) -> tuple[Document, Evidence]:
    """Return the document and the evidence that goes with it.

    No case id, no series of single cases, no note that is left out and no identifying value of
    the extract is in either.
    """
    said = own_words(review, state, choices)
    reflected = {code for code, found in said.reflections.items() if code and found.what}
    outcomes = outcome_evidence(review, choices, reflected)
    what_if = supposed(review, said, choices)
    changes = _changes(review, what_if, choices)
    left_out = _left_out(review, said, choices)
    sections = _sections(review, said, choices, outcomes, (what_if, changes, left_out))
    evidence = Evidence(
        format=FORMAT,
        kind="appraisal",
        made_at=choices.made_at.isoformat(),
        program=program(),
        methods="The methods page of that version of Plumbline.",
        title=TITLE,
        doctor=doctor(review.extract.manifest),
        extracts=(extract_evidence(review, outcomes, embedded=not choices.small_numbers),),
        changes=changes,
        left_out=left_out,
        small_numbers=SMALL_NUMBERS if choices.small_numbers else None,
    )
    return _document(review, choices, sections), evidence


def _document(review: Review, choices: Choices, sections: tuple[Section, ...]) -> Document:
    manifest, verdict = review.extract.manifest, review.extract.verdict
    return Document(
        title=TITLE,
        subtitle=f"{manifest.audit.name}, {period(manifest)}",
        banner=BANNERS[verdict.state],
        footer=footer(manifest, verdict),
        made_at=choices.made_at,
        sections=sections,
        file_name=file_name("appraisal", manifest),
        portal_title=f"{TITLE}: {manifest.audit.name}",
        portal_words=_portal_words(review),
        author=manifest.surgeon.name,
    )


def _sections(
    review: Review,
    said: OwnWords,
    choices: Choices,
    outcomes: tuple[OutcomeEvidence, ...],
    told: tuple[WhatIfResults | None, tuple[str, ...], tuple[str, ...]],
) -> tuple[Section, ...]:
    shown = [found for found in outcomes if found.chosen]
    return (
        *front(review, choices, told[1]),
        *(part for found in shown for part in outcome_sections(review, said, choices, found)),
        *surgeon_sections(review, said),
        *records_sections(review, said, choices, *told),
        glossary(),
        provenance(review, embedded=not choices.small_numbers),
    )


def _changes(review: Review, what_if: WhatIfResults | None, choices: Choices) -> tuple[str, ...]:
    """Return what this document shows otherwise than the audit does."""
    supposed_ones = what_if_changes(review, what_if, choices) if what_if is not None else ()
    return (*supposed_ones, *((SMALL_NUMBERS,) if choices.small_numbers else ()))


def _left_out(review: Review, said: OwnWords, choices: Choices) -> tuple[str, ...]:
    """Return what of the extract and of the surgeon's words this document does not show."""
    hidden = [
        f"{one.label} ({position_label(one)}) is not shown in this document."
        for one in review.results
        if not choices.shows(one.code)
    ]
    found = (
        (said.hidden_notes, "Some of the surgeon’s notes are not in this document."),
        (said.hidden_reflections, "Some of the surgeon’s reflection is not in this document."),
        (not choices.over_time, "The course over time is not shown."),
        (not choices.case_mix, "The case-mix is not shown."),
        (not choices.quality, "What to check in the records is not shown."),
        (not choices.queries, "Correction requests are not shown."),
        (choices.small_numbers, "Pictures and the audit’s manifest are not included."),
    )
    return (*hidden, *(words for holds, words in found if holds))


def _portal_words(review: Review) -> str:
    manifest = review.extract.manifest
    return (
        f"Risk-adjusted results of {manifest.surgeon.name}, GMC {manifest.surgeon.gmc}, in the "
        f"{manifest.audit.name}, {period(manifest)}, with reflection. Quality improvement activity."
    )
