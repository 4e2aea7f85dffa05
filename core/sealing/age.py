"""The age v1 file format (https://age-encryption.org/v1): seal bytes for someone, and open them."""

import os
from collections.abc import Callable, Sequence

from core.errors import DamagedSealError, UnsupportedSealError, WrongKeyError
from core.sealing.age_armor import is_armored, remove_armor
from core.sealing.age_header import (
    FAMILY,
    Header,
    Stanza,
    damaged_header,
    format_header,
    header_is_authentic,
    parse_header,
)
from core.sealing.age_keys import (
    LARGEST_WORK_FACTOR,
    Opener,
    Passphrase,
    Recipient,
    X25519Identity,
    X25519Recipient,
)
from core.sealing.age_payload import decrypt_payload, encrypt_payload

__all__ = [
    "LARGEST_WORK_FACTOR",
    "Opener",
    "Passphrase",
    "Recipient",
    "X25519Identity",
    "X25519Recipient",
    "decrypt",
    "encrypt",
    "is_sealed",
    "needs_password",
]

_FILE_KEY_LENGTH = 16
_KNOWN_KINDS = {Passphrase.kind, X25519Identity.kind}


def is_sealed(data: bytes) -> bool:
    """Say whether `data` begins as an age file, binary or armored."""
    return data.startswith(FAMILY) or is_armored(data)


def encrypt(plaintext: bytes, recipients: Sequence[Recipient], *, work_factor: int = 18) -> bytes:
    """Return the binary age file of `plaintext`, to be opened by any one of `recipients`.

    A passphrase stands alone; `work_factor` is the base-2 logarithm of its scrypt cost.
    Raises BadRecipientError for a weak key; ValueError for a combination age does not know.
    """
    if not recipients or (len(recipients) > 1 and _any_passphrase(recipients)):
        raise ValueError("a passphrase must be the only recipient, and there must be one")
    file_key = os.urandom(_FILE_KEY_LENGTH)
    stanzas = [_wrap(recipient, file_key, work_factor) for recipient in recipients]
    return format_header(stanzas, file_key) + encrypt_payload(plaintext, file_key)


def decrypt(
    data: bytes,
    openers: Sequence[Opener],
    *,
    on_progress: Callable[[float], None] = lambda done: None,
) -> bytes:
    """Return what the age file `data`, binary or armored, holds, wholly verified.

    `on_progress` is told the fraction done, in [0, 1], and may raise to stop. Raises
    NotSealedError, UnsupportedSealError, WrongKeyError, ExcessiveWorkFactorError or
    DamagedSealError.
    """
    binary = remove_armor(data) if is_armored(data) else data
    header = parse_header(binary)
    on_progress(0.0)
    file_key = _file_key(header, openers)
    if not header_is_authentic(header, file_key):
        raise DamagedSealError("The file's header was altered after it was sealed.")
    plaintext = decrypt_payload(binary[header.length :], file_key, on_progress)
    on_progress(1.0)
    return plaintext


def needs_password(data: bytes) -> bool:
    """Say whether the age file `data` is sealed with a password; its header alone is read.

    Raises NotSealedError, UnsupportedSealError or DamagedSealError.
    """
    header = parse_header(remove_armor(data) if is_armored(data) else data)
    return any(stanza.kind == Passphrase.kind for stanza in header.stanzas)


def _any_passphrase(recipients: Sequence[Recipient]) -> bool:
    return any(isinstance(recipient, Passphrase) for recipient in recipients)


def _wrap(recipient: Recipient, file_key: bytes, work_factor: int) -> Stanza:
    if isinstance(recipient, Passphrase):
        return recipient.wrap(file_key, work_factor)
    return recipient.wrap(file_key)


def _file_key(header: Header, openers: Sequence[Opener]) -> bytes:
    kinds = {stanza.kind for stanza in header.stanzas}
    if Passphrase.kind in kinds and len(header.stanzas) > 1:
        raise damaged_header()
    for opener in openers:
        for stanza in header.stanzas:
            if stanza.kind == opener.kind and (file_key := opener.unwrap(stanza)) is not None:
                return file_key
    raise _no_match(kinds, {opener.kind for opener in openers})


def _no_match(kinds: set[str], offered: set[str]) -> WrongKeyError | UnsupportedSealError:
    if not kinds & _KNOWN_KINDS:
        return UnsupportedSealError(
            "The file is sealed for a kind of key that cannot be used here."
        )
    if kinds & offered:
        return WrongKeyError("The password or key does not open this file.")
    if Passphrase.kind in kinds:
        return WrongKeyError(
            "The file is sealed with a password, not for a key.", "Type its password."
        )
    return WrongKeyError(
        "The file is sealed for a key, not with a password.",
        "Unlock the vault or choose the key file that it was sealed for.",
    )
