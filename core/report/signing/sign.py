"""Sign a document the PAdES way (B-B), and the evidence that travels beside a plain copy.

The file is written once, whole, with room for the signature; everything but that room is signed.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

import pikepdf
from cryptography.hazmat.primitives.serialization import Encoding
from pikepdf import ObjectStreamMode, Pdf

from core.errors import SigningError
from core.report.signing.cms import make_container
from core.report.signing.field import LARGEST_NUMBER, Room, add_field
from core.sealing.identities import Signer
from core.sealing.signatures import certificate_name, read_certificate

SPARE = 1024
"""Bytes of room beyond the certificate's own length."""
_PLACE = re.compile(
    rb"/ByteRange \[ 0 %d %d %d \]" % (LARGEST_NUMBER, LARGEST_NUMBER, LARGEST_NUMBER)
)
_DECLARATIONS = {"pdfaid": ("part", "conformance", "rev"), "pdfuaid": ("part", "rev")}


@dataclass(frozen=True, slots=True)
class SealOptions:
    """Extras that cost something: each forfeits the declared PDF/A, a visible seal PDF/UA too."""

    visible: bool = False
    password: str | None = None

    @property
    def forfeits(self) -> str:
        """What is lost, in a sentence to show beside the choice; nothing where nothing is."""
        if self.visible:
            return "With a visible seal the document no longer declares PDF/A or PDF/UA."
        if self.password:
            return "With a password the document no longer declares PDF/A."
        return ""


def sign_pdf(
    pdf: bytes, signer: Signer, at: datetime, options: SealOptions = SealOptions()
) -> bytes:
    """Return `pdf` with one signature over all of it, as `signer` states to have made `at`.

    The same document, signer and time give the same bytes but for the signature itself (and, with
    a password, what encryption draws). SigningError where the document cannot be read, has a form
    already, or the signer's certificate was not valid at that time.
    """
    certificate = read_certificate(signer.certificate_pem)
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise SigningError(
            "The signer's certificate is not valid at that time.",
            "Check this computer's clock, or renew the signing key.",
        )
    size = SPARE + len(certificate.public_bytes(Encoding.DER))
    room = Room(size, certificate_name(signer.certificate_pem), at)
    prepared = _prepared(pdf, room, options)
    start, end = _gap(prepared, size)
    ranged = _with_range(prepared, start, end)
    digest = sha256(ranged[:start] + ranged[end:]).digest()
    container = make_container(signer.private_key, certificate, digest)
    if len(container) > size:
        raise SigningError("The signature is larger than the room kept for it.")
    return ranged[: start + 1] + container.hex().encode().ljust(2 * size, b"0") + ranged[end - 1 :]


def _prepared(pdf: bytes, room: Room, options: SealOptions) -> bytes:
    written = BytesIO()
    try:
        with Pdf.open(BytesIO(pdf)) as opened:
            if pikepdf.Name.AcroForm in opened.Root:
                raise SigningError("The document has a form or a signature already.")
            add_field(opened, room, visible=options.visible)
            _forfeit(opened, options)
            opened.save(
                written,
                deterministic_id=not options.password,
                encryption=_encryption(options.password),
                fix_metadata_version=False,
                object_stream_mode=ObjectStreamMode.disable,
            )
    except pikepdf.PdfError as error:
        raise SigningError("The document to sign could not be read.") from error
    return written.getvalue()


def _forfeit(pdf: Pdf, options: SealOptions) -> None:
    """Take back declarations that no longer hold."""
    lost = ["pdfaid"] if options.forfeits else []
    lost += ["pdfuaid"] if options.visible else []
    if not lost or pikepdf.Name.Metadata not in pdf.Root:
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for prefix in lost:
            for name in _DECLARATIONS[prefix]:
                metadata.pop(f"{prefix}:{name}", None)


def _encryption(password: str | None) -> pikepdf.Encryption | bool:
    """AES-256 (R6): one password, which opens and owns; readers for the blind stay allowed."""
    if not password:
        return False
    return pikepdf.Encryption(owner=password, user=password, R=6, aes=True, metadata=True)


def _gap(prepared: bytes, size: int) -> tuple[int, int]:
    """Return where the string of /Contents begins and ends, its brackets included."""
    string = b"<" + b"00" * size + b">"
    start = prepared.find(b"/Contents " + string)
    if start < 0 or prepared.count(string) != 1:
        raise SigningError("The room for the signature was not written as it must be.")
    begin = start + len(b"/Contents ")
    return begin, begin + len(string)


def _with_range(prepared: bytes, start: int, end: int) -> bytes:
    """Fill in the byte range: all but the string of /Contents."""
    places = list(_PLACE.finditer(prepared))
    if len(places) != 1:
        raise SigningError("The range of the signature was not written as it must be.")
    place = places[0]
    numbers = b"/ByteRange [ 0 %d %d %d ]" % (start, end, len(prepared) - end)
    return prepared[: place.start()] + numbers.ljust(len(place[0])) + prepared[place.end() :]
