"""The only writer of files, and the bounded reader: bytes in place whole, or not at all."""

import os
import secrets
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from core.errors import JournalChangedError, ReadFailedError, TooLargeError, WriteFailedError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

READ_LIMIT = 512 * 1024 * 1024
_WINDOWS_BUSY = {5, 32, 33}


def read_file(path: Path, limit: int = READ_LIMIT, called: str = "The file") -> bytes:
    """Return the bytes of `path`; refuse more than `limit` bytes without reading them.

    `called` begins the message of an error: what the file is for, never its name.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise ReadFailedError(f"{called} could not be read: {_reason(error)}.") from None
    except ValueError:
        raise ReadFailedError(f"{called} could not be read: no file can have that name.") from None
    if len(data) > limit:
        raise TooLargeError(f"{called} is larger than {_size(limit)}.")
    return data


def replace_file(path: Path, data: bytes, *, private: bool = True) -> None:
    """Put `data` at `path` whole: same-folder temporary file, fsync, replace, folder fsync.

    A private file may be read by its owner alone, from before its first byte is written.
    On any failure the earlier file at `path` is unchanged and nothing else is left behind. A folder
    that cannot be flushed is no failure, since the new file stands there whole by then: only after
    a loss of power could the earlier one be back, whole too.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        _write_new(temporary, data, 0o600 if private else 0o644)
        _replace(temporary, path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise WriteFailedError(f"The file could not be written: {_reason(error)}.") from None
    with suppress(OSError):
        _sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Remove the file at `path`."""
    try:
        path.unlink()
    except OSError as error:
        raise WriteFailedError(f"The file could not be removed: {_reason(error)}.") from None


def make_folder(path: Path) -> None:
    """Make the folder `path` and those above it, for the owner alone where it is new."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WriteFailedError(f"The folder could not be made: {_reason(error)}.") from None


def append_file(path: Path, data: bytes, size: int) -> None:
    """Add `data` to the file of `size` bytes at `path`, flushed and fsynced.

    On any failure the file is cut back to `size`. JournalChangedError where its size is another.
    """
    try:
        with path.open("r+b", buffering=0) as file:
            if file.seek(0, os.SEEK_END) != size:
                raise JournalChangedError("The journal's file has changed since it was opened.")
            _append(file.fileno(), data, size)
    except OSError as error:
        raise WriteFailedError(f"The file could not be written: {_reason(error)}.") from None


def cut_file(path: Path, size: int) -> None:
    """Cut the file at `path` to its first `size` bytes."""
    try:
        with path.open("r+b") as file:
            file.truncate(size)
            os.fsync(file.fileno())
    except OSError as error:
        raise WriteFailedError(f"The file could not be written: {_reason(error)}.") from None


class HeldLock:
    """The right to write a folder, held until `release` or the end of the process."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def release(self) -> None:
        """Let another instance have it."""
        self._file.close()


def hold_lock(path: Path) -> HeldLock | None:
    """Take the lock file at `path`; None where another holds it or the folder allows none."""
    try:
        file = path.open("ab")
    except OSError:
        return None
    try:
        _take(file)
    except OSError:
        file.close()
        return None
    return HeldLock(file)


def _take(file: BinaryIO) -> None:
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _append(descriptor: int, data: bytes, size: int) -> None:
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    except OSError:
        with suppress(OSError):
            os.ftruncate(descriptor, size)
        raise


def _write_new(path: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _replace(source: Path, target: Path) -> None:
    for attempt in range(20):
        try:
            os.replace(source, target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _WINDOWS_BUSY or attempt == 19:
                raise
            time.sleep(0.1)
        else:
            return


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _size(limit: int) -> str:
    return f"{limit // 1024 // 1024} MB" if limit >= 1024 * 1024 else f"{limit // 1024} KB"


def _reason(error: OSError) -> str:
    return (error.strerror or "the system refused").lower()
