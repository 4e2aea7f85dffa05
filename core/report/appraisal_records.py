"""The records behind the figures: what to check, what was asked, what was left out or changed."""

from collections import Counter
from collections.abc import Callable

from core.flow import Review
from core.report.choices import Choices
from core.report.document import Block, Grid, Paragraph, Points, Section
from core.report.own_words import OwnWords
from core.report.small_numbers import count_shown
from core.results.measure import measure
from core.results.outcome import OutcomeResult
from core.results.quality.finding import Finding
from core.results.quality.words import HINT, SEVERITY_WORDS, TITLES, effect_words
from core.results.wording import count, ratio
from core.results.words import position_label
from core.review.queries import KINDS, STATUSES
from core.review.what_if import LABEL, apply

NOTHING = "Nothing was changed: these are the audit’s own cases, exclusions and method."
Counter_ = Callable[[float], str]


def records_sections(
    review: Review,
    said: OwnWords,
    choices: Choices,
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
    if choices.what_if and not choices.small_numbers:
        sections += _what_if(review, said)
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
    counted = Counter((query.kind, query.status) for query in said.queries)
    if not counted:
        words = "No correction request is recorded here."
        return Section("Correction requests", (Paragraph(words),), level=2)
    rows = tuple(
        (KINDS[kind], STATUSES[status], number(found))
        for (kind, status), found in sorted(counted.items())
    )
    grid = Grid("Correction requests by kind", ("What", "Where it stands", "Number"), rows, (2,))
    return Section("Correction requests", (grid,), level=2)


def _what_if(review: Review, said: OwnWords) -> list[Section]:
    """Show the figures were the open correction requests accepted; none where none can be."""
    extract = review.extract
    open_ones = [query for query in said.queries if query.status in ("drafted", "sent")]
    changed = apply(extract.cases, open_ones, extract.manifest.outcomes, extract.models)
    if not changed.applied:
        return []
    rows = []
    for before in review.results:
        outcome = extract.manifest.outcome(before.code)
        if before.kind == "continuous":
            continue
        units = review.units(before.code)
        after = measure(outcome, changed.cases, extract.manifest.follow_up_to, units)
        rows.append((before.label, *(_in_brief(found) for found in (before, after))))
    words = f"{LABEL}. If these corrections are accepted ({len(changed.applied)} requests):"
    grid = Grid("What-if", ("Outcome", "As issued", "What-if"), tuple(rows))
    return [Section("What-if", (Paragraph(words, "attention"), grid), level=2)]


def _in_brief(result: OutcomeResult) -> str:
    if result.ratio is None or result.expected is None:
        return "–"
    counts = f"{count(result.observed)} {result.words.events}"
    expected = f"{result.expected:.2f} expected"
    return f"{counts}, {expected}\nratio {ratio(result.ratio)}\n{position_label(result)}"


def _changed(
    review: Review, changes: tuple[str, ...], left_out: tuple[str, ...], number: Counter_
) -> Section:
    blocks: list[Block] = [Points(changes) if changes else Paragraph(NOTHING)]
    if left_out:
        blocks.append(Points(left_out))
    exclusions = review.extract.manifest.exclusions
    if exclusions:
        rows = tuple((rule.words, number(rule.count)) for rule in exclusions)
        headings = ("The audit’s rule", "Cases left out")
        blocks.append(Grid("The audit’s exclusions, in its words", headings, rows, (1,)))
    return Section("What was changed or left out", tuple(blocks), level=2)
