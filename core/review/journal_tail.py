"""A torn end of a journal is kept in a file of its own, and the journal goes on before it."""

from hashlib import sha256
from pathlib import Path

from core.review.records import JournalKey, Reading
from core.storage import cut_file, replace_file


def set_tail_aside(path: Path, data: bytes, reading: Reading, key: JournalKey) -> bytes:
    """Return the journal's bytes without its unreadable end, which stands beside it from now on."""
    start = reading.damaged[-1][0]
    tail = data[start:]
    name = f"{path.stem}.{start}-{sha256(tail).hexdigest()[:8]}.torn"
    replace_file(path.with_name(name), tail)
    if start:
        cut_file(path, start)
        return data[:start]
    replace_file(path, key.header)
    return key.header
