"""Notes on their screens: written where one stands, numbered, opened, taken away, brought back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from core.errors import WriteFailedError
from core.flow import Review
from core.review.notes import NoteWritten, OnCase, OnMark, OnOutcome, OnSignal, OnStretch
from core.review.reflection import BEFORE_FIRST_NOTE
from core.review.vault import unlock as open_vault
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.noting.presenter import LOCKED, READ_ONLY
from desktop.noting.wordings import wordings
from desktop.screens.cases.view import CasesScreen
from desktop.screens.cases.view import build as build_cases
from desktop.screens.funnel.view import FunnelScreen
from desktop.screens.funnel.view import build as build_funnel
from desktop.screens.over_time.view import OverTimeScreen
from desktop.screens.over_time.view import build as build_time
from desktop.screens.overview.view import build as build_overview
from desktop.session import Session
from desktop.undoing import redo, undo
from desktop.widgets.text import ProseWidget
from tests.desktop.on_desk import NOW, PASSPHRASE, Ways, session, unlock


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def desk(small_review: Review, runner: JobRunner, query_keeper: Keeper, ways: Ways) -> Session:
    return session(small_review, runner, query_keeper, ways)


@pytest.fixture
def show(qtbot: QtBot, fonts: None, desk: Session) -> Callable[..., object]:
    def shown(build: Callable[[Session], object]) -> object:
        made = build(desk)
        qtbot.addWidget(made)
        made.resize(1180, 800)  # type: ignore[attr-defined]
        with qtbot.waitExposed(made):
            made.show()  # type: ignore[attr-defined]
        return made

    return shown


def said(widget: object) -> str:
    labels = widget.findChildren(ProseWidget)  # type: ignore[attr-defined]
    return " ".join(one.accessibleName() for one in labels if not one.isHidden())


def written(keeper: Keeper) -> dict[int, tuple[object, str]]:
    return {note.number: (note.anchor, note.text) for note in keeper.state.notes.values()}


def write(screen: object, text: str) -> None:
    card = screen.notes  # type: ignore[attr-defined]
    card.begin.click()
    card.editor.text.setPlainText(text)
    assert card.flush()
    card.close_note.click()


def test_locked_it_says_where_notes_are_kept_and_asks(
    show: Callable[..., object], query_keeper: Keeper
) -> None:
    screen = show(build_overview)
    wanted: list[bool] = []
    query_keeper.wanted.connect(lambda: wanted.append(True))
    card = screen.notes  # type: ignore[attr-defined]
    assert LOCKED in said(card)
    card.begin.click()
    assert wanted == [True]
    assert not card.editor.isVisible()


def test_the_vault_opened_for_a_note_leads_back_to_it(
    qtbot: QtBot, show: Callable[..., object], query_keeper: Keeper, ways: Ways
) -> None:
    card = show(build_overview).notes  # type: ignore[attr-defined]
    card.begin.click()
    unlock(query_keeper)
    assert ways.gone == [("overview", "")]
    assert card.editor.isVisible()
    assert BEFORE_FIRST_NOTE in said(card)
    with qtbot.waitSignal(card.settled, timeout=5000):
        qtbot.keyClicks(card.editor.text, "Two transfers")
    assert written(query_keeper) == {1: (OnOutcome("death"), "Two transfers")}
    card.close_note.click()
    write_next = card.begin
    write_next.click()
    assert BEFORE_FIRST_NOTE not in said(card)


def test_a_read_only_vault_is_said_and_nothing_can_be_typed(
    show: Callable[..., object], query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    screen = show(build_overview)
    write(screen, "kept")
    folder = query_keeper.folder
    first = query_keeper.vault
    query_keeper.vault = None
    query_keeper.hold(open_vault(folder, PASSPHRASE, NOW))
    assert not query_keeper.can_write
    card = screen.notes  # type: ignore[attr-defined]
    assert READ_ONLY in said(card)
    assert not card.begin.isVisible()
    next(iter(card.buttons.values())).click()
    assert card.editor.text.isReadOnly()
    assert not card.remove.isVisible()
    assert first is not None
    query_keeper.lock()
    first.lock()


def test_tags_and_domains_are_written_with_the_words(
    show: Callable[..., object], query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    card = show(build_overview).notes  # type: ignore[attr-defined]
    card.begin.click()
    card.editor.text.setPlainText("words")
    card.editor.domains["patients"].click()
    card.editor.tags.setText("theatre, transfer, theatre")
    card.editor.tags.flush()
    (note,) = query_keeper.state.notes.values()
    assert note.tags == ("theatre", "transfer")
    assert note.domains == ("patients",)


def test_a_note_on_the_own_mark_is_numbered_in_the_funnel(
    show: Callable[..., object], query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    screen = show(build_funnel)
    assert isinstance(screen, FunnelScreen)
    write(screen, "of deaths")
    assert written(query_keeper) == {1: (OnMark("death"), "of deaths")}
    assert marks_drawn(screen) == {"note-1"}
    screen.outcome_chosen.emit("bleeding")
    assert marks_drawn(screen) == set()
    assert screen.notes.buttons == {}
    screen.outcome_chosen.emit("death")
    assert marks_drawn(screen) == {"note-1"}


def marks_drawn(screen: FunnelScreen | OverTimeScreen) -> set[str]:
    assert screen.canvas is not None
    drawn = (text.get_gid() for axes in screen.canvas.figure.axes for text in axes.texts)
    return {name for name in drawn if name and name.startswith("note-")}


def test_a_signal_is_offered_and_marked(show: Callable[..., object], query_keeper: Keeper) -> None:
    unlock(query_keeper)
    screen = show(build_time)
    assert isinstance(screen, OverTimeScreen)
    write(screen, "Where it began")
    ((anchor, _),) = written(query_keeper).values()
    assert isinstance(anchor, OnSignal)
    assert anchor.side == "worse"
    assert marks_drawn(screen) == {"note-1"}


def test_a_stretch_is_chosen_by_keys(
    qtbot: QtBot, show: Callable[..., object], query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    screen = show(build_time)
    assert isinstance(screen, OverTimeScreen)
    canvas = screen.canvas
    assert canvas is not None
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    for _ in range(2):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    for _ in range(5):
        qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    write(screen, "six cases")
    assert written(query_keeper) == {1: (OnStretch("death", 2, 7), "six cases")}
    assert marks_drawn(screen) == {"note-1"}


def test_a_stretch_is_chosen_by_pointer(
    qtbot: QtBot, show: Callable[..., object], query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    screen = show(build_time)
    assert isinstance(screen, OverTimeScreen)
    canvas = screen.canvas
    assert canvas is not None
    canvas.draw()
    shift, left = Qt.KeyboardModifier.ShiftModifier, Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, shift, canvas.place(300))
    qtbot.mouseMove(canvas, canvas.place(200) + QPoint(0, 40))
    qtbot.mouseRelease(canvas, left, shift, canvas.place(200))
    write(screen, "from right to left")
    ((anchor, _),) = written(query_keeper).values()
    assert isinstance(anchor, OnStretch)
    assert abs(anchor.first - 200) <= 1
    assert abs(anchor.last - 300) <= 1


def test_escape_forgets_the_stretch(
    qtbot: QtBot, show: Callable[..., object], query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    screen = show(build_time)
    assert isinstance(screen, OverTimeScreen)
    chosen: list[object] = []
    screen.stretch_chosen.connect(chosen.append)
    canvas = screen.canvas
    assert canvas is not None
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert chosen == [(0, 1), None]
    write(screen, "no stretch")
    ((anchor, _),) = written(query_keeper).values()
    assert isinstance(anchor, OnSignal)


def test_a_case_bears_its_marks(show: Callable[..., object], query_keeper: Keeper) -> None:
    unlock(query_keeper)
    screen = show(build_cases)
    assert isinstance(screen, CasesScreen)
    screen.table.selectRow(12)
    write(screen, "Joint case")
    assert written(query_keeper) == {1: (OnCase("C0012"), "Joint case")}
    assert screen.model.index(12, 1).data() == "note 1"
    screen.table.selectRow(13)
    assert screen.notes.buttons == {}
    query_keeper.undo()
    assert screen.model.index(12, 1).data() == ""


def test_undo_and_redo_say_what_they_did(
    show: Callable[..., object], query_keeper: Keeper, desk: Session, ways: Ways
) -> None:
    unlock(query_keeper)
    screen = show(build_overview)
    write(screen, "first")
    card = screen.notes  # type: ignore[attr-defined]
    next(iter(card.buttons.values())).click()
    card.remove.click()
    assert query_keeper.state.notes == {}
    undo(desk)
    assert written(query_keeper) == {1: (OnOutcome("death"), "first")}
    undo(desk)
    assert query_keeper.state.notes == {}
    undo(desk)
    redo(desk)
    assert written(query_keeper) == {1: (OnOutcome("death"), "first")}
    assert ways.noted == [
        "Note 1 was taken away. Ctrl+Z brings it back.",
        "Undone: taking note 1 away.",
        "Undone: the last change of note 1.",
        "There is nothing to undo.",
        "Done again: the last change of note 1.",
    ]


def test_keys_undo_outside_the_editor_and_leave_it_its_own(
    qtbot: QtBot, show: Callable[..., object], query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    screen = show(build_overview)
    write(screen, "kept")
    card = screen.notes  # type: ignore[attr-defined]
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


def test_what_looks_like_an_identifier_is_told(
    show: Callable[..., object], query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    card = show(build_overview).notes  # type: ignore[attr-defined]
    card.begin.click()
    card.editor.text.setPlainText("Seen again: 943 476 5919")
    card.flush()
    assert "NHS number" in said(card.editor)
    card.editor.text.setPlainText("Seen again")
    card.flush()
    assert "NHS number" not in said(card.editor)


def test_a_failed_write_is_told_in_place_and_the_words_stay(
    show: Callable[..., object], query_keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlock(query_keeper)
    screen = show(build_funnel)
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
    show: Callable[..., object], query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    card = show(build_overview).notes  # type: ignore[attr-defined]
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
    show: Callable[..., object], query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    card = show(build_overview).notes  # type: ignore[attr-defined]
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
