"""The keeper: what waits for a vault, what is told of it, and what goes at a lock."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from core.review.notes import NoteWritten, OnOutcome
from core.review.vault import unlock as unlock_vault
from tests.desktop.on_desk import NOW, PASSPHRASE, keeper_in, unlock


def note(text: str) -> NoteWritten:
    return NoteWritten(note=text, extract="0" * 64, anchor=OnOutcome("death"), text=text)


def test_what_waits_is_done_once_the_vault_is_held(qapp: QApplication, tmp_path: Path) -> None:
    keeper = keeper_in(tmp_path)
    wanted: list[str] = []
    done: list[str] = []
    keeper.wanted.connect(lambda: wanted.append("wanted"))
    keeper.ask(lambda: done.append("first"))
    assert (wanted, done) == (["wanted"], [])
    unlock(keeper)
    assert done == ["first"]
    keeper.ask(lambda: done.append("at once"))
    assert (wanted, done) == (["wanted"], ["first", "at once"])
    keeper.lock()


@pytest.mark.parametrize("forget", ["turn_away", "lock"])
def test_what_was_turned_away_is_never_done(
    qapp: QApplication, tmp_path: Path, forget: str
) -> None:
    keeper = keeper_in(tmp_path)
    done: list[str] = []
    keeper.ask(lambda: done.append("never"))
    getattr(keeper, forget)()
    unlock(keeper)
    assert done == []
    keeper.lock()


def test_what_is_typed_is_written_before_the_keys_go(qapp: QApplication, tmp_path: Path) -> None:
    keeper = keeper_in(tmp_path)
    unlock(keeper)
    owner = QObject()
    keeper.follow_locking(owner, lambda: keeper.write(note("typed last")))
    keeper.lock()
    assert (keeper.is_open, dict(keeper.state.notes)) == (False, {})
    with pytest.raises(RuntimeError, match="locked"):
        keeper.write(note("too late"))
    keeper.hold(unlock_vault(keeper.folder, PASSPHRASE, NOW))
    assert [found.text for found in keeper.state.notes.values()] == ["typed last"]
    shiboken6.delete(owner)
    keeper.lock()


def test_followers_die_with_their_owner(qapp: QApplication, tmp_path: Path) -> None:
    keeper = keeper_in(tmp_path)
    seen: list[str] = []
    parent = QObject()
    owner = QObject(parent)
    keeper.follow(owner, lambda: seen.append("changed"))
    unlock(keeper)
    assert seen
    seen.clear()
    shiboken6.delete(owner)
    keeper.write(note("n"))
    keeper.lock()
    assert seen == []


def test_another_folder_locks_the_first(qapp: QApplication, tmp_path: Path) -> None:
    keeper = keeper_in(tmp_path)
    unlock(keeper)
    keeper.use(keeper.folder)
    assert keeper.can_write
    keeper.use(tmp_path / "practice")
    assert (keeper.is_open, keeper.exists) == (False, False)


def test_undo_and_redo(qapp: QApplication, tmp_path: Path) -> None:
    keeper = keeper_in(tmp_path)
    unlock(keeper)
    keeper.undo()
    assert keeper.state.undo is None
    keeper.write(note("one"))
    keeper.undo()
    assert not keeper.state.notes
    keeper.redo()
    assert list(keeper.state.notes) == ["one"]
    keeper.lock()


def test_a_second_instance_reads_and_cannot_write(qapp: QApplication, tmp_path: Path) -> None:
    first, second = keeper_in(tmp_path), keeper_in(tmp_path)
    unlock(first)
    second.hold(unlock_vault(first.folder, PASSPHRASE, NOW))
    assert (first.can_write, second.is_open, second.can_write) == (True, True, False)
    second.lock()
    first.lock()
