"""The body of an age file: STREAM chunks of 64 KiB under ChaCha20-Poly1305."""

import os
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import DamagedSealError
from core.sealing.age_header import damaged_header

_NONCE_LENGTH = 16
_CHUNK = 64 * 1024
_TAG_LENGTH = 16


def encrypt_payload(plaintext: bytes, file_key: bytes) -> bytes:
    """Return the nonce and the chunks that hold `plaintext` under `file_key`."""
    nonce = os.urandom(_NONCE_LENGTH)
    cipher = _cipher(file_key, nonce)
    starts = range(0, max(len(plaintext), 1), _CHUNK)
    chunks = (
        cipher.encrypt(_counter(i, start == starts[-1]), plaintext[start : start + _CHUNK], None)
        for i, start in enumerate(starts)
    )
    return nonce + b"".join(chunks)


def decrypt_payload(payload: bytes, file_key: bytes, progress: Callable[[float], None]) -> bytes:
    """Return the plaintext once every chunk of `payload`, the last included, is verified.

    `progress` is told the fraction done before each chunk; what it raises passes through.
    Raises DamagedSealError: truncated, extended or altered.
    """
    nonce, body = payload[:_NONCE_LENGTH], memoryview(payload)[_NONCE_LENGTH:]
    if len(nonce) < _NONCE_LENGTH:
        raise damaged_header()
    cipher = _cipher(file_key, nonce)
    chunks: list[bytes] = []
    for start in range(0, max(len(body), 1), _CHUNK + _TAG_LENGTH):
        progress(start / max(len(body), 1))
        end = start + _CHUNK + _TAG_LENGTH
        chunks.append(_open(cipher, _counter(len(chunks), end >= len(body)), body[start:end]))
    if len(chunks) > 1 and not chunks[-1]:
        raise _damaged()
    return b"".join(chunks)


def _open(cipher: ChaCha20Poly1305, nonce: bytes, chunk: memoryview) -> bytes:
    try:
        return cipher.decrypt(nonce, chunk, None)
    except InvalidTag:
        raise _damaged() from None


def _counter(i: int, last: bool) -> bytes:
    return i.to_bytes(11, "big") + bytes([last])


def _cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    key = HKDF(SHA256(), length=32, salt=nonce, info=b"payload").derive(file_key)
    return ChaCha20Poly1305(key)


def _damaged() -> DamagedSealError:
    return DamagedSealError("The file's content is incomplete or was altered.")
