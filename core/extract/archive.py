"""The zip inside the seal: written the same every time, read only within limits."""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping

from core.errors import ArchiveLimitError, NotAnExtractError

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
ISSUER = "issuer.pem"
CASES = "cases.csv"
NATIONAL = "national.csv"
ANSWERS = "answers.csv"
UNLISTED = frozenset({MANIFEST, SIGNATURE, ISSUER})

MOST_MEMBERS = 64
LARGEST_MANIFEST = 4 * 1024 * 1024
LARGEST_MEMBER = 128 * 1024 * 1024
LARGEST_TOTAL = 256 * 1024 * 1024
LARGEST_RATIO = 200
RATIO_FREE = 64 * 1024

_NAMES = re.compile(
    r"manifest\.json|manifest\.sig|issuer\.pem|(?:cases|national|answers)\.csv"
    r"|models/[a-z0-9][a-z0-9_-]{0,63}\.toml"
)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_READ_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
)


def pack(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of `members`, in their order and without clock or machine in it.

    ValueError for a name an extract does not have.
    """
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped:
        for name, data in members.items():
            if not _NAMES.fullmatch(name):
                raise ValueError("an extract has no member of that name")
            zipped.writestr(_entry(name), data)
    return archive.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the members of the zip `data`, each whole and its checksum right.

    Raises NotAnExtractError where it is no zip or holds no manifest, ArchiveLimitError where it
    breaks a limit: member count, names, sizes, compression ratio, encryption or method.
    """
    if len(data) > LARGEST_TOTAL or data.count(_ENTRY) > MOST_MEMBERS:
        raise ArchiveLimitError("The archive is larger than an extract can be.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            entries = zipped.infolist()
            _check_names([entry.orig_filename for entry in entries])
            _check_sizes(entries)
            return {entry.orig_filename: _read(zipped, entry) for entry in entries}
    except _READ_FAILURES:
        raise NotAnExtractError("The file was opened, but holds no readable extract.") from None


def _read(zipped: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return the member, never unpacking more than its entry states."""
    with zipped.open(entry) as member:
        data = member.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise zipfile.BadZipFile
    return data


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _check_names(names: list[str]) -> None:
    if MANIFEST not in names:
        raise NotAnExtractError("The file was opened, but holds no extract.")
    if not all(_NAMES.fullmatch(name) for name in names):
        raise ArchiveLimitError("The archive holds a file that is no part of an extract.")
    if max(Counter(names).values()) > 1:
        raise ArchiveLimitError("The archive holds two files of the same name.")


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise ArchiveLimitError("The archive would unpack to more than an extract can be.")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
            raise ArchiveLimitError("The archive is packed in a way that an extract never is.")
        most = LARGEST_MANIFEST if entry.orig_filename == MANIFEST else LARGEST_MEMBER
        if entry.file_size > min(most, LARGEST_RATIO * entry.compress_size + RATIO_FREE):
            raise ArchiveLimitError("A file in the archive would unpack to more than it may.")
