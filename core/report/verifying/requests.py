"""What a verifying process is asked, and what it may use."""

from dataclasses import dataclass, field
from pathlib import Path

from core.report.evidence import LARGEST as LARGEST_EVIDENCE
from core.report.signing.detached import LARGEST as LARGEST_SIGNATURE
from core.report.signing.detached import Beside
from core.report.verifying.inspection import LARGEST_DOCUMENT
from core.storage import read_file


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may use: wall-clock seconds, and bytes of memory of its process."""

    seconds: float = 20.0
    memory: int = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """A document to verify, what travels beside it, and its password."""

    pdf: bytes = field(repr=False)
    beside: Beside | None = None
    password: str | None = field(default=None, repr=False)

    def read(self) -> "Request":
        """Return this request, which holds everything already."""
        return self


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A document that is read when its turn has come, so that many are never held at once."""

    path: Path
    password: str | None = field(default=None, repr=False)

    def read(self) -> Request:
        """Return what is to be verified; ReadFailedError where it cannot be read."""
        return read_request(self.path, self.password)


@dataclass(frozen=True, slots=True)
class Begin:
    """What a verifying process is told first: the trust entries, as files, and the limits."""

    trust: tuple[bytes, ...]
    limits: Limits


def read_request(path: Path, password: str | None = None) -> Request:
    """Return the document, with `X.json` and `X.json.sig` where both lie beside `X.pdf`."""
    pdf = read_file(path, LARGEST_DOCUMENT, "The document")
    evidence = path.with_suffix(".json")
    signature = path.with_suffix(".json.sig")
    if not (evidence.is_file() and signature.is_file()):
        return Request(pdf, None, password)
    beside = Beside(
        read_file(evidence, LARGEST_EVIDENCE, "The evidence beside the document"),
        read_file(signature, LARGEST_SIGNATURE, "The signature beside the document"),
    )
    return Request(pdf, beside, password)
