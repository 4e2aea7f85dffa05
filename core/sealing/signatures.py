"""Ed25519 signatures over exact bytes, and the X.509 certificates that say whose they are."""

import warnings
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from core.errors import BadIdentityError, BadSignatureError, EmptyPassphraseError, UsageError

ROOT_LIFETIME = timedelta(days=7305)
ISSUER_LIFETIME = timedelta(days=1096)
_UNREADABLE = (
    ValueError,
    TypeError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)


@dataclass(frozen=True, slots=True)
class CertifiedKey:
    """An Ed25519 private key and its certificate in PEM."""

    private_key: Ed25519PrivateKey = field(repr=False)
    certificate_pem: bytes


def sign(private_key: Ed25519PrivateKey, data: bytes) -> bytes:
    """Return the raw 64-byte Ed25519 signature (RFC 8032) of `data`."""
    return private_key.sign(data)


def check_signature(certificate_pem: bytes, data: bytes, signature: bytes) -> None:
    """Raise BadSignatureError unless `signature` is the certificate's over exactly `data`."""
    public_key = read_certificate(certificate_pem).public_key()
    if not isinstance(public_key, Ed25519PublicKey):
        raise BadSignatureError("The issuing certificate is not for an Ed25519 key.")
    try:
        public_key.verify(signature, data)
    except InvalidSignature:
        raise BadSignatureError("The signature does not belong to these contents.") from None


def make_root(
    name: str,
    valid_from: datetime,
    *,
    lifetime: timedelta = ROOT_LIFETIME,
    private_key: Ed25519PrivateKey | None = None,
    serial: int | None = None,
) -> CertifiedKey:
    """Return a self-signed root; the same key, serial number and times give the same bytes."""
    key = private_key or Ed25519PrivateKey.generate()
    subject = x509.Name([common_name(name)])
    builder = _certificate(subject, key.public_key(), valid_from, lifetime, serial)
    builder = builder.issuer_name(subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_key_usage(certificates=True), critical=True)
    return CertifiedKey(key, builder.sign(key, None).public_bytes(Encoding.PEM))


def make_issuer(
    root: CertifiedKey,
    name: str,
    valid_from: datetime,
    *,
    lifetime: timedelta = ISSUER_LIFETIME,
    private_key: Ed25519PrivateKey | None = None,
    serial: int | None = None,
) -> CertifiedKey:
    """Return an issuing key whose certificate `root` signed: it signs manifests, nothing else."""
    key = private_key or Ed25519PrivateKey.generate()
    builder = _certificate(
        x509.Name([common_name(name)]), key.public_key(), valid_from, lifetime, serial
    )
    builder = builder.issuer_name(read_certificate(root.certificate_pem).subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
    builder = builder.add_extension(_key_usage(certificates=False), critical=True)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.private_key.public_key())
    builder = builder.add_extension(authority, critical=False)
    return CertifiedKey(key, builder.sign(root.private_key, None).public_bytes(Encoding.PEM))


def private_key_pem(private_key: Ed25519PrivateKey, passphrase: str | None) -> bytes:
    """Return the key as PKCS #8 PEM, encrypted where a passphrase is given."""
    if passphrase == "":
        raise EmptyPassphraseError("The key's passphrase is empty.")
    closed = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, closed)


def load_private_key(pem: bytes, passphrase: str | None) -> Ed25519PrivateKey:
    """Read an Ed25519 key from PKCS #8 PEM; BadIdentityError where that fails."""
    try:
        key = load_pem_private_key(pem, passphrase.encode() if passphrase else None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadIdentityError("The key could not be read with that passphrase.") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadIdentityError("The key is not an Ed25519 key.")
    return key


def read_certificate(pem: bytes) -> x509.Certificate:
    """Return the first certificate in `pem`; BadSignatureError unless all of it is regular."""
    with warnings.catch_warnings(record=True) as irregular:
        warnings.simplefilter("always", UserWarning)
        try:
            certificate = x509.load_pem_x509_certificate(pem)
            certificate.public_key()
            _ = certificate.extensions, certificate.subject, certificate.issuer
        except _UNREADABLE as error:
            raise BadSignatureError("The certificate could not be read.") from error
    if any(issubclass(warning.category, UserWarning) for warning in irregular):
        raise BadSignatureError("The certificate is not regular.")
    return certificate


def fingerprint(certificate_pem: bytes) -> str:
    """Return the SHA-256 of the certificate's DER bytes in lower-case hexadecimal.

    It is what `openssl x509 -fingerprint -sha256` prints, without its colons.
    """
    return read_certificate(certificate_pem).fingerprint(SHA256()).hex()


def certificate_name(certificate_pem: bytes) -> str:
    """Return the common name the certificate gives itself, printable characters only."""
    names = read_certificate(certificate_pem).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return "".join(
        letter for name in names[:1] for letter in str(name.value) if letter.isprintable()
    )


def common_name(name: str) -> x509.NameAttribute[str]:
    """Return `name` as certificates bear it, cut to 64 bytes; UsageError where it is empty."""
    short = name.strip().encode("utf-8", "ignore")[:64].decode("utf-8", "ignore")
    if not short:
        raise UsageError("A name is needed.", "Give the name that the certificate is to bear.")
    return x509.NameAttribute(NameOID.COMMON_NAME, short)


def _certificate(
    subject: x509.Name,
    public_key: Ed25519PublicKey,
    valid_from: datetime,
    lifetime: timedelta,
    serial: int | None,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(public_key)
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(valid_from)
        .not_valid_after(valid_from + lifetime)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _key_usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )
