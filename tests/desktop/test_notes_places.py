"""Where notes are pinned: the own mark, a signal, a stretch, a case; each marked there."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from core.charts.marks import Mark
from core.flow import Review, review
from core.report.pages.marks import time_marks
from core.review.notes import NoteWritten, OnCase, OnMark, OnSignal, OnStretch, note_after
from desktop.keeping import Keeper
from desktop.noting.places import on_time
from desktop.screens.cases.view import CasesScreen
from desktop.screens.cases.view import build as build_cases
from desktop.screens.funnel.view import FunnelScreen
from desktop.screens.funnel.view import build as build_funnel
from desktop.screens.over_time.view import OverTimeScreen
from desktop.screens.over_time.view import build as build_time
from tests.desktop.noted import Show, write, written
from tests.desktop.on_desk import NOW, unlock


def test_a_note_on_the_own_mark_is_numbered_in_the_funnel(
    show_noted: Show, query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    screen = show_noted(build_funnel)
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


def test_a_signal_is_offered_and_marked(show_noted: Show, query_keeper: Keeper) -> None:
    unlock(query_keeper)
    screen = show_noted(build_time)
    assert isinstance(screen, OverTimeScreen)
    write(screen, "Where it began")
    ((anchor, _),) = written(query_keeper).values()
    assert isinstance(anchor, OnSignal)
    assert anchor.side == "worse"
    assert marks_drawn(screen) == {"note-1"}


def test_a_stretch_is_chosen_by_keys(qtbot: QtBot, show_noted: Show, query_keeper: Keeper) -> None:
    unlock(query_keeper)
    screen = show_noted(build_time)
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


def test_a_stretch_is_the_same_whatever_the_order_of_the_extract(small_review: Review) -> None:
    """The audit's order need not be that of the dates."""
    extract = small_review.extract
    turned = extract.cases.iloc[::-1].reset_index(drop=True)
    charts = review(replace(extract, cases=turned), lambda *_: None).over_time("death")
    ground = on_time(charts, (100, 160))
    (place, *_) = ground.places
    assert place.short == "Cases 101 to 161"
    note = note_after(None, NoteWritten(note="n", extract="", anchor=place.anchor, text=""), NOW, 7)
    assert time_marks([note], charts) == (Mark(7, "vlad", 101.0, 161.0),)


def test_a_stretch_is_chosen_by_pointer(
    qtbot: QtBot, show_noted: Show, query_keeper: Keeper
) -> None:
    unlock(query_keeper)
    screen = show_noted(build_time)
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


def test_escape_forgets_the_stretch(qtbot: QtBot, show_noted: Show, query_keeper: Keeper) -> None:
    unlock(query_keeper)
    screen = show_noted(build_time)
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


def test_a_case_bears_its_marks(show_noted: Show, query_keeper: Keeper) -> None:
    unlock(query_keeper)
    screen = show_noted(build_cases)
    assert isinstance(screen, CasesScreen)
    screen.table.selectRow(12)
    write(screen, "Joint case")
    assert written(query_keeper) == {1: (OnCase("C0012"), "Joint case")}
    assert screen.model.index(12, 1).data() == "note 1"
    screen.table.selectRow(13)
    assert screen.notes.buttons == {}
    query_keeper.undo()
    assert screen.model.index(12, 1).data() == ""
