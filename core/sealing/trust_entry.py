"""A trust entry: the root certificate that speaks for an audit, bound to its codes and name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from core.assets import asset, asset_names
from core.errors import BadSignatureError, BadTrustEntryError, UsageError
from core.sealing.revocations import (
    Revocations,
    make_revocations,
    newer,
    parse_revocations,
    revocations_from,
    revocations_object,
)
from core.sealing.signatures import (
    CertifiedKey,
    check_signature,
    fingerprint,
    read_certificate,
    sign,
)
from core.sealing.signed_json import (
    canonical,
    read_object,
    split_signature,
    with_signature,
    write_object,
)

EXAMPLE_ROOT_PUBLIC_KEY = bytes.fromhex(
    "4a651fb2df80e087d4332a4ff193ad3db15bc91182dcb113a6fc88be0bce5619"
)
_FORMAT = "plumbline-trust/1"
TRUST_SUFFIX = ".trust.json"
_INVALID = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    BadSignatureError,
    x509.ExtensionNotFound,
)


class TrustKind(StrEnum):
    """Whether a root speaks for a real audit or for an example whose key is public."""

    AUDIT = "audit"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class TrustEntry:
    """What a root says of itself, signed by it, and its newest list of revoked certificates."""

    name: str
    audit_codes: tuple[str, ...]
    kind: TrustKind
    root_pem: bytes
    signature: bytes
    revocations: Revocations

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the root certificate: what a user compares with the audit office."""
        return fingerprint(self.root_pem)

    @property
    def is_example(self) -> bool:
        """Whether it says so itself, or its root's key is the example's, which anyone has."""
        key = read_certificate(self.root_pem).public_key()
        public = isinstance(key, Ed25519PublicKey) and key.public_bytes_raw()
        return self.kind is TrustKind.EXAMPLE or public == EXAMPLE_ROOT_PUBLIC_KEY


def make_trust_entry(
    root: CertifiedKey, name: str, audit_codes: Sequence[str], kind: TrustKind = TrustKind.AUDIT
) -> TrustEntry:
    """Return the entry that `root` signs for itself, with nothing revoked (list 0).

    Raises UsageError where the name or a code is empty.
    """
    if not all([name, *audit_codes]):
        raise UsageError("An audit's name and codes cannot be empty.", "Give them all.")
    revocations = make_revocations(root, 0, ())
    entry = TrustEntry(name, tuple(audit_codes), kind, root.certificate_pem, b"", revocations)
    return replace(entry, signature=sign(root.private_key, canonical(_fields(entry))))


def with_revocations(entry: TrustEntry, data: bytes) -> TrustEntry:
    """Return the entry with the list in the file `data`.

    Raises BadTrustEntryError where its root did not sign it, RevocationOrderError where the
    list is not newer than the one held.
    """
    offered = parse_revocations(data, entry.root_pem)
    return replace(entry, revocations=newer(entry.revocations, offered))


def trust_entry_bytes(entry: TrustEntry) -> bytes:
    """Return the entry as one file, `NAME.trust.json`."""
    signed = with_signature(_fields(entry), entry.signature)
    return write_object({"entry": signed, "revocations": revocations_object(entry.revocations)})


def parse_trust_entry(data: bytes) -> TrustEntry:
    """Read a trust file; BadTrustEntryError unless the root in it signed all of it."""
    try:
        return _entry_from(read_object(data))
    except _INVALID as error:
        raise BadTrustEntryError("The trust file is not valid.") from error


def shipped_entries() -> tuple[TrustEntry, ...]:
    """Return the entries that come with the application."""
    return tuple(parse_trust_entry(asset(name)) for name in asset_names("issuers", TRUST_SUFFIX))


def _entry_from(parts: Mapping[str, Any]) -> TrustEntry:
    fields, signature = split_signature(parts["entry"])
    root_pem = fields["root"].encode("ascii")
    entry = TrustEntry(
        fields["name"],
        tuple(fields["audit_codes"]),
        TrustKind(fields["kind"]),
        root_pem,
        signature,
        revocations_from(parts["revocations"], root_pem),
    )
    _check_root(entry)
    texts = [entry.name, *entry.audit_codes]
    if _fields(entry) != fields or not all(isinstance(text, str) and text for text in texts):
        raise ValueError("not a trust entry")
    check_signature(root_pem, canonical(fields), signature)
    return entry


def _check_root(entry: TrustEntry) -> None:
    root = read_certificate(entry.root_pem)
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints).value
    if not constraints.ca:
        raise ValueError("not a root certificate")
    check_signature(entry.root_pem, root.tbs_certificate_bytes, root.signature)
    if entry.is_example and entry.kind is not TrustKind.EXAMPLE:
        raise ValueError("the example's key is public and speaks for no audit")


def _fields(entry: TrustEntry) -> dict[str, object]:
    return {
        "format": _FORMAT,
        "name": entry.name,
        "audit_codes": list(entry.audit_codes),
        "kind": entry.kind.value,
        "root": entry.root_pem.decode("ascii"),
    }
