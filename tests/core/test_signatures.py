"""Ed25519 signatures and certificates: against RFC 8032 and openssl."""

import base64
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadIdentityError, BadSignatureError, EmptyPassphraseError, UsageError
from core.sealing.identities import make_signer
from core.sealing.signatures import (
    CertifiedKey,
    certificate_name,
    check_signature,
    fingerprint,
    load_private_key,
    make_issuer,
    make_root,
    private_key_pem,
    read_certificate,
    sign,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
ROOT = make_root("FICTIONAL root", START)
ISSUER = make_issuer(ROOT, "FICTIONAL issuer", START)
DATA = b'{"format": "plumbline-extract/1"}'
RFC_8032 = [  # section 7.1: secret key, public key, message, signature
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
        "46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
        "d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


def openssl(*arguments: str | Path) -> str:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl on PATH")
    version = subprocess.run([program, "version"], capture_output=True, text=True, check=True)
    if int(version.stdout.split()[1].split(".")[0]) < 3:
        pytest.skip("openssl is older than 3")
    command = [program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_rfc_8032(secret: str, public: str, message: str, signature: str) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    root = make_root("FICTIONAL", START, private_key=key)
    assert key.public_key().public_bytes_raw().hex() == public
    assert sign(key, bytes.fromhex(message)).hex() == signature
    check_signature(root.certificate_pem, bytes.fromhex(message), bytes.fromhex(signature))


def test_openssl_verifies_the_chain_and_the_signature(tmp_path: Path) -> None:
    for name, data in [
        ("root.pem", ROOT.certificate_pem),
        ("issuer.pem", ISSUER.certificate_pem),
        ("manifest.json", DATA),
        ("manifest.sig", sign(ISSUER.private_key, DATA)),
    ]:
        (tmp_path / name).write_bytes(data)
    moment = str(int((START + timedelta(days=1)).timestamp()))
    chain = ["verify", "-x509_strict", "-attime", moment, "-CAfile", tmp_path / "root.pem"]
    assert ": OK" in openssl(*chain, tmp_path / "issuer.pem")
    told = openssl(
        *("pkeyutl", "-verify", "-rawin", "-certin", "-inkey", tmp_path / "issuer.pem"),
        *("-in", tmp_path / "manifest.json", "-sigfile", tmp_path / "manifest.sig"),
    )
    assert "Verified Successfully" in told


def test_openssl_prints_the_same_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(ROOT.certificate_pem)
    told = openssl("x509", "-fingerprint", "-sha256", "-noout", "-in", tmp_path / "root.pem")
    assert told.split("=")[1].strip().replace(":", "").lower() == fingerprint(ROOT.certificate_pem)


def test_openssl_reads_the_key_with_its_passphrase(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_bytes(private_key_pem(ISSUER.private_key, "a passphrase"))
    public = openssl("pkey", "-pubout", "-in", tmp_path / "key.pem", "-passin", "pass:a passphrase")
    (tmp_path / "issuer.pem").write_bytes(ISSUER.certificate_pem)
    assert public == openssl("x509", "-pubkey", "-noout", "-in", tmp_path / "issuer.pem")


def test_a_signature_fits_one_message_one_key_and_one_length() -> None:
    signature = sign(ISSUER.private_key, DATA)
    check_signature(ISSUER.certificate_pem, DATA, signature)
    for certificate, data, offered in [
        (ISSUER.certificate_pem, DATA + b" ", signature),
        (ROOT.certificate_pem, DATA, signature),
        (ISSUER.certificate_pem, DATA, signature[:-1]),
        (ISSUER.certificate_pem, DATA, signature + b"\0"),
        (ISSUER.certificate_pem, DATA, b""),
    ]:
        with pytest.raises(BadSignatureError):
            check_signature(certificate, data, offered)


@pytest.mark.parametrize("bit", range(0, 512, 7))
def test_every_altered_bit_of_a_signature_is_told(bit: int) -> None:
    altered = int.from_bytes(sign(ISSUER.private_key, DATA), "big") ^ (1 << bit)
    with pytest.raises(BadSignatureError):
        check_signature(ISSUER.certificate_pem, DATA, altered.to_bytes(64, "big"))


def test_a_certificate_of_another_kind_signs_nothing() -> None:
    signer = make_signer("FICTIONAL", "0000001", START)
    with pytest.raises(BadSignatureError, match="not for an Ed25519 key"):
        check_signature(signer.certificate_pem, DATA, bytes(64))


def test_the_same_key_serial_number_and_times_give_the_same_bytes() -> None:
    def made() -> tuple[bytes, bytes]:
        root = make_root("FICTIONAL", START, private_key=ROOT.private_key, serial=7)
        issuer = make_issuer(root, "FICTIONAL", START, private_key=ISSUER.private_key, serial=8)
        return root.certificate_pem, issuer.certificate_pem

    assert made() == made()


def test_a_certificate_says_what_it_was_made_with() -> None:
    certificate = read_certificate(ISSUER.certificate_pem)
    assert certificate.not_valid_before_utc == START
    assert certificate.not_valid_after_utc == START + timedelta(days=1096)
    assert certificate_name(ISSUER.certificate_pem) == "FICTIONAL issuer"
    hidden = make_root("FICTIONAL\u202e\x07 root", START)
    assert certificate_name(hidden.certificate_pem) == "FICTIONAL root"


@pytest.mark.parametrize(("name", "borne"), [("é" * 40, "é" * 32), ("a" * 65, "a" * 64)])
def test_a_long_name_is_cut_to_what_a_certificate_bears(name: str, borne: str) -> None:
    assert certificate_name(make_root(name, START).certificate_pem) == borne


@pytest.mark.parametrize("name", ["", " ", "\ud800"])
def test_a_certificate_bears_a_name(name: str) -> None:
    with pytest.raises(UsageError):
        make_root(name, START)


@pytest.mark.parametrize("passphrase", [None, "a passphrase", "naïve ☂"])
def test_a_key_comes_back(passphrase: str | None) -> None:
    pem = private_key_pem(ISSUER.private_key, passphrase)
    key = load_private_key(pem, passphrase)
    assert key.private_bytes_raw() == ISSUER.private_key.private_bytes_raw()
    assert (b"ENCRYPTED" in pem) == (passphrase is not None)


def test_a_key_that_cannot_be_read_is_told() -> None:
    closed = private_key_pem(ISSUER.private_key, "a passphrase")
    for pem, passphrase in [
        (closed, "another"),
        (closed, None),
        (closed, ""),
        (closed[:60], "a passphrase"),
        (private_key_pem(ISSUER.private_key, None), "not needed"),
        (ISSUER.certificate_pem, None),
        (b"", None),
    ]:
        with pytest.raises(BadIdentityError):
            load_private_key(pem, passphrase)
    with pytest.raises(EmptyPassphraseError):
        private_key_pem(ISSUER.private_key, "")


def test_a_private_key_does_not_show() -> None:
    assert "PrivateKey" not in repr(CertifiedKey(ISSUER.private_key, b""))


def pem_of(der: bytes) -> bytes:
    body = base64.encodebytes(der)
    return b"-----BEGIN CERTIFICATE-----\n" + body + b"-----END CERTIFICATE-----\n"


def der_of(pem: bytes) -> bytes:
    return base64.b64decode(b"".join(pem.split(b"\n")[1:-2]))


def test_every_altered_byte_of_a_certificate_is_told_or_changes_its_fingerprint() -> None:
    der = der_of(ISSUER.certificate_pem)
    assert fingerprint(pem_of(der)) == fingerprint(ISSUER.certificate_pem)
    for i in range(len(der)):
        altered = pem_of(der[:i] + bytes([der[i] ^ 0x01]) + der[i + 1 :])
        try:
            assert fingerprint(altered) != fingerprint(ISSUER.certificate_pem)
        except BadSignatureError:
            continue


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_certificate_at_all_is_read_or_refused(data: st.DataObject) -> None:
    der = bytearray(der_of(ISSUER.certificate_pem))
    places = st.integers(0, len(der) - 1)
    for i in data.draw(st.lists(places, min_size=1, max_size=4)):
        der[i] = data.draw(st.integers(0, 255))
    try:
        assert read_certificate(pem_of(bytes(der))).serial_number is not None
    except BadSignatureError:
        return


@pytest.mark.parametrize("serial", [b"\x00", b"\xff"])
def test_a_certificate_that_breaks_its_standard_is_told(serial: bytes) -> None:
    der = der_of(make_root("FICTIONAL", START, serial=1).certificate_pem)
    altered = der.replace(b"\x02\x01\x01", b"\x02\x01" + serial, 1)
    with pytest.raises(BadSignatureError, match="not regular"):
        read_certificate(pem_of(altered))


@pytest.mark.parametrize("pem", [b"", b"\xff", ISSUER.certificate_pem[:200]])
def test_what_is_no_certificate_is_told(pem: bytes) -> None:
    with pytest.raises(BadSignatureError):
        read_certificate(pem)
