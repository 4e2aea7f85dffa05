"""Notes on a card: written, opened, taken away, brought back, and kept when a write fails."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.errors import WriteFailedError
from core.review.notes import NoteWritten, OnMark, OnOutcome
from core.review.reflection import BEFORE_FIRST_NOTE
from core.review.vault import unlock as open_vault
from desktop.keeping import Keeper
from desktop.noting.presenter import LOCKED, READ_ONLY
from desktop.noting.wordings import wordings
from desktop.screens.funnel.view import FunnelScreen
from desktop.screens.funnel.view import build as build_funnel
from desktop.screens.overview.view import build as build_overview
from desktop.session import Session
from desktop.undoing import redo, undo
from tests.desktop.noted import Show, card_of, said, write, written
from tests.desktop.on_desk import NOW, PASSPHRASE, Ways, unlock


def test_locked_it_says_where_notes_are_kept_and_asks(
    show_noted: Show, query_keeper: Keeper
) -> None:
    screen = show_noted(build_overview)
    wanted: list[bool] = []
    query_keeper.wanted.connect(lambda: wanted.append(True))
    card = card_of(screen)
    assert LOCKED in said(card)
    card.begin.click()
    assert wanted == [True]
    assert not card.editor.isVisible()


def test_the_vault_opened_for_a_note_leads_back_to_it(
    qtbot: QtBot, show_noted: Show, query_keeper: Keeper, query_ways: Ways
) -> None:
    card = card_of(show_noted(build_overview))
    card.begin.click()
    unlock(query_keeper)
    assert query_ways.gone == [("overview", "")]
    assert card.editor.isVisible()
    assert BEFORE_FIRST_NOTE in said(card)
    assert "raft" not in said(card)
    with qtbot.waitSignal(card.settled, timeout=5000):
        qtbot.keyClicks(card.editor.text, "Two transfers")
    assert written(query_keeper) == {1: (OnOutcome("death"), "Two transfers")}
    card.close_note.click()
    write_next = card.begin
    write_next.click()
    assert BEFORE_FIRST_NOTE not in said(card)


def test_the_editor_is_scrolled_into_view(
    qtbot: QtBot, show_noted: Show, query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    screen = show_noted(build_funnel)
    screen.resize(1180, 520)
    card = card_of(screen)
    card.begin.click()

    def in_view() -> bool:
        top = card.editor.mapTo(screen.viewport(), card.editor.rect().topLeft()).y()
        return 0 <= top < screen.viewport().height() - card.editor.text.height() / 2

    qtbot.waitUntil(in_view, timeout=5000)


def test_a_read_only_vault_is_said_and_nothing_can_be_typed(
    show_noted: Show, query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    screen = show_noted(build_overview)
    write(screen, "kept")
    folder = query_keeper.folder
    first = query_keeper.vault
    query_keeper.vault = None
    query_keeper.hold(open_vault(folder, PASSPHRASE, NOW))
    assert not query_keeper.can_write
    card = card_of(screen)
    assert READ_ONLY in said(card)
    assert not card.begin.isVisible()
    next(iter(card.buttons.values())).click()
    assert card.editor.text.isReadOnly()
    assert not card.remove.isVisible()
    assert first is not None
    query_keeper.lock()
    first.lock()


def test_tags_and_domains_are_written_with_the_words(
    show_noted: Show, query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    card = card_of(show_noted(build_overview))
    card.begin.click()
    card.editor.text.setPlainText("words")
    card.editor.domains["patients"].click()
    card.editor.tags.setText("theatre, transfer, theatre")
    card.editor.tags.flush()
    (note,) = query_keeper.state.notes.values()
    assert note.tags == ("theatre", "transfer")
    assert note.domains == ("patients",)


def test_undo_and_redo_say_what_they_did(
    show_noted: Show, query_keeper: Keeper, note_desk: Session, query_ways: Ways
) -> None:
    unlock(query_keeper)
    screen = show_noted(build_overview)
    write(screen, "first")
    card = card_of(screen)
    next(iter(card.buttons.values())).click()
    card.remove.click()
    assert query_keeper.state.notes == {}
    undo(note_desk)
    assert written(query_keeper) == {1: (OnOutcome("death"), "first")}
    undo(note_desk)
    assert query_keeper.state.notes == {}
    undo(note_desk)
    redo(note_desk)
    assert written(query_keeper) == {1: (OnOutcome("death"), "first")}
    assert query_ways.noted == [
        "Note 1 was taken away. Ctrl+Z brings it back.",
        "Undone: taking note 1 away.",
        "Undone: the last change of note 1.",
        "There is nothing to undo.",
        "Done again: the last change of note 1.",
    ]


def test_keys_undo_outside_the_editor_and_leave_it_its_own(
    qtbot: QtBot, show_noted: Show, query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    screen = show_noted(build_overview)
    write(screen, "kept")
    card = card_of(screen)
    card.begin.click()
    qtbot.waitUntil(card.editor.text.hasFocus)
    qtbot.keyClicks(card.editor.text, "x")
    qtbot.keyClick(card.editor.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert card.editor.text.toPlainText() == ""
    assert written(query_keeper) == {1: (OnOutcome("death"), "kept")}
    card.close_note.click()
    card.begin.setFocus()
    qtbot.keyClick(card.begin, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert query_keeper.state.notes == {}


def test_what_looks_like_an_identifier_is_told(show_noted: Show, query_keeper: Keeper) -> None:
    unlock(query_keeper)
    card = card_of(show_noted(build_overview))
    card.begin.click()
    card.editor.text.setPlainText("Seen again: 943 476 5919")
    card.flush()
    assert "NHS number" in said(card.editor)
    card.editor.text.setPlainText("Seen again")
    card.flush()
    assert "NHS number" not in said(card.editor)


def test_a_failed_write_is_told_in_place_and_the_words_stay(
    show_noted: Show, query_keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlock(query_keeper)
    screen = show_noted(build_funnel)
    assert isinstance(screen, FunnelScreen)
    card = screen.notes
    card.begin.click()

    def full(*_: object) -> None:
        raise WriteFailedError("The disk is full.")

    monkeypatch.setattr(type(query_keeper.vault), "append", full)
    card.editor.text.setPlainText("precious")
    assert not card.flush()
    assert "The disk is full." in said(card)
    screen.outcome_chosen.emit("bleeding")
    assert card.editor.text.toPlainText() == "precious"
    assert card.editor.isVisible()
    monkeypatch.undo()
    screen.outcome_chosen.emit("death")
    assert written(query_keeper) == {1: (OnMark("death"), "precious")}
    assert not card.editor.isVisible()


def test_words_that_could_not_be_written_before_a_lock_are_forgotten_here_and_written_later(
    show_noted: Show, query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    card = card_of(show_noted(build_overview))
    card.begin.click()

    def full(*_: object) -> None:
        raise WriteFailedError("The disk is full.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(query_keeper.vault), "append", full)
        card.editor.text.setPlainText("precious")
        query_keeper.lock()
    assert card.editor.text.toPlainText() == ""
    assert not card.editor.isVisible()
    query_keeper.hold(open_vault(query_keeper.folder, PASSPHRASE, NOW))
    assert written(query_keeper) == {1: (OnOutcome("death"), "precious")}
    assert len(card.buttons) == 1


def test_a_lock_writes_first_and_leaves_nothing_behind(
    show_noted: Show, query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    card = card_of(show_noted(build_overview))
    card.begin.click()
    card.editor.text.setPlainText("unwritten yet")
    query_keeper.lock()
    assert card.editor.text.toPlainText() == ""
    assert card.buttons == {}
    query_keeper.hold(open_vault(query_keeper.folder, PASSPHRASE, NOW))
    assert written(query_keeper) == {1: (OnOutcome("death"), "unwritten yet")}


def test_earlier_wordings_are_those_before_a_pause(query_keeper: Keeper) -> None:
    unlock(query_keeper)
    vault = query_keeper.vault
    assert vault is not None
    for minutes, text in ((0, "F"), (1, "First"), (5, "Second"), (9, "Third")):
        event = NoteWritten(note="n", extract="0" * 64, anchor=OnOutcome("death"), text=text)
        vault.append(event, NOW + timedelta(minutes=minutes))
    found = wordings(vault.journal.entries, "n")
    assert [one.text for one in found] == ["Second", "First"]
