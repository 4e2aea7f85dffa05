"""A drive that fails to flush a folder, then a loss of power: no key is ever removed too soon."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core import storage
from core.errors import NotFlushedError, WriteFailedError
from core.extract.opening import Extract
from core.review.backup import export_vault, restore_vault
from core.review.findings import FindingKind
from core.review.kept import keep, open_kept
from core.review.rotation import rotate
from core.review.vault import Vault, create, unlock, unlock_with_recovery
from tests.core.made_vault import FAST, NOW, PASSPHRASE, TRUST, kinds, notes, write

REAL = os.fsync
FLUSHES = 10
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows flushes no folder")


class Drive:
    """A drive whose folders are flushed `good` times; it remembers the names as last flushed."""

    def __init__(self, root: Path, good: int, number: int) -> None:
        self.left, self._number = good, number
        self._held = {folder: contents(folder) for folder in (root, *folders(root))}

    def fsync(self, descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            if self.left <= 0:
                raise OSError(self._number, os.strerror(self._number))
            self.left -= 1
            for folder in self._held:
                if os.path.samestat(os.fstat(descriptor), folder.stat()):
                    self._held[folder] = contents(folder)
        REAL(descriptor)

    def lose_power(self, only: tuple[str, ...] = ()) -> None:
        """Let every name, or those names `only`, stand as they were last flushed."""
        for folder, held in self._held.items():
            for name in set(held) | set(contents(folder)):
                if only and name not in only:
                    continue
                if name in held:
                    (folder / name).write_bytes(held[name])
                else:
                    (folder / name).unlink()


def folders(root: Path) -> list[Path]:
    return [path for path in root.iterdir() if path.is_dir()]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@contextmanager
def failing(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr("core.storage.os.fsync", drive.fsync)
        yield


@pytest.mark.parametrize("only", [(), ("identity.age", "recovery.age")])
@pytest.mark.parametrize("good", range(FLUSHES + 1))
def test_a_rotation_on_a_failing_drive_loses_nothing(
    made: tuple[Vault, str],
    extract: Extract,
    good: int,
    only: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vault, _ = made
    name = keep(vault, extract, NOW)
    write(vault, "old")
    vault.journal.write_head()
    drive = Drive(vault.folder, good, errno.EIO)
    with failing(drive, monkeypatch):
        try:
            rotated, _ = rotate(vault, PASSPHRASE, NOW, work_factor=FAST)
            assert (FindingKind.EARLIER_KEYS in kinds(rotated)) == (good < FLUSHES)
        except NotFlushedError:
            assert good < 3
    assert vault.held is not None
    vault.held.release()
    drive.lose_power(only)
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert notes(opened) == {"old"}
    assert open_kept(opened, name, TRUST).archive == extract.archive
    opened.lock()


def test_where_no_folder_can_be_flushed_the_earlier_keys_stay_and_it_is_told(
    made: tuple[Vault, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = made
    write(vault, "old")
    with failing(Drive(vault.folder, 0, errno.EINVAL), monkeypatch):
        rotated, secret = rotate(vault, PASSPHRASE, NOW, work_factor=FAST)
        assert kinds(rotated) == {FindingKind.EARLIER_KEYS}
        write(rotated, "new")
        rotated.lock()
        again = unlock(vault.folder, PASSPHRASE, NOW)
        assert FindingKind.EARLIER_KEYS in kinds(again)
        again.lock()
    assert list(vault.folder.glob(f"*{vault.keys.journal.id.hex()}.log"))
    opened = unlock_with_recovery(vault.folder, secret, NOW)
    assert (notes(opened), opened.findings) == ({"old", "new"}, ())
    assert not list(vault.folder.glob(f"*{vault.keys.journal.id.hex()}*"))
    opened.lock()


def test_once_the_keys_are_replaced_nothing_is_written_under_the_earlier_ones(
    made: tuple[Vault, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = made
    replace = storage.replace_file

    def full(path: Path, data: bytes) -> None:
        if path.name == "recovery.age":
            raise WriteFailedError("FICTIONAL: no room.")
        replace(path, data)

    with monkeypatch.context() as patched:
        patched.setattr("core.review.vault.replace_file", full)
        with pytest.raises(WriteFailedError):
            rotate(vault, PASSPHRASE, NOW, work_factor=FAST)
    assert vault.journal.read_only
    vault.lock()


def test_a_new_vault_that_the_drive_does_not_confirm_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "vault"
    (folder / "extracts").mkdir(parents=True)
    for good in range(5):
        with failing(Drive(folder, good, errno.EIO), monkeypatch), pytest.raises(NotFlushedError):
            create(folder, "FICTIONAL", "FICT001", PASSPHRASE, NOW, work_factor=FAST)
        assert not (folder / "identity.age").exists()
        assert not (folder / "recovery.age").exists()
    made, _ = create(folder, "FICTIONAL", "FICT001", PASSPHRASE, NOW, work_factor=FAST)
    made.lock()


def test_a_backup_is_put_back_whole_and_the_failure_is_told(
    made: tuple[Vault, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = made
    write(vault, "old")
    backup, folder = export_vault(vault), tmp_path / "restored"
    (folder / "extracts").mkdir(parents=True)
    (folder / "links").mkdir()
    with failing(Drive(folder, 0, errno.EIO), monkeypatch), pytest.raises(NotFlushedError):
        restore_vault(backup, folder)
    opened = unlock(folder, PASSPHRASE, NOW)
    assert notes(opened) == {"old"}
    opened.lock()
