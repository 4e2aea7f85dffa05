"""What a receiver can rely on: the four questions about one document, answered separately."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from warnings import catch_warnings

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from core.errors import PlumblineError, RefusedDocumentError
from core.extract.manifest import Manifest
from core.report.evidence import Evidence, ExtractEvidence, OutcomeEvidence, read_evidence
from core.report.signing.detached import Beside, read_beside
from core.report.verifying.comparison import compare, facts
from core.report.verifying.inspection import UNREADABLE, Inspected, inspect
from core.report.verifying.page_text import page_text
from core.report.verifying.printed import printing_findings
from core.report.verifying.provenance import Provenance, provenance
from core.report.verifying.seal_check import SealFinding, SealState, check_seal
from core.report.verifying.verification import (
    Difference,
    ExtractFacts,
    Figures,
    Issued,
    SignedBy,
    SignerFacts,
    Unchanged,
    Verification,
)
from core.report.verifying.verify_words import (
    FIGURES_WORDS,
    ISSUED_WORDS,
    NOT_LOOKED_INTO,
    SIGNED_BY_WORDS,
    difference_words,
    left_out_words,
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


@dataclass(frozen=True, slots=True)
class _Part:
    """One extract of the evidence, judged."""

    evidence: ExtractEvidence
    found: Provenance
    differences: tuple[Difference, ...] = field(default=())


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
    parts = _parts(evidence, trust)
    return _answers(seal, signer, evidence, parts, findings)


def refused(error: PlumblineError) -> Verification:
    """Return the answer about a document that was not looked into."""
    return Verification(
        unchanged="refused",
        unchanged_words=f"{NOT_LOOKED_INTO} {error.message} {error.hint}".strip(),
        signed_by="nobody",
        signed_by_words=SIGNED_BY_WORDS["nobody"],
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


def _parts(evidence: Evidence | None, trust: TrustStore) -> tuple[_Part, ...]:
    if evidence is None:
        return ()
    parts = []
    for one in evidence.extracts:
        found = provenance(one, trust, hidden=evidence.small_numbers is not None)
        try:
            parts.append(_part(evidence, one, found))
        except (ArithmeticError, MemoryError, ValueError):
            found = Provenance("no", "The audit’s statement holds numbers that no audit states.")
            parts.append(_part(evidence, one, found))
    return tuple(parts)


def _part(evidence: Evidence, one: ExtractEvidence, found: Provenance) -> _Part:
    differences = compare(found.manifest, one) if found.manifest else ()
    return _Part(one, found, differences + _doctor(evidence, found.manifest))


def _doctor(evidence: Evidence, manifest: Manifest | None) -> tuple[Difference, ...]:
    if manifest is None:
        return ()
    surgeon, doctor = manifest.surgeon, evidence.doctor
    pairs = (("doctor.gmc", doctor.gmc, surgeon.gmc), ("doctor.name", doctor.name, surgeon.name))
    return tuple(
        Difference("", name, stated, issued, "The evidence names another doctor than the audit.")
        for name, stated, issued in pairs
        if stated != issued
    )


def _answers(
    seal: SealFinding,
    signer: SignerFacts,
    evidence: Evidence | None,
    parts: Sequence[_Part],
    findings: list[str],
) -> Verification:
    issued, figures = _issued(evidence, parts), _figures(evidence, parts)
    signed_by = _signed_by(signer, evidence, parts)
    unchanged = _unchanged(seal)
    differences = tuple(one for part in parts for one in part.differences)
    answered = Verification(
        unchanged=unchanged,
        unchanged_words=unchanged_words(unchanged, seal, figures),
        signed_by=signed_by,
        signed_by_words=SIGNED_BY_WORDS[signed_by],
        issued=issued,
        issued_words=ISSUED_WORDS[issued],
        figures=figures,
        figures_words=FIGURES_WORDS[figures],
        signer=signer,
        extracts=tuple(_facts(part) for part in parts),
        differences=differences,
        left_out=left_out_words(evidence),
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


def _issued(evidence: Evidence | None, parts: Sequence[_Part]) -> Issued:
    if evidence is None or not parts:
        return "no_evidence"
    return min((part.found.issued for part in parts), key=_WORST.index)


def _figures(evidence: Evidence | None, parts: Sequence[_Part]) -> Figures:
    if evidence is None or not parts:
        return "no_evidence"
    if any(part.differences or part.found.issued == "no" for part in parts):
        return "no"
    if any(part.found.issued == "no_evidence" for part in parts):
        return "no_evidence"
    if any(part.found.issued == "not_provable" for part in parts):
        return "not_provable"
    return "yes"


def _signed_by(signer: SignerFacts, evidence: Evidence | None, parts: Sequence[_Part]) -> SignedBy:
    """Confirmed where an audit that holds names this key for this doctor, and none another."""
    if not signer.fingerprint:
        return "nobody"
    named = {
        part.found.manifest.surgeon.signing_key_sha256
        for part in parts
        if part.found.manifest is not None and part.found.issued in ("yes", "example")
    } - {None}
    doctors = {part.found.manifest.surgeon.gmc for part in parts if part.found.manifest is not None}
    ours = evidence is not None and doctors == {evidence.doctor.gmc}
    return "confirmed" if ours and named == {signer.fingerprint} else "self_declared"


def _facts(part: _Part) -> ExtractFacts:
    manifest, evidence = part.found.manifest, part.evidence
    stated: dict[str, OutcomeEvidence] = {one.code: one for one in evidence.outcomes}
    return ExtractFacts(
        audit=manifest.audit.name if manifest else evidence.audit,
        audit_code=manifest.audit.code if manifest else "",
        organisation=manifest.audit.organisation if manifest else "",
        surgeon=manifest.surgeon.name if manifest else "",
        gmc=manifest.surgeon.gmc if manifest else "",
        series=manifest.series if manifest else evidence.series,
        edition_number=manifest.edition_number if manifest else evidence.edition_number,
        period=(
            (manifest.period.start.isoformat(), manifest.period.end.isoformat())
            if manifest
            else evidence.period
        ),
        follow_up_to=manifest.follow_up_to.isoformat() if manifest else "",
        issued_at=manifest.issued_at.isoformat() if manifest else "",
        issued=part.found.issued,
        reason=part.found.reason,
        issuer=part.found.issuer,
        fingerprint=part.found.fingerprint,
        names_key=manifest.surgeon.signing_key_sha256 if manifest else None,
        outcomes=(
            tuple(facts(outcome, stated.get(outcome.code)) for outcome in manifest.outcomes)
            if manifest
            else ()
        ),
    )


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
    return found + [difference_words(one) for one in answered.differences]
