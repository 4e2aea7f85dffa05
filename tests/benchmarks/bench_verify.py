"""Timings of signing, of verifying one document, and of verifying five hundred."""

from datetime import UTC, datetime
from functools import partial
from time import perf_counter

from timing import Row, median_seconds

from core.flow import open_review
from core.issuing.example import example_extract, example_signer
from core.report.choices import Choices
from core.report.evidence import evidence_bytes
from core.report.pages.appraisal import appraisal
from core.report.pages.pdf import pdf_bytes
from core.report.signing.sign import sign_pdf
from core.report.verifying.guarded import verify_many
from core.report.verifying.requests import Request
from core.report.verifying.verify import verify
from core.review.state import replay
from core.sealing.age import Passphrase
from core.sealing.trust import TrustStore, shipped_entries

AT = datetime(2026, 11, 22, tzinfo=UTC)
TRUST = TrustStore(shipped_entries())
DOCUMENTS = 500


def rows() -> list[Row]:
    """Return every timing."""
    made, signer = document(), example_signer()
    signed = sign_pdf(made, signer, AT)
    began = perf_counter()
    found = verify_many([Request(signed)] * DOCUMENTS, TRUST, silent)
    many = perf_counter() - began
    assert all(one.holds for one in found)
    size = f"{len(signed) // 1024} KB"
    return [
        Row(
            "sign an appraisal document", median_seconds(partial(sign_pdf, made, signer, AT)), size
        ),
        Row("verify it", median_seconds(partial(verify, signed, TRUST)), "in this process"),
        Row(f"verify {DOCUMENTS} of them, in guarded processes", many, "once; at most 60 s"),
    ]


def document() -> bytes:
    sealed, passphrase = example_extract()
    review = open_review(sealed, [Passphrase(passphrase)], TRUST, silent)
    printed, evidence = appraisal(review, replay(()), Choices(made_at=AT))
    return pdf_bytes(printed, evidence_bytes(evidence))


def silent(done: int, total: int, label: str) -> None:
    """Report progress to nobody."""
