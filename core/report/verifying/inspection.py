"""What a document must be before any cryptography: small, plain, and with nothing that acts."""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from core.errors import RefusedDocumentError
from core.report.evidence import LARGEST, NAME
from core.report.verifying.verification import LOCKED

LARGEST_DOCUMENT = 32 * 1024 * 1024
MOST_OBJECTS = 50_000
DEEPEST = 40
_ACTING = {"/JS", "/JavaScript", "/OpenAction", "/AA", "/XFA", "/RichMedia", "/Launch"}
_CHAIN = {"/S", "/Next"}
"""An action that leads to another; a bookmark has a next one too, but no kind."""
_LAYERS = {"/OCProperties", "/OC", "/OCGs"}
_NAMES = re.compile(
    rb"/(?:JS|JavaScript|OpenAction|AA|XFA|RichMedia|Launch|Next|OCProperties|OC|OCGs|EF|FT|ByteRange)"
    rb"(?![^\s/<>\[\]()])"
)
_CARRIERS = re.compile(rb"/(?:Subtype|Rect|Title|Parent)\b")
_PLAIN_ACTIONS = {"/GoTo", "/URI"}
UNREADABLE = (
    pikepdf.PdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Seal:
    """The one signature as the document describes it: what it covers and what it holds."""

    byte_range: tuple[int, ...]
    contents: bytes
    subfilter: str
    stated_at: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """A document that was let through: its seal and its evidence, where it has them."""

    seal: Seal | None
    evidence: bytes | None
    pages: int


def inspect(data: bytes, password: str | None = None) -> Inspected:
    """Return what the PDF holds; RefusedDocumentError for anything an export never is.

    Refused: more than 32 MB, what cannot be read without repair, scripts, actions, layers, more
    than one signature, more than one attachment, an attachment of another name, a password that is
    not given. Call it in a process that may be killed.
    """
    if len(data) > LARGEST_DOCUMENT:
        raise RefusedDocumentError("The document is larger than any that Plumbline makes.")
    if not data.startswith(b"%PDF-"):
        raise RefusedDocumentError("This is not a PDF document.")
    try:
        with Pdf.open(
            BytesIO(data),
            password=password or "",
            attempt_recovery=False,
            suppress_warnings=True,
            inherit_page_attributes=False,
        ) as pdf:
            return _inspected(pdf)
    except pikepdf.PasswordError:
        raise RefusedDocumentError(LOCKED, "Ask the sender for the password.") from None
    except RecursionError:
        raise RefusedDocumentError("The document is nested too deeply.") from None
    except UNREADABLE as error:
        raise RefusedDocumentError("The document is damaged and cannot be read.") from error


def _inspected(pdf: Pdf) -> Inspected:
    parts = list(pdf.objects)
    if len(parts) > MOST_OBJECTS:
        raise RefusedDocumentError("The document has more parts than any that Plumbline makes.")
    seals: list[Object] = []
    attachments: list[Object] = []
    for found in _dictionaries([*parts, pdf.trailer]):
        names = set(found.keys())
        _refuse_acting(found, names)
        if "/ByteRange" in names or ("/FT" in names and found.get(Name.FT) == Name.Sig):
            seals.append(found)
        if "/EF" in names:
            attachments.append(found)
    return Inspected(
        seal=_seal(pdf, seals),
        evidence=_evidence(pdf, attachments),
        pages=len(pdf.pages),
    )


def _dictionaries(parts: Iterable[Object]) -> Iterator[Object]:
    """Yield every dictionary that may matter once, those within others too."""
    waiting = [(found, 0) for found in parts if _may_matter(found)]
    while waiting:
        found, depth = waiting.pop()
        if depth > DEEPEST:
            raise RefusedDocumentError("The document is nested too deeply.")
        if isinstance(found, Array):
            inner = list(found)
        elif isinstance(found, Dictionary | Stream):
            yield found
            inner = [value for _, value in found.items()]
        else:
            continue
        waiting += [
            (value, depth + 1)
            for value in inner
            if isinstance(value, Array | Dictionary | Stream) and not value.is_indirect
        ]


def _may_matter(part: object) -> bool:
    """Whether a name that is looked for stands anywhere in the part, as written anew by qpdf.

    The attributes of a structure element are named as an action is, so an element matters only
    where it is an annotation or a bookmark too.
    """
    if not isinstance(part, Array | Dictionary | Stream):
        return False
    whole = part.stream_dict if isinstance(part, Stream) else part
    written = whole.unparse(resolved=True)
    return bool(_NAMES.search(written) or (b"/A " in written and _CARRIERS.search(written)))


def _refuse_acting(found: Object, names: set[str]) -> None:
    if names & _ACTING or names >= _CHAIN:
        raise RefusedDocumentError("The document holds scripts or actions.")
    if names & _LAYERS:
        raise RefusedDocumentError("The document has layers that can be shown or hidden.")
    action = found.get(Name.A) if "/A" in names else None
    if isinstance(action, Dictionary) and (
        str(action.get(Name.S)) not in _PLAIN_ACTIONS or Name.Next in action
    ):
        raise RefusedDocumentError("The document holds scripts or actions.")


def _seal(pdf: Pdf, found: list[Object]) -> Seal | None:
    fields = [one for one in found if one.get(Name.FT) == Name.Sig]
    values = [one for one in found if Name.ByteRange in one]
    if len(fields) > 1 or len(values) > 1:
        raise RefusedDocumentError("The document has more than one signature.")
    if not (fields and values) or _objgen(fields[0].get(Name.V)) != _objgen(values[0]):
        return None
    value = values[0]
    return Seal(
        tuple(int(number) for number in value.ByteRange),
        bytes(value.Contents),
        str(value.get(Name.SubFilter, "")),
        str(value.get(Name.M, "")),
    )


def _objgen(found: object) -> tuple[int, int] | None:
    return found.objgen if isinstance(found, Object) and found.is_indirect else None


def _evidence(pdf: Pdf, found: list[Object]) -> bytes | None:
    if not found:
        return None
    if len(found) > 1 or len(pdf.attachments) > 1:
        raise RefusedDocumentError("The document has more than one attachment.")
    if str(found[0].get(Name.UF, found[0].get(Name.F))) != NAME:
        raise RefusedDocumentError("The document has an attachment that is not evidence.")
    files = found[0].EF
    stream = files.get(Name.F, files.get(Name.UF))
    if not isinstance(stream, Stream):
        raise RefusedDocumentError("The document's attachment cannot be read.")
    return _unpacked(stream)


def _unpacked(stream: Stream) -> bytes:
    """Return what a plain or deflated stream holds, never more than evidence can be."""
    raw, filters = stream.read_raw_bytes(), stream.get(Name.Filter)
    if isinstance(filters, Array) and len(filters) == 1:
        filters = filters[0]
    if filters is None:
        unpacked = raw[: LARGEST + 1]
    elif filters == Name.FlateDecode and Name.DecodeParms not in stream:
        unpacked = zlib.decompressobj().decompress(raw, LARGEST + 1)
    else:
        raise RefusedDocumentError("The document's attachment is packed in another way than ours.")
    if len(unpacked) > LARGEST:
        raise RefusedDocumentError("The evidence is larger than any that Plumbline writes.")
    return unpacked
