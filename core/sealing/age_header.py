"""The header of an age file: its stanzas and its authentication code, strictly read."""

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hmac import compare_digest

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import DamagedSealError, NotSealedError, UnsupportedSealError

FAMILY = b"age-encryption.org/"
_INTRO = FAMILY + b"v1\n"
_OTHER_VERSION = re.compile(rb"age-encryption\.org/v[0-9]+\n")
_FOOTER = b"---"
_LONGEST = 1 << 20
_COLUMNS = 64
_WORD = re.compile(rb"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class Stanza:
    """One recipient's wrapping of the file key: its kind, its arguments and its body."""

    kind: str
    arguments: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """A header as read: `authenticated` bytes are those `code` covers, `length` counts all."""

    stanzas: tuple[Stanza, ...]
    authenticated: bytes
    code: bytes
    length: int


def parse_header(data: bytes) -> Header:
    """Read the header at the start of the binary age file `data`.

    Raises NotSealedError, UnsupportedSealError for another version, or DamagedSealError.
    """
    _check_intro(data)
    lines = _Lines(data[:_LONGEST], len(_INTRO))
    stanzas = tuple(_stanzas(lines))
    authenticated = data[: lines.at + len(_FOOTER)]
    words = lines.next().split(b" ")
    if words[0] != _FOOTER or len(words) != 2 or not stanzas:
        raise damaged_header()
    code = decode64(words[1].decode("latin-1"))
    if len(code) != SHA256.digest_size:
        raise damaged_header()
    return Header(stanzas, authenticated, code, lines.at)


def format_header(stanzas: Sequence[Stanza], file_key: bytes) -> bytes:
    """Return the bytes of a header with these stanzas, authenticated under `file_key`."""
    authenticated = _INTRO + b"".join(_format(stanza) for stanza in stanzas) + _FOOTER
    code = _code(file_key, authenticated).finalize()
    return authenticated + f" {encode64(code)}\n".encode()


def header_is_authentic(header: Header, file_key: bytes) -> bool:
    """Say, in constant time, whether the header is the one that was made under `file_key`."""
    return compare_digest(_code(file_key, header.authenticated).finalize(), header.code)


def encode64(data: bytes) -> str:
    """Return the base64 text of `data` without padding."""
    return base64.b64encode(data).rstrip(b"=").decode()


def decode64(text: str) -> bytes:
    """Return the bytes of canonical, unpadded base64; DamagedSealError for any other text."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise damaged_header() from None
    if encode64(data) != text:
        raise damaged_header()
    return data


def damaged_header() -> DamagedSealError:
    """Return the error of a header that is not well formed."""
    return DamagedSealError("The file's header is damaged.")


class _Lines:
    """The lines of a header, each ended by a line feed, and the offset `at` of the next."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self.at = at

    def at_footer(self) -> bool:
        return self._data.startswith(_FOOTER, self.at)

    def next(self) -> bytes:
        end = self._data.find(b"\n", self.at)
        if end < 0:
            raise damaged_header()
        line = self._data[self.at : end]
        self.at = end + 1
        return line


def _check_intro(data: bytes) -> None:
    if data.startswith(_INTRO):
        return
    if _OTHER_VERSION.match(data):
        raise UnsupportedSealError("The file is sealed in a version that Plumbline does not know.")
    if data.startswith(FAMILY):
        raise damaged_header()
    raise NotSealedError("This is not a sealed file.")


def _stanzas(lines: _Lines) -> Iterator[Stanza]:
    while not lines.at_footer():
        arrow, *words = lines.next().split(b" ")
        if arrow != b"->" or not words or not all(_WORD.fullmatch(word) for word in words):
            raise damaged_header()
        kind, *arguments = (word.decode() for word in words)
        yield Stanza(kind, tuple(arguments), _body(lines))


def _body(lines: _Lines) -> bytes:
    parts: list[bytes] = []
    while True:
        line = lines.next()
        if len(line) > _COLUMNS:
            raise damaged_header()
        parts.append(decode64(line.decode("latin-1")))
        if len(line) < _COLUMNS:
            return b"".join(parts)


def _format(stanza: Stanza) -> bytes:
    text = encode64(stanza.body)
    body = [text[i : i + _COLUMNS] for i in range(0, len(text) + 1, _COLUMNS)]
    return "\n".join([" ".join(["->", stanza.kind, *stanza.arguments]), *body, ""]).encode()


def _code(file_key: bytes, authenticated: bytes) -> HMAC:
    key = HKDF(SHA256(), length=32, salt=None, info=b"header").derive(file_key)
    code = HMAC(key, SHA256())
    code.update(authenticated)
    return code
