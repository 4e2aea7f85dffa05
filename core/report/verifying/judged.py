"""Each extract of a document's evidence, judged by itself: who issued it and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.extract.manifest import Manifest
from core.report.evidence import Evidence, ExtractEvidence, OutcomeEvidence
from core.report.verifying.comparison import compare, facts
from core.report.verifying.foreign_lines import line_findings
from core.report.verifying.provenance import Provenance, provenance
from core.report.verifying.verification import Difference, ExtractFacts, SignedBy, SignerFacts
from core.sealing.trust import TrustStore


@dataclass(frozen=True, slots=True)
class Part:
    """One extract of the evidence, judged."""

    evidence: ExtractEvidence
    found: Provenance
    differences: tuple[Difference, ...] = field(default=())


def judged_parts(evidence: Evidence | None, trust: TrustStore) -> tuple[Part, ...]:
    """Return every extract of the evidence, judged; numbers that no audit states do not hold."""
    if evidence is None:
        return ()
    parts = []
    for one in evidence.extracts:
        found = provenance(one, trust, hidden=evidence.small_numbers is not None)
        try:
            parts.append(_judged(evidence, one, found))
        except (ArithmeticError, MemoryError, ValueError):
            found = Provenance("no", "The audit’s statement holds numbers that no audit states.")
            parts.append(_judged(evidence, one, found))
    return tuple(parts)


def _judged(evidence: Evidence, one: ExtractEvidence, found: Provenance) -> Part:
    differences = compare(found.manifest, one) if found.manifest else ()
    return Part(one, found, differences + _doctor(evidence, found.manifest))


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


def signed_by(signer: SignerFacts, evidence: Evidence | None, parts: Sequence[Part]) -> SignedBy:
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


def naming(signer: SignerFacts, parts: Sequence[Part]) -> tuple[str, ...]:
    """The audits whose statements hold and name the key that signed."""
    known = [p.found.manifest for p in parts if p.found.issued in ("yes", "example")]
    by_key = ((one.surgeon.signing_key_sha256, one.audit.name) for one in known if one)
    return tuple(dict.fromkeys(name for key, name in by_key if key == signer.fingerprint))


def extract_facts(part: Part) -> ExtractFacts:
    """Return what the audit's statement says; the evidence speaks only where there is none."""
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
        lines=line_findings(evidence, manifest),
    )
