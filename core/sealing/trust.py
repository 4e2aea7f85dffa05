"""Whether an extract's issuing certificate may be relied on, and whose it is."""

from collections.abc import Iterator
from dataclasses import dataclass
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
        entries = [entry for entry in self.entries if _signed_by(entry, issuer)]
        findings = [*_findings(entries, issuer, audit_code, issued_at), _UNKNOWN]
        state, reason = min(findings, key=lambda finding: _ORDER.index(finding[0]))
        name = entries[0].name if entries else certificate_name(issuer_pem)
        return TrustVerdict(state, reason, name, fingerprint(issuer_pem))


_Finding = tuple[TrustState, str]
_ORDER = (
    TrustState.REVOKED,
    TrustState.EXAMPLE,
    TrustState.VERIFIED,
    TrustState.UNKNOWN_ISSUER,
)
_UNKNOWN = (TrustState.UNKNOWN_ISSUER, "No trusted audit signed the issuing certificate.")
_OTHER_AUDIT = (TrustState.UNKNOWN_ISSUER, "The issuer is not trusted for this audit.")
_OTHER_TIME = (
    TrustState.UNKNOWN_ISSUER,
    "The file was issued outside the time its issuing certificate is valid for.",
)


def _findings(
    entries: list[TrustEntry], issuer: x509.Certificate, audit_code: str, issued_at: datetime
) -> Iterator[_Finding]:
    for entry in entries:
        if issuer.serial_number in entry.revocations.serials:
            yield TrustState.REVOKED, "The audit has revoked the issuing certificate."
        elif entry.kind is TrustKind.EXAMPLE:
            yield TrustState.EXAMPLE, "The file is a made-up example; its key is public."
        elif audit_code not in entry.audit_codes:
            yield _OTHER_AUDIT
        elif not all(
            _covers(cert, issued_at) for cert in (issuer, read_certificate(entry.root_pem))
        ):
            yield _OTHER_TIME
        else:
            yield (
                TrustState.VERIFIED,
                "A root trusted for this audit signed the issuing certificate.",
            )


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
