"""Evidence beside a plain copy: `X.json`, and the `X.json.sig` that binds it to `X.pdf`."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256

from core.errors import BadSealError, DamagedEvidenceError
from core.report.evidence import Evidence, read_evidence
from core.report.signing.cms import check_p256
from core.sealing.identities import Signer

FORMAT = "plumbline-detached/1"
LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Beside:
    """The bytes of `X.json` and of `X.json.sig`."""

    evidence: bytes
    signature: bytes


class _Detached(msgspec.Struct, frozen=True, kw_only=True):
    """The signature file: SHA-256 of both files, and ECDSA over the lines of `_signed`."""

    format: str
    document_sha256: str
    evidence_sha256: str
    signature: str


def sign_beside(document: bytes, evidence: bytes, signer: Signer) -> bytes:
    """Return the `X.json.sig` of `evidence` for the signed plain copy `document`."""
    found = (sha256(document).hexdigest(), sha256(evidence).hexdigest())
    signature = signer.private_key.sign(_signed(*found), ECDSA(SHA256()))
    detached = _Detached(
        format=FORMAT,
        document_sha256=found[0],
        evidence_sha256=found[1],
        signature=b64encode(signature).decode(),
    )
    return msgspec.json.format(msgspec.json.encode(detached), indent=1)


def read_beside(document: bytes, certificate: x509.Certificate | None, beside: Beside) -> Evidence:
    """Return the evidence beside; DamagedEvidenceError unless the document's own key signed it.

    `certificate` is that of the document's seal; without one nothing binds the two.
    """
    if certificate is None:
        raise DamagedEvidenceError("The seal is lost, so nothing binds the evidence beside to it.")
    try:
        detached = msgspec.json.decode(beside.signature[: LARGEST + 1], type=_Detached)
        signature = b64decode(detached.signature, validate=True)
        found = (sha256(document).hexdigest(), sha256(beside.evidence).hexdigest())
        check_p256(certificate, signature, _signed(*found))
    except (msgspec.DecodeError, ValueError, RecursionError, BadSealError) as error:
        raise DamagedEvidenceError(
            "The evidence beside the document is not signed for it by the same key."
        ) from error
    if (detached.format, detached.document_sha256, detached.evidence_sha256) != (FORMAT, *found):
        raise DamagedEvidenceError("The evidence beside belongs to another document.")
    return read_evidence(beside.evidence)


def _signed(document_sha256: str, evidence_sha256: str) -> bytes:
    return f"{FORMAT}\n{document_sha256}\n{evidence_sha256}\n".encode()
