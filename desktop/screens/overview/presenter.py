"""What the overview says: one card an outcome, what waits, and the caseload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from core.charts.funnel import describe_funnel
from core.extract.manifest import Manifest, Publication
from core.results.account import account
from core.results.funnel import Funnel
from core.results.inclusion import include
from core.results.outcome import OutcomeResult
from core.results.wording import count, day, expected_count, percent, ratio
from core.results.words import (
    bounds_words,
    centre_words,
    facts,
    footnote,
    needs_attention,
    position_label,
)

if TYPE_CHECKING:
    from core.flow import Review

HIGH_RISK = 0.10
SHORT_NOUN = 8


@dataclass(frozen=True, eq=False)
class OutcomeCard:
    """One outcome as the overview tells it."""

    code: str
    label: str
    facts: str
    ratio: str
    observed: str
    expected: str
    position: str
    attention: bool
    account: str
    strong: str
    remarks: str
    footnote: str
    funnel: Funnel
    description: str


@dataclass(frozen=True, slots=True)
class SideCard:
    """A card of the right column: a sentence and rows of facts."""

    title: str
    sentence: str
    rows: tuple[tuple[str, str], ...] = ()
    footnote: str = ""


class OverviewView(Protocol):
    """What the presenter needs of the screen."""

    def show_outcomes(self, cards: tuple[OutcomeCard, ...]) -> None:
        """Show one card an outcome."""

    def show_side(self, cards: tuple[SideCard, ...]) -> None:
        """Show the right column."""


class OverviewPresenter:
    """Says where the surgeon stands."""

    def __init__(self, view: OverviewView, review: Review) -> None:
        self._view = view
        self._review = review

    def show(self) -> None:
        """Fill the screen."""
        cards = (self._card(result) for result in self._review.results)
        self._view.show_outcomes(tuple(cards))
        manifest = self._review.extract.manifest
        side = (
            before_appraisal(manifest, len(self._review.extract.cases)),
            self._caseload(),
            about_file(manifest),
        )
        self._view.show_side(tuple(card for card in side if card))

    def _card(self, result: OutcomeResult) -> OutcomeCard:
        funnel = self._review.funnel(result.code)
        said = account(result)
        expected = "" if result.expected is None else f"{expected_count(result.expected)} expected"
        return OutcomeCard(
            code=result.code,
            label=result.label,
            facts=facts(result),
            ratio="–" if result.ratio is None else ratio(result.ratio),
            observed=_observed(result),
            expected=expected,
            position=position_label(result),
            attention=needs_attention(result),
            account=said.text,
            strong=said.emphasis,
            remarks=" ".join(part for part in (centre_words(result), bounds_words(result)) if part),
            footnote=footnote(result),
            funnel=funnel,
            description=describe_funnel(funnel),
        )

    def _caseload(self) -> SideCard | None:
        """Say how risky the cases are; the extract gives no national distribution to set beside."""
        extract = self._review.extract
        outcomes = (one for one in extract.manifest.outcomes if one.kind == "binary")
        outcome = next(outcomes, None)
        if outcome is None:
            return None
        risks = include(extract.cases, outcome, extract.manifest.follow_up_to).risks
        return caseload_card(risks.tolist(), outcome.label) if risks.size else None


def _observed(result: OutcomeResult) -> str:
    """Return the observed count, with its noun where that is short enough for a key figure."""
    words = result.words
    noun = words.event if result.observed == 1 else words.events
    said = count(result.observed)
    return f"{said} {noun}" if len(noun) <= SHORT_NOUN else said


def caseload_card(risks: list[float], label: str) -> SideCard:
    """Return the caseload in words: the median risk, and how many stand above one in ten."""
    high = sum(risk > HIGH_RISK for risk in risks)
    if high:
        share = f"{count(high)} of your {count(len(risks))} patients had a risk above"
    else:
        share = "None of your patients had a risk above"
    return SideCard(
        title="Your caseload",
        sentence=(
            f"Median predicted risk {percent(float(np.median(risks)))}. "
            f"{share} {percent(HIGH_RISK, 0)}."
        ),
        footnote=f"Risk of {label[0].lower()}{label[1:]}, from the audit.",
    )


def before_appraisal(manifest: Manifest, cases: int) -> SideCard:
    """Return what the audit does with the results, and until when corrections are taken."""
    contact = manifest.contact
    rows = [("Cases in the extract", count(cases))]
    if contact.corrections_deadline:
        rows.append(("Corrections until", day(contact.corrections_deadline)))
    if manifest.publication.deadline:
        rows.append(("Publication decision until", day(manifest.publication.deadline)))
    return SideCard(
        title="Before your appraisal",
        sentence=publication_words(manifest.publication),
        rows=tuple(rows),
        footnote=(
            f"Questions: {contact.questions}"
            if contact.questions
            else "The extract does not name a contact."
        ),
    )


def publication_words(publication: Publication) -> str:
    """Return what the audit publishes, and what silence means, in the extract's words."""
    if publication.regime == "not_published":
        return "This audit does not publish results by name."
    said = {
        "consent": "This audit publishes results by name where you agree.",
        "presumed": "This audit publishes results by name unless you object.",
    }[publication.regime]
    if publication.default:
        said += f" Without an answer: {publication.default}"
    return said


def about_file(manifest: Manifest) -> SideCard:
    """Return which edition this is and how cases are credited."""
    return SideCard(
        title="About this file",
        sentence=manifest.attribution,
        rows=(
            ("Edition", str(manifest.edition_number)),
            ("Data as at", day(manifest.issued_at.date())),
            ("Follow-up to", day(manifest.follow_up_to)),
        ),
    )
