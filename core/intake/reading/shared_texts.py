"""Texts that a workbook stores once and its cells repeat: what they come to once copied.

Source: ECMA-376 part 1, 18.4.8 (shared strings).
"""

import re
import zipfile

import numpy as np
from numpy.typing import NDArray

from core.errors import FileLimitError
from core.intake.reading.limits import Limits
from core.intake.reading.workbook_parts import open_whole

Lengths = NDArray[np.int64]

_PART = "xl/sharedstrings.xml"
_ITEM = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si\s*>)", re.DOTALL)
_USES = re.compile(rb"""\bt=["']s["'][^>]*>\s*<(?:\w+:)?v[^>]*>\s*([0-9]{1,9})""")


def text_lengths(zipped: zipfile.ZipFile) -> Lengths:
    """Return the length in bytes of each shared text, as it stands in the XML."""
    for part in zipped.infolist():
        if part.filename.lower() == _PART:
            with open_whole(zipped, part) as opened:
                text = opened.read()
            return np.array([len(item[1] or b"") for item in _ITEM.finditer(text)], dtype=np.int64)
    return np.zeros(0, dtype=np.int64)


class TextMeter:
    """Adds up the shared texts that a sheet's cells repeat; FileLimitError beyond the limit."""

    def __init__(self, lengths: Lengths, limits: Limits) -> None:
        self._lengths = lengths
        self._longest = int(lengths.max(initial=0))
        self._limits = limits
        self._size = 0

    def add(self, piece: bytes) -> None:
        """Add the cells in `piece`, one by one only where they might come to much."""
        uses = piece.count(b't="s"') + piece.count(b"t='s'")
        size = uses * self._longest
        if size > len(piece):
            places = np.array(_USES.findall(piece), dtype=np.int64)
            size = int(self._lengths[places[places < len(self._lengths)]].sum())
        self._size += size
        if self._size > self._limits.texts:
            raise FileLimitError("The texts in the workbook's cells come to more than is read.")
