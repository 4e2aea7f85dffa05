"""The example through the window: open, overview, funnel; and wrong files through the same door."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from core.charts.palette import LIGHT
from core.issuing.example import example_extract
from desktop.app import Plumbline
from desktop.screens.open.view import OpenScreen
from desktop.screens.overview.view import OverviewScreen
from desktop.theme import Theme
from desktop.widgets.chip import ChipWidget
from desktop.widgets.drop_area import DropAreaWidget
from desktop.window import OPEN

OPENED = 60_000
SOON = 10_000


@pytest.fixture
def plumbline(qtbot: QtBot, fonts: None) -> Iterator[Plumbline]:
    made = Plumbline(Theme(LIGHT))
    qtbot.addWidget(made.window)
    made.go(OPEN)
    made.window.show()
    yield made
    made.shutdown()


@pytest.fixture(scope="module")
def sealed_example() -> tuple[bytes, str]:
    return example_extract()


def drop(plumbline: Plumbline, path: Path) -> OpenScreen:
    screen = plumbline.window.built(OPEN)
    assert isinstance(screen, OpenScreen)
    area = screen.findChild(DropAreaWidget)
    assert area is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    area.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    return screen


def test_the_example_from_the_file_to_the_funnel(
    qtbot: QtBot, plumbline: Plumbline, tmp_path: Path, sealed_example: tuple[bytes, str]
) -> None:
    sealed, password = sealed_example
    path = tmp_path / "example.age"
    path.write_bytes(sealed)
    screen = drop(plumbline, path)
    qtbot.waitUntil(screen.password.isVisible, timeout=OPENED)

    qtbot.keyClicks(screen.password, "not the password")
    qtbot.keyClick(screen.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "(E102)" in screen.problem, timeout=OPENED)

    screen.password.clear()
    qtbot.keyClicks(screen.password, password)
    qtbot.keyClick(screen.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: plumbline.window.shown == "overview", timeout=OPENED)
    assert plumbline.window.top_bar.trust.text().startswith("FICTIONAL")

    overview = plumbline.window.built("overview")
    assert isinstance(overview, OverviewScreen)
    chips = [chip.text() for chip in overview.findChildren(ChipWidget)]
    assert chips == ["Within both limits", "▲ Above the alert line"]
    assert plumbline.review is not None
    overview.funnel_button(plumbline.review.results[1].code).click()
    assert plumbline.window.shown == "funnel"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E416"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "E417"),
        (bytes(range(256)) * 8, "E417"),
        (b"%PDF-1.7 anything", "E413"),
        (b"age-encryption.org/v1\n-> nonsense", "E103"),
    ],
)
def test_any_file_dropped_ends_in_one_of_our_errors(
    qtbot: QtBot, plumbline: Plumbline, tmp_path: Path, data: bytes, code: str
) -> None:
    path = tmp_path / "dropped"
    path.write_bytes(data)
    screen = drop(plumbline, path)
    qtbot.waitUntil(lambda: bool(screen.problem) or screen.accept.isVisible(), timeout=SOON)
    if screen.accept.isVisible():
        screen.accept.click()
    qtbot.waitUntil(lambda: f"({code})" in screen.problem, timeout=SOON)
    assert plumbline.review is None
    assert [found.name for found in tmp_path.iterdir()] == ["dropped"]


def test_a_truncated_extract_is_told(
    qtbot: QtBot, plumbline: Plumbline, tmp_path: Path, sealed_example: tuple[bytes, str]
) -> None:
    sealed, password = sealed_example
    path = tmp_path / "short.age"
    path.write_bytes(sealed[:-100])
    screen = drop(plumbline, path)
    qtbot.waitUntil(screen.password.isVisible, timeout=OPENED)
    screen.password_given.emit(password)
    qtbot.waitUntil(lambda: "(E103)" in screen.problem, timeout=OPENED)
