"""Vectors of the seal: what is no age file, is another's, or was changed."""

import base64
from collections.abc import Iterator
from textwrap import wrap

from vector_base import members
from vector_values import PASSPHRASE, Vector, packed

from core.extract.archive import pack
from core.sealing import age


def seal_vectors() -> Iterator[Vector]:
    """Yield the vectors of the seal."""
    good = packed(members())
    yield Vector("verified", "verified", "as it should be", good)
    yield Vector("armored", "verified", "the text form of age", _armor(good))
    yield Vector("empty_file", "E101", "no bytes at all", b"")
    yield Vector("not_age", "E101", "some other file", b"case_id,operated_on\r\n")
    yield Vector(
        "wrong_passphrase", "E102", "another passphrase", good, opener="passphrase: another"
    )
    yield from _of_keys()
    yield Vector("truncated", "E103", "the last 20 bytes are missing", good[:-20])
    yield Vector("truncated_header", "E103", "only the header's beginning", good[:30])
    yield Vector("tampered", "E103", "one bit of the payload changed", _flip(good, -100))
    yield Vector("appended", "E103", "a byte more than was sealed", good + b"\n")
    mac = good.index(b"\n--- ") + 10
    yield Vector("tampered_header", "E103", "the header's code changed", _swap(good, mac))
    yield Vector(
        "unsupported_seal",
        "E104",
        "sealed for a hardware key",
        good.replace(b"-> scrypt", b"-> piv-p256", 1),
    )
    yield Vector(
        "work_factor",
        "E105",
        "the header asks for far too much work",
        good.replace(b" 4\n", b" 30\n", 1),
    )


def _of_keys() -> Iterator[Vector]:
    mine = age.X25519Identity(bytes(range(32)))
    another = age.X25519Identity(bytes(range(1, 33)))
    file = age.encrypt(pack(members()), [another.recipient, mine.recipient])
    yield Vector("key", "verified", "sealed for two keys", file, opener=f"identity: {mine.text}")
    yield Vector(
        "another_key",
        "E102",
        "sealed for another key",
        age.encrypt(pack(members()), [another.recipient]),
        opener=f"identity: {mine.text}",
    )
    yield Vector("key_not_passphrase", "E102", f"sealed for a key, not with {PASSPHRASE!r}", file)


def _armor(file: bytes) -> bytes:
    lines = "\n".join(wrap(base64.b64encode(file).decode(), 64))
    return (
        f"-----BEGIN AGE ENCRYPTED FILE-----\n{lines}\n-----END AGE ENCRYPTED FILE-----\n"
    ).encode()


def _flip(file: bytes, at: int) -> bytes:
    changed = bytearray(file)
    changed[at] ^= 1
    return bytes(changed)


def _swap(file: bytes, at: int) -> bytes:
    changed = bytearray(file)
    changed[at] = ord("A") if changed[at] != ord("A") else ord("B")
    return bytes(changed)
