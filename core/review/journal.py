"""The journal: an append-only file of entries, its head, and what is told of both."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from core.errors import MissingJournalError, ReadOnlyVaultError, WriteFailedError
from core.review import findings as told
from core.review.events import Entry, Event, entry_bytes, new_id, read_entry
from core.review.findings import Finding
from core.review.journal_copies import Fork, compare_copies
from core.review.journal_tail import set_tail_aside
from core.review.records import (
    START,
    JournalKey,
    Reading,
    Record,
    digest_of,
    head_bytes,
    read_head,
    read_records,
    record_bytes,
)
from core.review.state import times_back
from core.storage import append_file, read_file, replace_file

HEAD_EVERY = 20


def journal_path(folder: Path, key: JournalKey) -> Path:
    """Return where the journal of that key stands."""
    return folder / f"journal-{key.id.hex()}.log"


def head_path(folder: Path, key: JournalKey) -> Path:
    """Return where the head of that journal stands."""
    return folder / f"journal-{key.id.hex()}.head"


class Journal:
    """A journal that is open: its entries, what was told of it, and the one way to add to it.

    `forks` are the entries of other journals that share its beginning; `loss` is what was told
    and cannot be seen again once the head is replaced.
    """

    def __init__(self, folder: Path, key: JournalKey, *, writable: bool) -> None:
        self._folder, self._key, self._writable = folder, key, writable
        self._records: list[Record] = []
        self._entries: list[Entry] = []
        self._size, self._digest = 0, START
        self.findings: tuple[Finding, ...] = ()
        self.loss: tuple[Finding, ...] = ()
        self.forks: tuple[tuple[Entry, ...], ...] = ()
        self.missing = not journal_path(folder, key).exists()
        if self.missing:
            self.findings = (told.missing(),)
        else:
            self._read()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be added."""
        return not self._writable or self.missing

    @property
    def entries(self) -> Sequence[Entry]:
        """Every entry that could be read, in order."""
        return tuple(self._entries)

    @property
    def unanchored(self) -> frozenset[str]:
        """The ids of entries that stand after damage."""
        read = (read_entry(record.text) for record in self._records if not record.anchored)
        return frozenset(entry.id for entry in read if entry)

    @property
    def texts(self) -> tuple[bytes, ...]:
        """Every record as it was written, those of other versions too."""
        return tuple(record.text for record in self._records)

    def append(self, event: Event, now: datetime) -> Entry:
        """Write `event` to the disk and return its entry; on any error nothing has changed.

        Raises ReadOnlyVaultError, MissingJournalError, JournalChangedError or WriteFailedError.
        """
        self._check_writable()
        entry = Entry(new_id(), now.astimezone(UTC), event)
        text = entry_bytes(entry)
        data = record_bytes(text, self._digest, self._key)
        append_file(journal_path(self._folder, self._key), data, self._size)
        end = self._size + len(data)
        record = Record(text, digest_of(data), self._digest, self._size, end)
        self._records.append(record)
        self._entries.append(entry)
        self._size, self._digest = end, record.digest
        if len(self._records) % HEAD_EVERY == 0:
            with suppress(WriteFailedError):
                self._write_head()
        return entry

    def begin(self) -> None:
        """Begin an empty journal where there is none; only ever on request."""
        if not self._writable:
            raise ReadOnlyVaultError("The vault is open for reading only.")
        if self.missing:
            replace_file(journal_path(self._folder, self._key), self._key.header)
            self.missing, self._size = False, len(self._key.header)
            self._write_head()

    def write_head(self) -> None:
        """State count and last digest in the head, so that a journal cut short later is told."""
        if not self.read_only:
            self._write_head()

    def close(self) -> None:
        """Write the head and take no more entries."""
        try:
            self.write_head()
        finally:
            self.retire()

    def retire(self) -> None:
        """Take no more entries and leave the files as they are."""
        self._writable = False

    def _check_writable(self) -> None:
        if self.missing:
            raise MissingJournalError("The journal is absent.")
        if not self._writable:
            raise ReadOnlyVaultError("The vault is open for reading only.")

    def _write_head(self) -> None:
        data = head_bytes(len(self._records), self._digest, self._key)
        replace_file(head_path(self._folder, self._key), data)

    def _read(self) -> None:
        path = journal_path(self._folder, self._key)
        data = read_file(path)
        reading = read_records(data, self._key)
        copies = compare_copies(self._folder, path, self._key, reading)
        torn = bool(reading.damaged) and reading.damaged[-1][1] == len(data)
        aside, taken = False, 0
        if torn and self._writable:
            with suppress(WriteFailedError):
                data, aside = set_tail_aside(path, data, reading, self._key), True
        self._take(reading, len(data))
        if self._writable and copies.longer:
            with suppress(WriteFailedError):
                taken = self._extend(copies.longer)
        self.forks = tuple(_entries(found.records) for found in copies.forks)
        self.findings = self._findings(reading, copies.forks, aside, taken)

    def _take(self, reading: Reading, size: int) -> None:
        self._records = list(reading.records)
        self._entries = list(_entries(reading.records))
        self._size = size
        self._digest = reading.records[-1].digest if reading.records else START

    def _extend(self, longer: tuple[bytes, ...]) -> int:
        path = journal_path(self._folder, self._key)
        append_file(path, b"".join(longer), self._size)
        reading = read_records(read_file(path), self._key)
        self._take(reading, self._size + sum(map(len, longer)))
        return len(longer)

    def _findings(
        self, reading: Reading, forks: Sequence[Fork], aside: bool, taken: int
    ) -> tuple[Finding, ...]:
        found: list[Finding] = []
        unanchored = sum(not record.anchored for record in reading.records)
        if reading.damaged:
            found.append(told.damaged(len(reading.damaged), unanchored, aside))
        head = self._head_findings()
        self.loss = (*found, *head) if aside else head
        found += head
        if taken:
            found.append(told.extended(taken))
        found += [told.fork(len(fork.records), fork.common) for fork in forks]
        if strange := len(self._records) - len(self._entries):
            found.append(told.unknown(strange))
        if back := times_back(self._entries):
            found.append(told.clock_went_back(back))
        return tuple(found)

    def _head_findings(self) -> tuple[Finding, ...]:
        path = head_path(self._folder, self._key)
        head = read_head(read_file(path), self._key) if path.exists() else None
        if head is None:
            return (told.no_head(),)
        count, digest = head
        if digest == START or any(record.digest == digest for record in self._records):
            return ()
        held = len(self._records)
        return (told.fewer(held, count) if held < count else told.other_head(),)


def _entries(records: Sequence[Record]) -> tuple[Entry, ...]:
    return tuple(entry for record in records if (entry := read_entry(record.text)))
