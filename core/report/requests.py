"""What a verifying process is asked, and what it may use."""

from dataclasses import dataclass, field

from core.report.detached import Beside


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


@dataclass(frozen=True, slots=True)
class Begin:
    """What a verifying process is told first: the trust entries, as files, and the limits."""

    trust: tuple[bytes, ...]
    limits: Limits
