"""What the worker does for the exports screen: gather, picture, write."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.jobs import Report

if TYPE_CHECKING:
    from core.flow import Review
    from core.report.choices import Choices
    from core.report.kinds import Request
    from core.review.state import ReviewState
    from core.review.vault import Vault
    from core.sealing.age import Recipient
    from core.sealing.identities import Signer

SEVERAL = ("revalidation", "award")
PREVIEW_PPI = 110


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: the kind, from which review and words, and how it is closed.

    `vault` gives the further extracts of a cycle; `beside` asks for a plain copy whose evidence
    stands beside it.
    """

    kind: str
    ending: str
    review: Review
    state: ReviewState
    choices: Choices
    vault: Vault | None = None
    signer: Signer | None = None
    cases: bool = False
    recipient: Recipient | None = field(default=None, repr=False)
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages as PNG, the proposed file name, what to paste into a portal, and hits."""

    pages: tuple[bytes, ...]
    file_name: str
    portal_title: str
    portal_words: str
    hits: tuple[str, ...]


def preview(order: Order, report: Report) -> Preview:
    """Return what the document will look like."""
    from core.report.kinds import document_of
    from core.report.pages.pdf import page_pngs
    from core.report.scanned import hit_words, hits

    report(0, 2, "Laying out the pages")
    request = _request(order, report)
    document, _ = document_of(order.kind, request)
    report(1, 2, "Drawing the pages")
    pages = page_pngs(document, PREVIEW_PPI)
    found = (
        hit
        for review, state in zip(request.reviews, request.states, strict=True)
        for hit in hits(review.extract, state, order.choices)
    )
    return Preview(
        pages,
        document.file_name,
        document.portal_title,
        document.portal_words,
        tuple(map(hit_words, found)),
    )


def write(order: Order, path: Path, report: Report) -> Path:
    """Write the document, and its evidence beside where that was asked for; return its path."""
    from core.report.kinds import KINDS, document_of
    from core.report.signing.detached import sign_beside
    from core.storage import replace_file

    report(0, 2, "Making the document")
    request = _request(order, report)
    if order.beside and order.signer is not None:
        from core.report.evidence import evidence_bytes
        from core.report.pages.pdf import pdf_bytes
        from core.report.signing.sign import sign_pdf

        document, evidence = document_of(order.kind, request)
        pdf = sign_pdf(pdf_bytes(document), order.signer, order.choices.made_at)
        told = evidence_bytes(evidence)
        replace_file(path.with_suffix(".json"), told)
        replace_file(path.with_suffix(".json.sig"), sign_beside(pdf, told, order.signer))
    else:
        pdf = KINDS[order.kind][order.ending](request)
    report(1, 2, "Writing the document")
    replace_file(path, pdf)
    return path


def _request(order: Order, report: Report) -> Request:
    from core.report.kinds import Request

    gathered = _gathered(order, report) if order.kind in SEVERAL else ((order.review, order.state),)
    return Request(
        reviews=tuple(review for review, _ in gathered),
        states=tuple(state for _, state in gathered),
        choices=order.choices,
        signer=order.signer,
        cases=order.cases,
        recipient=order.recipient,
        in_the_clear=False,
    )


def _gathered(order: Order, report: Report) -> tuple[tuple[Review, ReviewState], ...]:
    """Return the open review and every other kept extract of the same surgeon."""
    if order.vault is None:
        return ((order.review, order.state),)
    from core.flow import review
    from core.review.kept import Keeping, archive_id, kept_extracts, open_kept
    from core.sealing.trust import TrustStore, shipped_entries

    vault, trust = order.vault, TrustStore(shipped_entries())
    known = kept_extracts(vault.folder, order.state, order.choices.made_at.date())
    opened = archive_id(order.review.extract)
    others = [one.id for one in known if one.keeping is Keeping.HELD and one.id != opened]
    found = [(order.review, order.state)]
    for number, name in enumerate(others):
        report(number, len(others), "Opening the kept extracts")
        found.append((review(open_kept(vault, name, trust), lambda *_: None), order.state))
    return tuple(found)
