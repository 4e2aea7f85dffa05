"""The grammar of age headers and armor: what it allows and what it forbids."""

import base64
import hmac

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import (
    DamagedSealError,
    PlumblineError,
)
from core.sealing import age
from core.sealing.age import Passphrase, X25519Identity
from core.sealing.age_header import format_header
from core.sealing.age_payload import encrypt_payload

IDENTITY = X25519Identity.parse(
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
)
PASSPHRASE = Passphrase("correct horse battery staple")
SHORT = b"operated on a Tuesday"
BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"


def oracle(identity: X25519Identity) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(identity.text)


WORDS = [b"-> ", b"->", b"--- ", b"---", b"X25519", b"scrypt", b" ", b"=", b"0", b"1"]
TEXTS = [b"\n", b"\r\n", b"\x00", b"\xff", b"A" * 22, b"A" * 43, b"A" * 64]
HEADER_PIECES = st.sampled_from(WORDS + TEXTS)


@given(st.lists(HEADER_PIECES, max_size=25).map(b"".join))
@settings(max_examples=200)
def test_any_header_at_all_is_an_error(pieces: bytes) -> None:
    with pytest.raises(PlumblineError):
        age.decrypt(b"age-encryption.org/v1\n" + pieces, [PASSPHRASE, IDENTITY])


@given(st.binary(max_size=200))
def test_any_armor_at_all_is_an_error(inside: bytes) -> None:
    edge = b"-----%s AGE ENCRYPTED FILE-----\n"
    with pytest.raises(PlumblineError):
        age.decrypt(edge % b"BEGIN" + inside + b"\n" + edge % b"END", [IDENTITY])


FULL = b"A" * 64 + b"\n"
ACCEPTED_STANZAS = [
    b"-> empty\n\n",
    b"-> full " + bytes(range(0x21, 0x7F)) + b"\n" + FULL + b"\n",
    b"-> full\n" + FULL + FULL + b"AAAA\n",
    b"-> x25519 " + b"A" * 43 + b"\nAAAA\n",
]
REFUSED_STANZAS = [
    b"-> missing\n",
    b"-> missing\n" + FULL,
    b"-> padded\nAA==\n",
    b"-> spare-bits\nAB\n",
    b"-> one-letter\nA\n",
    b"-> url-alphabet\n-_\n",
    b"-> long\n" + b"A" * 68 + b"\n\n",
    b"-> two-short\nAAAA\nAAAA\n",
    b"-> space-at-end \n\n",
    b"->  space-before\n\n",
    b"-> delete \x7f\n\n",
    b"-> accent \xc3\xa9\n\n",
    b"-> carriage-return\r\n\n",
    b"-> carriage-return\n\r\n",
    b"->\n\n",
    b"\n",
    b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 2\n" + b"A" * 43 + b"\n",
]


def beside(stanza: bytes) -> bytes:
    """Return a file whose header, rightly authenticated, holds our stanza and then this one."""
    file_key = bytes(range(16))
    header = format_header([IDENTITY.recipient.wrap(file_key)], file_key)
    covered = header[: header.rindex(b"---")] + stanza + b"---"
    extracted = hmac.digest(bytes(32), file_key, "sha256")
    code = hmac.digest(hmac.digest(extracted, b"header\x01", "sha256"), covered, "sha256")
    text = base64.b64encode(code).rstrip(b"=")
    return covered + b" " + text + b"\n" + encrypt_payload(SHORT, file_key)


@pytest.mark.parametrize("stanza", [b"", *ACCEPTED_STANZAS])
def test_a_stanza_that_the_grammar_allows_is_passed_over(stanza: bytes) -> None:
    assert pyrage.decrypt(beside(stanza), [oracle(IDENTITY)]) == SHORT
    assert age.decrypt(beside(stanza), [IDENTITY]) == SHORT


@pytest.mark.parametrize("stanza", REFUSED_STANZAS)
def test_a_stanza_that_the_grammar_forbids_is_told(stanza: bytes) -> None:
    with pytest.raises(DamagedSealError, match="header is damaged"):
        age.decrypt(beside(stanza), [IDENTITY])


@pytest.mark.parametrize("end", [b"---%s\n", b"---  %s\n", b"--- %s \n", b"--- %s=\n", b"--- %s"])
def test_a_last_line_that_the_grammar_forbids_is_told(end: bytes) -> None:
    start, _, rest = beside(b"").partition(b"--- ")
    code, _, payload = rest.partition(b"\n")
    with pytest.raises(DamagedSealError, match="header is damaged"):
        age.decrypt(start + end % code + payload, [IDENTITY])


@pytest.mark.parametrize("length", range(21, 24))
def test_armor_is_canonical(length: int) -> None:
    sealed = age.encrypt(bytes(length), [IDENTITY.recipient])
    text = base64.b64encode(sealed)
    wrapped = [text[i : i + 64] for i in range(0, len(text), 64)]
    assert age.decrypt(b"\n".join([BEGIN, *wrapped, END]), [IDENTITY]) == bytes(length)
    last = wrapped[-1].rstrip(b"=")
    padding = wrapped[-1][len(last) :]
    spare = bytes([last[-1] + 1])
    for other in (last[:-1] + spare + padding if padding else last + b"=", last + padding + b"="):
        with pytest.raises(DamagedSealError):
            age.decrypt(b"\n".join([BEGIN, *wrapped[:-1], other, END]), [IDENTITY])


def test_armor_may_have_blank_lines_around_it_and_carriage_returns() -> None:
    sealed = pyrage.encrypt(SHORT, [oracle(IDENTITY).to_public()], armored=True)
    text = b" \t\n\r\n" + sealed.replace(b"\n", b"\r\n") + b"\r\n \n"
    assert age.decrypt(text, [IDENTITY]) == SHORT


def test_a_header_beyond_a_mebibyte_is_refused() -> None:
    stanza = b"-> grease\n" + FULL + b"\n"
    assert age.decrypt(beside(stanza * 10_000), [IDENTITY]) == SHORT
    with pytest.raises(DamagedSealError, match="header is damaged"):
        age.decrypt(beside(stanza * 15_000), [IDENTITY])
