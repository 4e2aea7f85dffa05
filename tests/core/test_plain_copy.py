"""A plain copy for portals, and the evidence that travels beside it."""

from core.issuing.example import example_signer
from core.report.evidence import evidence_bytes
from core.report.signing.detached import Beside, sign_beside
from core.report.signing.sign import sign_pdf
from core.report.verifying.verify import verify
from core.sealing.identities import make_signer
from tests.core.made_export import AT, TRUST, evidence, unsigned
from tests.core.test_verify import answers


def test_a_plain_copy_answers_no_evidence_alone_and_fully_with_it() -> None:
    signer = example_signer()
    plain, carried = sign_pdf(unsigned(None), signer, AT), evidence_bytes(evidence())
    assert answers(verify(plain, TRUST)) == ("yes", "self_declared", "no_evidence", "no_evidence")
    beside = Beside(carried, sign_beside(plain, carried, signer))
    assert answers(verify(plain, TRUST, beside=beside)) == ("yes", "confirmed", "example", "yes")


def test_evidence_beside_must_be_signed_for_this_document_by_its_key() -> None:
    signer = example_signer()
    plain, carried = sign_pdf(unsigned(None), signer, AT), evidence_bytes(evidence())
    other = sign_pdf(unsigned(None, "Another."), signer, AT)
    stranger = make_signer("FICTIONAL stranger", "FICT999", AT)
    right = sign_beside(plain, carried, signer)
    for beside in (
        Beside(carried, sign_beside(plain, carried, stranger)),
        Beside(carried, sign_beside(other, carried, signer)),
        Beside(carried + b" ", right),
        Beside(carried, right[:-20]),
        Beside(carried, b""),
        Beside(carried, right.replace(b"detached/1", b"detached/2")),
    ):
        found = verify(plain, TRUST, beside=beside)
        assert (found.issued, found.figures) == ("no_evidence", "no_evidence")
        assert found.findings
