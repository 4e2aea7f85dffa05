"""A surgeon's keys, enrolment file and recovery secret: against openssl, age's own and damage."""

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pyrage
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from hypothesis import given
from hypothesis import strategies as st

from core.errors import (
    BadEnrolmentError,
    BadIdentityError,
    BadRecoverySecretError,
    EmptyPassphraseError,
    UsageError,
)
from core.sealing.age import X25519Identity, encrypt
from core.sealing.enrolment import enrolment_bytes, read_enrolment
from core.sealing.identities import (
    Signer,
    identity_file,
    load_identities,
    load_signer,
    make_signer,
    signer_p12,
)
from core.sealing.recovery import make_recovery_secret, read_recovery_secret
from core.sealing.signatures import fingerprint, read_certificate

START = datetime(2026, 1, 1, tzinfo=UTC)
NAME = "FICTIONAL Surgeon"
GMC = "0000001"
SIGNER = make_signer(NAME, GMC, START)
IDENTITY = X25519Identity.generate()
ENROLMENT = enrolment_bytes(NAME, GMC, IDENTITY.recipient, SIGNER)


def test_the_certificate_is_fit_for_signing_documents() -> None:
    certificate = read_certificate(SIGNER.certificate_pem)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert isinstance(SIGNER.private_key.curve, ec.SECP256R1)
    assert certificate.subject.rfc4514_string() == f"2.5.4.5={GMC},CN={NAME}"
    certificate.verify_directly_issued_by(certificate)


@pytest.mark.parametrize(("name", "gmc"), [("", GMC), (NAME, ""), (NAME, "é"), (NAME, "1" * 65)])
def test_a_signer_has_a_name_and_a_number(name: str, gmc: str) -> None:
    with pytest.raises(UsageError):
        make_signer(name, gmc, START)


def test_the_same_key_serial_number_and_times_give_the_same_bytes() -> None:
    made = [
        make_signer(NAME, GMC, START, private_key=SIGNER.private_key, serial=5) for _ in range(2)
    ]
    assert made[0].certificate_pem == made[1].certificate_pem


def test_openssl_reads_the_p12(tmp_path: Path) -> None:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl on PATH")
    path = tmp_path / "signer.p12"
    path.write_bytes(signer_p12(SIGNER, "a passphrase"))
    told = subprocess.run(
        [program, "pkcs12", "-in", path, "-passin", "pass:a passphrase", "-nokeys"],
        capture_output=True,
        check=True,
    )
    assert SIGNER.certificate_pem in told.stdout


@pytest.mark.parametrize("passphrase", ["a passphrase", "naïve ☂"])
def test_a_signer_comes_back(passphrase: str) -> None:
    loaded = load_signer(signer_p12(SIGNER, passphrase), passphrase)
    assert loaded.certificate_pem == SIGNER.certificate_pem
    assert loaded.private_key.private_numbers() == SIGNER.private_key.private_numbers()


def test_a_p12_that_cannot_be_used_is_told() -> None:
    closed = signer_p12(SIGNER, "a passphrase")
    for data, passphrase in [
        (closed, "another"),
        (closed, ""),
        (closed[:-1], "a passphrase"),
        (closed[:100], "a passphrase"),
        (b"", "a passphrase"),
        (b"not a key file", ""),
    ]:
        with pytest.raises(BadIdentityError):
            load_signer(data, passphrase)
    with pytest.raises(EmptyPassphraseError):
        signer_p12(SIGNER, "")


def test_a_certificate_of_another_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = read_certificate(make_signer(NAME, GMC, START).certificate_pem)
    store = SimpleNamespace(key=SIGNER.private_key, cert=SimpleNamespace(certificate=other))
    monkeypatch.setattr("core.sealing.identities.load_pkcs12", lambda *_: store)
    with pytest.raises(BadIdentityError, match="for another key"):
        load_signer(b"", "")


def bare_p12(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return serialize_key_and_certificates(b"bare", key, None, None, BestAvailableEncryption(b"p"))


def test_a_p12_of_another_kind_is_told() -> None:
    for p12 in (
        bare_p12(SIGNER.private_key),
        bare_p12(ec.generate_private_key(ec.SECP384R1())),
        bare_p12(rsa.generate_private_key(65537, 2048)),
    ):
        with pytest.raises(BadIdentityError):
            load_signer(p12, "p")


def test_every_truncated_p12_is_told() -> None:
    closed = signer_p12(SIGNER, "p")
    for length in range(0, len(closed), 29):
        with pytest.raises(BadIdentityError):
            load_signer(closed[:length], "p")


def test_an_identity_file_comes_back_and_pyrage_opens_it() -> None:
    closed = identity_file(IDENTITY, "a passphrase", work_factor=2)
    assert load_identities(closed, "a passphrase") == (IDENTITY,)
    opened = pyrage.passphrase.decrypt(closed, "a passphrase").decode().splitlines()
    assert opened == [f"# public key: {IDENTITY.recipient}", IDENTITY.text]


def test_a_plain_identity_file_is_read_as_age_keygen_writes_it() -> None:
    other = X25519Identity.generate()
    text = f"# created: 2026-01-01\r\n# public key: x\r\n{IDENTITY.text}\r\n\r\n{other.text}"
    assert load_identities(text.encode()) == (IDENTITY, other)


def test_an_identity_file_that_cannot_be_read_is_told() -> None:
    closed = identity_file(IDENTITY, "a passphrase", work_factor=2)
    for data, passphrase in [
        (closed, "another"),
        (closed, None),
        (closed, ""),
        (closed[:-1], "a passphrase"),
        (encrypt(b"", [IDENTITY.recipient]), "a passphrase"),
        (b"", None),
        (b"# only a comment\n", None),
        (b"\xff\xfe", None),
        (IDENTITY.text[:-1].encode(), None),
        (str(IDENTITY.recipient).encode(), None),
    ]:
        with pytest.raises(BadIdentityError):
            load_identities(data, passphrase)


def test_an_enrolment_comes_back() -> None:
    enrolment = read_enrolment(ENROLMENT)
    assert (enrolment.name, enrolment.gmc) == (NAME, GMC)
    assert enrolment.recipient == str(IDENTITY.recipient)
    assert enrolment.signing_key_sha256 == fingerprint(SIGNER.certificate_pem)


def test_an_enrolment_holds_no_secret() -> None:
    assert IDENTITY.text.encode() not in ENROLMENT
    assert b"PRIVATE" not in ENROLMENT


FIELDS = ["format", "name", "gmc", "recipient", "certificate", "signing_key_sha256", "signature"]
OTHER = json.loads(
    enrolment_bytes(
        "FICTIONAL Other",
        "0000002",
        X25519Identity.generate().recipient,
        make_signer("FICTIONAL Other", "0000002", START),
    )
)


@pytest.mark.parametrize("field", FIELDS)
def test_every_changed_field_of_an_enrolment_is_told(field: str) -> None:
    for value in ("", None, 7, [], "é", OTHER[field] if field != "format" else "other"):
        changed = json.loads(ENROLMENT) | {field: value}
        with pytest.raises(BadEnrolmentError):
            read_enrolment(json.dumps(changed).encode())
    without = {name: value for name, value in json.loads(ENROLMENT).items() if name != field}
    with pytest.raises(BadEnrolmentError):
        read_enrolment(json.dumps(without).encode())


def test_an_enrolment_is_signed_by_the_key_it_names() -> None:
    mixed = Signer(make_signer(NAME, GMC, START).private_key, SIGNER.certificate_pem)
    with pytest.raises(BadEnrolmentError):
        read_enrolment(enrolment_bytes(NAME, GMC, IDENTITY.recipient, mixed))
    for wrong in (replace(IDENTITY.recipient, point=b""), replace(IDENTITY.recipient, point=b"x")):
        with pytest.raises(BadEnrolmentError):
            read_enrolment(enrolment_bytes(NAME, GMC, wrong, SIGNER))


def on_curve(curve: ec.EllipticCurve) -> Signer:
    key = ec.generate_private_key(curve)
    subject = read_certificate(SIGNER.certificate_pem).subject
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 1, START, START)
    return Signer(key, builder.sign(key, SHA256()).public_bytes(Encoding.PEM))


def test_only_p_256_signs() -> None:
    ours, other = on_curve(ec.SECP256R1()), on_curve(ec.SECP384R1())
    assert read_enrolment(enrolment_bytes(NAME, GMC, IDENTITY.recipient, ours)).name == NAME
    with pytest.raises(BadEnrolmentError):
        read_enrolment(enrolment_bytes(NAME, GMC, IDENTITY.recipient, other))
    assert load_signer(signer_p12(ours, "p"), "p").certificate_pem == ours.certificate_pem
    with pytest.raises(BadIdentityError, match="P-256"):
        load_signer(signer_p12(other, "p"), "p")


@pytest.mark.parametrize(("name", "gmc"), [("", GMC), (NAME, "")])
def test_an_enrolment_names_someone(name: str, gmc: str) -> None:
    with pytest.raises(BadEnrolmentError):
        read_enrolment(enrolment_bytes(name, gmc, IDENTITY.recipient, SIGNER))


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_at_all_are_no_enrolment(data: bytes) -> None:
    with pytest.raises(BadEnrolmentError):
        read_enrolment(data)


def test_a_recovery_secret_is_read_as_people_type_it() -> None:
    secret = make_recovery_secret()
    assert len(secret.split("-")) == 8
    assert make_recovery_secret() != secret
    for typed in (
        secret,
        secret.lower(),
        secret.replace("-", " "),
        f"  {secret.replace('-', '')}\n",
        secret.replace("0", "O").replace("1", "l"),
        secret.replace("0", "o").replace("1", "I"),
    ):
        assert read_recovery_secret(typed) == secret


@given(st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ-", max_size=31) | st.just("U" * 32))
def test_an_incomplete_recovery_secret_is_told(typed: str) -> None:
    with pytest.raises(BadRecoverySecretError):
        read_recovery_secret(typed)
