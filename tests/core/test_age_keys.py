"""Keys as text: against pyrage, and Bech32 against BIP 173."""

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import (
    BadIdentityError,
    BadRecipientError,
)
from core.sealing import age
from core.sealing.age import X25519Identity, X25519Recipient
from core.sealing.bech32 import bech32_decode, bech32_encode

IDENTITY = X25519Identity.parse(
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
)
SHORT = b"operated on a Tuesday"


def oracle(identity: X25519Identity) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(identity.text)


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=50)
def test_keys_are_written_as_pyrage_writes_them(secret: bytes) -> None:
    identity = X25519Identity(secret)
    assert str(oracle(identity)) == identity.text
    assert str(oracle(identity).to_public()) == str(identity.recipient)
    assert X25519Identity.parse(identity.text) == identity
    assert X25519Recipient.parse(str(identity.recipient)) == identity.recipient


def mistyped(text: str) -> list[str]:
    swapped = [text[:i] + "q" + text[i + 1 :] for i in range(len(text)) if text[i] not in "qQ"]
    return [*swapped, text[:-1], text + "q", text.swapcase(), text[:10] + text[10:].swapcase(), ""]


def test_a_mistyped_key_is_refused() -> None:
    for text in [*mistyped(IDENTITY.text), str(IDENTITY.recipient)]:
        with pytest.raises(BadIdentityError):
            X25519Identity.parse(text)
    for text in [*mistyped(str(IDENTITY.recipient)), IDENTITY.text]:
        with pytest.raises(BadRecipientError):
            X25519Recipient.parse(text)


@given(st.text(max_size=80))
def test_any_text_at_all_is_no_key(text: str) -> None:
    with pytest.raises(BadIdentityError):
        X25519Identity.parse(text)
    with pytest.raises(BadRecipientError):
        X25519Recipient.parse(text)


def test_a_weak_recipient_is_refused() -> None:
    with pytest.raises(BadRecipientError, match="weak"):
        age.encrypt(SHORT, [X25519Recipient(bytes(32))])


VALID_BECH32 = [
    "A12UEL5L",
    "a12uel5l",
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
]
INVALID_BECH32 = ["pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "A1G7SGD8", "10a06t8"]
INVALID_BECH32 += ["1qzzfhee", "de1lg7wt\xff", "a12UEL5L", ""]


@pytest.mark.parametrize("text", VALID_BECH32)
def test_bech32_of_bip_173(text: str) -> None:
    prefix, data = bech32_decode(text)
    assert bech32_encode(prefix, data) == text.lower()


@pytest.mark.parametrize("text", INVALID_BECH32)
def test_bech32_that_bip_173_refuses(text: str) -> None:
    with pytest.raises(ValueError):
        bech32_decode(text)


def bip_173_checksum(values: list[int]) -> list[int]:
    checksum = 1
    for value in [3, 3, 3, 0, 1, 7, 5, *values, *[0] * 6]:  # "age", spread over its high bits
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate([0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3]):
            checksum ^= generator if (top >> i) & 1 else 0
    return [(checksum ^ 1) >> 5 * (5 - i) & 31 for i in range(6)]


@pytest.mark.parametrize(
    ("words", "data"),
    [([0, 0], b"\0"), ([31, 28], b"\xff"), ([0, 1], None), ([0], None), ([0, 0, 0], None)],
)
def test_the_spare_bits_of_bech32_are_nothing(words: list[int], data: bytes | None) -> None:
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    text = "age1" + "".join(letters[word] for word in [*words, *bip_173_checksum(words)])
    if data is None:
        with pytest.raises(ValueError, match="padding"):
            bech32_decode(text)
    else:
        assert bech32_decode(text) == ("age", data)


@given(st.binary(max_size=64), st.sampled_from(["age", "age-secret-key-"]))
def test_bech32_round_trip(data: bytes, prefix: str) -> None:
    assert bech32_decode(bech32_encode(prefix, data)) == (prefix, data)
