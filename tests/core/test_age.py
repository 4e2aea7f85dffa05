"""Sealed files: against pyrage and age, and against every kind of damage."""

import shutil
import subprocess
from functools import partial
from pathlib import Path

import pyrage
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import (
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
from core.sealing.age import Passphrase, X25519Identity, is_sealed
from core.sealing.age_header import format_header
from core.sealing.age_payload import encrypt_payload

CHUNK = 64 * 1024
IDENTITY = X25519Identity.parse(
    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
)
PASSPHRASE = Passphrase("correct horse battery staple")
SHORT = b"operated on a Tuesday"
EDGES = [0, 1, 47, 48, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1]
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
