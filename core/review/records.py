"""The bytes of a journal: length-prefixed ChaCha20-Poly1305 boxes, chained by digest.

A journal is a header (a line and the journal's id) and records. A record is a mark of 8 bytes, a
length of 4 (big-endian), then so many bytes: the SHA-256 of the record before, a random nonce and
the box, whose associated data are the journal's id and that digest. The mark lets a reader find
the next record after damage; the digest in the clear lets it open that record.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

LINE = b"plumbline-journal/1\n"
MARK = b"\xc5PLUMB\r\n"
START = bytes(32)
LARGEST_RECORD = 16 * 1024 * 1024

_LENGTH, _DIGEST, _NONCE, _TAG = 4, 32, 12, 16
_HEAD = b"plumbline-head/1"


class JournalKey(msgspec.Struct, frozen=True):
    """A journal's id of 16 bytes and its key of 32."""

    id: bytes
    key: bytes

    def __repr__(self) -> str:
        return "JournalKey()"

    @classmethod
    def generate(cls) -> "JournalKey":
        """Return a new random id and key."""
        return cls(os.urandom(16), os.urandom(32))

    @property
    def header(self) -> bytes:
        """The first bytes of the journal's file."""
        return LINE + self.id


@dataclass(frozen=True, slots=True)
class Record:
    """One record: what it says, its digest, its bytes' place, and whether it hangs on the start."""

    text: bytes = field(repr=False)
    digest: bytes
    before: bytes
    start: int
    end: int
    anchored: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """All records that could be read, in order, and the stretches of bytes that could not."""

    records: tuple[Record, ...]
    damaged: tuple[tuple[int, int], ...]

    @property
    def end(self) -> int:
        """Where the last readable record ends; 0 where there is none."""
        return self.records[-1].end if self.records else 0

    @property
    def digests(self) -> list[bytes]:
        """The digests of the records, in order."""
        return [record.digest for record in self.records]


def record_bytes(text: bytes, before: bytes, key: JournalKey) -> bytes:
    """Return the record of `text` after the record whose digest is `before`."""
    if len(text) > LARGEST_RECORD:
        raise ValueError("a record is larger than a journal holds")
    nonce = os.urandom(_NONCE)
    body = before + nonce + ChaCha20Poly1305(key.key).encrypt(nonce, text, key.id + before)
    return MARK + len(body).to_bytes(_LENGTH) + body


def digest_of(record: bytes) -> bytes:
    """Return the digest by which the next record names this one."""
    return sha256(record).digest()


def journal_bytes(texts: Iterable[bytes], key: JournalKey) -> bytes:
    """Return a whole journal of `texts`."""
    parts, before = [key.header], START
    for text in texts:
        parts.append(record_bytes(text, before, key))
        before = digest_of(parts[-1])
    return b"".join(parts)


def read_records(data: bytes, key: JournalKey) -> Reading:
    """Return every record in `data` that opens, however much of it is damaged."""
    box = ChaCha20Poly1305(key.key)
    records: list[Record] = []
    damaged: list[tuple[int, int]] = [] if data else [(0, 0)]
    position = len(key.header) if data.startswith(key.header) else 0
    before, anchored = START, True
    while position < len(data):
        found = _record_at(data, position, key.id, box)
        if found is None:
            reached = _next_record(data, position + 1, key.id, box)
            damaged.append((position, reached))
            position = reached
            continue
        anchored = anchored and found.before == before
        records.append(found if anchored else _unanchored(found))
        before, position = found.digest, found.end
    return Reading(tuple(records), tuple(damaged))


def head_bytes(count: int, digest: bytes, key: JournalKey) -> bytes:
    """Return the head of a journal of `count` records, the last of that digest."""
    nonce = os.urandom(_NONCE)
    text = count.to_bytes(8) + digest
    return nonce + ChaCha20Poly1305(key.key).encrypt(nonce, text, _HEAD + key.id)


def read_head(data: bytes, key: JournalKey) -> tuple[int, bytes] | None:
    """Return count and digest; None where the head is not this journal's, or damaged."""
    try:
        text = ChaCha20Poly1305(key.key).decrypt(data[:_NONCE], data[_NONCE:], _HEAD + key.id)
    except (InvalidTag, ValueError):
        return None
    return int.from_bytes(text[:8]), text[8:]


def _record_at(data: bytes, start: int, name: bytes, box: ChaCha20Poly1305) -> Record | None:
    at = start + len(MARK)
    if data[start:at] != MARK:
        return None
    body = at + _LENGTH
    end = body + int.from_bytes(data[at:body])
    before, nonce = data[body : body + _DIGEST], data[body + _DIGEST : body + _DIGEST + _NONCE]
    if end > len(data) or end - body < _DIGEST + _NONCE + _TAG:
        return None
    try:
        text = box.decrypt(nonce, data[body + _DIGEST + _NONCE : end], name + before)
    except InvalidTag:
        return None
    return Record(text, digest_of(data[start:end]), before, start, end)


def _next_record(data: bytes, start: int, name: bytes, box: ChaCha20Poly1305) -> int:
    for position in _marks(data, start):
        if _record_at(data, position, name, box) is not None:
            return position
    return len(data)


def _marks(data: bytes, start: int) -> Iterator[int]:
    position = data.find(MARK, start)
    while position >= 0:
        yield position
        position = data.find(MARK, position + 1)


def _unanchored(record: Record) -> Record:
    return Record(record.text, record.digest, record.before, record.start, record.end, False)
