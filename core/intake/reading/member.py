"""One file inside an archive, and which of them may hold a table."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from core.intake.reading.foreign import Protection

_ENDINGS = {".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt", ".zip", ".7z", ".age"}


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of an archive: its name there, its bytes, and how the archive protected it."""

    name: str
    data: bytes
    shield: Protection


def is_wanted(name: str) -> bool:
    """Say whether a file of that name in an archive may hold a table."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return path.suffix.lower() in _ENDINGS and not hidden
