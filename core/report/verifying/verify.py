"""What a receiver can rely on: the four questions about one document, answered separately."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from warnings import catch_warnings

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from core.errors import PlumblineError, RefusedDocumentError
from core.report.evidence import Evidence, read_evidence
from core.report.signing.detached import Beside, read_beside
from core.report.verifying.inspection import UNREADABLE, Inspected, inspect
from core.report.verifying.judged import Part, extract_facts, judged_parts, naming, signed_by
from core.report.verifying.page_text import page_text
from core.report.verifying.printed import printing_findings
from core.report.verifying.seal_check import SealFinding, SealState, check_seal
from core.report.verifying.verification import (
    Figures,
    Issued,
    SignerFacts,
    Unchanged,
    Verification,
    advice,
)
from core.report.verifying.verify_words import (
    FIGURES_WORDS,
    ISSUED_WORDS,
    NOT_LOOKED_INTO,
    SIGNED_BY_NOBODY,
    difference_words,
    left_out_words,
    signed_by_words,
    unchanged_words,
)
from core.sealing.signatures import certificate_name, fingerprint
from core.sealing.trust import TrustStore

_WORST: tuple[Issued, ...] = (
    "no",
    "revoked",
    "unknown_issuer",
    "unsigned",
    "no_evidence",
    "not_provable",
    "example",
    "yes",
)
"""The answer to question 3 for a document of several extracts is the first of these that holds."""


def verify(
    pdf: bytes, trust: TrustStore, *, beside: Beside | None = None, password: str | None = None
) -> Verification:
    """Return the four answers about a document.

    `beside` is the evidence that travels beside a plain copy. Nothing is raised for what a document
    holds: the answers say it. A hostile document may use much time and memory: see `guarded`.
    """
    try:
        inspected = inspect(pdf, password)
    except RefusedDocumentError as error:
        return refused(error)
    seal = check_seal(pdf, inspected.seal)
    signer = _signer(seal, inspected)
    findings: list[str] = []
    evidence = _evidence(pdf, inspected, seal, beside, findings)
    if evidence is not None:
        findings += _pages(pdf, evidence, password)
    parts = judged_parts(evidence, trust)
    return _answers(seal, signer, evidence, parts, findings)


def refused(error: PlumblineError) -> Verification:
    """Return the answer about a document that was not looked into."""
    return Verification(
        unchanged="refused",
        unchanged_words=f"{NOT_LOOKED_INTO} {error.message} {error.hint}".strip(),
        signed_by="nobody",
        signed_by_words=SIGNED_BY_NOBODY,
        issued="no_evidence",
        issued_words=ISSUED_WORDS["no_evidence"],
        figures="no_evidence",
        figures_words=FIGURES_WORDS["no_evidence"],
        findings=(error.message,),
    )


def _signer(seal: SealFinding, inspected: Inspected) -> SignerFacts:
    if seal.certificate is None or inspected.seal is None:
        return SignerFacts()
    pem = _pem(seal.certificate)
    return SignerFacts(certificate_name(pem), fingerprint(pem), _moment(inspected.seal.stated_at))


def _moment(stated: str) -> str:
    """Return the time that the signature states as ISO 8601, or nothing where it states none."""
    try:
        return datetime.strptime(stated.replace("'", ""), "D:%Y%m%d%H%M%S%z").isoformat()
    except ValueError:
        return ""


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def _evidence(
    pdf: bytes,
    inspected: Inspected,
    seal: SealFinding,
    beside: Beside | None,
    findings: list[str],
) -> Evidence | None:
    """The evidence inside, else that beside; what speaks against it is added to `findings`."""
    try:
        if inspected.evidence is not None:
            return read_evidence(inspected.evidence)
        if beside is not None:
            return read_beside(pdf, seal.certificate, beside)
    except PlumblineError as error:
        findings.append(error.message)
    return None


def _pages(pdf: bytes, evidence: Evidence, password: str | None) -> tuple[str, ...]:
    try:
        with catch_warnings(action="error", category=UserWarning):
            text = page_text(pdf, password)
        return printing_findings(evidence, text)
    except (*UNREADABLE, UserWarning):
        return ("The pages cannot be read.",)


def _answers(
    seal: SealFinding,
    signer: SignerFacts,
    evidence: Evidence | None,
    parts: Sequence[Part],
    findings: list[str],
) -> Verification:
    issued, figures = _issued(evidence, parts), _figures(evidence, parts)
    by = signed_by(signer, evidence, parts)
    unchanged = _unchanged(seal)
    extracts = tuple(extract_facts(part) for part in parts)
    differences = tuple(one for part in parts for one in part.differences)
    answered = Verification(
        unchanged=unchanged,
        unchanged_words=unchanged_words(unchanged, seal, figures),
        signed_by=by,
        signed_by_words=signed_by_words(
            by, signer.name, naming(signer, parts), example=issued == "example"
        ),
        issued=issued,
        issued_words=ISSUED_WORDS[issued],
        figures=figures,
        figures_words=FIGURES_WORDS[figures],
        signer=signer,
        extracts=extracts,
        differences=differences,
        left_out=left_out_words(evidence),
        advice=advice(extracts),
    )
    if evidence is not None:
        answered = replace(
            answered,
            kind=evidence.kind,
            title=evidence.title,
            doctor=evidence.doctor.name,
            gmc=evidence.doctor.gmc,
            made_at=evidence.made_at,
            changes=evidence.changes,
            small_numbers=evidence.small_numbers,
        )
    return replace(answered, findings=tuple(_findings(answered, findings)))


def _unchanged(seal: SealFinding) -> Unchanged:
    if seal.state is SealState.WHOLE:
        return "yes"
    return "seal_lost" if seal.state in (SealState.MOVED, SealState.ABSENT) else "no"


def _issued(evidence: Evidence | None, parts: Sequence[Part]) -> Issued:
    if evidence is None or not parts:
        return "no_evidence"
    return min((part.found.issued for part in parts), key=_WORST.index)


def _figures(evidence: Evidence | None, parts: Sequence[Part]) -> Figures:
    if evidence is None or not parts:
        return "no_evidence"
    if any(part.differences or part.found.issued == "no" for part in parts):
        return "no"
    if any(part.found.issued == "no_evidence" for part in parts):
        return "no_evidence"
    if any(part.found.issued == "not_provable" for part in parts):
        return "not_provable"
    return "yes"


def _findings(answered: Verification, earlier: Sequence[str]) -> list[str]:
    found = list(earlier)
    if answered.unchanged != "yes":
        found.append(answered.unchanged_words)
    if answered.other_key:
        found.append(
            "The audit names another signing key for this doctor than the one that signed."
        )
    if answered.issued == "example":
        found.append("FICTIONAL: the figures are a made-up example’s, whose key is public.")
    elif answered.issued != "yes":
        found.append(answered.issued_words)
    found += dict.fromkeys(words for extract in answered.extracts for words in extract.lines)
    return found + [difference_words(one) for one in answered.differences]
