"""A link from cases to patients: sealed, found again, taken along, erased, never in clear."""

import io
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest

from core.errors import (
    DamagedVaultError,
    NotKeptError,
    ReadOnlyVaultError,
    WriteFailedError,
    WrongKeyError,
)
from core.extract.opening import Extract
from core.review import links, resealing, rotation
from core.review.backup import export_vault, restore_vault
from core.review.events import LinkKept, LinkRemoved, entry_bytes
from core.review.kept import erase, keep, kept_extracts, unlisted
from core.review.links import erase_link, find_patient, has_link, keep_link, link_path
from core.review.notes import NoteWritten, OnOutcome
from core.review.rotation import rotate
from core.review.state import replay
from core.review.vault import Vault, create, unlock, unlock_with_recovery
from core.sealing.age import encrypt
from tests.core.made_vault import FAST, NOW, PASSPHRASE

NHS, HOSPITAL = "CANARY-9434765919", "CANARY-RXX00017"
HEADINGS = ("row", "NHS number", "hospital number")
TABLE = (
    "case_id,row,NHS number,hospital number\r\n"
    f'C1,2,{NHS},"{HOSPITAL}, old\nand new\u2028"\r\n'
    f"C10,3,,{HOSPITAL}\r\n"
).encode()
FIRST = tuple(zip(HEADINGS, ("2", NHS, f"{HOSPITAL}, old\nand new\u2028"), strict=True))
ROTATION_STEPS = 10


@pytest.fixture
def linked(made: tuple[Vault, str], extract: Extract) -> tuple[Vault, str]:
    """Return a vault with one extract and its link, and the extract's id."""
    vault, _ = made
    name = keep(vault, extract, NOW)
    keep_link(vault, name, TABLE, NOW)
    return vault, name


def opens(identity: str, path: Path) -> bool:
    """Say whether another age tool opens the file with that identity."""
    try:
        pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError:
        return False
    return True


def test_a_case_leads_to_its_patient_and_to_no_other(linked: tuple[Vault, str]) -> None:
    vault, name = linked
    assert find_patient(vault, name, "C1") == FIRST
    assert find_patient(vault, name, "C10") == tuple(
        zip(HEADINGS, ("3", "", HOSPITAL), strict=True)
    )
    assert find_patient(vault, name, "C") == ()
    keep_link(vault, name, b"case_id,row\r\nC1,7\r\n", NOW)
    assert find_patient(vault, name, "C1") == (("row", "7"),)


def test_it_is_kept_for_a_kept_extract_alone(made: tuple[Vault, str]) -> None:
    vault, _ = made
    with pytest.raises(NotKeptError):
        keep_link(vault, "0" * 64, TABLE, NOW)
    assert not has_link(vault, "0" * 64)
    with pytest.raises(NotKeptError):
        find_patient(vault, "0" * 64, "C1")


def test_it_is_taken_for_no_extract(linked: tuple[Vault, str], extract: Extract) -> None:
    vault, name = linked
    link_path(vault.folder, name).rename(link_path(vault.folder, "0" * 64))
    state = replay(vault.journal.entries)
    assert unlisted(vault.folder, state) == ()
    assert [one.id for one in kept_extracts(vault.folder, state, NOW.date())] == [name]
    with pytest.raises(DamagedVaultError):
        find_patient(vault, "0" * 64, "C1")


def test_one_that_another_sealed_to_the_vault_is_refused(linked: tuple[Vault, str]) -> None:
    vault, name = linked
    forged = encrypt(b"\0" * 32 + TABLE, [vault.keys.opener.recipient])
    link_path(vault.folder, name).write_bytes(forged)
    with pytest.raises(DamagedVaultError):
        find_patient(vault, name, "C1")


def test_another_vault_does_not_open_it(linked: tuple[Vault, str], tmp_path: Path) -> None:
    vault, name = linked
    folder = tmp_path / "another"
    other, _ = create(folder, "FICTIONAL Other", "9000001", PASSPHRASE, NOW, work_factor=FAST)
    (folder / "links").mkdir()
    link_path(folder, name).write_bytes(link_path(vault.folder, name).read_bytes())
    with pytest.raises(WrongKeyError):
        find_patient(other, name, "C1")
    other.lock()


def test_rotated_keys_seal_it_anew(linked: tuple[Vault, str]) -> None:
    vault, name = linked
    once, _ = rotate(vault, PASSPHRASE, NOW, work_factor=FAST)
    twice, _ = rotate(once, PASSPHRASE, NOW, work_factor=FAST)
    assert find_patient(twice, name, "C1") == FIRST
    path = link_path(vault.folder, name)
    assert opens(twice.keys.identity, path)
    assert not opens(once.keys.identity, path)
    assert not opens(vault.keys.identity, path)
    twice.lock()


@pytest.mark.parametrize("steps", range(ROTATION_STEPS + 1))
def test_a_rotation_stopped_anywhere_loses_no_link(
    linked: tuple[Vault, str], steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, name = linked
    left = [steps]

    class Stop(BaseException):
        pass

    def counted(call: str) -> None:
        original = getattr(resealing, call)

        def step(*arguments: object) -> object:
            if not left[0]:
                raise Stop
            left[0] -= 1
            return original(*arguments)

        monkeypatch.setattr(resealing, call, step)

    counted("replace_file")
    counted("remove_file")
    with suppress(Stop):
        rotation.rotate(vault, PASSPHRASE, NOW, work_factor=FAST)
    monkeypatch.undo()
    assert vault.held is not None
    vault.held.release()
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    assert find_patient(opened, name, "C1") == FIRST
    if opened.keys.identity != vault.keys.identity:
        assert not opens(vault.keys.identity, link_path(vault.folder, name))
    opened.lock()


def test_it_goes_out_and_comes_back_with_the_vault(
    made: tuple[Vault, str], linked: tuple[Vault, str], tmp_path: Path
) -> None:
    vault, name = linked
    backup = export_vault(vault)
    assert f"links/{name}.age" in zipfile.ZipFile(io.BytesIO(backup)).namelist()
    restore_vault(backup, tmp_path / "restored")
    opened = unlock_with_recovery(tmp_path / "restored", made[1], NOW)
    assert find_patient(opened, name, "C1") == FIRST
    opened.lock()


def test_it_is_erased_with_its_extract_or_alone(
    linked: tuple[Vault, str], extract: Extract
) -> None:
    vault, name = linked
    erase_link(vault, name, NOW)
    erase_link(vault, name, NOW)
    assert not has_link(vault, name)
    keep_link(vault, name, TABLE, NOW)
    erase(vault, name, NOW)
    assert not link_path(vault.folder, name).exists()
    keep(vault, extract, NOW)
    assert not has_link(vault, name)


def test_the_journal_says_that_it_was_kept_and_removed_and_nothing_of_it(
    linked: tuple[Vault, str],
) -> None:
    vault, name = linked
    later = NOW + timedelta(days=1)
    erase_link(vault, name, later)
    erase_link(vault, name, later)
    vault.lock()
    opened = unlock(vault.folder, PASSPHRASE, NOW)
    said = [one for one in opened.journal.entries if isinstance(one.event, LinkKept | LinkRemoved)]
    assert [(one.event, one.at) for one in said] == [
        (LinkKept(extract=name), NOW),
        (LinkRemoved(extract=name), later),
    ]
    assert not any(NHS.encode() in entry_bytes(one) for one in said)
    opened.lock()


def test_undo_passes_over_what_the_journal_says_of_links(linked: tuple[Vault, str]) -> None:
    vault, name = linked
    note = NoteWritten(note="n", extract=name, anchor=OnOutcome("death"), text="FICTIONAL")
    vault.append(note, NOW)
    edit = vault.journal.entries[-1].id
    keep_link(vault, name, TABLE, NOW)
    assert replay(vault.journal.entries).undo == edit


def test_a_link_that_could_not_be_written_is_not_said_to_be_kept(
    made: tuple[Vault, str], extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = made
    name = keep(vault, extract, NOW)
    monkeypatch.setattr(links, "replace_file", no_room)
    with pytest.raises(WriteFailedError):
        keep_link(vault, name, TABLE, NOW)
    assert said(vault) == []


def said(vault: Vault) -> list[object]:
    """Return what the journal says of links."""
    events = [one.event for one in vault.journal.entries]
    return [one for one in events if isinstance(one, LinkKept | LinkRemoved)]


def no_room(*_: object) -> None:
    raise WriteFailedError("FICTIONAL: no room.")


@pytest.mark.parametrize("earlier", [b"", TABLE])
def test_where_the_journal_cannot_be_written_no_other_link_is_kept(
    made: tuple[Vault, str], extract: Extract, earlier: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, _ = made
    name = keep(vault, extract, NOW)
    if earlier:
        keep_link(vault, name, earlier, NOW)
    before = said(vault)
    with monkeypatch.context() as patched:
        patched.setattr("core.review.journal.append_file", no_room)
        with pytest.raises(WriteFailedError):
            keep_link(vault, name, b"case_id,row\r\nC1,7\r\n", NOW)
    assert said(vault) == before
    assert has_link(vault, name) == bool(earlier)
    if earlier:
        assert find_patient(vault, name, "C1") == FIRST


def test_a_link_that_could_not_be_removed_is_not_said_to_be(
    linked: tuple[Vault, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, name = linked
    with monkeypatch.context() as patched:
        patched.setattr(links, "remove_file", no_room)
        with pytest.raises(WriteFailedError):
            erase_link(vault, name, NOW)
    assert said(vault) == [LinkKept(extract=name)]
    assert find_patient(vault, name, "C1") == FIRST


def test_a_removal_that_the_journal_missed_is_said_at_the_next_one(
    linked: tuple[Vault, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    vault, name = linked
    with monkeypatch.context() as patched:
        patched.setattr("core.review.journal.append_file", no_room)
        with pytest.raises(WriteFailedError):
            erase_link(vault, name, NOW)
    assert not has_link(vault, name)
    erase_link(vault, name, NOW)
    erase_link(vault, name, NOW)
    assert said(vault) == [LinkKept(extract=name), LinkRemoved(extract=name)]


def test_a_vault_open_for_reading_finds_and_does_not_write(linked: tuple[Vault, str]) -> None:
    vault, name = linked
    reading = replace(vault, held=None)
    assert find_patient(reading, name, "C1") == FIRST
    with pytest.raises(ReadOnlyVaultError):
        erase_link(reading, name, NOW)
    with pytest.raises(ReadOnlyVaultError):
        keep_link(reading, name, TABLE, NOW)


def test_no_file_holds_it_in_clear(linked: tuple[Vault, str], tmp_path: Path) -> None:
    vault, name = linked
    (tmp_path / "backup.zip").write_bytes(export_vault(vault))
    rotated, _ = rotate(vault, PASSPHRASE, NOW, work_factor=FAST)
    assert find_patient(rotated, name, "C1") == FIRST
    paths = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert link_path(vault.folder, name) in paths
    secrets = [form(text) for text in (NHS, HOSPITAL) for form in (str.encode, utf_16)]
    assert not [path for path in paths for secret in secrets if secret in path.read_bytes()]
    rotated.lock()


def utf_16(text: str) -> bytes:
    return text.encode("utf-16-le")
