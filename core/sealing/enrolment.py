"""The enrolment file: what a surgeon sends to an audit so that it can seal for them alone."""

from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from core.errors import BadEnrolmentError, PlumblineError
from core.sealing.age import X25519Recipient
from core.sealing.identities import Signer
from core.sealing.signatures import fingerprint, read_certificate
from core.sealing.signed_json import (
    canonical,
    read_object,
    split_signature,
    with_signature,
    write_object,
)

_FORMAT = "plumbline-enrolment/1"
_CURVE = "secp256r1"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Who asks, the age recipient to seal for, and the certificate that signs their exports."""

    name: str
    gmc: str
    recipient: str
    certificate_pem: bytes

    @property
    def signing_key_sha256(self) -> str:
        """The SHA-256 of the certificate, which the audit confirms by a second route."""
        return fingerprint(self.certificate_pem)


def enrolment_bytes(name: str, gmc: str, recipient: X25519Recipient, signer: Signer) -> bytes:
    """Return the enrolment file, signed (ECDSA, SHA-256) by the surgeon's signing key."""
    fields = _fields(Enrolment(name, gmc, str(recipient), signer.certificate_pem))
    signature = signer.private_key.sign(canonical(fields), ECDSA(SHA256()))
    return write_object(with_signature(fields, signature))


def read_enrolment(data: bytes) -> Enrolment:
    """Read an enrolment file; BadEnrolmentError unless the key named in it signed all of it."""
    try:
        fields, signature = split_signature(read_object(data))
        enrolment = _enrolment_from(fields)
        _check(enrolment, canonical(fields), signature)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidSignature) as error:
        raise BadEnrolmentError("The enrolment file is not valid.") from error
    except PlumblineError as error:
        raise BadEnrolmentError("The enrolment file is not valid.") from error
    return enrolment


def _enrolment_from(fields: dict[str, Any]) -> Enrolment:
    enrolment = Enrolment(
        fields["name"],
        fields["gmc"],
        str(X25519Recipient.parse(fields["recipient"])),
        fields["certificate"].encode("ascii"),
    )
    if _fields(enrolment) != fields or not (enrolment.name and enrolment.gmc):
        raise ValueError("not an enrolment")
    return enrolment


def _check(enrolment: Enrolment, signed: bytes, signature: bytes) -> None:
    public_key = read_certificate(enrolment.certificate_pem).public_key()
    if not isinstance(public_key, EllipticCurvePublicKey) or public_key.curve.name != _CURVE:
        raise ValueError("not a P-256 key")
    public_key.verify(signature, signed, ECDSA(SHA256()))


def _fields(enrolment: Enrolment) -> dict[str, object]:
    return {
        "format": _FORMAT,
        "name": enrolment.name,
        "gmc": enrolment.gmc,
        "recipient": enrolment.recipient,
        "certificate": enrolment.certificate_pem.decode("ascii"),
        "signing_key_sha256": enrolment.signing_key_sha256,
    }
