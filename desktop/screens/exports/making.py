"""What the worker does for the exports screen: gather, picture, write."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.jobs import Report
from desktop.screens.exports.naming import with_ending
from desktop.translation import tr

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
    stands beside it; `visible_seal` and `password` are extras of a signed PDF.
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
    visible_seal: bool = False
    password: str | None = field(default=None, repr=False)


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

    report(0, 2, tr("Laying out the pages"))
    request = _request(order, report)
    document, _ = document_of(order.kind, request)
    report(1, 2, tr("Drawing the pages"))
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
    from core.report.kinds import KINDS, plain_copy
    from core.storage import replace_file

    report(0, 2, tr("Making the document"))
    path = with_ending(path, ".xlsx.age" if order.ending == ".age" else order.ending)
    request = _request(order, report)
    if order.beside:
        pdf, told, signature = plain_copy(order.kind, request)
        replace_file(path.with_suffix(".json"), told)
        replace_file(path.with_suffix(".json.sig"), signature)
    else:
        pdf = KINDS[order.kind][order.ending](request)
    report(1, 2, tr("Writing the document"))
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
        visible_seal=order.visible_seal,
        password=order.password,
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
        report(number, len(others), tr("Opening the kept extracts"))
        found.append((review(open_kept(vault, name, trust), lambda *_: None), order.state))
    return tuple(found)
