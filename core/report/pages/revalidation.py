"""The revalidation summary: five years over several extracts, each year's results and words."""

from collections.abc import Iterable, Sequence

from core.flow import Review
from core.report.choices import Choices
from core.report.disclosure import SMALL_NUMBERS
from core.report.evidence import FORMAT, Evidence, Kind
from core.report.pages.appraisal_surgeon import OWN, surgeon_parts
from core.report.pages.content import doctor, period, program
from core.report.pages.content_end import glossary, provenance
from core.report.pages.cycle_results import outcome_grid, year_grid
from core.report.pages.document import Block, Document, Facts, Paragraph, Points, Section
from core.report.pages.several import Part, Several, several
from core.results.trust_words import trust_label
from core.results.wording import day, moment
from core.review.state import ReviewState

TITLE = "Surgical outcomes for revalidation"
NO_GAP = "Every year of the cycle has a result of each audit named here."
BY_AUDITS = "Every outcome of every extract, by each audit’s own method, for its whole period."
BY_OTHERS = (
    "Every outcome of every extract, for its whole period. Where no audit issued the national line "
    "and its limits, where they are from stands beside the position."
)
NOT_WRITTEN = "No reflection on this extract is in this document."
YEARS_APART = (
    "Each year holds its own operations alone. The audit gives limits for whole periods only, so a "
    "year has an interval and no position. Years scatter widely by chance."
)


def revalidation(
    reviews: Sequence[Review], states: Sequence[ReviewState], choices: Choices
) -> tuple[Document, Evidence]:
    """Return the summary of the five years that end when it is made, and its evidence.

    Raises MixedSurgeonsError where the extracts name more than one GMC number.
    """
    found = several(reviews, states, choices, choices.made_at.date())
    sections = (
        Section("", (_title_facts(found, choices),)),
        Section("In short", tuple(_summary(found))),
        *_years(found, choices),
        *(section for part in found.parts for section in _words(part)),
        glossary(),
        *(provenance(part.review, embedded=not choices.small_numbers) for part in found.parts),
    )
    return assembled("revalidation", TITLE, found, choices, sections, reviews)


def assembled(
    kind: Kind,
    title: str,
    found: Several,
    choices: Choices,
    sections: tuple[Section, ...],
    reviews: Sequence[Review],
) -> tuple[Document, Evidence]:
    """Return the document of these sections and the evidence of its extracts."""
    surgeon = found.newest.manifest.surgeon
    cycle = found.cycle
    span = f"{day(cycle.start)} – {day(cycle.end)}"
    document = Document(
        title=title,
        subtitle=span,
        banner=found.banner,
        footer=f"{surgeon.name} · GMC {surgeon.gmc} · {title} · {span}",
        made_at=choices.made_at,
        sections=sections,
        file_name=f"Plumbline-{kind}-{surgeon.gmc}-{cycle.end.year}.pdf",
        portal_title=f"{title}: {span}",
        portal_words=(
            f"Risk-adjusted results of {surgeon.name}, GMC {surgeon.gmc}, over {span}, with "
            "reflection. Quality improvement activity."
        ),
        author=surgeon.name,
    )
    evidence = Evidence(
        format=FORMAT,
        kind=kind,
        made_at=choices.made_at.isoformat(),
        program=program(),
        methods="The methods page of that version of Plumbline.",
        title=title,
        doctor=doctor(found.newest.manifest),
        extracts=tuple(part.evidence for part in found.parts),
        changes=(SMALL_NUMBERS,) if choices.small_numbers else (),
        left_out=(*replaced(found, reviews), *hidden_words(found)),
        small_numbers=SMALL_NUMBERS if choices.small_numbers else None,
    )
    return document, evidence


def replaced(found: Several, reviews: Sequence[Review]) -> tuple[str, ...]:
    """Say which extracts are not shown since a later edition replaces them."""
    manifests = (reviews[place].extract.manifest for place in found.cycle.superseded)
    return tuple(
        f"Edition {one.edition_number} of {one.audit.name}, {period(one)}, is not shown: a later "
        "edition replaces it."
        for one in manifests
    )


def hidden_words(found: Several) -> tuple[str, ...]:
    """Say where notes or reflections of the surgeon are left out."""
    return tuple(
        f"Some of the surgeon’s words on {part.manifest.audit.name}, {period(part.manifest)}, are "
        "not in this document."
        for part in found.parts
        if part.said.hidden_notes or part.said.hidden_reflections
    )


def _title_facts(found: Several, choices: Choices) -> Facts:
    surgeon, cycle = found.newest.manifest.surgeon, found.cycle
    extracts = ((_name(part), _origin(part)) for part in found.parts)
    return Facts(
        (
            ("Doctor", surgeon.name),
            ("GMC number", surgeon.gmc),
            ("Cycle", f"{day(cycle.start)} – {day(cycle.end)}"),
            *extracts,
            ("Document made", moment(choices.made_at)),
        )
    )


def _name(part: Part) -> str:
    return part.manifest.audit.name


def _origin(part: Part) -> str:
    manifest = part.manifest
    trust = trust_label(part.review.extract.verdict, manifest.audit.name)
    return f"{period(manifest)}, edition {manifest.edition_number}. {trust}"


def _summary(found: Several) -> Iterable[Block]:
    yield Paragraph(BY_AUDITS if _by_audits(found) else BY_OTHERS)
    yield outcome_grid(found.parts)
    if found.cycle.overlaps:
        yield Paragraph(found.cycle.overlaps[-1], "attention")
        yield Points(found.cycle.overlaps[:-1])
    yield Paragraph("Gaps in the cycle", "lead")
    yield Points(found.cycle.gaps) if found.cycle.gaps else Paragraph(NO_GAP)


def _by_audits(found: Several) -> bool:
    return all(one.line.is_audits for part in found.parts for one in part.review.results)


def _years(found: Several, choices: Choices) -> tuple[Section, ...]:
    if choices.small_numbers:
        return ()
    grid = year_grid(found)
    return (Section("Year by year", (Paragraph(YEARS_APART), grid), new_page=True),)


def _words(part: Part) -> tuple[Section, ...]:
    heading = f"{_name(part)}, {period(part.manifest)}"
    parts = surgeon_parts(part.review, part.said)
    said = Paragraph(OWN, "small") if parts else Paragraph(NOT_WRITTEN)
    return (Section(heading, (said,), new_page=True), *parts)
