"""A vault goes out as one file, and comes back without taking anything away."""

from pathlib import Path

import pytest

from core.errors import BadBackupError, NoVaultError, VaultExistsError, WriteFailedError
from core.extract.opening import Extract
from core.review.backup import export_vault, restore_vault
from core.review.findings import FindingKind
from core.review.kept import extract_path, keep, open_kept
from core.review.vault import Vault, create, unlock, unlock_with_recovery
from core.storage import replace_file
from tests.core.made_vault import FAST, NOW, PASSPHRASE, TRUST, kinds, notes, write


def test_it_goes_out_and_comes_back_as_one_file(
    made: tuple[Vault, str], extract: Extract, tmp_path: Path
) -> None:
    vault, secret = made
    name = keep(vault, extract, NOW)
    write(vault, "kept")
    backup = export_vault(vault)
    restore_vault(backup, tmp_path / "restored")
    opened = unlock_with_recovery(tmp_path / "restored", secret, NOW)
    assert (notes(opened), opened.findings) == ({"kept"}, ())
    assert open_kept(opened, name, TRUST).archive == extract.archive
    opened.lock()


def test_an_older_backup_over_a_newer_vault_takes_nothing_away(
    made: tuple[Vault, str], extract: Extract
) -> None:
    vault, _ = made
    name = keep(vault, extract, NOW)
    write(vault, "older")
    backup = export_vault(vault)
    write(vault, "newer")
    extract_path(vault.folder, name).unlink()
    with pytest.raises(VaultExistsError):
        restore_vault(backup, vault.folder)
    vault.lock()
    restore_vault(backup, vault.folder)
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert (notes(opened), opened.findings) == ({"older", "newer"}, ())
    assert open_kept(opened, name, TRUST).archive == extract.archive
    opened.lock()


def test_a_newer_backup_extends_an_older_vault(made: tuple[Vault, str], tmp_path: Path) -> None:
    vault, _ = made
    write(vault, "older")
    first = export_vault(vault)
    write(vault, "newer")
    second = export_vault(vault)
    restore_vault(first, tmp_path / "elsewhere")
    restore_vault(second, tmp_path / "elsewhere")
    opened = unlock(tmp_path / "elsewhere", PASSPHRASE, NOW)
    assert notes(opened) == {"older", "newer"}
    assert kinds(opened) == {FindingKind.EXTENDED}
    write(opened, "newest")
    opened.lock()
    opened = unlock(tmp_path / "elsewhere", PASSPHRASE, NOW)
    assert (notes(opened), opened.findings) == ({"older", "newer", "newest"}, ())
    opened.lock()


def test_another_vaults_backup_is_refused(made: tuple[Vault, str], tmp_path: Path) -> None:
    vault, _ = made
    other, _ = create(tmp_path / "b", "FICTIONAL", "9000002", PASSPHRASE, NOW, work_factor=FAST)
    backup = export_vault(other)
    other.lock()
    vault.lock()
    before = {path: path.read_bytes() for path in vault.folder.glob("*") if path.is_file()}
    with pytest.raises(VaultExistsError):
        restore_vault(backup, vault.folder)
    after = {path: path.read_bytes() for path in vault.folder.glob("*") if path.is_file()}
    assert before == after


@pytest.mark.parametrize("damage", [b"", b"no zip", b"PK\x03\x04" + bytes(40)])
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, damage: bytes) -> None:
    with pytest.raises(BadBackupError):
        restore_vault(damage, tmp_path / "v")
    assert not (tmp_path / "v").exists()


def test_a_missing_journal_is_put_back_from_a_backup(made: tuple[Vault, str]) -> None:
    vault, _ = made
    write(vault, "kept")
    backup = export_vault(vault)
    write(vault, "later")
    vault.lock()
    next(vault.folder.glob("*.log")).unlink()
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    opened.lock()
    assert kinds(opened) == {FindingKind.MISSING}
    restore_vault(backup, vault.folder)
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    opened.lock()
    assert (notes(opened), kinds(opened)) == ({"kept"}, {FindingKind.FEWER})


def test_a_restore_that_is_stopped_leaves_no_vault_half_made(
    made: tuple[Vault, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = made
    backup = export_vault(vault)

    def full(path: Path, data: bytes) -> None:
        if path.name == "identity.age":
            raise WriteFailedError("The file could not be written: no space left on device.")
        replace_file(path, data)

    with monkeypatch.context() as patch:
        patch.setattr("core.review.backup.replace_file", full)
        with pytest.raises(WriteFailedError):
            restore_vault(backup, tmp_path / "restored")
    with pytest.raises(NoVaultError):
        unlock(tmp_path / "restored", PASSPHRASE, NOW)
    restore_vault(backup, tmp_path / "restored")
    unlock(tmp_path / "restored", PASSPHRASE, NOW).lock()
