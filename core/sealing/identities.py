"""A surgeon's keys: an X25519 identity that opens extracts and a P-256 key that signs exports."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    load_pkcs12,
    serialize_key_and_certificates,
)
from cryptography.x509.oid import NameOID

from core.errors import BadIdentityError, EmptyPassphraseError, PlumblineError, UsageError
from core.sealing.age import Passphrase, X25519Identity, decrypt, encrypt, is_sealed
from core.sealing.signatures import common_name, read_certificate

SIGNER_LIFETIME = timedelta(days=3653)
LONGEST_NUMBER = 64


@dataclass(frozen=True, slots=True)
class Signer:
    """A P-256 private key and its certificate in PEM, fit for PAdES signatures."""

    private_key: EllipticCurvePrivateKey = field(repr=False)
    certificate_pem: bytes


def is_gmc_number(text: str) -> bool:
    """Whether a text can be a surgeon's number: 1 to 64 letters A to Z and figures 0 to 9."""
    return text.isascii() and text.isalnum() and len(text) <= LONGEST_NUMBER


def make_signer(
    name: str,
    gmc: str,
    valid_from: datetime,
    *,
    lifetime: timedelta = SIGNER_LIFETIME,
    private_key: EllipticCurvePrivateKey | None = None,
    serial: int | None = None,
) -> Signer:
    """Return a P-256 key with a self-signed certificate for `name` and their GMC number.

    The same key, serial number and times give the same bytes. Raises UsageError for an empty
    name, or a number of other than 1 to 64 letters and digits.
    """
    if not is_gmc_number(gmc):
        raise UsageError("A GMC number holds letters and digits only.", "Give the number alone.")
    key = private_key or generate_private_key(SECP256R1())
    number = x509.NameAttribute(NameOID.SERIAL_NUMBER, gmc)
    subject = x509.Name([common_name(name), number])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_from + lifetime)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_SIGNING, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256(), ecdsa_deterministic=True)
    )
    return Signer(key, certificate.public_bytes(Encoding.PEM))


def signer_p12(signer: Signer, passphrase: str) -> bytes:
    """Return key and certificate as PKCS #12, encrypted under `passphrase`."""
    if not passphrase:
        raise EmptyPassphraseError("The passphrase is empty.")
    certificate = read_certificate(signer.certificate_pem)
    closed = BestAvailableEncryption(passphrase.encode())
    return serialize_key_and_certificates(b"signer", signer.private_key, certificate, None, closed)


def load_signer(p12: bytes, passphrase: str) -> Signer:
    """Read a P-256 signing key from PKCS #12; BadIdentityError where that fails."""
    try:
        store = load_pkcs12(p12, passphrase.encode())
    except (ValueError, TypeError) as error:
        raise BadIdentityError("The key file could not be opened with that passphrase.") from error
    key = store.key
    if not isinstance(key, EllipticCurvePrivateKey) or not isinstance(key.curve, SECP256R1):
        raise BadIdentityError("The key file holds no P-256 signing key.")
    if store.cert is None:
        raise BadIdentityError("The key file holds no certificate for its key.")
    if store.cert.certificate.public_key() != key.public_key():
        raise BadIdentityError("The certificate in the key file is for another key.")
    return Signer(key, store.cert.certificate.public_bytes(Encoding.PEM))


def identity_file(identity: X25519Identity, passphrase: str, *, work_factor: int = 18) -> bytes:
    """Return the identity as an age file under `passphrase`, as any age tool reads it."""
    text = f"# public key: {identity.recipient}\n{identity.text}\n"
    return encrypt(text.encode(), [Passphrase(passphrase)], work_factor=work_factor)


def load_identities(data: bytes, passphrase: str | None = None) -> tuple[X25519Identity, ...]:
    """Read an age identity file, sealed under `passphrase` or plain; or BadIdentityError."""
    if is_sealed(data):
        data = _opened(data, passphrase)
    try:
        lines = [line.strip() for line in data.decode("utf-8").splitlines()]
    except UnicodeDecodeError:
        raise BadIdentityError("The key file is not an age identity file.") from None
    identities = [X25519Identity.parse(line) for line in lines if line and line[0] != "#"]
    if not identities:
        raise BadIdentityError("The key file holds no identity.")
    return tuple(identities)


def _opened(data: bytes, passphrase: str | None) -> bytes:
    try:
        return decrypt(data, [Passphrase(passphrase or "")])
    except PlumblineError as error:
        raise BadIdentityError("The key file could not be opened with that passphrase.") from error


_SIGNING = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
