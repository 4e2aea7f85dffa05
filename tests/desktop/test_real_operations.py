"""Steiner's seven surgeons, sealed from real operations, each opened in the window."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.audits.profile import parse_profile
from core.charts.palette import LIGHT
from core.intake.table import read_table
from core.issuing.edition import prepare
from core.issuing.issue import issue
from core.issuing.recipients import read_recipients
from core.sealing.example_keys import example_issuer
from desktop.app import Plumbline
from desktop.registry import SCREENS
from desktop.screens.open.view import OpenScreen
from desktop.theme import Theme
from desktop.window import OPEN

PROFILE = Path(__file__).resolve().parents[1] / "profiles" / "steiner.toml"
PASSPHRASE = "seven surgeons, one centre"
PATIENCE = 60_000


@pytest.fixture(scope="module")
def sealed(
    shared_path: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    table = shared_path("data", "PLUMBLINE_DATA") / "steiner_cardiac" / "cardiacsurgery.csv"
    profile = parse_profile(PROFILE.read_bytes(), PROFILE.name)
    edition = prepare(
        read_table(table.read_bytes()),
        profile,
        example_issuer(),
        datetime(2026, 1, 2, tzinfo=UTC),
        lambda *_: None,
    )
    rows = "".join(f"{one},Surgeon {one},p.txt\n" for one in "1234567")
    recipients = read_recipients(
        f"gmc,name,passphrase_file\n{rows}".encode(), lambda name: PASSPHRASE.encode()
    )
    folder = tmp_path_factory.mktemp("steiner")
    issued = issue(edition, recipients, folder, lambda *_: None, work_factor=8)
    return [folder / name for name in issued.files]


def test_each_extract_opens_and_every_screen_shows_it(
    qtbot: QtBot, fonts: None, sealed: list[Path]
) -> None:
    assert len(sealed) == 7
    for path in sealed:
        plumbline = Plumbline(Theme(LIGHT))
        qtbot.addWidget(plumbline.window)
        plumbline.window.show()
        plumbline.open_file(path)
        screen = plumbline.window.built(OPEN)
        assert isinstance(screen, OpenScreen)
        qtbot.waitUntil(screen.password.isVisible, timeout=PATIENCE)
        screen.password_given.emit(PASSPHRASE)
        qtbot.waitUntil(lambda shown=plumbline.window: shown.shown == "overview", timeout=PATIENCE)
        for listed in SCREENS:
            plumbline.go(listed.key)
            QApplication.processEvents()
            assert plumbline.window.shown == listed.key
        plumbline.shutdown()
