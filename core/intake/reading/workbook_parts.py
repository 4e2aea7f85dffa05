"""A workbook's parts, unpacked by us once and within limits before its reader does so unbounded."""

import copy
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from core.errors import DamagedFileError, FileLimitError
from core.intake.reading.limits import MEGABYTE, Limits

SHEETS = "xl/worksheets/"


def check_parts(zipped: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse a workbook by what its parts state, and every part but sheets by what it unpacks to.

    Raises FileLimitError or DamagedFileError.
    """
    parts = zipped.infolist()
    if len({part.filename.lower() for part in parts}) != len(parts):
        raise DamagedFileError("The workbook holds two parts of the same name.")
    if sum(part.file_size for part in parts) > limits.text:
        raise FileLimitError("The workbook would unpack to more than is read.")
    for part in parts:
        limits.check_ratio(part.compress_size, part.file_size)
        name = part.filename.lower()
        if name.endswith((".xml", ".rels")) and not name.startswith(SHEETS):
            with open_whole(zipped, part) as opened:
                while opened.read(MEGABYTE):
                    pass


@contextmanager
def open_whole(zipped: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """Open a part so that all its packed bytes unpack, whatever size it states.

    DamagedFileError on reading beyond that size, as other readers would.
    """
    unbounded = copy.copy(part)
    unbounded.file_size = part.file_size + 1
    with zipped.open(unbounded) as opened:
        yield opened
        if opened.tell() > part.file_size:
            raise DamagedFileError("A part of the workbook is longer than the workbook says.")
