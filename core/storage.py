"""The only writer of files, and the bounded reader: bytes in place whole, or not at all."""

import errno
import os
import secrets
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from core.errors import (
    JournalChangedError,
    NotFlushedError,
    ReadFailedError,
    TooLargeError,
    WriteFailedError,
)

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

READ_LIMIT = 512 * 1024 * 1024
_WINDOWS_BUSY = {5, 32, 33}
_NEVER_FLUSHES = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_NOT_TO_BE_OPENED = {errno.EACCES, errno.EPERM}
_ALREADY_OPEN = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")


def read_file(path: Path, limit: int = READ_LIMIT, called: str = "The file") -> bytes:
    """Return the bytes of `path`; refuse more than `limit` bytes without reading them.

    `called` begins the message of an error: what the file is for, never its name. A pipe or device
    may never end and is refused, unless the path names what this process has open already.
    """
    try:
        with open(path, "rb", opener=_open_to_read) as file:
            if not (stat.S_ISREG(os.fstat(file.fileno()).st_mode) or _is_open_already(path)):
                raise ReadFailedError(f"{called} could not be read: it is no regular file.")
            data = file.read(limit + 1)
    except OSError as error:
        raise ReadFailedError(f"{called} could not be read: {_reason(error)}.") from None
    except ValueError:
        raise ReadFailedError(f"{called} could not be read: no file can have that name.") from None
    if len(data) > limit:
        raise TooLargeError(f"{called} is larger than {_size(limit)}.")
    return data


def replace_file(path: Path, data: bytes, *, private: bool = True) -> None:
    """Put `data` at `path` whole: same-folder temporary file, fsync, replace, folder flush.

    A private file may be read by its owner alone, from before its first byte is written.
    On any failure the earlier file at `path` is unchanged and nothing else is left behind; only
    NotFlushedError says that the new file stands there whole, though a loss of power could bring
    the earlier one back. A file system that cannot flush a folder at all is no failure: who must
    know before removing an older copy asks `folder_flushed`.
    """
    try:
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    except ValueError:
        raise WriteFailedError(
            "The file could not be written: that is a folder, or no name at all."
        ) from None
    try:
        _write_new(temporary, data, 0o600 if private else 0o644)
        _replace(temporary, path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if not isinstance(error, OSError):
            raise
        raise WriteFailedError(f"The file could not be written: {_reason(error)}.") from None
    folder_flushed(path.parent)


def folder_flushed(folder: Path) -> bool:
    """Flush the names in `folder` to the drive; False where nothing can say that they are there.

    NotFlushedError where the drive failed to. On Windows the file system's own log keeps changes in
    their order, so that nothing removed later is gone sooner.
    """
    if sys.platform == "win32":
        return True
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        return _unprovable(error, _NOT_TO_BE_OPENED)
    try:
        os.fsync(descriptor)
    except OSError as error:
        return _unprovable(error, _NEVER_FLUSHES)
    finally:
        os.close(descriptor)
    return True


def remove_file(path: Path) -> None:
    """Remove the file at `path` and flush its folder, as `replace_file` does."""
    try:
        path.unlink()
    except OSError as error:
        raise WriteFailedError(f"The file could not be removed: {_reason(error)}.") from None
    folder_flushed(path.parent)


def make_folder(path: Path) -> None:
    """Make the folder `path` and those above it, for the owner alone where it is new."""
    try:
        new = [one for one in (path, *path.parents) if not one.exists()]
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WriteFailedError(f"The folder could not be made: {_reason(error)}.") from None
    try:
        for one in new:
            folder_flushed(one.parent)
    except NotFlushedError as error:
        raise WriteFailedError(f"The folder was not made to last. {error.message}") from None


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


def _unprovable(error: OSError, accepted: set[int]) -> bool:
    if error.errno in accepted:
        return False
    raise NotFlushedError(
        f"The change was made, but the drive did not confirm it: {_reason(error)}."
    ) from None


def _open_to_read(path: str, flags: int) -> int:
    """A pipe that nobody writes to would hold up its own opening."""
    waits = _is_open_already(Path(path))
    return os.open(path, flags if waits else flags | getattr(os, "O_NONBLOCK", 0))


def _is_open_already(path: Path) -> bool:
    return path.as_posix().startswith(_ALREADY_OPEN)


def _size(limit: int) -> str:
    return f"{limit // 1024 // 1024} MB" if limit >= 1024 * 1024 else f"{limit // 1024} KB"


def _reason(error: OSError) -> str:
    return (error.strerror or "the system refused").lower()
