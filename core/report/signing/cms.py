"""The CMS container of a PAdES B-B signature (EC P-256, SHA-256): one way to write it, exactly."""

from base64 import encodebytes
from dataclasses import dataclass
from hashlib import sha256

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from core.errors import BadSealError, BadSignatureError
from core.sealing.signatures import read_certificate

_UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    BadSignatureError,
)


@dataclass(frozen=True, slots=True)
class Container:
    """What a container holds: the signer's certificate, the digest signed, the signature."""

    certificate: x509.Certificate
    digest: bytes
    signature: bytes


def make_container(
    key: EllipticCurvePrivateKey, certificate: x509.Certificate, digest: bytes
) -> bytes:
    """Return the DER of a detached container over a document's SHA-256 digest."""
    attributes = _attributes(certificate, digest)
    signature = key.sign(attributes.dump(), ECDSA(SHA256()))
    return _encoded(Container(certificate, digest, signature), attributes)


def read_container(der: bytes) -> Container:
    """Return what the container holds, after its certificate's key was found to have signed it.

    BadSealError where it did not, or where the container is not byte for byte as we write it.
    """
    try:
        found = _parsed(der)
        attributes = _attributes(found.certificate, found.digest)
        same = _encoded(found, attributes) == der
    except _UNREADABLE as error:
        raise BadSealError("The signature in the document cannot be read.") from error
    if not same:
        raise BadSealError("The signature is not written as Plumbline writes it.")
    check_p256(found.certificate, found.signature, attributes.dump())
    return found


def check_p256(certificate: x509.Certificate, signature: bytes, data: bytes) -> None:
    """Raise BadSealError unless the certificate's P-256 key made `signature` over `data`."""
    key = certificate.public_key()
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise BadSealError("The signer's certificate is not for a P-256 key.")
    try:
        key.verify(signature, data, ECDSA(SHA256()))
    except InvalidSignature:
        raise BadSealError("The signature does not belong to the certificate beside it.") from None


def _attributes(certificate: x509.Certificate, digest: bytes) -> cms.CMSAttributes:
    """PAdES B-B: content type, digest, and the digest of the one certificate that may be meant."""
    cert_id = tsp.ESSCertIDv2({"cert_hash": sha256(_der(certificate)).digest()})
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [digest]}),
            cms.CMSAttribute(
                {
                    "type": "signing_certificate_v2",
                    "values": [tsp.SigningCertificateV2({"certs": [cert_id]})],
                }
            ),
        ]
    )


def _encoded(found: Container, attributes: cms.CMSAttributes) -> bytes:
    certificate = asn1_x509.Certificate.load(_der(found.certificate))
    identifier = cms.IssuerAndSerialNumber(
        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    )
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", identifier),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": found.signature,
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    content = cms.ContentInfo({"content_type": "signed_data", "content": signed})
    return bytes(content.dump())


def _parsed(der: bytes) -> Container:
    signed = cms.ContentInfo.load(der, strict=True)["content"]
    signer = signed["signer_infos"][0]
    digests = [
        attribute["values"][0].native
        for attribute in signer["signed_attrs"]
        if attribute["type"].native == "message_digest"
    ]
    certificate = read_certificate(_pem(signed["certificates"][0].chosen.dump()))
    return Container(certificate, bytes(digests[0]), bytes(signer["signature"].native))


def _pem(der: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n%b-----END CERTIFICATE-----\n" % encodebytes(der)


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
