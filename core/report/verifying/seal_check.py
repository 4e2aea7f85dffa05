"""Whether a seal covers every byte of the file, and whose key made it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from cryptography import x509

from core.errors import BadSealError
from core.report.signing.cms import read_container
from core.report.verifying.inspection import Seal

SUBFILTER = "/ETSI.CAdES.detached"
_HEX = re.compile(rb"<(?:[0-9a-f]{2})+>")


class SealState(StrEnum):
    """What the bytes say of the seal."""

    WHOLE = "whole"
    ABSENT = "absent"
    MOVED = "moved"
    ADDED = "added"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class SealFinding:
    """The state, why in one sentence, and the certificate where the seal is whole."""

    state: SealState
    reason: str
    certificate: x509.Certificate | None = None


def check_seal(data: bytes, seal: Seal | None) -> SealFinding:
    """Return whether `seal` is a signature, as Plumbline writes it, over all of `data`.

    Whole means: the byte range is everything but the string of /Contents; the string is lower-case
    hexadecimal, the container's exact DER and then zeros alone; the digest and the signature hold.
    """
    if seal is None:
        return SealFinding(SealState.ABSENT, "The document carries no seal.")
    if not _fits(data, seal):
        return _misfit(data, seal)
    try:
        return _signature(data, seal)
    except BadSealError as error:
        return SealFinding(SealState.ALTERED, error.message)


def _fits(data: bytes, seal: Seal) -> bool:
    """Whether the range leaves out exactly the one string of hexadecimal digits, and no more."""
    if len(seal.byte_range) != 4:
        return False
    first, length, second, rest = seal.byte_range
    if first != 0 or not 0 < length < second <= second + rest == len(data):
        return False
    string = data[length:second]
    written = b"<" + seal.contents.hex().encode() + b">"
    return string.lower() == written and data[:length].endswith(b"/Contents ")


def _misfit(data: bytes, seal: Seal) -> SealFinding:
    whole = sum(seal.byte_range[2:4])
    if 0 < whole < len(data) and _fits(data[:whole], seal):
        return SealFinding(SealState.ADDED, "Something was added to the document after signing.")
    return SealFinding(
        SealState.MOVED, "The seal no longer fits the file: another program wrote it anew."
    )


def _signature(data: bytes, seal: Seal) -> SealFinding:
    _, length, second, _ = seal.byte_range
    if not _HEX.fullmatch(data[length:second]) or seal.subfilter != SUBFILTER:
        raise BadSealError("The signature is not written as Plumbline writes it.")
    size = _der_length(seal.contents)
    if any(seal.contents[size:]):
        raise BadSealError("Something stands in the room that the signature leaves free.")
    container = read_container(seal.contents[:size])
    if container.digest != sha256(data[:length] + data[second:]).digest():
        raise BadSealError("The document was altered after it was signed.")
    return SealFinding(
        SealState.WHOLE, "Nothing was changed since it was signed.", container.certificate
    )


def _der_length(contents: bytes) -> int:
    """Return the length of the one DER value at the beginning: a sequence of 256 to 65,535."""
    if contents[:2] != b"\x30\x82" or len(contents) < 4:
        raise BadSealError("The signature is not written as Plumbline writes it.")
    return 4 + int.from_bytes(contents[2:4])
