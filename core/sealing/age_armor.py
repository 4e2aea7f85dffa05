"""The text form of an age file: strict PEM, as https://age-encryption.org/v1 asks."""

import base64
import binascii
import re

from core.errors import DamagedSealError

_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_MOST_BLANK = 1024
_FILE = re.compile(
    rb"(?:[ \t\v\f\r]*\n)*+"
    rb"-----BEGIN AGE ENCRYPTED FILE-----\r?\n"
    rb"((?:[A-Za-z0-9+/=]{64}\r?\n)*+(?:[A-Za-z0-9+/=]{1,63}\r?\n)?+)"
    rb"-----END AGE ENCRYPTED FILE-----(?:\r?\n\s*)?"
)


def is_armored(data: bytes) -> bool:
    """Say whether `data` begins as an armored age file, blank lines before it allowed."""
    return data[: _MOST_BLANK + len(_BEGIN)].lstrip().startswith(_BEGIN)


def remove_armor(data: bytes) -> bytes:
    """Return the binary age file inside `data`; DamagedSealError where the armor is not strict."""
    found = _FILE.fullmatch(data)
    if found is None:
        raise _damaged()
    text = b"".join(found[1].split())
    try:
        inside = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise _damaged() from None
    if base64.b64encode(inside) != text:
        raise _damaged()
    return inside


def _damaged() -> DamagedSealError:
    return DamagedSealError("The file's text armour is damaged.")
