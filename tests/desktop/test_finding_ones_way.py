"""Keys, palette, help, meanings and tour: one table, all by keyboard, and focus comes back."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.charts.palette import LIGHT
from core.flow import Review
from core.results.meanings import MEANINGS
from desktop.actions import groups
from desktop.app import Plumbline
from desktop.models.commands import Command, find_commands
from desktop.models.fuzzy import distance
from desktop.preferences import Preferences
from desktop.registry import SCREENS
from desktop.screens.help.presenter import key_groups
from desktop.theme import Theme
from desktop.undoing import LOCKED, UNDO
from desktop.widgets.meanings import AskWidget, MeaningsWidget

SHOWN = ("overview", "funnel", "over_time", "case_mix", "cases", "quality", "queries", "help")


@pytest.fixture
def plumbline(qtbot: QtBot, fonts: None, small_review: Review) -> Iterator[Plumbline]:
    made = Plumbline(Theme(LIGHT), preferences=Preferences())
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.show_review(small_review)
    made.window.activateWindow()
    yield made
    made.shutdown()


def press(qtbot: QtBot, plumbline: Plumbline, keys: str) -> None:
    """Press a key combination as a keyboard does, wherever the focus is."""
    combination = QKeySequence(keys)[0]
    at = QApplication.focusWidget() or plumbline.window
    qtbot.keyClick(at, combination.key(), combination.keyboardModifiers())


def said(keys: str) -> str:
    return QKeySequence(keys).toString()


def test_what_is_listed_and_what_acts_are_the_same(plumbline: Plumbline) -> None:
    """Every shortcut of the window and its screens is in the help, and none else acts anywhere."""
    for key in SHOWN:
        plumbline.go(key)
    listed = {said(keys) for one in plumbline.ways.actions for keys in one.keys}
    there = {one.key().toString() for one in plumbline.window.findChildren(QShortcut)}
    there = {keys for keys in there if keys}
    assert there - listed == set()
    acting = {
        said(keys) for one in plumbline.ways.actions if one.act is not None for keys in one.keys
    }
    assert acting - there == set()
    shown = {row for group in key_groups(plumbline.ways.actions) for row in group.rows}
    assert len(shown) == sum(bool(one.keys) for one in plumbline.ways.actions)


def test_no_two_actions_have_the_same_keys_or_name(plumbline: Plumbline) -> None:
    actions = plumbline.ways.actions
    keys = [said(one) for action in actions for one in action.keys]
    assert len(keys) == len(set(keys))
    assert len({one.name for one in actions}) == len(actions)
    assert next(name for name, _ in groups(actions)) == "Go to"


def test_every_screen_of_the_rail_is_a_key_or_in_the_palette(plumbline: Plumbline) -> None:
    acts = {one.name: one.act for one in plumbline.ways.actions}
    for key in tuple(plumbline.window.rail.keys()):
        act = acts[key]
        assert act is not None
        act()
        assert plumbline.window.shown == key


def test_help_opens_in_place_and_escape_gives_back(qtbot: QtBot, plumbline: Plumbline) -> None:
    plumbline.go("funnel")
    press(qtbot, plumbline, "F1")
    assert plumbline.window.shown == "help"
    assert QApplication.activeModalWidget() is None
    press(qtbot, plumbline, "Esc")
    assert plumbline.window.shown == "funnel"
    press(qtbot, plumbline, "F1")
    press(qtbot, plumbline, "F1")
    assert plumbline.window.shown == "funnel"


def test_settings_from_help_lead_back_to_the_screen_before(
    qtbot: QtBot, plumbline: Plumbline
) -> None:
    plumbline.go("quality")
    press(qtbot, plumbline, "F1")
    press(qtbot, plumbline, "Ctrl+,")
    assert plumbline.window.shown == "settings"
    press(qtbot, plumbline, "Esc")
    assert plumbline.window.shown == "quality"


def test_palette_finds_a_screen_by_a_few_letters(qtbot: QtBot, plumbline: Plumbline) -> None:
    button = plumbline.window.built("overview").funnel_button("death")  # type: ignore[attr-defined]
    button.setFocus()
    press(qtbot, plumbline, "Ctrl+K")
    palette = plumbline.ways.palette
    assert palette is not None
    assert palette.field.hasFocus()
    assert QApplication.activeModalWidget() is None
    qtbot.keyClicks(palette.field, "ovt")
    assert palette.found[0] == "Over time"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert plumbline.window.shown == "over_time"
    assert not palette.isVisible()


def test_palette_gives_the_keyboard_back_on_escape(qtbot: QtBot, plumbline: Plumbline) -> None:
    button = plumbline.window.built("overview").funnel_button("death")  # type: ignore[attr-defined]
    button.setFocus()
    press(qtbot, plumbline, "Ctrl+K")
    press(qtbot, plumbline, "Esc")
    assert button.hasFocus()
    assert plumbline.window.shown == "overview"


def test_palette_knows_outcomes_and_words(qtbot: QtBot, plumbline: Plumbline) -> None:
    press(qtbot, plumbline, "Ctrl+K")
    palette = plumbline.ways.palette
    assert palette is not None
    qtbot.keyClicks(palette.field, "funnel theatre")
    assert palette.found == ("Funnel: Return to theatre for bleeding",)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    canvas = plumbline.window.built("funnel").chart.canvas  # type: ignore[attr-defined]
    assert canvas.accessibleName() == "Funnel of Return to theatre for bleeding"
    press(qtbot, plumbline, "Ctrl+K")
    palette = plumbline.ways.palette
    assert palette is not None
    qtbot.keyClicks(palette.field, "brier")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    screen = plumbline.window.built("help")
    shown = [one.text() for one in screen.findChildren(QLabel) if one.isVisible()]
    assert "Brier score" in shown
    assert "AUC" not in shown


def test_palette_says_when_nothing_has_that_name(qtbot: QtBot, plumbline: Plumbline) -> None:
    press(qtbot, plumbline, "Ctrl+K")
    palette = plumbline.ways.palette
    assert palette is not None
    qtbot.keyClicks(palette.field, "zzzqqq")
    assert palette.found == ()
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_arrows_choose_in_the_palette(qtbot: QtBot, plumbline: Plumbline) -> None:
    press(qtbot, plumbline, "Ctrl+K")
    palette = plumbline.ways.palette
    assert palette is not None
    for _ in range(3):
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentRow() == 2
    for _ in range(200):
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentRow() == len(palette.found) - 1


@pytest.mark.parametrize(
    ("typed", "nearer", "farther"),
    [
        ("fun", "Funnel", "What the funnel missed"),
        ("case", "Cases", "Your caseload"),
        ("ovt", "Over time", "Overview"),
        ("theatre", "Return to theatre", "Death"),
    ],
)
def test_nearness(typed: str, nearer: str, farther: str) -> None:
    near, far = distance(typed, nearer), distance(typed, farther)
    assert near is not None
    assert far is None or near < far


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12), st.text(max_size=30))
def test_a_label_is_found_by_itself_and_by_its_words(typed: str, label: str) -> None:
    assert distance("", label) == 0
    assert distance(label, label) is not None
    found = find_commands((Command(label, "Word", lambda: None),), typed)
    assert (len(found) == 1) == (distance(typed, label) is not None)


@pytest.mark.parametrize(
    "key",
    [
        "overview",
        "funnel",
        "over_time",
        "case_mix",
        "cases",
        "quality",
        "queries",
        "publication",
    ],
)
def test_numbers_are_explained_where_they_stand(
    qtbot: QtBot, plumbline: Plumbline, key: str
) -> None:
    plumbline.go(key)
    press(qtbot, plumbline, "Shift+F1")
    assert plumbline.window.shown == key
    screen = plumbline.window.built(key)
    (shown,) = [one for one in screen.findChildren(MeaningsWidget) if one.isVisible()]
    assert shown.accessibleName()
    ask = QApplication.focusWidget()
    assert isinstance(ask, AskWidget)
    press(qtbot, plumbline, "Esc")
    assert not shown.isVisible()
    assert ask.hasFocus()


def test_the_card_in_hand_is_the_one_explained(qtbot: QtBot, plumbline: Plumbline) -> None:
    screen = plumbline.window.built("overview")
    screen.funnel_button("bleeding").setFocus()  # type: ignore[attr-defined]
    press(qtbot, plumbline, "Shift+F1")
    ask = QApplication.focusWidget()
    assert isinstance(ask, AskWidget)
    assert ask.accessibleName().endswith("Return to theatre for bleeding")
    (shown,) = [one for one in screen.findChildren(MeaningsWidget) if one.isVisible()]
    assert "Ratio: Observed divided by expected." in shown.accessibleName()


def test_a_screen_without_numbers_leads_to_the_words(qtbot: QtBot, plumbline: Plumbline) -> None:
    plumbline.go("settings")
    press(qtbot, plumbline, "Shift+F1")
    assert plumbline.window.shown == "help"
    search = plumbline.window.built("help").search  # type: ignore[attr-defined]
    assert search.hasFocus()
    qtbot.keyClicks(search, "doubled odds")
    assert search.accessibleDescription() == f"1 of {len(MEANINGS)}"


def test_every_name_on_a_card_has_a_meaning(plumbline: Plumbline) -> None:
    asked = 0
    for screen in SCREENS:
        plumbline.go(screen.key)
        for ask in plumbline.window.built(screen.key).findChildren(AskWidget):
            ask.setChecked(True)
            ask.setChecked(False)
            asked += 1
    assert asked >= 15


def test_how_to_read_unfolds_on_the_funnel(qtbot: QtBot, plumbline: Plumbline) -> None:
    plumbline.go("funnel")
    reading = plumbline.window.built("funnel").reading  # type: ignore[attr-defined]
    words = [one for one in reading.findChildren(QLabel) if "11 ÷" in one.accessibleName()]
    assert len(words) == 1
    assert not words[0].isVisible()
    reading.turn.setFocus()
    qtbot.keyClick(reading.turn, Qt.Key.Key_Space)
    assert words[0].isVisible()
    plumbline.go("funnel", "bleeding")
    (again,) = [one for one in reading.findChildren(QLabel) if "23 ÷" in one.accessibleName()]
    qtbot.waitUntil(again.isVisible)


def test_undo_is_heard_in_the_rail(qtbot: QtBot, plumbline: Plumbline) -> None:
    plumbline.window.rail.findChildren(QPushButton)[0].setFocus()
    press(qtbot, plumbline, "Ctrl+Z")
    assert plumbline.window.banner.words == LOCKED[UNDO]


def test_a_key_held_down_lays_the_window_out_twice_at_most(
    qtbot: QtBot, plumbline: Plumbline, monkeypatch: pytest.MonkeyPatch
) -> None:
    worn: list[float] = []
    restyle = plumbline.restyle
    monkeypatch.setattr(
        plumbline.dresser, "_restyle", lambda theme: (worn.append(theme.scale), restyle(theme))
    )
    for _ in range(5):
        press(qtbot, plumbline, "Ctrl++")
    qtbot.waitUntil(lambda: plumbline.theme.scale == pytest.approx(1.5))
    assert worn == pytest.approx([1.1, 1.5])
