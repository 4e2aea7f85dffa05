"""The extracts screen: keep, open, erase, ask an audit, and care for the vault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from core.flow import Review
from core.review.vault import unlock as unlock_vault
from core.sealing.enrolment import read_enrolment
from desktop.jobs import JobRunner
from desktop.problems import show_problem
from desktop.screens.extracts.care import CarePresenter
from desktop.screens.extracts.view import ExtractsScreen, build
from desktop.screens.extracts.words import short_fingerprint
from desktop.widgets.banner import BannerWidget
from desktop.widgets.recovery_sheet import RecoverySheetWidget
from tests.desktop.on_desk import NOW, PASSPHRASE, Ways, keeper_in, session, unlock

SOON = 20_000


class Desk:
    """The screen on a made-up review, its vault not made."""

    def __init__(self, qtbot: QtBot, review: Review, runner: JobRunner, folder: Path) -> None:
        self.ways, self.keeper = Ways(), keeper_in(folder)
        desk = session(review, runner, self.keeper, self.ways)
        self.extract = desk.extract
        self.screen: ExtractsScreen = build(desk)
        qtbot.addWidget(self.screen)

    def press(self, act: str, about: str = "") -> None:
        self.screen.buttons[act, about].click()

    def unlock(self, gmc: str = "0000000") -> None:
        unlock(self.keeper, gmc)
        assert self.screen.care is not None
        presenter = self.screen.care.presenter
        assert isinstance(presenter, CarePresenter)
        presenter._work_factor = 4


@pytest.fixture
def desk(
    qtbot: QtBot, fonts: None, small_review: Review, runner: JobRunner, tmp_path: Path
) -> Iterator[Desk]:
    made = Desk(qtbot, small_review, runner, tmp_path)
    yield made
    made.keeper.lock()


def words(screen: ExtractsScreen) -> str:
    labels = [part for part in screen.findChildren(QLabel) if not part.isHidden()]
    fields = screen.findChildren(QPlainTextEdit)
    return "\n".join([*(part.text() for part in labels), *(one.toPlainText() for one in fields)])


def test_kept_opened_and_erased(qtbot: QtBot, desk: Desk) -> None:
    desk.unlock()
    desk.press("keep")
    assert desk.extract in desk.keeper.state.kept
    assert ("keep", "") not in desk.screen.buttons
    desk.press("open", desk.extract)
    qtbot.waitUntil(lambda: bool(desk.ways.opened), timeout=SOON)
    desk.press("erase", desk.extract)
    assert desk.extract not in desk.keeper.state.erased
    desk.press("sure", desk.extract)
    assert desk.extract in desk.keeper.state.erased
    assert "Records erased" in words(desk.screen)
    assert ("open", desk.extract) not in desk.screen.buttons


def test_another_surgeons_extract_is_told_with_both_numbers(qtbot: QtBot, desk: Desk) -> None:
    desk.unlock(gmc="0000001")
    desk.press("keep")
    ground = QWidget()
    qtbot.addWidget(ground)
    banner = BannerWidget(ground)
    show_problem(desk.ways.told[0], banner)
    assert "0000001, the extract for 0000000" in banner.words
    assert not desk.keeper.state.kept


def test_after_a_lock_nothing_of_the_vault_is_shown(qtbot: QtBot, desk: Desk) -> None:
    desk.unlock()
    desk.press("keep")
    assert "FICTIONAL Surgeon" in words(desk.screen)
    desk.keeper.lock()
    qtbot.waitUntil(lambda: "FICTIONAL" not in words(desk.screen))
    assert set(desk.screen.buttons) >= {("unlock", "")}


def test_the_enrolment_file_bears_the_fingerprint_that_is_shown(desk: Desk, tmp_path: Path) -> None:
    desk.unlock()
    desk.screen.enrolment_asked.emit(tmp_path / "enrolment.json")
    found = read_enrolment((tmp_path / "enrolment.json").read_bytes())
    assert short_fingerprint(found.signing_key_sha256) in words(desk.screen)
    assert found.gmc == "0000000"


def test_the_passphrase_is_changed_by_whoever_knows_it(qtbot: QtBot, desk: Desk) -> None:
    desk.unlock()
    care = desk.screen.care
    assert care is not None
    care.changed.emit("wrong", "new words here", "new words here")
    qtbot.waitUntil(lambda: "(E705)" in care.problem, timeout=SOON)
    care.changed.emit(PASSPHRASE, "new words here", "new words here")
    qtbot.waitUntil(lambda: bool(desk.ways.noted), timeout=SOON)
    desk.keeper.lock()
    unlock_vault(desk.keeper.folder, "new words here", NOW).lock()


@pytest.mark.parametrize("act", ["sheet_asked", "rotation_asked"])
def test_new_secrets_come_on_a_sheet(qtbot: QtBot, desk: Desk, act: str) -> None:
    desk.unlock()
    desk.press("keep")
    care = desk.screen.care
    assert care is not None
    getattr(care, act).emit(PASSPHRASE)
    qtbot.waitUntil(lambda: isinstance(care.form, RecoverySheetWidget), timeout=SOON)
    assert desk.keeper.can_write
    assert desk.extract in desk.keeper.state.kept
    desk.keeper.lock()
    assert desk.screen.care is None


def test_an_exported_vault_is_put_back(desk: Desk, tmp_path: Path) -> None:
    desk.unlock()
    desk.press("keep")
    assert desk.screen.care is not None
    desk.screen.care.exported.emit(tmp_path / "vault.zip")
    desk.keeper.use(tmp_path / "elsewhere")
    desk.screen.restored.emit(tmp_path / "vault.zip")
    assert (desk.ways.told, desk.keeper.exists) == ([], True)
    desk.keeper.hold(unlock_vault(desk.keeper.folder, PASSPHRASE, NOW))
    assert desk.extract in desk.keeper.state.kept


def test_another_file_is_not_put_back(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "other.zip").write_bytes(b"PK")
    desk.screen.restored.emit(tmp_path / "other.zip")
    assert [getattr(error, "code", "") for error in desk.ways.told] == ["E710"]
