"""A vault is made, unlocked, locked, kept to one writer, rotated, exported and restored."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyrage
import pytest

from core.errors import (
    BadBackupError,
    BadRecoverySecretError,
    DamagedVaultError,
    EmptyPassphraseError,
    NewerVaultError,
    NotKeptError,
    NoVaultError,
    OtherSurgeonError,
    ReadOnlyVaultError,
    VaultExistsError,
    VaultLockedOutError,
    WriteFailedError,
)
from core.extract.opening import Extract, open_extract
from core.review import resealing, rotation, vault_keys
from core.review.backup import export_vault, restore_vault
from core.review.events import FindingTold
from core.review.findings import FindingKind
from core.review.kept import Keeping, erase, extract_path, keep, kept_extracts, open_kept
from core.review.notes import NoteWritten, OnOutcome
from core.review.rotation import rotate
from core.review.state import replay
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
from core.sealing.trust import TrustStore, parse_trust_entry

VECTORS = Path(__file__).parents[1] / "vectors" / "extract"
TRUST = TrustStore((parse_trust_entry((VECTORS / "vectors.trust.json").read_bytes()),))
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PASSPHRASE = "FICTIONAL words of a vault"
FAST = 2


@pytest.fixture(scope="module")
def extract() -> Extract:
    sealed = (VECTORS / "verified.vec").read_bytes().split(b"\n\n", 1)[1]
    return open_extract(sealed, [age.Passphrase("FICTIONAL passphrase")], TRUST)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def made(folder: Path, extract: Extract) -> Iterator[tuple[Vault, str]]:
    gmc = extract.manifest.surgeon.gmc
    vault, secret = create(folder, "FICTIONAL Surgeon", gmc, PASSPHRASE, NOW, work_factor=FAST)
    yield vault, secret
    vault.lock()


def write(vault: Vault, text: str) -> None:
    event = NoteWritten(note=text, extract="0" * 64, anchor=OnOutcome("death"), text=text)
    vault.append(event, NOW)


def notes(vault: Vault) -> set[str]:
    return {note.text for note in replay(vault.journal.entries).notes.values()}


def kinds(vault: Vault) -> set[FindingKind]:
    return {finding.kind for finding in vault.findings}


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
    renewed, fresh = new_recovery(vault, PASSPHRASE, work_factor=FAST)
    renewed.lock()
    with pytest.raises(VaultLockedOutError):
        unlock_with_recovery(vault.folder, secret, NOW)
    unlock_with_recovery(vault.folder, fresh, NOW).lock()
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert opened.findings == ()
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


def test_an_extract_is_kept_with_its_exact_bytes_and_checked_again(
    made: tuple[Vault, str], extract: Extract
) -> None:
    vault, _ = made
    name = keep(vault, extract, NOW)
    assert keep(vault, extract, NOW) == name
    assert len(vault.journal.entries) == 1
    opened = open_kept(vault, name, TRUST)
    assert opened.archive == extract.archive
    assert opened.verdict == extract.verdict
    assert open_kept(vault, name, TrustStore()).verdict != extract.verdict
    sealed = extract_path(vault.folder, name).read_bytes()
    identity = pyrage.x25519.Identity.from_str(vault.keys.identity)
    assert pyrage.decrypt(sealed, [identity]) == extract.archive


def test_an_exchanged_extract_is_refused(made: tuple[Vault, str], extract: Extract) -> None:
    vault, _ = made
    path = extract_path(vault.folder, keep(vault, extract, NOW))
    path.rename(extract_path(vault.folder, "0" * 64))
    with pytest.raises(DamagedVaultError):
        open_kept(vault, "0" * 64, TRUST)
    with pytest.raises(NotKeptError):
        open_kept(vault, path.stem, TRUST)


def test_extracts_are_listed_with_their_state(made: tuple[Vault, str], extract: Extract) -> None:
    vault, _ = made
    name = keep(vault, extract, NOW)

    def listed() -> tuple[object, ...]:
        (found,) = kept_extracts(vault.folder, replay(vault.journal.entries), date(2026, 11, 22))
        assert found.manifest == extract.manifest
        return found.id, found.verification, found.keeping, found.newest

    state = extract.verdict.state.value
    assert listed() == (name, state, Keeping.HELD, True)
    erase(vault, name, NOW)
    assert listed() == (name, state, Keeping.ERASED, True)
    assert not extract_path(vault.folder, name).exists()
    with pytest.raises(NotKeptError):
        erase(vault, name, NOW)
    keep(vault, extract, NOW)
    assert listed() == (name, state, Keeping.HELD, True)
    extract_path(vault.folder, name).unlink()
    assert listed() == (name, state, Keeping.ABSENT, True)


def test_another_surgeons_extract_stops_with_both_numbers_outside_the_message(
    folder: Path, extract: Extract
) -> None:
    vault, _ = create(folder, "FICTIONAL Other", "9000001", PASSPHRASE, NOW, work_factor=FAST)
    with pytest.raises(OtherSurgeonError) as caught:
        keep(vault, extract, NOW)
    theirs = extract.manifest.surgeon.gmc
    assert "9000001" in caught.value.words
    assert theirs in caught.value.words
    assert "9000001" not in str(caught.value) + repr(caught.value)
    assert theirs not in str(caught.value) + repr(caught.value)
    assert list((folder / "extracts").iterdir()) == []
    vault.lock()


def test_rotated_keys_seal_everything_anew(made: tuple[Vault, str], extract: Extract) -> None:
    vault, secret = made
    name = keep(vault, extract, NOW)
    write(vault, "old")
    rotated, fresh = rotate(vault, PASSPHRASE, NOW, work_factor=FAST)
    assert notes(rotated) == {"old"}
    assert rotated.findings == ()
    assert open_kept(rotated, name, TRUST).archive == extract.archive
    old = pyrage.x25519.Identity.from_str(vault.keys.identity)
    sealed = extract_path(vault.folder, name).read_bytes()
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [old])
    assert vault.keys.opener in rotated.keys.openers
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
    again, secret = rotate(opened, PASSPHRASE, NOW, work_factor=FAST)
    again.lock()
    last = unlock_with_recovery(vault.folder, secret, NOW)
    assert (notes(last), last.findings) == ({"old"}, ())
    last.lock()


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


def test_a_full_disk_while_keeping_leaves_nothing_half_kept(
    made: tuple[Vault, str], extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = made

    def full(*_: object) -> None:
        raise WriteFailedError("The file could not be written: no space left on device.")

    with monkeypatch.context() as patch:
        patch.setattr("core.review.kept.replace_file", full)
        with pytest.raises(WriteFailedError):
            keep(vault, extract, NOW)
    assert vault.journal.entries == ()
    name = keep(vault, extract, NOW)
    assert open_kept(vault, name, TRUST).archive == extract.archive


def test_what_cannot_be_seen_again_is_written_down(made: tuple[Vault, str]) -> None:
    vault, _ = made
    for text in "abc":
        write(vault, text)
    vault.lock()
    (log,) = vault.folder.glob("*.log")
    log.write_bytes(log.read_bytes()[:200])
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert kinds(opened) == {FindingKind.DAMAGED, FindingKind.FEWER}
    opened.lock()
    later = unlock(vault.folder, PASSPHRASE, NOW)
    assert later.findings == ()
    told = [entry.event for entry in later.journal.entries]
    assert [event.kind for event in told if isinstance(event, FindingTold)] == [
        FindingKind.DAMAGED.value,
        FindingKind.FEWER.value,
    ]
    later.lock()
