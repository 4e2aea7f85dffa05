"""Every screen as full as it gets can be used by keyboard and screen reader, and nothing is cut."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QTableView,
    QWidget,
)

from core.charts.palette import LIGHT
from core.errors import WriteFailedError
from desktop.app import Plumbline
from desktop.problems import show_problem
from desktop.registry import SCREENS
from desktop.theme import Theme, load_fonts
from desktop.widgets.page import PageWidget
from desktop.window import OPEN
from tests.desktop.filled import fill
from tests.desktop.tabbing import goes_back, place, round_trip, spoken, tabbable

KEYS = (OPEN, *(screen.key for screen in SCREENS))
FOCUSED = {
    "QPushButton",
    "QToolButton",
    "QCheckBox",
    "QRadioButton",
    "QLineEdit",
    "QPlainTextEdit",
    "QTableView",
    "#chosen",
    "#trust",
    "chart",
}
"""Kinds with a rule of their own in the style sheet; a chart marks the point in hand instead."""
SIZES = ((1280, 720), (1440, 900))
PROBLEM = WriteFailedError("The folder is full, and nothing was written there just now.")


@pytest.fixture(scope="module")
def plumbline(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plumbline]:
    """The window on the example under long names, with one of everything in an open vault."""
    qapp.setStyle("Fusion")
    load_fonts()
    made = Plumbline(Theme(LIGHT))
    made.window.show()
    fill(made, tmp_path_factory.mktemp("filled"))
    yield made
    made.window.close()
    made.shutdown()


def shown(plumbline: Plumbline, key: str) -> QWidget:
    """Show a screen with a problem told over it, and let it come to rest."""
    plumbline.go(key)
    show_problem(PROBLEM, plumbline.window.banner)
    for _ in range(3):
        QApplication.processEvents()
    return plumbline.window.built(key)


@pytest.mark.parametrize("key", KEYS)
def test_every_control_has_a_name_of_its_own(plumbline: Plumbline, key: str) -> None:
    """Where two controls of a screen act differently, their names differ."""
    shown(plumbline, key)
    names = Counter(spoken(part) for part in tabbable(plumbline.window))
    assert [part for part in tabbable(plumbline.window) if not spoken(part)] == []
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_table_and_chart_is_named_and_described(plumbline: Plumbline, key: str) -> None:
    screen = shown(plumbline, key)
    parts = [
        one
        for one in screen.findChildren(QWidget)
        if one.isVisible() and (isinstance(one, QTableView) or hasattr(one, "figure"))
    ]
    bare = [one for one in parts if not (one.accessibleName() and one.accessibleDescription())]
    assert bare == []


@pytest.mark.parametrize("key", KEYS)
def test_every_control_has_a_look_of_its_own_in_focus(plumbline: Plumbline, key: str) -> None:
    shown(plumbline, key)
    kinds = {kind_of(part) for part in tabbable(plumbline.window)}
    assert kinds <= FOCUSED


@pytest.mark.parametrize("key", KEYS)
def test_tab_reaches_every_control_once_as_one_reads_and_back(
    plumbline: Plumbline, key: str
) -> None:
    screen = shown(plumbline, key)
    order = round_trip(plumbline.window)
    missed = tabbable(plumbline.window) ^ set(order)
    assert sorted(spoken(one) for one in missed) == []
    starts = [at for at, one in enumerate(order) if not screen.isAncestorOf(order[at - 1])]
    at = next((at for at in starts if screen.isAncestorOf(order[at])), 0)
    inside = [part for part in (*order[at:], *order[:at]) if screen.isAncestorOf(part)]
    ground = plumbline.window
    back = [
        (spoken(one), spoken(other))
        for one, other in pairwise(inside)
        if not one.isAncestorOf(other) and goes_back(place(one, ground), place(other, ground))
    ]
    assert back == []
    before = round_trip(plumbline.window, back=True)
    at = before.index(order[0])
    assert list(reversed(before[at + 1 :] + before[: at + 1])) == order


def test_nothing_is_cut_at_twice_the_text_size(plumbline: Plumbline) -> None:
    plumbline.restyle(Theme(LIGHT, 2.0))
    cut = {}
    for key in KEYS:
        for width, height in SIZES:
            plumbline.window.resize(width, height)
            screen = shown(plumbline, key)
            cut[key, width] = [*cut_labels(screen), *cut_buttons(screen), *wider(screen)]
    assert {place: words for place, words in cut.items() if words} == {}


def wider(screen: QWidget) -> list[str]:
    """Say where a page is wider than its place."""
    assert isinstance(screen, PageWidget)
    page = screen.widget()
    assert page is not None
    return ["the page"] if page.width() > screen.viewport().width() else []


def kind_of(part: QWidget) -> str:
    """Return the name by which the style sheet knows a part."""
    if hasattr(part, "figure"):
        return "chart"
    if f"#{part.objectName()}" in FOCUSED:
        return f"#{part.objectName()}"
    names, meta = [], part.metaObject()
    while meta is not None:
        names.append(meta.className())
        meta = meta.superClass()
    return next((name for name in names if name in FOCUSED), names[0])


def cut_labels(screen: QWidget) -> list[str]:
    """Return the labels that have not the room for their words."""
    worded = [part for part in screen.findChildren(QLabel) if part.text() and part.isVisible()]
    return [spoken(part) for part in worded if not _fits(part)]


def _fits(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() >= label.heightForWidth(label.width()) - 1
    return label.width() >= label.sizeHint().width()


def cut_buttons(screen: QWidget) -> list[str]:
    """Return the buttons, ticks and radio buttons whose words do not stand whole."""
    return [
        spoken(part)
        for part in screen.findChildren(QAbstractButton)
        if part.isVisible()
        and (
            part.height() < part.minimumSizeHint().height()
            or part.width() < part.minimumSizeHint().width()
        )
    ]
