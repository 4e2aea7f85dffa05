"""The publication decision as a dated record, with its reasons and what would be shown."""

from collections.abc import Iterable
from dataclasses import replace

from core.errors import NoDecisionError
from core.flow import Review
from core.report.choices import Choices
from core.report.disclosure import SMALL_NUMBERS, known, without_identifiers
from core.report.evidence import FORMAT, DecisionEvidence, Evidence
from core.report.pages.content import (
    BANNERS,
    doctor,
    extract_evidence,
    file_name,
    footer,
    period,
    program,
    title_facts,
)
from core.report.pages.content_end import provenance
from core.report.pages.document import Block, Document, Facts, Paragraph, Section
from core.report.pages.figures import outcome_evidence
from core.results.public import PREVIEW, public_view
from core.results.wording import day, moment
from core.review.decision import (
    CHECKS,
    REASONS,
    STANDINGS,
    WITHDRAWN,
    Decision,
    consequence,
    sending_words,
    step_words,
)
from core.review.kept import archive_id
from core.review.state import ReviewState

TITLE = "Decision on publication"
PUBLIC = "What would be shown in public"
NO_POSITION = "No position: too few cases"


def decision_record(
    review: Review, state: ReviewState, choices: Choices
) -> tuple[Document, Evidence]:
    """Return the record of the decision on this extract; NoDecisionError where there is none."""
    decision = state.decisions.get(archive_id(review.extract))
    if decision is None or not decision.steps:
        raise NoDecisionError("No decision on publication was made for this extract.")
    choices = replace(choices, outcomes=())
    manifest, verdict = review.extract.manifest, review.extract.verdict
    document = Document(
        title=TITLE,
        subtitle=f"{manifest.audit.name}, {period(manifest)}",
        banner=BANNERS[verdict.state],
        footer=footer(manifest, verdict),
        made_at=choices.made_at,
        sections=_sections(review, decision, choices),
        file_name=file_name("decision", manifest),
        portal_title=f"{TITLE}: {manifest.audit.name}",
        portal_words=f"{TITLE} of {manifest.surgeon.name}, GMC {manifest.surgeon.gmc}.",
        author=manifest.surgeon.name,
    )
    return document, _evidence(review, decision, choices)


def _evidence(review: Review, decision: Decision, choices: Choices) -> Evidence:
    manifest = review.extract.manifest
    outcomes = outcome_evidence(review, choices, frozenset())
    return Evidence(
        format=FORMAT,
        kind="decision",
        made_at=choices.made_at.isoformat(),
        program=program(),
        methods="The methods page of that version of Plumbline.",
        title=TITLE,
        doctor=doctor(manifest),
        extracts=(extract_evidence(review, outcomes, embedded=not choices.small_numbers),),
        left_out=("Figures are not part of this document; each outcome’s position is.",),
        small_numbers=SMALL_NUMBERS if choices.small_numbers else None,
        decision=DecisionEvidence(
            standing=_standing(decision),
            reason=decision.made.reason if decision.made else None,
            decided_at=decision.steps[-1][0].isoformat(),
        ),
    )


def _standing(decision: Decision) -> str:
    return decision.made.choice if decision.made else "withdrawn"


def _sections(review: Review, decision: Decision, choices: Choices) -> tuple[Section, ...]:
    steps = tuple((moment(at), step_words(event)) for at, event in decision.steps)
    return (
        Section("", (title_facts(review, choices.made_at),)),
        Section("The decision", tuple(_decided(review, decision))),
        Section(_public_heading(decision), tuple(_public(review, choices))),
        Section("How the decision came about", (Facts(steps),)),
        provenance(review, embedded=not choices.small_numbers),
    )


def _decided(review: Review, decision: Decision) -> Iterable[Block]:
    manifest, made = review.extract.manifest, decision.made
    words = STANDINGS[made.choice] if made else WITHDRAWN
    yield Paragraph(words, "lead")
    facts = [("Decided", moment(decision.steps[-1][0]))]
    if made and made.reason:
        facts.append(("Reason", REASONS[made.reason]))
    if made and made.words.strip():
        facts.append(("In the surgeon’s words", _clean(review, made.words)))
    if made:
        follows = consequence(manifest.publication, made.choice)
        facts.append(("What follows, as the extract says", follows))
    if manifest.publication.deadline:
        facts.append(("Deadline", day(manifest.publication.deadline)))
    facts += [(CHECKS[check], "yes" if check in decision.checks else "no") for check in CHECKS]
    yield Facts(tuple(facts))
    contact = manifest.contact.corrections_address or manifest.contact.questions
    sent_on = decision.sent.on if decision.sent else None
    yield Paragraph(sending_words(sent_on, contact, manifest.publication.deadline), "attention")


def _public_heading(decision: Decision) -> str:
    objected = decision.made is not None and decision.made.choice == "objected"
    return f"{PUBLIC}, were it agreed" if objected else PUBLIC


def _public(review: Review, choices: Choices) -> Iterable[Block]:
    view = public_view(review.extract.manifest, review.results)
    yield Paragraph(f"The extract states: “{view.states}”")
    if choices.small_numbers:
        yield Facts(tuple((one.label, one.position or NO_POSITION) for one in view.outcomes))
        yield Paragraph(SMALL_NUMBERS, "small")
        return
    yield Facts(
        tuple(
            (one.label, f"{one.facts}. {one.sentence} {one.position}".strip())
            for one in view.outcomes
        )
    )
    yield Paragraph(PREVIEW, "small")


def _clean(review: Review, text: str) -> str:
    return without_identifiers(text, known(review.extract))
