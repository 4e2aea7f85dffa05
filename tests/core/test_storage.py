"""Writing whole or not at all: what a failing disk leaves, and what is said of a file not read."""

import errno
import os
import stat
from pathlib import Path

import pytest

from core import storage
from core.errors import NotFlushedError, ReadFailedError, TooLargeError, WriteFailedError
from core.storage import folder_flushed, make_folder, read_file, remove_file, replace_file

REAL = os.fsync


def failing_on(monkeypatch: pytest.MonkeyPatch, number: int, *, folders: bool) -> list[int]:
    """Let fsync fail on folders, or on files, with that reason; return the failures there were."""
    failed: list[int] = []

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) is folders:
            failed.append(number)
            raise OSError(number, os.strerror(number))
        REAL(descriptor)

    monkeypatch.setattr(storage.os, "fsync", fsync)
    return failed


@pytest.mark.skipif(os.name == "nt", reason="Windows flushes no folder")
@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_folder_that_cannot_be_flushed_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"earlier")
    failed = failing_on(monkeypatch, number, folders=True)
    replace_file(path, b"new")
    assert failed == [number]
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.skipif(os.name == "nt", reason="Windows flushes no folder")
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_a_folder_that_the_drive_failed_to_flush_is_told_and_the_new_file_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"earlier")
    failing_on(monkeypatch, number, folders=True)
    with pytest.raises(NotFlushedError, match=r"^The change was made"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["file"]
    with pytest.raises(NotFlushedError):
        remove_file(path)
    with pytest.raises(WriteFailedError) as told:
        make_folder(tmp_path / "a")
    assert told.value.code == "E602"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.skipif(os.name == "nt", reason="Windows flushes no folder")
def test_what_cannot_be_flushed_is_not_taken_as_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder_flushed(tmp_path)
    failing_on(monkeypatch, errno.EINVAL, folders=True)
    assert not folder_flushed(tmp_path)


@pytest.mark.parametrize("name", ["", ".", "/", "..", "folder"])
def test_a_name_that_is_a_folder_or_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "here" / "folder").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(WriteFailedError, match=r"^The file could not be written: "):
        replace_file(Path(name), b"new")
    assert os.listdir() == ["folder"]
    assert os.listdir(tmp_path) == ["here"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_stop_leaves_no_part_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(storage.os, step, stop)
    with pytest.raises(KeyboardInterrupt):
        replace_file(tmp_path / "file", b"new")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_may_never_end_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(ReadFailedError, match=r"^The mapping could not be read: it is no reg"):
            read_file(path, called="The mapping")


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="the system has no such folder")
def test_a_pipe_that_the_process_was_given_is_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"words")
    os.close(writing)
    try:
        assert read_file(Path(f"/dev/fd/{reading}")) == b"words"
    finally:
        os.close(reading)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="every folder can be read")
def test_a_folder_that_may_be_written_and_not_read_is_no_failure(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o300)
    try:
        replace_file(folder / "file", b"new")
        assert (folder / "file").read_bytes() == b"new"
    finally:
        folder.chmod(0o700)


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_a_file_that_cannot_be_flushed_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"earlier")
    failed = failing_on(monkeypatch, number, folders=False)
    with pytest.raises(WriteFailedError):
        replace_file(path, b"new")
    assert failed == [number]
    assert path.read_bytes() == b"earlier"
    assert os.listdir(tmp_path) == ["file"]


def test_a_rename_that_fails_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"earlier")

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(storage.os, "replace", refuse)
    with pytest.raises(WriteFailedError):
        replace_file(path, b"new")
    assert path.read_bytes() == b"earlier"
    assert os.listdir(tmp_path) == ["file"]


def test_what_is_not_read_is_called_by_its_role_and_never_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "Jane Doe (FICTIONAL).csv"
    with pytest.raises(ReadFailedError, match=r"^The table of cases could not be read: no") as told:
        read_file(path, called="The table of cases")
    assert "Jane" not in str(told.value)
    path.write_bytes(bytes(5000))
    with pytest.raises(TooLargeError, match=r"^The mapping is larger than 4 KB\."):
        read_file(path, 4096, "The mapping")
