"""7z archives, with and without encrypted names, unpacked in memory within limits."""

import io
from collections.abc import Callable, Sequence

import py7zr
from py7zr.exceptions import PasswordRequired
from py7zr.io import Py7zIO, WriterFactory

from core.errors import (
    PasswordNeededError,
    WrongPasswordError,
)
from core.intake.reading.failures import read_as
from core.intake.reading.foreign import Protection
from core.intake.reading.limits import Limits
from core.intake.reading.member import Member, is_wanted


class _Sink(Py7zIO):
    """The bytes of one member; `tick` is called at each piece and may raise."""

    def __init__(self, tick: Callable[[], None]) -> None:
        self._held = io.BytesIO()
        self._tick = tick

    def write(self, s: bytes | bytearray) -> int:
        self._tick()
        return self._held.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self._held.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._held.seek(offset, whence)

    def flush(self) -> None:
        """Nothing waits."""

    def size(self) -> int:
        return self._held.getbuffer().nbytes

    def all(self) -> bytes:
        return self._held.getvalue()


class _Sinks(WriterFactory):
    """Gives the archive reader a place in memory for each member."""

    def __init__(self, tick: Callable[[], None]) -> None:
        self.made: list[tuple[str, _Sink]] = []
        self._tick = tick

    def create(self, filename: str) -> Py7zIO:
        sink = _Sink(self._tick)
        self.made.append((filename, sink))
        return sink


def unpack_7z(
    data: bytes, passwords: Sequence[str], limits: Limits, tick: Callable[[], None]
) -> tuple[list[Member], int]:
    """Return the members worth opening, and how many files were left closed.

    A 7z archive cannot tell a wrong password from damage, and WrongPasswordError says so. `tick`
    is called at each piece and may raise to stop. Raises FileLimitError, PasswordNeededError,
    WrongPasswordError or DamagedFileError.
    """
    if not _is_locked(data):
        with read_as():
            return _unpack(data, None, limits, tick)
    if not passwords:
        raise PasswordNeededError("The archive is locked with a password.")
    unfit = WrongPasswordError(
        "The password does not open the archive, or the archive is damaged;"
        " a 7z archive cannot tell which."
    )
    for password in passwords:
        try:
            with read_as(unfit):
                return _unpack(data, password, limits, tick)
        except WrongPasswordError:
            continue
    raise unfit


def _is_locked(data: bytes) -> bool:
    with read_as():
        try:
            with py7zr.SevenZipFile(io.BytesIO(data)) as packed:
                return bool(packed.needs_password())
        except PasswordRequired:
            return True


def _unpack(
    data: bytes, password: str | None, limits: Limits, tick: Callable[[], None]
) -> tuple[list[Member], int]:
    sinks = _Sinks(tick)
    with py7zr.SevenZipFile(
        io.BytesIO(data), password=password, max_extract_size=limits.unpacked
    ) as packed:
        files = [entry for entry in packed.files if not entry.is_directory]
        wanted = [entry.filename for entry in files if is_wanted(entry.filename)]
        _check(data, files, limits)
        if wanted:
            packed.extract(targets=wanted, factory=sinks)
    shield: Protection = "none" if password is None else "strong"
    members = [Member(name, sink.all(), shield) for name, sink in sinks.made]
    return members, len(files) - len(members)


def _check(data: bytes, files: list[py7zr.py7zr.ArchiveFile], limits: Limits) -> None:
    """Refuse by the sizes the archive states, before anything is unpacked."""
    sizes = [entry.uncompressed for entry in files]
    limits.check_members(sizes)
    limits.check_ratio(len(data), sum(sizes))
