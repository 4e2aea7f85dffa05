"""An extract is kept with its exact bytes, checked at every opening, listed and erased."""

from datetime import date
from pathlib import Path

import pyrage
import pytest

from core.errors import DamagedVaultError, NotKeptError, OtherSurgeonError, WriteFailedError
from core.extract.opening import Extract
from core.review.kept import Keeping, erase, extract_path, keep, kept_extracts, open_kept
from core.review.state import replay
from core.review.vault import Vault, create
from core.sealing.trust import TrustStore
from tests.core.made_vault import FAST, NOW, PASSPHRASE, TRUST


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
    tmp_path: Path, extract: Extract
) -> None:
    folder = tmp_path / "another"
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
