"""Sealed files: against pyrage and age, and against every kind of damage."""

import base64
import hmac
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pyrage
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import (
    BadIdentityError,
    BadRecipientError,
    CancelledError,
    DamagedSealError,
    EmptyPassphraseError,
    ExcessiveWorkFactorError,
    NotSealedError,
    PlumblineError,
    UnsupportedSealError,
    WrongKeyError,
)
from core.sealing import age
from core.sealing.age import Passphrase, X25519Identity, X25519Recipient, is_sealed
from core.sealing.age_header import format_header
from core.sealing.age_payload import encrypt_payload
from core.sealing.bech32 import bech32_decode, bech32_encode

CHUNK = 64 * 1024
IDENTITY = X25519Identity.parse(
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
)
PASSPHRASE = Passphrase("correct horse battery staple")
SHORT = b"operated on a Tuesday"
EDGES = [0, 1, 47, 48, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1]
BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"
AGE = shutil.which("age")

seal_cheaply = partial(age.encrypt, work_factor=2)


def oracle(identity: X25519Identity) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(identity.text)


def run_age(*arguments: str, data: bytes) -> bytes:
    assert AGE is not None
    return subprocess.run([AGE, *arguments], input=data, capture_output=True, check=True).stdout


@pytest.mark.parametrize("size", EDGES)
def test_pyrage_opens_what_we_seal(size: int) -> None:
    plaintext = bytes(i % 251 for i in range(size))
    sealed = age.encrypt(plaintext, [IDENTITY.recipient])
    assert pyrage.decrypt(sealed, [oracle(IDENTITY)]) == plaintext


@pytest.mark.parametrize("armored", [False, True])
@pytest.mark.parametrize("size", EDGES)
def test_we_open_what_pyrage_seals(size: int, armored: bool) -> None:
    plaintext = bytes(i % 251 for i in range(size))
    sealed = pyrage.encrypt(plaintext, [oracle(IDENTITY).to_public()], armored=armored)
    assert is_sealed(sealed)
    assert age.decrypt(sealed, [IDENTITY]) == plaintext


def test_pyrage_opens_our_passphrase() -> None:
    sealed = seal_cheaply(SHORT, [PASSPHRASE])
    assert pyrage.passphrase.decrypt(sealed, PASSPHRASE.text) == SHORT


def test_we_open_the_passphrase_of_pyrage() -> None:
    sealed = pyrage.passphrase.encrypt(SHORT, "naïve ☂")
    assert age.decrypt(sealed, [Passphrase("naïve ☂")]) == SHORT


@pytest.mark.skipif(AGE is None, reason="no age on PATH")
@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1])
@pytest.mark.parametrize("form", [(), ("--armor",)])
def test_age_opens_ours_and_we_open_its(size: int, form: tuple[str, ...], tmp_path: Path) -> None:
    plaintext = bytes(size)
    key_file = tmp_path / "key.txt"
    key_file.write_text(IDENTITY.text + "\n")
    ours = age.encrypt(plaintext, [IDENTITY.recipient])
    assert run_age("--decrypt", "--identity", str(key_file), data=ours) == plaintext
    theirs = run_age(*form, "--recipient", str(IDENTITY.recipient), data=plaintext)
    assert age.decrypt(theirs, [IDENTITY]) == plaintext


@given(st.binary(max_size=300), st.integers(1, 4))
@settings(max_examples=30, deadline=None)
def test_any_recipient_opens_and_no_one_else(plaintext: bytes, count: int) -> None:
    identities = [X25519Identity.generate() for _ in range(count)]
    sealed = age.encrypt(plaintext, [identity.recipient for identity in identities])
    for identity in identities:
        assert age.decrypt(sealed, [IDENTITY, identity]) == plaintext
    with pytest.raises(WrongKeyError):
        age.decrypt(sealed, [IDENTITY])


def test_no_two_seals_are_alike() -> None:
    sealed = {age.encrypt(SHORT, [IDENTITY.recipient]) for _ in range(5)}
    assert len(sealed) == 5


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80])
def test_every_altered_byte_is_told(flip: int) -> None:
    for sealed, opener in [
        (age.encrypt(SHORT, [IDENTITY.recipient]), IDENTITY),
        (seal_cheaply(SHORT, [PASSPHRASE]), PASSPHRASE),
    ]:
        for i in range(len(sealed)):
            altered = bytearray(sealed)
            altered[i] ^= flip
            with pytest.raises(PlumblineError):
                age.decrypt(bytes(altered), [opener])


@pytest.mark.parametrize("armored", [False, True])
def test_every_truncation_is_told(armored: bool) -> None:
    sealed = pyrage.encrypt(SHORT, [oracle(IDENTITY).to_public()], armored=armored)
    for length in range(len(sealed.rstrip())):
        with pytest.raises((NotSealedError, DamagedSealError)):
            age.decrypt(sealed[:length], [IDENTITY])


@pytest.mark.parametrize("size", EDGES)
def test_truncation_at_a_chunk_and_anything_added_are_told(size: int) -> None:
    sealed = age.encrypt(bytes(size), [IDENTITY.recipient])
    chunked = len(sealed) - max(1, -(-size // CHUNK)) * 16 - size
    for end in range(chunked, len(sealed), CHUNK + 16):
        with pytest.raises(DamagedSealError):
            age.decrypt(sealed[:end], [IDENTITY])
    for added in (b"\0", b"\n", bytes(16), bytes(CHUNK + 16)):
        with pytest.raises(DamagedSealError):
            age.decrypt(sealed + added, [IDENTITY])


def test_chunks_cannot_change_places() -> None:
    sealed = age.encrypt(bytes(3 * CHUNK), [IDENTITY.recipient])
    start, step = len(sealed) - 3 * (CHUNK + 16), CHUNK + 16
    first, second = sealed[start : start + step], sealed[start + step : start + 2 * step]
    swapped = sealed[:start] + second + first + sealed[start + 2 * step :]
    with pytest.raises(DamagedSealError):
        age.decrypt(swapped, [IDENTITY])


@given(st.binary(max_size=400))
@example(b"age-encryption.org/v1\n")
@example(b"age-encryption.org/v1\n---\n")
@example(b"-----BEGIN AGE ENCRYPTED FILE-----")
def test_any_bytes_at_all_are_an_error(data: bytes) -> None:
    with pytest.raises(PlumblineError):
        age.decrypt(data, [PASSPHRASE, IDENTITY])


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


def test_a_passphrase_stands_alone_and_someone_must_open() -> None:
    for recipients in ([], [PASSPHRASE, IDENTITY.recipient], [PASSPHRASE, PASSPHRASE]):
        with pytest.raises(ValueError, match="only recipient"):
            age.encrypt(SHORT, recipients)


def test_an_empty_passphrase_is_refused() -> None:
    with pytest.raises(EmptyPassphraseError):
        Passphrase("")


@pytest.mark.parametrize("work_factor", [21, 63, 64, 999999])
def test_an_excessive_work_factor_is_refused_at_once(work_factor: int) -> None:
    sealed = seal_cheaply(SHORT, [PASSPHRASE])
    costly = sealed.replace(b" 2\n", b" %d\n" % work_factor, 1)
    with pytest.raises(ExcessiveWorkFactorError):
        age.decrypt(costly, [PASSPHRASE])


def test_what_the_file_is_sealed_for_is_told() -> None:
    for_key = age.encrypt(SHORT, [IDENTITY.recipient])
    with pytest.raises(WrongKeyError, match="for a key, not with a password"):
        age.decrypt(for_key, [PASSPHRASE])
    with_password = seal_cheaply(SHORT, [PASSPHRASE])
    with pytest.raises(WrongKeyError, match="with a password, not for a key"):
        age.decrypt(with_password, [IDENTITY])
    with pytest.raises(WrongKeyError, match="does not open"):
        age.decrypt(with_password, [Passphrase("another")])


SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN"


def test_a_key_of_another_kind_is_told_and_passed_over() -> None:
    other = pyrage.ssh.Recipient.from_str(SSH_KEY)
    with pytest.raises(UnsupportedSealError):
        age.decrypt(pyrage.encrypt(SHORT, [other]), [IDENTITY])
    both = pyrage.encrypt(SHORT, [other, oracle(IDENTITY).to_public()])
    assert age.decrypt(both, [IDENTITY]) == SHORT


def test_progress_goes_from_nothing_to_all() -> None:
    sealed = age.encrypt(bytes(5 * CHUNK), [IDENTITY.recipient])
    told: list[float] = []
    age.decrypt(sealed, [IDENTITY], on_progress=told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert len(told) >= 6


def test_progress_may_stop_the_opening() -> None:
    sealed = age.encrypt(bytes(5 * CHUNK), [IDENTITY.recipient])

    def stop_at_half(done: float) -> None:
        if done > 0.5:
            raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        age.decrypt(sealed, [IDENTITY], on_progress=stop_at_half)


def test_a_header_beyond_a_mebibyte_is_refused() -> None:
    stanza = b"-> grease\n" + FULL + b"\n"
    assert age.decrypt(beside(stanza * 10_000), [IDENTITY]) == SHORT
    with pytest.raises(DamagedSealError, match="header is damaged"):
        age.decrypt(beside(stanza * 15_000), [IDENTITY])


def test_a_header_for_nobody_is_damaged() -> None:
    with pytest.raises(DamagedSealError, match="header is damaged"):
        age.decrypt(format_header([], bytes(16)) + encrypt_payload(SHORT, bytes(16)), [IDENTITY])


@pytest.mark.parametrize("length", [0, 15, 17, 24])
def test_a_file_key_of_another_length_is_damage(length: int) -> None:
    long_key = bytes(length)
    for stanza in (IDENTITY.recipient.wrap(long_key), PASSPHRASE.wrap(long_key, 2)):
        sealed = format_header([stanza], long_key) + encrypt_payload(SHORT, long_key)
        with pytest.raises(DamagedSealError, match="header is damaged"):
            age.decrypt(sealed, [IDENTITY, PASSPHRASE])


@pytest.mark.parametrize("more", [b" 2 2\n", b" 02\n", b" 0\n", b" 0x2\n", b" 2a\n", b"\n"])
def test_a_work_factor_is_one_plain_number(more: bytes) -> None:
    sealed = seal_cheaply(SHORT, [PASSPHRASE]).replace(b" 2\n", more, 1)
    with pytest.raises(DamagedSealError, match="header is damaged"):
        age.decrypt(sealed, [PASSPHRASE])


def test_secrets_do_not_show() -> None:
    shown = repr(PASSPHRASE) + repr(IDENTITY) + str(PASSPHRASE) + str(IDENTITY)
    assert "horse" not in shown
    assert IDENTITY.text not in shown
    assert repr(IDENTITY.secret) not in shown


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
