"""Faults of disk, folder, clock and file, met in the window: told in words, and nothing lost."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.errors import PlumblineError
from core.flow import Review
from core.review.vault import unlock as unlock_vault
from core.review.vault_files import IDENTITY, is_vault
from core.review.vault_keys import open_keys, seal_keys
from desktop.jobs import JobRunner
from desktop.leaving import CLOSE_AGAIN, HELD_BACK, WRITTEN_LATE, Leaving
from desktop.screens.unlock.cards import LockedCard, NewVaultCard, ToldCard
from desktop.widgets.banner import BannerWidget
from tests.desktop.on_desk import NOW, PASSPHRASE
from tests.desktop.vault_room import SOON, Room, failing

FAULTS = {"full": errno.ENOSPC, "network": errno.EIO, "gone": errno.ESTALE, "denied": errno.EACCES}


@pytest.fixture
def room(
    qtbot: QtBot, fonts: None, small_review: Review, runner: JobRunner, tmp_path: Path
) -> Iterator[Room]:
    made = Room(qtbot, small_review, runner, tmp_path)
    yield made
    made.keeper.lock()


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_written_is_told_stays_and_is_written_later(room: Room, fault: str) -> None:
    room.make("before")
    room.open()
    with failing(FAULTS[fault]):
        room.write("typed while the disk fails")
        told = room.ways.told[-1]
        assert isinstance(told, PlumblineError)
        assert (told.code, os.strerror(FAULTS[fault]).lower() in told.message) == ("E602", True)
        assert room.reflection.parts["what"].toPlainText() == "typed while the disk fails"
        assert room.reflection.parts["what"].unsaved
    room.reflection.parts["what"].flush()
    assert room.wordings == ["before", "typed while the disk fails"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_lock_while_the_disk_fails_loses_nothing(room: Room, fault: str) -> None:
    ground = QWidget()
    room.qtbot.addWidget(ground)
    banner = BannerWidget(ground)
    leaving = Leaving(room.keeper, lambda: banner)
    room.make("before")
    room.open()
    with failing(FAULTS[fault]):
        room.reflection.parts["what"].setPlainText("typed last")
        room.keeper.lock()
        assert (room.keeper.is_open, banner.words) == (False, HELD_BACK)
        assert room.reflection.parts["what"].toPlainText() == ""
        assert b"typed last" not in b"".join(room.keeper._back)
        assert not leaving.may_close()
        assert banner.words == f"{HELD_BACK} {CLOSE_AGAIN}"
        assert leaving.may_close()
    room.open()
    assert banner.words == WRITTEN_LATE
    assert room.wordings == ["before", "typed last"]
    assert room.reflection.parts["what"].toPlainText() == "typed last"
    assert not room.keeper.holds_back


def test_what_waits_for_one_vault_is_not_written_to_another(room: Room, tmp_path: Path) -> None:
    room.make("before")
    room.open()
    with failing(errno.ENOSPC):
        room.reflection.parts["what"].setPlainText("typed last")
        room.keeper.lock()
    own = room.keeper.folder
    room.keeper.use(tmp_path / "other")
    room.make("elsewhere")
    room.open()
    assert room.wordings == ["elsewhere"]
    room.keeper.use(own)
    room.open()
    assert room.wordings == ["before", "typed last"]


@pytest.mark.parametrize("fault", FAULTS)
def test_no_vault_is_half_made(room: Room, fault: str) -> None:
    room.unlock.show()
    card = room.unlock.card
    assert isinstance(card, NewVaultCard)
    with failing(FAULTS[fault]):
        room.unlock.made.emit("FICTIONAL", "0000000", PASSPHRASE, PASSPHRASE)
        room.qtbot.waitUntil(lambda: "(E602)" in room.unlock.problem, timeout=SOON)
    assert isinstance(room.unlock.card, NewVaultCard)
    assert not is_vault(room.keeper.folder)
    room.unlock.made.emit("FICTIONAL", "0000000", PASSPHRASE, PASSPHRASE)
    room.qtbot.waitUntil(lambda: room.keeper.is_open, timeout=SOON)


def test_a_folder_that_cannot_be_written_to_opens_for_reading(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.make("before")
    monkeypatch.setattr("core.review.vault.hold_lock", lambda _: None)
    with failing(errno.EROFS):
        assert "open for reading only" in room.open()
        room.go_on()
        assert (room.keeper.is_open, room.keeper.can_write) == (True, False)
        assert room.reflection.parts["what"].isReadOnly()
        assert room.reflection.parts["what"].toPlainText() == "before"
        room.keeper.lock()


def test_a_lock_held_by_another_process_is_told_and_ends_with_it(room: Room) -> None:
    room.make("before")
    hold = (
        "import sys, pathlib; from core.storage import hold_lock; "
        "held = hold_lock(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(room.keeper.folder / "vault.lock")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        assert "it is open in another window" in room.open()
        room.go_on()
        assert not room.keeper.can_write
        room.keeper.lock()
        other.kill()
    room.open()
    assert room.keeper.can_write


def test_a_clock_that_goes_back_is_told_and_keeps_the_order(room: Room) -> None:
    room.make("first")
    room.open()
    room.time -= timedelta(days=400)
    room.write("second")
    assert room.reflection.parts["what"].toPlainText() == "second"
    room.keeper.lock()
    assert "clock went back 1 time" in room.open()
    assert room.wordings == ["first", "second"]


def test_a_vault_of_a_newer_version_is_told_and_untouched(room: Room) -> None:
    room.make("before")
    path = room.keeper.folder / IDENTITY
    keys = open_keys(path.read_bytes(), PASSPHRASE)
    newer = msgspec.structs.replace(keys, format="plumbline-vault/2")
    path.write_bytes(seal_keys(newer, PASSPHRASE, 4))
    before = contents(room.keeper.folder)
    assert "(E703)" in room.open()
    assert isinstance(room.unlock.card, LockedCard)
    assert contents(room.keeper.folder) == before


def test_a_vault_of_an_older_version_opens(room: Room) -> None:
    """One whose keys name neither former identities nor retired journals nor a recovery file."""
    room.make("before")
    path = room.keeper.folder / IDENTITY
    keys = msgspec.to_builtins(open_keys(path.read_bytes(), PASSPHRASE))
    later = {"former", "retired", "recovery_sha256"}
    older = {name: value for name, value in keys.items() if name not in later}
    path.write_bytes(sealed_json(older))
    assert "Print a new recovery sheet" in room.open()
    room.go_on()
    assert room.wordings == ["before"]
    assert room.keeper.can_write


def test_an_absent_head_is_told_and_everything_shown(room: Room) -> None:
    room.make("one", "two")
    (head,) = room.keeper.folder.glob("*.head")
    head.unlink()
    assert "head is absent" in room.open()
    assert room.wordings == ["one", "two"]


def test_an_absent_journal_is_told_and_begun_only_when_asked(room: Room) -> None:
    room.make("one")
    (journal,) = room.keeper.folder.glob("*.log")
    journal.rename(journal.with_suffix(".away"))
    assert "The journal is absent" in room.open()
    card = room.unlock.card
    assert isinstance(card, ToldCard)
    assert not card.begin.isHidden()
    room.go_on()
    assert list(room.keeper.folder.glob("*.log")) == []
    room.write("not kept")
    assert getattr(room.ways.told[-1], "code", "") == "E708"


def test_a_journal_cut_anywhere_is_told_and_keeps_what_stood_before(
    room: Room, tmp_path: Path
) -> None:
    """Every tenth byte through the core and the told words; a few of them through the screen."""
    room.make("one", "two", "three")
    (journal,) = room.keeper.folder.glob("*.log")
    whole, kept = journal.read_bytes(), room.keeper.folder
    ends = list(range(0, len(whole), 10))
    shown = set(ends[:: len(ends) // 6])
    for cut in ends:
        room.keeper.folder = tmp_path / f"cut-{cut}"
        shutil.copytree(kept, room.keeper.folder)
        (room.keeper.folder / journal.name).write_bytes(whole[:cut])
        if cut in shown:
            said = room.open()
            room.go_on()
        else:
            vault = unlock_vault(room.keeper.folder, PASSPHRASE, NOW)
            room.keeper.hold(vault)
            said = " ".join(finding.words for finding in vault.findings)
        assert "The journal held" in said or "damaged" in said or "another copy" in said, cut
        found = room.wordings
        assert found == ["one", "two", "three"][: len(found)]
        assert len(found) >= whole_records(whole, cut)
        room.write("written after the cut")
        assert room.wordings[-1] == "written after the cut"
        room.keeper.lock()
        shutil.rmtree(room.keeper.folder)


def whole_records(journal: bytes, cut: int) -> int:
    """Count the texts whose records end before the cut; the first record keeps the extract."""
    return max(0, sum(end <= cut for end in record_ends(journal)) - 1)


def record_ends(journal: bytes) -> list[int]:
    """Return where each record ends, read from its stated length."""
    from core.review.records import JournalKey

    at, ends = len(JournalKey.generate().header), []
    while at < len(journal):
        at += 12 + int.from_bytes(journal[at + 8 : at + 12], "big")
        ends.append(at)
    return ends


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.name: path.read_bytes() for path in files}


def sealed_json(value: object) -> bytes:
    from core.sealing.age import Passphrase, encrypt

    return encrypt(msgspec.json.encode(value), [Passphrase(PASSPHRASE)], work_factor=4)
