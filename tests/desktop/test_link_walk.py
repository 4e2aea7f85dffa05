"""A link asked for at an import, through the whole window: vault, cases, lock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.charts.palette import LIGHT
from core.intake.reading.opening import open_foreign
from core.review.vault import create
from desktop.app import Plumbline
from desktop.screens.cases.link_card import LinkCardWidget
from desktop.screens.import_file.view import ImportScreen
from desktop.session import UNLOCK
from desktop.theme import Theme
from tests.core.made_foreign import CANARIES, OWN, as_csv, nvr_rows
from tests.desktop.on_desk import NOW, PASSPHRASE

SOON = 30_000


@pytest.fixture
def plumbline(qtbot: QtBot, fonts: None, tmp_path: Path) -> Iterator[Plumbline]:
    made = Plumbline(Theme(LIGHT))
    made.keeper.folder = tmp_path / "vault"
    made.keeper.use = lambda folder: None  # type: ignore[method-assign]
    qtbot.addWidget(made.window)
    made.window.resize(1440, 900)
    made.window.show()
    yield made
    made.shutdown()


def test_asked_at_the_import_found_among_the_cases_gone_with_the_lock(
    qtbot: QtBot, plumbline: Plumbline, tmp_path: Path
) -> None:
    foreign = open_foreign(as_csv(nvr_rows()), "made-up.csv", accept_weak=True)
    plumbline.show_foreign(foreign, lambda report: foreign)
    screen = plumbline.window.built("import_file")
    assert isinstance(screen, ImportScreen)
    qtbot.waitUntil(lambda: screen.presenter.draft is not None, timeout=SOON)
    screen.questions.surgeon_chosen.emit(OWN)
    qtbot.waitUntil(screen.open.isEnabled, timeout=SOON)
    screen.who.name.setText("FICTIONAL surgeon")
    screen.who.gmc.setText(OWN)
    screen.link.setFocus()
    qtbot.keyClick(screen.link, Qt.Key.Key_Space)
    qtbot.mouseClick(screen.open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: plumbline.window.shown == UNLOCK, timeout=SOON)
    assert plumbline.review is not None
    vault, _ = create(tmp_path / "vault", "FICTIONAL", OWN, PASSPHRASE, NOW, work_factor=4)
    plumbline.keeper.hold(vault)
    plumbline.go("cases")
    cases = plumbline.window.built("cases")
    cases.table.selectRow(0)
    (card,) = cases.findChildren(LinkCardWidget)
    qtbot.mouseClick(card.show_number, Qt.MouseButton.LeftButton)
    assert "HOSP77" in card.found.accessibleName()
    plumbline.window.copy_shown()
    copied = QGuiApplication.clipboard().text().encode()
    assert b"Find this patient" in copied
    assert not [canary for canary in CANARIES if canary in copied]
    plumbline.keeper.lock()
    assert card.isHidden()
    assert card.found.accessibleName() == ""
    held = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len(held) >= 6
    assert not [canary for canary in CANARIES for data in held if canary in data]
