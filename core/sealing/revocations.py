"""An audit's numbered list of the issuing certificates its root has revoked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.errors import BadSignatureError, BadTrustEntryError, RevocationOrderError
from core.sealing.signatures import CertifiedKey, check_signature, fingerprint, sign
from core.sealing.signed_json import (
    canonical,
    read_object,
    split_signature,
    with_signature,
    write_object,
)

_FORMAT = "plumbline-revocations/1"


@dataclass(frozen=True, slots=True)
class Revocations:
    """List `number` of the root with that fingerprint: the revoked serial numbers, signed."""

    root: str
    number: int
    serials: tuple[int, ...]
    signature: bytes


def make_revocations(root: CertifiedKey, number: int, serials: Iterable[int]) -> Revocations:
    """Return list `number`, signed by `root`, of every serial number revoked so far."""
    unsigned = Revocations(fingerprint(root.certificate_pem), number, tuple(sorted(serials)), b"")
    return replace(unsigned, signature=sign(root.private_key, canonical(_fields(unsigned))))


def revocations_bytes(revocations: Revocations) -> bytes:
    """Return the list as the file an audit sends."""
    return write_object(revocations_object(revocations))


def parse_revocations(data: bytes, root_pem: bytes) -> Revocations:
    """Read a list that the root in `root_pem` signed; BadTrustEntryError for anything else."""
    try:
        return revocations_from(read_object(data), root_pem)
    except (KeyError, TypeError, ValueError, BadSignatureError) as error:
        raise BadTrustEntryError("The list of revoked certificates is not valid.") from error


def revocations_object(revocations: Revocations) -> dict[str, object]:
    """Return the list as a signed JSON object."""
    return with_signature(_fields(revocations), revocations.signature)


def revocations_from(signed: Mapping[str, Any], root_pem: bytes) -> Revocations:
    """Return the list in a signed JSON object.

    Raises BadSignatureError, KeyError, TypeError or ValueError where it is not that root's.
    """
    fields, signature = split_signature(signed)
    serials = tuple(int(serial, 16) for serial in fields["serials"])
    revocations = Revocations(fields["root"], fields["number"], serials, signature)
    as_made = _fields(revocations) == fields and type(revocations.number) is int
    if not as_made or revocations.number < 0 or revocations.root != fingerprint(root_pem):
        raise ValueError("not a list of this root")
    check_signature(root_pem, canonical(fields), signature)
    return revocations


def newer(held: Revocations, offered: Revocations) -> Revocations:
    """Return `offered`, which must have a higher number than `held` or be the same list.

    Raises RevocationOrderError: lists never go back, and no number is used twice.
    """
    if offered != held and offered.number <= held.number:
        raise RevocationOrderError("The list of revoked certificates is not newer.")
    return offered


def _fields(revocations: Revocations) -> dict[str, object]:
    return {
        "format": _FORMAT,
        "root": revocations.root,
        "number": revocations.number,
        "serials": [f"{serial:x}" for serial in revocations.serials],
    }
