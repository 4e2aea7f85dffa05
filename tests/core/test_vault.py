"""A vault is made, unlocked, locked, kept to one writer and told of what was found."""

import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from core.errors import (
    BadRecoverySecretError,
    DamagedVaultError,
    EmptyPassphraseError,
    NewerVaultError,
    NoVaultError,
    ReadOnlyVaultError,
    VaultExistsError,
    VaultLockedOutError,
    WriteFailedError,
)
from core.review import vault_keys
from core.review.findings import FindingKind
from core.review.kept import erase
from core.review.rotation import rotate
from core.review.vault import (
    Vault,
    change_passphrase,
    create,
    new_recovery,
    unlock,
    unlock_with_recovery,
)
from core.sealing import age
from core.sealing.enrolment import read_enrolment
from core.storage import hold_lock
from tests.core.made_vault import FAST, NOW, PASSPHRASE, kinds, notes, write


def test_it_opens_with_passphrase_and_with_recovery_secret(made: tuple[Vault, str]) -> None:
    vault, secret = made
    write(vault, "kept")
    vault.lock()
    by_passphrase = unlock(vault.folder, PASSPHRASE, NOW)
    by_passphrase.lock()
    by_secret = unlock_with_recovery(vault.folder, secret.lower().replace("-", " "), NOW)
    by_secret.lock()
    for opened in (by_passphrase, by_secret):
        assert opened.keys == vault.keys
        assert notes(opened) == {"kept"}
        assert opened.findings == ()


def test_a_wrong_secret_is_told_apart_from_damage_and_absence(made: tuple[Vault, str]) -> None:
    vault, _ = made
    with pytest.raises(VaultLockedOutError):
        unlock(vault.folder, "another", NOW)
    with pytest.raises(VaultLockedOutError):
        unlock_with_recovery(vault.folder, "0000-" * 7 + "0000", NOW)
    with pytest.raises(BadRecoverySecretError):
        unlock_with_recovery(vault.folder, "0000", NOW)
    with pytest.raises(NoVaultError):
        unlock(vault.folder / "elsewhere", PASSPHRASE, NOW)
    sealed = vault.folder / "identity.age"
    sealed.write_bytes(sealed.read_bytes()[:-1])
    with pytest.raises(DamagedVaultError):
        unlock(vault.folder, PASSPHRASE, NOW)


def test_nothing_is_made_over_a_vault_or_without_a_passphrase(made: tuple[Vault, str]) -> None:
    vault, _ = made
    with pytest.raises(VaultExistsError):
        create(vault.folder, "Another", "9999999", PASSPHRASE, NOW, work_factor=FAST)
    with pytest.raises(EmptyPassphraseError):
        create(vault.folder.with_name("new"), "Another", "9999999", "", NOW, work_factor=FAST)
    assert not (vault.folder.with_name("new") / "identity.age").exists()


def test_a_vault_of_a_newer_version_is_told_and_untouched(made: tuple[Vault, str]) -> None:
    vault, _ = made
    text = vault_keys.msgspec.json.encode(vault.keys).replace(b"vault/1", b"vault/2")
    sealed = age.encrypt(text, [age.Passphrase(PASSPHRASE)], work_factor=FAST)
    (vault.folder / "identity.age").write_bytes(sealed)
    with pytest.raises(NewerVaultError):
        unlock(vault.folder, PASSPHRASE, NOW)
    assert (vault.folder / "identity.age").read_bytes() == sealed


def test_another_age_tool_opens_both_wrappings(made: tuple[Vault, str]) -> None:
    vault, secret = made
    for name, words in (("identity.age", PASSPHRASE), ("recovery.age", secret)):
        text = pyrage.passphrase.decrypt((vault.folder / name).read_bytes(), words)
        assert vault.keys.identity.encode() in text


def test_a_changed_passphrase_rewraps_the_same_keys(made: tuple[Vault, str]) -> None:
    vault, secret = made
    write(vault, "before")
    change_passphrase(vault, "new words", work_factor=FAST)
    vault.lock()
    with pytest.raises(VaultLockedOutError):
        unlock(vault.folder, PASSPHRASE, NOW)
    opened = unlock(vault.folder, "new words", NOW)
    opened.lock()
    assert (opened.keys, notes(opened), opened.findings) == (vault.keys, {"before"}, ())
    unlock_with_recovery(vault.folder, secret, NOW).lock()


def test_a_new_recovery_secret_ends_the_printed_one(made: tuple[Vault, str]) -> None:
    vault, secret = made
    printed = (vault.folder / "recovery.age").read_bytes()
    renewed, fresh = new_recovery(vault, PASSPHRASE, work_factor=FAST)
    renewed.lock()
    with pytest.raises(VaultLockedOutError):
        unlock_with_recovery(vault.folder, secret, NOW)
    unlock_with_recovery(vault.folder, fresh, NOW).lock()
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert opened.findings == ()
    opened.lock()
    (vault.folder / "recovery.age").write_bytes(printed)
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert kinds(opened) == {FindingKind.RECOVERY}
    opened.lock()
    (vault.folder / "recovery.age").unlink()
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert kinds(opened) == {FindingKind.RECOVERY}
    opened.lock()


def test_enrolment_names_the_vaults_keys(made: tuple[Vault, str]) -> None:
    vault, _ = made
    enrolment = read_enrolment(vault.enrolment())
    assert enrolment.gmc == vault.keys.gmc
    assert enrolment.recipient == str(vault.keys.opener.recipient)
    assert enrolment.certificate_pem == vault.keys.signer.certificate_pem


def test_the_second_opens_read_only_and_says_so(made: tuple[Vault, str]) -> None:
    vault, _ = made
    write(vault, "first")
    second = unlock(vault.folder, PASSPHRASE, NOW)
    assert second.read_only
    assert kinds(second) == {FindingKind.READ_ONLY}
    assert notes(second) == {"first"}
    for attempt in (
        lambda: write(second, "x"),
        lambda: change_passphrase(second, "x", work_factor=FAST),
        lambda: rotate(second, PASSPHRASE, NOW, work_factor=FAST),
        lambda: erase(second, "0" * 64, NOW),
    ):
        with pytest.raises(ReadOnlyVaultError):
            attempt()
    second.lock()
    write(vault, "still the writer")
    vault.lock()
    third = unlock(vault.folder, PASSPHRASE, NOW)
    third.lock()
    assert not third.read_only


HOLDER = """
import sys
from pathlib import Path
from core.storage import hold_lock
held = hold_lock(Path(sys.argv[1]))
assert held
print("held", flush=True)
sys.stdin.read()
"""


def test_another_process_holds_it_until_it_dies(made: tuple[Vault, str]) -> None:
    vault, _ = made
    vault.lock()
    command = [sys.executable, "-c", HOLDER, str(vault.folder / "vault.lock")]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        meanwhile = unlock(vault.folder, PASSPHRASE, NOW)
        meanwhile.lock()
        other.kill()
    after = unlock(vault.folder, PASSPHRASE, NOW)
    after.lock()
    assert (meanwhile.read_only, after.read_only) == (True, False)


def test_a_read_only_folder_opens_for_reading(
    made: tuple[Vault, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = made
    write(vault, "kept")
    vault.lock()
    monkeypatch.setattr("core.review.vault.hold_lock", lambda path: None)
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert opened.read_only
    assert notes(opened) == {"kept"}
    opened.lock()


def test_a_disk_that_is_full_at_unlocking_stops_nobody_from_reading(
    made: tuple[Vault, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = made
    for text in "abc":
        write(vault, text)
    vault.lock()
    (log,) = vault.folder.glob("*.log")
    log.write_bytes(log.read_bytes()[:-3])

    def full(*_: object) -> None:
        raise WriteFailedError("The file could not be written: no space left on device.")

    monkeypatch.setattr("core.review.journal.append_file", full)
    monkeypatch.setattr("core.review.journal_tail.replace_file", full)
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert notes(opened) == {"a", "b"}
    with pytest.raises(WriteFailedError):
        write(opened, "d")
    monkeypatch.undo()
    write(opened, "d")
    opened.lock()
    later = unlock(vault.folder, PASSPHRASE, NOW)
    later.lock()
    assert notes(later) == {"a", "b", "d"}
    assert later.journal.unanchored == frozenset()


def test_a_locked_vault_takes_nothing_more(made: tuple[Vault, str]) -> None:
    vault, _ = made
    vault.lock()
    with pytest.raises(ReadOnlyVaultError):
        write(vault, "late")
    vault.lock()


def test_a_folder_that_allows_no_lock_is_not_written_to(tmp_path: Path) -> None:
    assert hold_lock(tmp_path / "no such folder" / "vault.lock") is None
