"""Other copies of one journal in its folder: older, longer, or gone another way."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from core.review.records import JournalKey, Reading, Record, read_records
from core.storage import read_file


@dataclass(frozen=True, slots=True)
class Fork:
    """A journal that shares `common` records with this one and then differs."""

    records: tuple[Record, ...]
    common: int


@dataclass(frozen=True, slots=True)
class Copies:
    """What the copies add: the records by which the longest goes on, and the forks."""

    longer: tuple[bytes, ...]
    forks: tuple[Fork, ...]


def compare_copies(folder: Path, path: Path, key: JournalKey, own: Reading) -> Copies:
    """Compare every other file in `folder` that bears this journal's header with the journal."""
    longer: tuple[bytes, ...] = ()
    forks: list[Fork] = []
    for data in _copies(folder, path, key):
        copy = read_records(data, key)
        common = _common(own, copy)
        rest = copy.records[common:]
        if rest and common == len(own.records):
            parts = tuple(data[record.start : record.end] for record in rest)
            longer = max(longer, parts, key=len)
        elif rest:
            forks.append(Fork(copy.records, common))
    return Copies(longer, tuple(forks))


def copies_of(folder: Path, path: Path, key: JournalKey) -> tuple[Path, ...]:
    """Return the other files in `folder` that bear this journal's header."""
    return tuple(
        other
        for other in sorted(folder.glob("*.log"))
        if other != path and read_file(other).startswith(key.header)
    )


def _copies(folder: Path, path: Path, key: JournalKey) -> Iterator[bytes]:
    for other in copies_of(folder, path, key):
        yield read_file(other)


def _common(own: Reading, copy: Reading) -> int:
    pairs = zip(own.digests, copy.digests, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
