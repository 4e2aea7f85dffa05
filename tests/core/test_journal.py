"""A journal tells of every cut, flip, loss and copy, and loses nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import (
    JournalChangedError,
    MissingJournalError,
    ReadOnlyVaultError,
    WriteFailedError,
)
from core.review.findings import FindingKind
from core.review.journal import HEAD_EVERY, Journal, head_path, journal_path
from core.review.records import START, JournalKey, head_bytes, journal_bytes, read_records
from tests.core.made_vault import NOW, note

KEY = JournalKey(bytes(range(16)), bytes(range(32)))


def begun(folder: Path, *texts: str) -> Journal:
    """Return a journal of notes, its head as it was at the beginning."""
    journal_path(folder, KEY).write_bytes(KEY.header)
    head_path(folder, KEY).write_bytes(head_bytes(0, START, KEY))
    return add(opened(folder), *texts)


def opened(folder: Path, *, writable: bool = True) -> Journal:
    return Journal(folder, KEY, writable=writable)


def add(journal: Journal, *texts: str) -> Journal:
    for text in texts:
        journal.append(note(text), NOW)
    return journal


def texts_of(journal: Journal) -> list[str]:
    return [entry.event.text for entry in journal.entries if hasattr(entry.event, "text")]


def kinds(journal: Journal) -> list[FindingKind]:
    return [finding.kind for finding in journal.findings]


def test_it_goes_on_where_it_ended(tmp_path: Path) -> None:
    add(begun(tmp_path, "a", "b")).close()
    again = add(opened(tmp_path), "c")
    again.close()
    assert texts_of(opened(tmp_path)) == ["a", "b", "c"]
    assert opened(tmp_path).findings == ()


def test_a_torn_end_is_set_aside_and_the_journal_goes_on(tmp_path: Path) -> None:
    begun(tmp_path, "a", "b")
    path = journal_path(tmp_path, KEY)
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])
    assert kinds(opened(tmp_path, writable=False)) == [FindingKind.DAMAGED]
    assert path.read_bytes() == whole[:-5]
    journal = opened(tmp_path)
    assert kinds(journal) == [FindingKind.DAMAGED]
    (aside,) = tmp_path.glob("*.torn")
    assert path.read_bytes() + aside.read_bytes() == whole[:-5]
    add(journal, "c")
    later = opened(tmp_path)
    assert (texts_of(later), later.findings, later.unanchored) == (["a", "c"], (), frozenset())


@pytest.mark.parametrize("left", [0, 1, 35])
def test_a_journal_cut_to_almost_nothing_is_told_and_goes_on(tmp_path: Path, left: int) -> None:
    begun(tmp_path, "a", "b").close()
    path = journal_path(tmp_path, KEY)
    path.write_bytes(path.read_bytes()[:left])
    assert set(kinds(opened(tmp_path))) == {FindingKind.DAMAGED, FindingKind.FEWER}
    add(opened(tmp_path), "c").close()
    assert (texts_of(opened(tmp_path)), opened(tmp_path).findings) == (["c"], ())


def test_a_damaged_record_stays_and_those_after_it_are_shown_as_unanchored(tmp_path: Path) -> None:
    journal = begun(tmp_path, "a", "b", "c")
    path = journal_path(tmp_path, KEY)
    data = bytearray(path.read_bytes())
    data[read_records(bytes(data), KEY).records[1].end - 1] ^= 1
    path.write_bytes(data)
    journal = opened(tmp_path)
    assert texts_of(journal) == ["a", "c"]
    assert kinds(journal) == [FindingKind.DAMAGED]
    assert journal.unanchored == {journal.entries[1].id}
    assert path.read_bytes() == data


def test_fewer_records_than_the_head_are_told(tmp_path: Path) -> None:
    begun(tmp_path, "a", "b").close()
    path = journal_path(tmp_path, KEY)
    data = path.read_bytes()
    path.write_bytes(data[: read_records(data, KEY).records[0].end])
    (finding,) = opened(tmp_path).findings
    assert finding.kind == FindingKind.FEWER
    assert "held 2 records" in finding.words
    assert "now holds 1" in finding.words


def test_the_head_follows_every_so_many_records(tmp_path: Path) -> None:
    begun(tmp_path, *map(str, range(HEAD_EVERY)))
    path = journal_path(tmp_path, KEY)
    data = path.read_bytes()
    path.write_bytes(data[: read_records(data, KEY).records[-2].end])
    assert kinds(opened(tmp_path)) == [FindingKind.FEWER]


def test_a_head_of_another_journal_or_none_is_told(tmp_path: Path) -> None:
    begun(tmp_path, "a", "b").close()
    head = head_path(tmp_path, KEY)
    head.write_bytes(head_bytes(2, bytes([1]) * 32, KEY))
    assert kinds(opened(tmp_path)) == [FindingKind.OTHER_HEAD]
    head.write_bytes(head.read_bytes()[:-1])
    assert kinds(opened(tmp_path)) == [FindingKind.NO_HEAD]
    head.write_bytes(b"")
    assert kinds(opened(tmp_path)) == [FindingKind.NO_HEAD]
    head.unlink()
    assert kinds(opened(tmp_path)) == [FindingKind.NO_HEAD]


def test_a_missing_journal_is_told_and_begun_only_when_asked(tmp_path: Path) -> None:
    begun(tmp_path, "a").close()
    journal_path(tmp_path, KEY).unlink()
    journal = opened(tmp_path)
    assert kinds(journal) == [FindingKind.MISSING]
    with pytest.raises(MissingJournalError):
        add(journal, "b")
    journal.close()
    assert not journal_path(tmp_path, KEY).exists()
    with pytest.raises(ReadOnlyVaultError):
        opened(tmp_path, writable=False).begin()
    journal = opened(tmp_path)
    journal.begin()
    add(journal, "b").close()
    assert (texts_of(opened(tmp_path)), opened(tmp_path).findings) == (["b"], ())


def copied(folder: Path, data: bytes) -> None:
    folder.joinpath("a copy from elsewhere.log").write_bytes(data)


def test_an_older_copy_is_a_beginning_and_says_nothing(tmp_path: Path) -> None:
    journal = begun(tmp_path, "a")
    copied(tmp_path, journal_path(tmp_path, KEY).read_bytes())
    add(journal, "b").close()
    assert (texts_of(opened(tmp_path)), opened(tmp_path).findings) == (["a", "b"], ())


def test_a_restored_older_journal_is_extended_by_the_longer_copy(tmp_path: Path) -> None:
    journal = begun(tmp_path, "a")
    older = journal_path(tmp_path, KEY).read_bytes()
    add(journal, "b", "c").close()
    copied(tmp_path, journal_path(tmp_path, KEY).read_bytes())
    journal_path(tmp_path, KEY).write_bytes(older)
    assert texts_of(opened(tmp_path, writable=False)) == ["a"]
    journal = opened(tmp_path)
    assert (texts_of(journal), kinds(journal)) == (["a", "b", "c"], [FindingKind.EXTENDED])
    add(journal, "d").close()
    assert (texts_of(opened(tmp_path)), opened(tmp_path).findings) == (["a", "b", "c", "d"], ())


def test_a_fork_is_kept_as_a_second_journal(tmp_path: Path) -> None:
    journal = begun(tmp_path, "a")
    older = journal_path(tmp_path, KEY).read_bytes()
    add(journal, "b").close()
    copied(tmp_path, journal_path(tmp_path, KEY).read_bytes())
    journal_path(tmp_path, KEY).write_bytes(older)
    head_path(tmp_path, KEY).write_bytes(head_bytes(0, START, KEY))
    (tmp_path / "a copy from elsewhere.log").rename(tmp_path / "away")
    add(opened(tmp_path), "x", "y").close()
    (tmp_path / "away").rename(tmp_path / "back.log")
    journal = opened(tmp_path)
    assert texts_of(journal) == ["a", "x", "y"]
    assert kinds(journal) == [FindingKind.FORK]
    assert [[entry.event.text for entry in fork] for fork in journal.forks] == [["a", "b"]]
    assert "the first 1" in journal.findings[0].words


def test_another_writer_is_noticed_before_anything_is_written(tmp_path: Path) -> None:
    first = begun(tmp_path, "a")
    add(opened(tmp_path), "b")
    before = journal_path(tmp_path, KEY).read_bytes()
    with pytest.raises(JournalChangedError):
        add(first, "c")
    assert journal_path(tmp_path, KEY).read_bytes() == before


@pytest.mark.parametrize("written", [0, 1, 40])
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_full_disk_leaves_the_journal_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int, call: str
) -> None:
    journal = begun(tmp_path, "a")
    before = journal_path(tmp_path, KEY).read_bytes()
    write = __import__("os").write
    left = [written]

    def full(descriptor: int, *data: bytes) -> int:
        if not left[0] or not data:
            raise OSError(28, "No space left on device")
        share, left[0] = left[0], 0
        return int(write(descriptor, data[0][:share]))

    with monkeypatch.context() as patch:
        patch.setattr(f"core.storage.os.{call}", full)
        with pytest.raises(WriteFailedError):
            add(journal, "b")
    assert journal_path(tmp_path, KEY).read_bytes() == before
    assert texts_of(add(journal, "b")) == ["a", "b"]
    assert texts_of(opened(tmp_path)) == ["a", "b"]


def test_a_head_that_cannot_be_written_costs_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = begun(tmp_path)

    def full(*_: object) -> None:
        raise WriteFailedError("The file could not be written: no space left on device.")

    monkeypatch.setattr("core.review.journal.replace_file", full)
    add(journal, *map(str, range(HEAD_EVERY + 1)))
    monkeypatch.undo()
    assert len(opened(tmp_path).entries) == HEAD_EVERY + 1


def test_a_clock_that_goes_back_is_told_and_changes_no_order(tmp_path: Path) -> None:
    journal = begun(tmp_path, "a")
    journal.append(note("b"), NOW - timedelta(days=400))
    journal.append(note("c"), NOW)
    journal = opened(tmp_path)
    assert (texts_of(journal), kinds(journal)) == (["a", "b", "c"], [FindingKind.CLOCK])


def test_records_of_a_newer_version_are_kept_and_told(tmp_path: Path) -> None:
    text = b'{"id":"1","at":"2030-01-01T00:00:00Z","event":{"type":"of_a_later_day"}}'
    begun(tmp_path)
    journal_path(tmp_path, KEY).write_bytes(journal_bytes([text], KEY))
    journal = add(opened(tmp_path), "a")
    assert kinds(journal) == [FindingKind.UNKNOWN]
    assert texts_of(journal) == ["a"]
    assert opened(tmp_path).texts[0] == text
