"""What the data-quality screen says: findings, what is missing, completeness by field."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from core.results.quality.completeness import Completeness, completeness
from core.results.quality.finding import Finding
from core.results.quality.words import (
    HINT,
    QUERY_WORDS,
    SEVERITY_WORDS,
    TITLES,
    effect_words,
    summary_words,
)
from core.results.wording import cases as cases_in_words
from core.results.wording import percent
from core.results.words import bounds_words, left_out_words
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.flow import Review

EMPTY = QT_TR_NOOP(
    "Nothing to check was found: no gap, no repeat, no date or value that stands out. This does "
    "not show that the records are right; a case may still be missing or be someone else’s."
)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding in words; `number` is its place in the review's findings."""

    number: int
    title: str
    count: str
    message: str
    effect: str
    query: str
    draft: str
    has_cases: bool


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one severity."""

    title: str
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class QualityPage:
    """Everything the screen shows."""

    summary: str
    hint: str
    groups: tuple[FindingGroup, ...]
    missing: tuple[tuple[str, str], ...]
    completeness: tuple[tuple[str, str, str], ...]


class QualityView(Protocol):
    """What the presenter needs of the screen."""

    def show_page(self, page: QualityPage) -> None:
        """Show the findings, or that there are none."""


class QualityPresenter:
    """Shows the findings of a review."""

    def __init__(self, view: QualityView, review: Review) -> None:
        self._view = view
        self._review = review

    def show(self) -> None:
        """Show the page."""
        findings, extract = self._review.findings, self._review.extract
        numbered = enumerate(findings)
        self._view.show_page(
            QualityPage(
                summary=summary_words(findings) if findings else tr(EMPTY),
                hint=HINT if findings else "",
                groups=tuple(
                    FindingGroup(SEVERITY_WORDS[severity], tuple(self._row(*one) for one in part))
                    for severity, part in groupby(numbered, key=lambda one: one[1].severity)
                ),
                missing=tuple(self._missing()),
                completeness=tuple(
                    field_row(found) for found in completeness(extract.cases, extract.manifest)
                ),
            )
        )

    def _row(self, number: int, finding: Finding) -> FindingRow:
        effect = ""
        if finding.effect is not None:
            outcome = self._review.extract.manifest.outcome(finding.effect.outcome)
            effect = effect_words(finding.effect, outcome.words, outcome.label)
        return FindingRow(
            number=number,
            title=TITLES[finding.code],
            count=cases_in_words(finding.count),
            message=finding.message,
            effect=effect,
            query=tr("As a correction request: {reason}.").format(
                reason=QUERY_WORDS[finding.query]
            ),
            draft=draft_words(finding),
            has_cases=len(finding.rows) > 0,
        )

    def _missing(self) -> list[tuple[str, str]]:
        said = []
        for result in self._review.results:
            left_out = left_out_words(result)
            words = f"{left_out[0].upper()}{left_out[1:]}. {bounds_words(result)}".strip()
            said.append((result.label, words))
        return said


def draft_words(finding: Finding) -> str:
    """Return what the button says: a request for each doubtful case, or for an absent one."""
    number = finding.count
    if finding.query == "mine_but_absent" or number == 1:
        return tr("Draft a correction request")
    return tr("Draft {n} correction requests").format(n=number) if number else ""


def field_row(found: Completeness) -> tuple[str, str, str]:
    """Return a field, how often it is recorded here, and in the nation."""
    national = "–" if found.national is None else recorded(found.national)
    return found.field.label, recorded(found.own), national


def recorded(share: float) -> str:
    """Return a share of cases; one short of all is never rounded up to all."""
    shown = percent(share)
    return percent(0.999) if share < 1 and shown == percent(1.0) else shown
