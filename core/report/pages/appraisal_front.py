"""Page one of the appraisal document: whose, from where, and where every outcome stands."""

from core.flow import Review
from core.report.choices import Choices
from core.report.pages.content import period, title_facts
from core.report.pages.document import Block, Grid, Paragraph, Points, Section
from core.report.small_numbers import count_shown
from core.results.account import account
from core.results.outcome import OutcomeResult
from core.results.words import position_label

NOT_SHOWN = "Not shown in this document"
SHOWN = "Shown"


def front(review: Review, choices: Choices, changes: tuple[str, ...]) -> tuple[Section, ...]:
    """Return the title block and the summary."""
    return (
        Section("", (title_facts(review, choices.made_at), _voice(review))),
        Section("In short", tuple(_summary(review, choices, changes))),
    )


def position_grid(review: Review, choices: Choices) -> Grid:
    """Return every outcome of the extract with its position, those not chosen too."""
    rows = tuple(
        (
            result.label,
            position_label(result),
            SHOWN if choices.shows(result.code) else NOT_SHOWN,
        )
        for result in review.results
    )
    return Grid(_caption(review), ("Outcome", "Position", "In this document"), rows)


def _caption(review: Review) -> str:
    if all(result.line.is_audits for result in review.results):
        return "Every outcome in the audit’s extract, by the audit’s own method"
    return "Every outcome of the imported file, each position with where its line is from"


def _voice(review: Review) -> Paragraph:
    surgeon = review.extract.manifest.surgeon
    return Paragraph(
        f"In this document “you” is {surgeon.name}, GMC number {surgeon.gmc}.", "small"
    )


def _summary(review: Review, choices: Choices, changes: tuple[str, ...]) -> list[Block]:
    manifest = review.extract.manifest
    blocks: list[Block] = [
        Paragraph(
            f"All operations that the audit counts, {period(manifest)}, each compared with "
            "what would be expected for patients with the same risks."
        ),
        position_grid(review, choices),
    ]
    chosen = [result for result in review.results if choices.shows(result.code)]
    if choices.small_numbers:
        blocks.append(Paragraph(_without_counts(chosen)))
    else:
        blocks.append(Points(tuple(f"{one.label}: {account(one).text}" for one in chosen)))
    if changes:
        blocks.append(
            Paragraph(
                "What differs from the audit’s figures stands under “What was changed or left out”."
            )
        )
    return blocks


def _without_counts(results: list[OutcomeResult]) -> str:
    cases = "; ".join(f"{one.label}: {count_shown(one.cases)} cases" for one in results)
    return f"By the small-number rule counts are hidden or rounded. {cases}."
