"""Zip archives: WinZip AES, legacy ZipCrypto and unencrypted, unpacked in memory within limits."""

import copy
import io
from collections.abc import Callable, Sequence
from typing import IO

import pyzipper

from core.errors import (
    DamagedFileError,
    PasswordNeededError,
    UnsupportedFileError,
    WrongPasswordError,
)
from core.intake.reading.failures import read_as
from core.intake.reading.foreign import Protection
from core.intake.reading.limits import MEGABYTE, Limits
from core.intake.reading.member import Member, is_wanted

_ENCRYPTED = 0x1
_STRONGLY = 0x40
_CODE_PAGES = ("utf-8", "cp1252", "cp850")


def unpack_zip(
    data: bytes, passwords: Sequence[str], limits: Limits, tick: Callable[[], None]
) -> tuple[list[Member], int]:
    """Return the members worth opening, and how many files were left closed.

    `tick` is called after each megabyte and may raise to stop. Raises FileLimitError,
    PasswordNeededError, WrongPasswordError, UnsupportedFileError or DamagedFileError.
    """
    with read_as(), pyzipper.AESZipFile(io.BytesIO(data)) as zipped:
        files = [entry for entry in zipped.infolist() if not entry.is_dir()]
        wanted = [entry for entry in files if is_wanted(entry.filename)]
        limits.check_members([entry.file_size for entry in wanted])
        members = [
            Member(entry.filename, _read(zipped, entry, passwords, limits, tick), _shield(entry))
            for entry in wanted
        ]
    return members, len(files) - len(wanted)


def _shield(entry: pyzipper.ZipInfo) -> Protection:
    if not entry.flag_bits & _ENCRYPTED:
        return "none"
    return "strong" if getattr(entry, "wz_aes_version", None) is not None else "weak"


def _read(
    zipped: pyzipper.AESZipFile,
    entry: pyzipper.ZipInfo,
    passwords: Sequence[str],
    limits: Limits,
    tick: Callable[[], None],
) -> bytes:
    limits.check_ratio(entry.compress_size, entry.file_size)
    if entry.flag_bits & _STRONGLY:
        raise UnsupportedFileError("The archive is encrypted in a way that is not read.")
    if not entry.flag_bits & _ENCRYPTED:
        return _unpack(zipped, entry, None, tick)
    if not passwords:
        raise PasswordNeededError("The archive is locked with a password.")
    altered = False
    for password in _spellings(passwords):
        try:
            return _unpack(zipped, entry, password, tick)
        except WrongPasswordError:
            continue
        except DamagedFileError:
            altered = True
    if altered and _shield(entry) == "strong":
        raise DamagedFileError("A file in the archive was altered or damaged.")
    raise WrongPasswordError("The password does not open the archive.")


def _spellings(passwords: Sequence[str]) -> list[bytes]:
    """Return each password as the bytes that zip programs of different systems make of it."""
    spelt: dict[bytes, None] = {}
    for password in passwords:
        for page in _CODE_PAGES:
            spelt[password.encode(page, "replace")] = None
    return list(spelt)


def _unpack(
    zipped: pyzipper.AESZipFile,
    entry: pyzipper.ZipInfo,
    password: bytes | None,
    tick: Callable[[], None],
) -> bytes:
    """Return the member whole, never unpacking more than a byte beyond what its entry states."""
    pieces, size = [], 0
    with read_as(), _opened(zipped, entry, password) as member:
        while piece := member.read(MEGABYTE):
            size += len(piece)
            pieces.append(piece)
            tick()
        if size != entry.file_size:
            raise DamagedFileError("A file in the archive is not as long as the archive says.")
    return b"".join(pieces)


def _opened(
    zipped: pyzipper.AESZipFile, entry: pyzipper.ZipInfo, password: bytes | None
) -> IO[bytes]:
    """Open a member to its own end; the library's words for what it cannot do become ours."""
    unbounded = copy.copy(entry)
    unbounded.file_size = entry.file_size + 1
    try:
        opened: IO[bytes] = zipped.open(unbounded, pwd=password)
    except NotImplementedError:
        raise UnsupportedFileError("The archive is packed in a way that is not read.") from None
    except RuntimeError:
        raise WrongPasswordError("The password does not open the archive.") from None
    return opened
