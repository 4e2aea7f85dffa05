"""The text form of an age file: strict PEM, as https://age-encryption.org/v1 asks."""

import base64
import binascii
import re

from core.errors import DamagedSealError

_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64
_MOST_BLANK = 1024
_FILE = re.compile(
    rb"(?:[ \t\v\f\r]*\n)*" + _BEGIN + rb"\r?\n(.*?)\r?\n" + _END + rb"(?:\r?\n\s*)?", re.DOTALL
)
_LINE = re.compile(rb"[A-Za-z0-9+/]+={0,2}")


def is_armored(data: bytes) -> bool:
    """Say whether `data` begins as an armored age file, blank lines before it allowed."""
    return data[: _MOST_BLANK + len(_BEGIN)].lstrip().startswith(_BEGIN)


def remove_armor(data: bytes) -> bytes:
    """Return the binary age file inside `data`; DamagedSealError where the armor is not strict."""
    found = _FILE.fullmatch(data)
    if found is None:
        raise _damaged()
    lines = [line.removesuffix(b"\r") for line in found[1].split(b"\n")]
    full = all(len(line) == _COLUMNS for line in lines[:-1]) and len(lines[-1]) <= _COLUMNS
    if not full or not all(_LINE.fullmatch(line) for line in lines):
        raise _damaged()
    return _decode(b"".join(lines))


def _decode(text: bytes) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise _damaged() from None
    if base64.b64encode(data) != text:
        raise _damaged()
    return data


def _damaged() -> DamagedSealError:
    return DamagedSealError("The file's text armour is damaged.")
