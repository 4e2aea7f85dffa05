"""Timings of the appraisal document: what is decided, and the pages set."""

from datetime import UTC, datetime

from timing import Row, median_seconds

from core.flow import Review, open_review
from core.issuing.example import example_extract
from core.report.choices import Choices
from core.report.evidence import evidence_bytes
from core.report.pages.appraisal import appraisal
from core.report.pages.pdf import pdf_bytes
from core.review.state import replay
from core.sealing.age import Passphrase
from core.sealing.trust import TrustStore, shipped_entries

CHOICES = Choices(made_at=datetime(2026, 11, 22, tzinfo=UTC), outcomes=("return_bleeding",))


def rows() -> list[Row]:
    """Return every timing."""
    review = _review()
    document, evidence = appraisal(review, replay(()), CHOICES)
    carried = evidence_bytes(evidence)
    pages = median_seconds(lambda: pdf_bytes(document, carried))
    whole = median_seconds(lambda: _made(review))
    size = f"{len(pdf_bytes(document, carried)) / 1024:,.0f} kB"
    return [
        Row("appraisal document, one outcome: pages alone", pages, size),
        Row("appraisal document, one outcome: whole", whole, "the aim is 2 s for ten pages"),
    ]


def _made(review: Review) -> bytes:
    document, evidence = appraisal(review, replay(()), CHOICES)
    return pdf_bytes(document, evidence_bytes(evidence))


def _review() -> Review:
    sealed, passphrase = example_extract()
    trust = TrustStore(shipped_entries())
    return open_review(sealed, [Passphrase(passphrase)], trust, lambda done, total, label: None)
