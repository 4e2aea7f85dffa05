import gc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from core.charts.palette import DARK, LIGHT
from core.errors import PasswordNeededError
from core.flow import Review
from core.sealing.age import Opener
from desktop.app import Plumbline
from desktop.jobs import Report
from desktop.registry import SCREENS
from desktop.screens.open.presenter import Chosen, Roads
from desktop.screens.open.view import OpenScreen
from desktop.theme import Theme
from desktop.window import OPEN

UNLISTED = {"unlock", "import_file", "summary", "settings", "help"}


@pytest.fixture
def plumbline(qtbot: QtBot, fonts: None, small_review: Review) -> Iterator[Plumbline]:
    def open_chosen(chosen: Chosen, keys: Sequence[Opener], report: Report) -> Review:
        if not chosen.passwords:
            raise PasswordNeededError("The file is sealed with a password.")
        return small_review

    roads = Roads(
        read=lambda path, report: b"sealed",
        open_chosen=open_chosen,
        open_example=lambda report: small_review,
    )
    made = Plumbline(Theme(LIGHT), roads)
    qtbot.addWidget(made.window)
    made.go(OPEN)
    made.window.show()
    yield made
    made.shutdown()


def opened(plumbline: Plumbline) -> OpenScreen:
    screen = plumbline.window.built(OPEN)
    assert isinstance(screen, OpenScreen)
    return screen


def test_nothing_is_claimed_before_a_file_is_open(plumbline: Plumbline) -> None:
    assert not plumbline.window.top_bar.isVisible()
    free = {one.key for one in SCREENS if one.free}
    assert set(plumbline.window.rail.keys()) == free - UNLISTED


def test_a_key_asks_for_a_file_wherever_one_is(
    qtbot: QtBot, plumbline: Plumbline, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[Path] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("chosen.age", ""))
    opened(plumbline).file_chosen.connect(chosen.append)
    plumbline.go("verify")
    qtbot.keyClick(plumbline.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert (plumbline.window.shown, chosen) == (OPEN, [Path("chosen.age")])


def test_no_file_chosen_leaves_one_where_one_was(
    qtbot: QtBot, plumbline: Plumbline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    plumbline.go("verify")
    qtbot.keyClick(plumbline.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert plumbline.window.shown == "verify"


@pytest.mark.parametrize("key", ["funnel", "over_time", "quality"])
def test_tab_goes_into_the_screen_that_was_just_shown(
    qtbot: QtBot, plumbline: Plumbline, small_review: Review, key: str
) -> None:
    plumbline.show_review(small_review)
    plumbline.go(key)
    qtbot.keyClick(plumbline.window.focusWidget(), Qt.Key.Key_Tab)
    held = plumbline.window.focusWidget()
    assert held is not plumbline.window.built(key)
    assert plumbline.window.built(key).isAncestorOf(held)


def test_the_wheel_moves_the_page_over_a_chart(
    qtbot: QtBot, plumbline: Plumbline, small_review: Review
) -> None:
    plumbline.window.resize(1000, 640)
    plumbline.show_review(small_review)
    plumbline.go("funnel")
    page = plumbline.window.built("funnel")
    qtbot.waitUntil(page.canvas.isVisible, timeout=5000)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0, timeout=5000)
    over = page.canvas.mapTo(plumbline.window, QPointF(200, 200))
    QTest.wheelEvent(plumbline.window.windowHandle(), over, QPoint(0, -240))
    assert page.verticalScrollBar().value() > 0


def test_a_key_closes_the_window(qtbot: QtBot, plumbline: Plumbline) -> None:
    qtbot.keyClick(plumbline.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not plumbline.window.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_presses_the_button_that_holds_the_focus(
    qtbot: QtBot, plumbline: Plumbline, key: Qt.Key
) -> None:
    (example,) = (
        button
        for button in opened(plumbline).findChildren(QPushButton)
        if button.text() == "Try the example"
    )
    example.setFocus()
    qtbot.keyClick(example, key)
    qtbot.waitUntil(lambda: plumbline.window.shown == "overview")


def test_example_leads_to_the_overview(qtbot: QtBot, plumbline: Plumbline) -> None:
    opened(plumbline).example_chosen.emit()
    qtbot.waitUntil(lambda: plumbline.window.shown == "overview")
    trust = plumbline.window.top_bar.trust
    qtbot.waitUntil(trust.isVisible)
    assert trust.text() == "FICTIONAL · from Example Cardiac Audit · unaltered"
    assert "It does not show that the records are right." in trust.toolTip()
    listed = plumbline.window.rail.keys()
    assert listed == tuple(one.key for one in SCREENS if one.key in listed)
    assert {one.key for one in SCREENS} - set(listed) - UNLISTED == {"publication"}


def test_a_dropped_file_asks_for_its_password(qtbot: QtBot, plumbline: Plumbline) -> None:
    plumbline.window.files_dropped.emit([Path("mine.age")])
    password = opened(plumbline).password
    qtbot.waitUntil(password.isVisible)
    assert password.accessibleName() == "Password for this file (from the audit)"
    qtbot.keyClicks(password, "a password")
    qtbot.keyClick(password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: plumbline.window.shown == "overview")


def test_every_screen_by_its_number(qtbot: QtBot, plumbline: Plumbline) -> None:
    assert plumbline.review is None
    opened(plumbline).example_chosen.emit()
    qtbot.waitUntil(lambda: plumbline.window.shown == "overview")
    for screen in SCREENS:
        plumbline.go(screen.key)
        assert plumbline.window.shown == screen.key
        qtbot.waitUntil(plumbline.window.top_bar.trust.isVisible)


def test_overview_button_shows_that_outcomes_funnel(
    qtbot: QtBot, plumbline: Plumbline, small_review: Review
) -> None:
    plumbline.show_review(small_review)
    overview = plumbline.window.built("overview")
    overview.funnel_button("bleeding").click()  # type: ignore[attr-defined]
    assert plumbline.window.shown == "funnel"
    canvas = plumbline.window.built("funnel").chart.canvas  # type: ignore[attr-defined]
    assert canvas.accessibleName() == "Funnel of Return to theatre for bleeding"


@pytest.mark.parametrize("theme", [Theme(DARK), Theme(LIGHT, 2.0)])
def test_restyling_stays_in_place(plumbline: Plumbline, small_review: Review, theme: Theme) -> None:
    plumbline.show_review(small_review)
    plumbline.go("funnel")
    plumbline.restyle(theme)
    assert plumbline.window.shown == "funnel"
    assert plumbline.review is small_review


def test_a_new_look_dresses_no_screen_that_is_hidden(
    qtbot: QtBot, plumbline: Plumbline, small_review: Review
) -> None:
    plumbline.show_review(small_review)
    plumbline.go("quality")
    hidden = plumbline.window.built("quality")
    plumbline.go("funnel")
    shown = plumbline.window.built("funnel")
    plumbline.restyle(Theme(DARK))
    assert not isValid(hidden)
    assert isValid(shown)
    plumbline.go("quality")
    qtbot.waitUntil(plumbline.window.built("quality").isVisible)


def test_a_control_may_change_the_look_it_is_in(
    qtbot: QtBot, plumbline: Plumbline, small_review: Review
) -> None:
    plumbline.show_review(small_review)
    plumbline.go("settings")
    button = plumbline.window.built("settings").buttons["text_size"]  # type: ignore[attr-defined]
    (larger,) = [one for one in button.menu().actions() if one.data() == "150"]
    larger.trigger()
    assert isValid(button)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(button)
    assert plumbline.theme.scale == 1.5
    assert plumbline.window.shown == "settings"


def test_text_size_has_bounds() -> None:
    assert Theme(LIGHT).resized(9).scale == 2.0
    assert Theme(LIGHT).resized(0).scale == 0.8


def test_frames_laid_out_anew_leave_nothing_behind(
    qtbot: QtBot, plumbline: Plumbline, small_review: Review
) -> None:
    free = [screen.key for screen in SCREENS if screen.free]
    stood = []
    for turn in range(3):
        plumbline.show_review(small_review)
        for key in (*free, "overview", "funnel", "queries", OPEN):
            plumbline.go(key)
            QApplication.processEvents()
        plumbline.restyle(Theme((DARK, LIGHT)[turn % 2]))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        plumbline.window.resize(1000 + 30 * turn, 720)
        QApplication.processEvents()
        stood.append(len(QApplication.allWidgets()))
    assert max(stood) == min(stood)
