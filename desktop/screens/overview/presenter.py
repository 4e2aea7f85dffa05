"""What the overview says: one card an outcome, what waits, and the caseload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from core.charts.funnel import describe_funnel
from core.charts.provenance import provenance
from core.extract.manifest import Manifest, Publication
from core.results.account import account
from core.results.funnel import Funnel
from core.results.line_words import whose_line
from core.results.origin_words import origin_words, risk_words
from core.results.outcome import OutcomeResult
from core.results.public import REGIMES
from core.results.wording import count, day, expected_count, percent, ratio, spaced
from core.results.words import (
    bounds_words,
    centre_words,
    facts,
    footnote,
    left_out_words,
    needs_attention,
    position_alone,
)
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.extract.opening import Extract
    from core.flow import Review

HIGH_RISK = 0.10
FROM_AUDIT = QT_TR_NOOP("from the audit")


@dataclass(frozen=True, eq=False)
class OutcomeCard:
    """One outcome as the overview tells it."""

    code: str
    label: str
    facts: str
    figures: tuple[tuple[str, str], ...]
    position: str
    line: str
    attention: bool
    account: str
    strong: str
    remarks: str
    footnote: str
    funnel: Funnel | None
    description: str
    provenance: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideCard:
    """A card of the right column: a sentence and rows of facts; `digest` can be copied from it."""

    title: str
    sentence: str
    rows: tuple[tuple[str, str], ...] = ()
    footnote: str = ""
    to_records: bool = False
    means: tuple[str, ...] = ()
    digest: str = ""


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
            before_appraisal(manifest, len(self._review.extract.cases), len(self._review.findings)),
            self._caseload(),
            about_file(self._review.extract),
            origin_card(manifest),
        )
        self._view.show_side(tuple(card for card in side if card))

    def _remarks(self, result: OutcomeResult) -> tuple[str, ...]:
        differing = self._review.issued_words(result.code)
        return differing, centre_words(result), bounds_words(result)

    def _card(self, result: OutcomeResult) -> OutcomeCard:
        funnel = self._review.funnel(result.code)
        extract = self._review.extract
        said = account(result)
        average = result.kind == "continuous"
        return OutcomeCard(
            code=result.code,
            label=result.label,
            facts=facts(result),
            figures=key_figures(result),
            position=position_alone(result),
            line=whose_line(result),
            attention=needs_attention(result),
            account=said.text,
            strong=said.emphasis,
            remarks=" ".join(part for part in self._remarks(result) if part),
            footnote=left_out_words(result) if average else footnote(result),
            funnel=None if average else funnel,
            description=describe_funnel(funnel),
            provenance=provenance(extract.manifest, extract.verdict, result),
        )

    def _caseload(self) -> SideCard | None:
        """Say how risky the cases are, beside the nation where the extract tells of it."""
        outcomes = (one for one in self._review.extract.manifest.outcomes if one.kind == "binary")
        outcome = next(outcomes, None)
        if outcome is None:
            return None
        mix = self._review.case_mix(outcome.code)
        manifest = self._review.extract.manifest
        given = tr(FROM_AUDIT) if manifest.source is None else risk_words(outcome, manifest)
        return caseload_card(mix.risks.tolist(), outcome.label, mix.national_median, given)


def key_figures(result: OutcomeResult) -> tuple[tuple[str, str], ...]:
    """Return the figures (figure, caption) of a card; none where nothing could be counted."""
    if result.kind == "continuous":
        return ((f"{result.observed:.2f}", tr("your average")),) if result.cases else ()
    if result.ratio is None or result.expected is None:
        return ()
    expected = expected_count(result.expected)
    return (
        (ratio(result.ratio), tr("observed ÷ expected")),
        (count(result.observed), tr("observed · {n} expected").format(n=expected)),
    )


def caseload_card(
    risks: list[float],
    label: str,
    national_median: float | None = None,
    given: str = "",
) -> SideCard | None:
    """Return the caseload in words: the median risk, and how many stand above one in ten."""
    if not risks:
        return None
    about = tr("Risk of {outcome}, {origin}.")
    return SideCard(
        title=tr("Your caseload"),
        sentence=f"{median_words(risks, national_median)} {high_risk_words(risks)}",
        footnote=about.format(
            outcome=f"{label[0].lower()}{label[1:]}", origin=given or tr(FROM_AUDIT)
        ),
        means=("risk", "median_risk"),
    )


def median_words(risks: list[float], national_median: float | None) -> str:
    """Return the median risk, beside the nation's where that is known."""
    own = percent(float(np.median(risks)))
    if national_median is None:
        return tr("Median predicted risk {own}.").format(own=own)
    words = tr("Median predicted risk {own} (national {national}).")
    return words.format(own=own, national=percent(national_median))


def high_risk_words(risks: list[float]) -> str:
    """Return how many risks stand above one in ten."""
    high = sum(risk > HIGH_RISK for risk in risks)
    if not high:
        none = tr("None of your patients had a risk above {level}.")
        return none.format(level=percent(HIGH_RISK, 0))
    words = tr("{n} of your {total} patients had a risk above {level}.")
    return words.format(n=count(high), total=count(len(risks)), level=percent(HIGH_RISK, 0))


def before_appraisal(manifest: Manifest, cases: int, findings: int) -> SideCard:
    """Return what the audit does with the results, what to check, and until when."""
    contact = manifest.contact
    rows = [
        (tr("Cases in the extract"), count(cases)),
        (tr("Findings to check"), count(findings)),
    ]
    if contact.corrections_deadline:
        rows.append((tr("Corrections until"), day(contact.corrections_deadline)))
    if manifest.publication.deadline:
        rows.append((tr("Publication decision until"), day(manifest.publication.deadline)))
    return SideCard(
        title=tr("Before your appraisal"),
        sentence=publication_words(manifest.publication),
        rows=tuple(rows),
        footnote=(
            tr("Questions: {address}").format(address=contact.questions)
            if contact.questions
            else tr("The extract does not name a contact.")
        ),
        to_records=findings > 0,
        means=("case", "finding"),
    )


def publication_words(publication: Publication) -> str:
    """Return what the audit publishes, and what silence means, in the extract's words."""
    said = REGIMES[publication.regime]
    if publication.regime == "not_published":
        return said
    if publication.default:
        words = tr("Without an answer: {consequence}")
        return f"{said} {words.format(consequence=publication.default)}"
    return said


def about_file(extract: Extract) -> SideCard:
    """Return which edition this is, how cases are credited, and what the audit can confirm."""
    manifest = extract.manifest
    return SideCard(
        title=tr("About this file"),
        sentence=manifest.attribution,
        rows=(
            (tr("Edition"), edition(manifest)),
            (tr("Data as at"), day(manifest.issued_at.date())),
            (tr("Follow-up to"), day(manifest.follow_up_to)),
        ),
        footnote=trust_words(extract),
        means=("trust",),
        digest=to_confirm(extract),
    )


def edition(manifest: Manifest) -> str:
    """Return the edition's number; what no audit issued has none."""
    return str(manifest.edition_number) if manifest.source is None else tr("none")


def origin_card(manifest: Manifest) -> SideCard | None:
    """Return where figures come from that no audit issued, or nothing."""
    said = "\n".join(origin_words(manifest))
    if not said:
        return None
    digest = (manifest.source and manifest.source.digest) or ""
    return SideCard(
        title=tr("Where these figures come from"),
        sentence=said.replace(digest, spaced(digest)) if digest else said,
        digest=digest,
    )


def trust_words(extract: Extract) -> str:
    """Return what the audit can be asked to confirm, where its signature does not."""
    digest = to_confirm(extract)
    if not digest:
        return ""
    words = (
        tr("Not signed by the audit. It can confirm this file by its SHA-256: {digest}")
        if extract.verdict.state == "unsigned"
        else tr("Compare this fingerprint with the audit before you rely on the file: {digest}")
    )
    return words.format(digest=spaced(digest))


def to_confirm(extract: Extract) -> str:
    """Return the SHA-256 by which the audit can confirm the file or its issuer, or nothing."""
    if extract.verdict.state == "unsigned" and extract.manifest.source is None:
        return extract.digest
    return extract.verdict.fingerprint if extract.verdict.state == "unknown_issuer" else ""
