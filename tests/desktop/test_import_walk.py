"""Files made by real programs through the window: password, import, every screen, notes, export."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.charts.palette import LIGHT
from core.flow import Review
from core.sealing.trust import TrustState
from desktop.app import Plumbline
from desktop.registry import SCREENS
from desktop.screens.import_file.presenter import ImportPresenter
from desktop.screens.import_file.view import ImportScreen
from desktop.screens.open.view import OpenScreen
from desktop.theme import Theme
from desktop.window import OPEN
from tests.core.made_foreign import nela_like

SOON = 30_000
PASSWORD = "a made-up password"


@pytest.fixture
def plumbline(qtbot: QtBot, fonts: None) -> Iterator[Plumbline]:
    made = Plumbline(Theme(LIGHT))
    qtbot.addWidget(made.window)
    made.window.resize(1440, 900)
    made.go(OPEN)
    made.window.show()
    yield made
    made.shutdown()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A FICTIONAL NELA-like table in an encrypted 7z archive, made by 7-Zip."""
    program = shutil.which("7z")
    if program is None:
        pytest.skip("7z is not installed")
    (tmp_path / "nela.csv").write_bytes(nela_like())
    words = [program, "a", f"-p{PASSWORD}", "-mhe=on", "made-up.7z", "nela.csv"]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    (tmp_path / "nela.csv").unlink()
    return tmp_path / "made-up.7z"


def opening(plumbline: Plumbline) -> OpenScreen:
    screen = plumbline.window.built(OPEN)
    assert isinstance(screen, OpenScreen)
    return screen


def importing(plumbline: Plumbline) -> ImportScreen:
    screen = plumbline.window.built("import_file")
    assert isinstance(screen, ImportScreen)
    return screen


def is_read(plumbline: Plumbline) -> bool:
    presenter = importing(plumbline).presenter
    return isinstance(presenter, ImportPresenter) and presenter.reading is not None


def test_an_encrypted_archive_down_to_every_screen(
    qtbot: QtBot, plumbline: Plumbline, archive: Path
) -> None:
    plumbline.take([archive])
    screen = opening(plumbline)
    qtbot.waitUntil(screen.password.isVisible, timeout=SOON)
    qtbot.keyClicks(screen.password, "not the password")
    qtbot.keyClick(screen.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(screen.problem), timeout=SOON)
    screen.password.clear()
    qtbot.keyClicks(screen.password, PASSWORD)
    qtbot.keyClick(screen.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: plumbline.window.shown == "import_file", timeout=SOON)
    qtbot.waitUntil(lambda: is_read(plumbline), timeout=SOON)
    importing(plumbline).who.name.setText("FICTIONAL surgeon")
    importing(plumbline).who.gmc.setText("0000000")
    qtbot.mouseClick(importing(plumbline).open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: plumbline.window.shown == "overview", timeout=SOON)
    assert plumbline.window.top_bar.trust.text() == "Not signed by the audit"
    for key in {one.key for one in SCREENS} & set(plumbline.window.rail.keys()):
        plumbline.go(key)
        plumbline.window.grab()
    assert [found.name for found in archive.parent.iterdir()] == ["made-up.7z"]


def test_the_open_screen_leads_back_to_an_import(
    qtbot: QtBot, plumbline: Plumbline, archive: Path
) -> None:
    plumbline.take([archive])
    screen = opening(plumbline)
    qtbot.waitUntil(screen.password.isVisible, timeout=SOON)
    screen.password_given.emit(PASSWORD)
    qtbot.waitUntil(lambda: plumbline.window.shown == "import_file", timeout=SOON)
    qtbot.waitUntil(lambda: is_read(plumbline), timeout=SOON)
    plumbline.go(OPEN)
    qtbot.mouseClick(screen.back, Qt.MouseButton.LeftButton)
    assert plumbline.window.shown == "import_file"
    assert importing(plumbline).file.isVisible()


def test_a_change_of_text_size_loses_no_correction(
    qtbot: QtBot, plumbline: Plumbline, archive: Path
) -> None:
    plumbline.take([archive])
    qtbot.waitUntil(opening(plumbline).password.isVisible, timeout=SOON)
    opening(plumbline).password_given.emit(PASSWORD)
    qtbot.waitUntil(lambda: plumbline.window.shown == "import_file", timeout=SOON)
    qtbot.waitUntil(lambda: is_read(plumbline), timeout=SOON)
    held = importing(plumbline)
    plumbline.restyle(Theme(LIGHT, 1.3))
    assert importing(plumbline) is held


def test_a_typed_summary_is_marked_and_offers_nothing_case_by_case(
    qtbot: QtBot, plumbline: Plumbline
) -> None:
    opening(plumbline).summary_chosen.emit()
    screen = plumbline.window.built("summary")
    screen.audit_chosen.emit("vascular")
    typed = ("400", "12", "10", "2.5")
    for field, text in zip(screen.outcomes["aaa_death"].fields, typed, strict=True):
        field.setText(text)
    screen.open_wanted.emit()
    assert "name and GMC number are missing" in plumbline.window.banner.words
    screen.name.setText("FICTIONAL surgeon")
    screen.gmc.setText("0000000")
    screen.start.field.setText("01/04/2023")
    screen.end.field.setText("31/03/2026")
    screen.source.setText("Portal summary (FICTIONAL)")
    screen.open_wanted.emit()
    qtbot.waitUntil(lambda: plumbline.review is not None, timeout=SOON)
    review = plumbline.review
    assert isinstance(review, Review)
    assert review.extract.verdict.state is TrustState.UNSIGNED
    assert review.result("aaa_death").ratio == pytest.approx(1.2)
    assert review.result("aaa_death").typed
    assert {"overview", "funnel", "exports"} <= set(plumbline.window.rail.keys())
    assert not {"over_time", "case_mix", "cases", "quality"} & set(plumbline.window.rail.keys())
