"""Whether an extract's issuing certificate may be relied on, and whose it is."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from core.sealing.signatures import certificate_name, fingerprint, read_certificate
from core.sealing.trust_entry import (
    TrustEntry,
    TrustKind,
    make_trust_entry,
    parse_trust_entry,
    shipped_entries,
    trust_entry_bytes,
    with_revocations,
)

__all__ = [
    "TrustEntry",
    "TrustKind",
    "TrustState",
    "TrustStore",
    "TrustVerdict",
    "make_trust_entry",
    "parse_trust_entry",
    "shipped_entries",
    "trust_entry_bytes",
    "with_revocations",
]


class TrustState(StrEnum):
    """What the signature on an extract lets a reader rely on."""

    VERIFIED = "verified"
    UNSIGNED = "unsigned"
    UNKNOWN_ISSUER = "unknown_issuer"
    REVOKED = "revoked"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class TrustVerdict:
    """The state, why in one sentence, the issuer's name and its certificate's SHA-256.

    The name is the trust entry's where a trusted root signed the certificate, and otherwise only
    what the certificate calls itself. Both are empty where there is no certificate.
    """

    state: TrustState
    reason: str
    issuer_name: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class TrustStore:
    """The roots that are trusted, each for its own audits."""

    entries: tuple[TrustEntry, ...] = ()

    def judge(self, issuer_pem: bytes | None, audit_code: str, issued_at: datetime) -> TrustVerdict:
        """Return what the issuing certificate in `issuer_pem` is worth for that audit.

        It counts when a trusted root that covers `audit_code` signed it and `issued_at` lies
        within the validity of both. `issued_at` is what the issuer states, so it limits a key's
        honest use only; a stolen key is stopped by revocation, at whatever time it claims.
        A signature that does not fit is BadSignatureError, as is an unreadable certificate.
        """
        if issuer_pem is None:
            return TrustVerdict(TrustState.UNSIGNED, "The file carries no signature.")
        issuer = read_certificate(issuer_pem)
        verdicts = [
            TrustVerdict(*_finding(entry, issuer, audit_code, issued_at), entry.name)
            for entry in self.entries
            if _signed_by(entry, issuer)
        ]
        unknown = TrustVerdict(*_UNKNOWN, certificate_name(issuer_pem))
        verdict = min([*verdicts, unknown], key=lambda found: _ORDER.index(found.state))
        return replace(verdict, fingerprint=fingerprint(issuer_pem))


_Finding = tuple[TrustState, str]
_ORDER = (
    TrustState.REVOKED,
    TrustState.EXAMPLE,
    TrustState.VERIFIED,
    TrustState.UNKNOWN_ISSUER,
)
_REVOKED = (TrustState.REVOKED, "The audit has revoked the issuing certificate.")
_EXAMPLE = (TrustState.EXAMPLE, "The file is a made-up example; its key is public.")
_VERIFIED = (TrustState.VERIFIED, "A root trusted for this audit signed the issuing certificate.")
_UNKNOWN = (TrustState.UNKNOWN_ISSUER, "No trusted audit signed the issuing certificate.")
_OTHER_AUDIT = (TrustState.UNKNOWN_ISSUER, "The issuer is not trusted for this audit.")
_OTHER_TIME = (
    TrustState.UNKNOWN_ISSUER,
    "The file was issued outside the time its issuing certificate is valid for.",
)


def _finding(
    entry: TrustEntry, issuer: x509.Certificate, audit_code: str, issued_at: datetime
) -> _Finding:
    if issuer.serial_number in entry.revocations.serials:
        return _REVOKED
    if entry.is_example:
        return _EXAMPLE
    if audit_code not in entry.audit_codes:
        return _OTHER_AUDIT
    root = read_certificate(entry.root_pem)
    return _VERIFIED if _covers(issuer, issued_at) and _covers(root, issued_at) else _OTHER_TIME


def _signed_by(entry: TrustEntry, issuer: x509.Certificate) -> bool:
    try:
        issuer.verify_directly_issued_by(read_certificate(entry.root_pem))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return _may_sign_manifests(issuer)


def _may_sign_manifests(issuer: x509.Certificate) -> bool:
    try:
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    right_key = isinstance(issuer.public_key(), Ed25519PublicKey)
    return right_key and usage.digital_signature and not constraints.ca


def _covers(certificate: x509.Certificate, moment: datetime) -> bool:
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc
