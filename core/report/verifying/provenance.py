"""Whether an audit issued what the evidence carries: its manifest, signature and certificate."""

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass

from core.errors import PlumblineError
from core.extract.consistency import check_manifest
from core.extract.manifest import Manifest, read_manifest
from core.report.evidence import ExtractEvidence
from core.report.verifying.verification import Issued
from core.sealing.signatures import check_signature
from core.sealing.trust import TrustState, TrustStore

_ISSUED: dict[TrustState, Issued] = {
    TrustState.VERIFIED: "yes",
    TrustState.EXAMPLE: "example",
    TrustState.UNSIGNED: "unsigned",
    TrustState.UNKNOWN_ISSUER: "unknown_issuer",
    TrustState.REVOKED: "revoked",
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """The manifest, where there is one to rely on, and what its signature is worth."""

    issued: Issued
    reason: str
    manifest: Manifest | None = None
    issuer: str = ""
    fingerprint: str = ""


def provenance(evidence: ExtractEvidence, trust: TrustStore, *, hidden: bool) -> Provenance:
    """Return who issued the manifest in `evidence`; a wrong signature leaves no manifest.

    `hidden` tells whether the document says that small numbers are hidden, and the manifest so.
    """
    if evidence.manifest is None and not hidden:
        return Provenance("no_evidence", "The audit’s signed statement is not in the document.")
    if evidence.manifest is None:
        return Provenance(
            "not_provable",
            "The surgeon asked for small numbers to be hidden, so the audit’s signed statement is "
            "not in the document.",
        )
    try:
        data = _decoded(evidence.manifest)
        manifest = read_manifest(data)
        check_manifest(manifest)
        return _judged(evidence, data, manifest, trust)
    except PlumblineError as error:
        return Provenance("no", error.message)
    except (NotBase64, ValueError):
        return Provenance("no", "The audit’s statement in the document cannot be read.")


def _judged(
    evidence: ExtractEvidence, data: bytes, manifest: Manifest, trust: TrustStore
) -> Provenance:
    if (evidence.signature is None) != (evidence.issuer is None):
        return Provenance("no", "There is a signature or a certificate, but not both.")
    issuer = None
    if evidence.signature is not None and evidence.issuer is not None:
        issuer = evidence.issuer.encode("ascii")
        check_signature(issuer, data, _decoded(evidence.signature))
    verdict = trust.judge(issuer, manifest.audit.code, manifest.issued_at)
    return Provenance(
        _ISSUED[verdict.state],
        verdict.reason,
        manifest,
        verdict.issuer_name,
        verdict.fingerprint,
    )


def _decoded(text: str) -> bytes:
    return b64decode(text, validate=True)
