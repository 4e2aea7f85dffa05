"""Rotated keys seal everything anew, and a stop at any step loses nothing."""

import sys
from pathlib import Path

import pyrage
import pytest

from core.errors import ReadOnlyVaultError, VaultLockedOutError
from core.extract.opening import Extract
from core.review import resealing, rotation
from core.review.findings import FindingKind
from core.review.kept import extract_path, keep, open_kept
from core.review.rotation import rotate
from core.review.state import replay
from core.review.vault import Vault, unlock, unlock_with_recovery
from tests.core.made_vault import FAST, NOW, PASSPHRASE, TRUST, kinds, notes, write


def opens(identity: str, path: Path) -> bool:
    """Say whether another age tool opens the file with that identity."""
    try:
        pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError:
        return False
    return True


def test_rotated_keys_seal_everything_anew(made: tuple[Vault, str], extract: Extract) -> None:
    vault, secret = made
    name = keep(vault, extract, NOW)
    write(vault, "old")
    rotated, fresh = rotate(vault, PASSPHRASE, NOW, work_factor=FAST)
    assert notes(rotated) == {"old"}
    assert rotated.findings == ()
    assert open_kept(rotated, name, TRUST).archive == extract.archive
    assert opens(rotated.keys.identity, extract_path(vault.folder, name))
    assert not opens(vault.keys.identity, extract_path(vault.folder, name))
    assert vault.keys.opener in rotated.keys.openers
    assert not list(vault.folder.glob(f"*{vault.keys.journal.id.hex()}*"))
    vault.journal.close()
    with pytest.raises(ReadOnlyVaultError):
        write(vault, "through the older value")
    assert not list(vault.folder.glob(f"*{vault.keys.journal.id.hex()}*"))
    write(rotated, "new")
    rotated.lock()
    with pytest.raises(VaultLockedOutError):
        unlock_with_recovery(vault.folder, secret, NOW)
    opened = unlock_with_recovery(vault.folder, fresh, NOW)
    assert notes(opened) == {"old", "new"}
    opened.lock()


class Stop(BaseException):
    """The machine goes off."""


ROTATION_STEPS = 8


@pytest.mark.parametrize("steps", range(ROTATION_STEPS + 1))
def test_a_rotation_stopped_anywhere_loses_nothing(
    made: tuple[Vault, str], extract: Extract, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = made
    name = keep(vault, extract, NOW)
    write(vault, "old")
    left = [steps]

    def counted(module: object, call: str) -> None:
        original = getattr(module, call)

        def step(*arguments: object, **named: object) -> object:
            if not left[0]:
                raise Stop
            left[0] -= 1
            return original(*arguments, **named)

        monkeypatch.setattr(module, call, step)

    counted(resealing, "replace_file")
    counted(resealing, "remove_file")
    counted(sys.modules["core.review.vault"], "replace_file")
    stopped = False
    try:
        rotation.rotate(vault, PASSPHRASE, NOW, work_factor=FAST)
    except Stop:
        stopped = True
    assert stopped == (steps < ROTATION_STEPS)
    monkeypatch.undo()
    assert vault.held is not None
    vault.held.release()
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert notes(opened) == {"old"}
    assert open_kept(opened, name, TRUST).archive == extract.archive
    assert kinds(opened) <= {FindingKind.RECOVERY}
    if opened.keys.identity != vault.keys.identity:
        assert not opens(vault.keys.identity, extract_path(vault.folder, name))
        assert not list(vault.folder.glob(f"*{vault.keys.journal.id.hex()}*"))
    again, secret = rotate(opened, PASSPHRASE, NOW, work_factor=FAST)
    again.lock()
    last = unlock_with_recovery(vault.folder, secret, NOW)
    assert (notes(last), last.findings) == ({"old"}, ())
    last.lock()


def test_a_fork_and_an_older_copy_go_along(made: tuple[Vault, str]) -> None:
    vault, _ = made
    write(vault, "shared")
    log = next(vault.folder.glob("*.log"))
    shared = log.read_bytes()
    write(vault, "one way")
    one_way = log.read_bytes()
    vault.lock()
    log.write_bytes(shared)
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    write(opened, "another way")
    opened.lock()
    (vault.folder / "older.log").write_bytes(shared)
    (vault.folder / "fork.log").write_bytes(one_way)
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    rotated, _ = rotate(opened, PASSPHRASE, NOW, work_factor=FAST)
    rotated.lock()
    assert kinds(rotated) == {FindingKind.FORK}
    assert "the first 1" in rotated.findings[0].words
    texts = [[entry.event.text for entry in fork] for fork in rotated.journal.forks]
    assert texts == [["shared", "one way"]]
    assert not (vault.folder / "fork.log").exists()


def test_damage_is_written_down_before_the_journal_is_written_anew(
    made: tuple[Vault, str],
) -> None:
    vault, _ = made
    for text in "abc":
        write(vault, text)
    vault.lock()
    log = next(vault.folder.glob("*.log"))
    data = bytearray(log.read_bytes())
    data[120] ^= 1
    log.write_bytes(data)
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    rotated, _ = rotate(opened, PASSPHRASE, NOW, work_factor=FAST)
    rotated.lock()
    assert notes(rotated) == {"b", "c"}
    (told,) = replay(rotated.journal.entries).told
    assert told.kind == FindingKind.DAMAGED.value


def test_an_unreadable_extract_is_left_and_told(made: tuple[Vault, str], extract: Extract) -> None:
    vault, _ = made
    path = extract_path(vault.folder, keep(vault, extract, NOW))
    path.write_bytes(path.read_bytes()[:-1])
    damaged = path.read_bytes()
    rotated, _ = rotate(vault, PASSPHRASE, NOW, work_factor=FAST)
    rotated.lock()
    assert kinds(rotated) == {FindingKind.UNREADABLE}
    assert path.read_bytes() == damaged
