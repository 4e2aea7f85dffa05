"""Who can open an age file: passphrases and X25519 keys, each wrapping and finding the file key."""

import os
import re
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from core.errors import (
    BadIdentityError,
    BadRecipientError,
    EmptyPassphraseError,
    ExcessiveWorkFactorError,
)
from core.sealing.age_header import Stanza, damaged_header, decode64, encode64
from core.sealing.bech32 import bech32_decode, bech32_encode

LARGEST_WORK_FACTOR = 20
_RECIPIENT_PREFIX = "age"
_IDENTITY_PREFIX = "age-secret-key-"
_X25519_INFO = b"age-encryption.org/v1/X25519"
_SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
_FILE_KEY_LENGTH = 16
_TAG_LENGTH = 16
_SALT_LENGTH = 16
_POINT_LENGTH = 32
_NO_NONCE = bytes(12)
_WORK_FACTOR = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase that seals and opens; EmptyPassphraseError where it is empty."""

    text: str = field(repr=False)
    kind = "scrypt"

    def __post_init__(self) -> None:
        if not self.text:
            raise EmptyPassphraseError("The password is empty.")

    def wrap(self, file_key: bytes, work_factor: int) -> Stanza:
        """Return the stanza that gives `file_key` back to this passphrase."""
        salt = os.urandom(_SALT_LENGTH)
        body = _box(self._key(salt, work_factor), file_key)
        return Stanza(self.kind, (encode64(salt), str(work_factor)), body)

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key in `stanza`, or None where it is another's.

        Raises ExcessiveWorkFactorError above 2²⁰ and DamagedSealError.
        """
        if len(stanza.arguments) != 2 or not _WORK_FACTOR.fullmatch(stanza.arguments[1]):
            raise damaged_header()
        salt = decode64(stanza.arguments[0])
        if len(salt) != _SALT_LENGTH:
            raise damaged_header()
        _check_body(stanza)
        return _unbox(self._key(salt, int(stanza.arguments[1])), stanza.body)

    def _key(self, salt: bytes, work_factor: int) -> bytes:
        if work_factor > LARGEST_WORK_FACTOR:
            raise ExcessiveWorkFactorError("Opening this file would take too much memory and time.")
        try:
            scrypt = Scrypt(_SCRYPT_LABEL + salt, length=32, n=1 << work_factor, r=8, p=1)
            return scrypt.derive(self.text.encode("utf-8", "surrogatepass"))
        except MemoryError:
            raise ExcessiveWorkFactorError("There is not enough memory to open the file.") from None


@dataclass(frozen=True, slots=True)
class X25519Recipient:
    """The public half of an X25519 key, written `age1…`."""

    point: bytes
    kind = "X25519"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `age1…`, in lower case; BadRecipientError for any other text."""
        try:
            prefix, point = bech32_decode(text)
        except ValueError:
            prefix, point = "", b""
        if prefix != _RECIPIENT_PREFIX or len(point) != _POINT_LENGTH or text != text.lower():
            raise BadRecipientError("The recipient is not an age recipient (age1…).")
        return cls(point)

    def __str__(self) -> str:
        return bech32_encode(_RECIPIENT_PREFIX, self.point)

    def wrap(self, file_key: bytes) -> Stanza:
        """Return the stanza that gives `file_key` to this recipient's identity."""
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        try:
            secret = ephemeral.exchange(X25519PublicKey.from_public_bytes(self.point))
        except ValueError:
            raise BadRecipientError("The recipient's key is weak and cannot be used.") from None
        body = _box(_x25519_key(secret, share, self.point), file_key)
        return Stanza(self.kind, (encode64(share),), body)


@dataclass(frozen=True, slots=True)
class X25519Identity:
    """The secret half of an X25519 key, written `AGE-SECRET-KEY-1…`."""

    secret: bytes = field(repr=False)
    kind = "X25519"

    @classmethod
    def generate(cls) -> Self:
        """Return a new random identity."""
        return cls(os.urandom(_POINT_LENGTH))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `AGE-SECRET-KEY-1…`, in upper case; BadIdentityError for any other text."""
        try:
            prefix, secret = bech32_decode(text)
        except ValueError:
            prefix, secret = "", b""
        if prefix != _IDENTITY_PREFIX or len(secret) != _POINT_LENGTH or text != text.upper():
            raise BadIdentityError("The key is not an age identity (AGE-SECRET-KEY-1…).")
        return cls(secret)

    @property
    def text(self) -> str:
        """The identity as `AGE-SECRET-KEY-1…`: whoever has it opens every file sealed for it."""
        return bech32_encode(_IDENTITY_PREFIX, self.secret).upper()

    @property
    def recipient(self) -> X25519Recipient:
        """The public half, to give to whoever seals a file."""
        private_key = X25519PrivateKey.from_private_bytes(self.secret)
        return X25519Recipient(private_key.public_key().public_bytes_raw())

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key in `stanza`, or None where it is another's; or DamagedSealError."""
        if len(stanza.arguments) != 1:
            raise damaged_header()
        share = decode64(stanza.arguments[0])
        if len(share) != _POINT_LENGTH:
            raise damaged_header()
        _check_body(stanza)
        private_key = X25519PrivateKey.from_private_bytes(self.secret)
        try:
            secret = private_key.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError:
            raise damaged_header() from None
        return _unbox(_x25519_key(secret, share, self.recipient.point), stanza.body)


Recipient = Passphrase | X25519Recipient
Opener = Passphrase | X25519Identity


def _x25519_key(secret: bytes, share: bytes, point: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=share + point, info=_X25519_INFO).derive(secret)


def _box(key: bytes, file_key: bytes) -> bytes:
    return ChaCha20Poly1305(key).encrypt(_NO_NONCE, file_key, None)


def _unbox(key: bytes, body: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(key).decrypt(_NO_NONCE, body, None)
    except InvalidTag:
        return None


def _check_body(stanza: Stanza) -> None:
    if len(stanza.body) != _FILE_KEY_LENGTH + _TAG_LENGTH:
        raise damaged_header()
