"""What-if in the appraisal document: the figures were the open correction requests accepted."""

from collections.abc import Iterator

from core.flow import Review, WhatIfResults, what_if_review
from core.report.choices import Choices
from core.report.own_words import OwnWords
from core.report.pages.document import Block, Grid, Paragraph, Points, Section
from core.results.outcome import OutcomeResult
from core.results.wording import count, ratio
from core.results.words import position_label
from core.review.what_if import LABEL

Pair = tuple[OutcomeResult, OutcomeResult]


def supposed(review: Review, said: OwnWords, choices: Choices) -> WhatIfResults | None:
    """Return the results were the open requests accepted; None where none is shown or applied."""
    open_ones = [query for query in said.queries if query.status in ("drafted", "sent")]
    if not open_ones or not choices.what_if or choices.small_numbers:
        return None
    found = what_if_review(review, open_ones)
    return found if found.applied else None


def what_if_changes(review: Review, found: WhatIfResults, choices: Choices) -> tuple[str, ...]:
    """Return the same as sentences, for the list of changes and for the evidence."""
    return tuple(
        f"{LABEL}. If the open requests are accepted, {after.label}: "
        + _in_brief(after).replace("\n", ", ")
        for _, after in _pairs(review, found, choices)
    )


def what_if_section(review: Review, found: WhatIfResults, choices: Choices) -> Section:
    """Return the outcomes as issued and as they would stand, with what was not computed."""
    number = len(found.applied)
    requests = "1 request" if number == 1 else f"{number} requests"
    rows = tuple(
        (before.label, _in_brief(before), _in_brief(after))
        for before, after in _pairs(review, found, choices)
    )
    blocks: list[Block] = [
        Paragraph(f"{LABEL}. If these corrections are accepted ({requests}):", "attention"),
        Grid("What-if", ("Outcome", "As issued", "What-if"), rows),
    ]
    remarks = tuple(dict.fromkeys(remark.words for remark in found.remarks))
    if remarks:
        blocks.append(Points(remarks))
    return Section("What-if", tuple(blocks), level=2)


def _pairs(review: Review, found: WhatIfResults, choices: Choices) -> Iterator[Pair]:
    for before in review.results:
        if before.kind != "continuous" and choices.shows(before.code):
            yield before, found.result(before.code)


def _in_brief(result: OutcomeResult) -> str:
    if result.ratio is None or result.expected is None:
        return "no ratio"
    words = result.words
    counts = f"{count(result.observed)} {words.event if result.observed == 1 else words.events}"
    expected = f"{result.expected:.2f} expected"
    return f"{counts}, {expected}\nratio {ratio(result.ratio)}\n{position_label(result)}"
