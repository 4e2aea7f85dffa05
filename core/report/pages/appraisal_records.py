"""The records behind the figures: what to check, what was asked, what was left out or changed."""

from collections import Counter
from collections.abc import Callable

from core.flow import Review, WhatIfResults
from core.report.choices import Choices
from core.report.own_words import OwnWords
from core.report.pages.appraisal_what_if import what_if_section
from core.report.pages.document import Block, Grid, Paragraph, Points, Section
from core.report.small_numbers import count_shown
from core.results.quality.finding import Finding
from core.results.quality.words import HINT, SEVERITY_WORDS, TITLES, effect_words
from core.results.wording import count
from core.review.correctable import BLANK
from core.review.queries import KINDS, STATUSES, QueryKind

NOTHING = "Nothing was changed: these are the audit’s own cases, exclusions and method."
NOTHING_OF_IMPORT = (
    "Nothing was changed by the surgeon in Plumbline. That the cases are the audit’s, no signature "
    "of the audit shows."
)
Counter_ = Callable[[float], str]


def records_sections(
    review: Review,
    said: OwnWords,
    choices: Choices,
    what_if: WhatIfResults | None,
    changes: tuple[str, ...],
    left_out: tuple[str, ...],
) -> tuple[Section, ...]:
    """Return the sections on the records, the first on a new page."""
    number = count_shown if choices.small_numbers else count
    sections = []
    if choices.quality:
        sections.append(_quality(review, choices, number))
    if choices.queries:
        sections.append(_queries(said, number))
    if what_if is not None:
        sections.append(what_if_section(review, what_if, choices))
    sections.append(_changed(review, changes, left_out, number))
    return (Section("The records", (), new_page=True), *sections)


def _quality(review: Review, choices: Choices, number: Counter_) -> Section:
    findings = review.findings
    if not findings:
        words = "Nothing to check was found in these records."
        return Section("Data quality", (Paragraph(words),), level=2)
    rows = tuple(_finding(review, found, choices, number) for found in findings)
    headings = ("Finding", "Check", "Cases", "Effect if left out")
    grid = Grid("Findings in the records", headings, rows, (2,))
    return Section("Data quality", (grid, Paragraph(HINT, "small")), level=2)


def _finding(review: Review, found: Finding, choices: Choices, number: Counter_) -> tuple[str, ...]:
    effect = found.effect
    words = "–"
    if effect is not None and not choices.small_numbers:
        outcome = review.extract.manifest.outcome(effect.outcome)
        words = effect_words(effect, outcome.words, outcome.label)
    labels = {field.name: field.label for field in review.extract.manifest.fields}
    named = labels.get(found.field or "")
    title = f"{TITLES[found.code]}: {named}" if named else TITLES[found.code]
    return title, SEVERITY_WORDS[found.severity], number(found.count), words


def _queries(said: OwnWords, number: Counter_) -> Section:
    counted = Counter((query.kind, query.blank, query.status) for query in said.queries)
    if not counted:
        words = "No correction request is recorded here."
        return Section("Correction requests", (Paragraph(words),), level=2)
    rows = tuple(
        (_asked(kind, blank=blank), STATUSES[status], number(found))
        for (kind, blank, status), found in sorted(counted.items())
    )
    grid = Grid("Correction requests by kind", ("What", "Where it stands", "Number"), rows, (2,))
    return Section("Correction requests", (grid,), level=2)


def _asked(kind: QueryKind, *, blank: bool) -> str:
    return f"{KINDS[kind]}: {BLANK}" if blank else KINDS[kind]


def _nothing(review: Review) -> str:
    return NOTHING if review.extract.manifest.source is None else NOTHING_OF_IMPORT


def _changed(
    review: Review, changes: tuple[str, ...], left_out: tuple[str, ...], number: Counter_
) -> Section:
    blocks: list[Block] = [Points(changes) if changes else Paragraph(_nothing(review))]
    if left_out:
        blocks.append(Points(left_out))
    exclusions = review.extract.manifest.exclusions
    if exclusions:
        rows = tuple((rule.words, number(rule.count)) for rule in exclusions)
        headings = ("The audit’s rule", "Cases left out")
        blocks.append(Grid("The audit’s exclusions, in its words", headings, rows, (1,)))
    return Section("What was changed or left out", tuple(blocks), level=2)
