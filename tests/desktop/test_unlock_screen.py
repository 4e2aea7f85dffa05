"""The unlock screen: a vault made, opened, recovered, told of, and the way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.charts.palette import LIGHT
from core.flow import Review
from core.issuing.example import example_signer
from core.issuing.example_nation import gmc_number
from core.review.vault import unlock as unlock_vault
from desktop.app import Plumbline
from desktop.jobs import JobRunner
from desktop.screens.unlock.cards import LockedCard, NewVaultCard, RenewalCard, ToldCard
from desktop.screens.unlock.presenter import (
    DIFFERENT,
    NOT_CONFIRMED,
    UnlockPresenter,
    create_for_practice,
)
from desktop.screens.unlock.view import UnlockScreen, build
from desktop.session import BACK
from desktop.theme import Theme
from desktop.widgets.recovery_sheet import RecoverySheetWidget
from desktop.window import OPEN
from tests.desktop.on_desk import NOW, PASSPHRASE, Ways, keeper_in, session, unlock

SOON = 20_000


class Desk:
    """The screen on a made-up review; `screen.card` is what is asked."""

    def __init__(self, qtbot: QtBot, review: Review, runner: JobRunner, folder: Path) -> None:
        self.ways, self.keeper = Ways(), keeper_in(folder)
        self.screen: UnlockScreen = build(session(review, runner, self.keeper, self.ways))
        presenter = self.screen.presenter
        assert isinstance(presenter, UnlockPresenter)
        presenter._work_factor = 4
        qtbot.addWidget(self.screen)
        self._qtbot = qtbot

    def shows(self, kind: type) -> None:
        self._qtbot.waitUntil(lambda: isinstance(self.screen.card, kind), timeout=SOON)


@pytest.fixture
def desk(
    qtbot: QtBot, fonts: None, small_review: Review, runner: JobRunner, tmp_path: Path
) -> Iterator[Desk]:
    made = Desk(qtbot, small_review, runner, tmp_path)
    yield made
    made.keeper.lock()


def make(desk: Desk) -> None:
    desk.screen.show()
    card = desk.screen.card
    assert isinstance(card, NewVaultCard)
    card.passphrase.first.field.setText(PASSPHRASE)
    card.passphrase.second.field.setText(PASSPHRASE)
    card.passphrase.given.emit()
    desk.shows(RecoverySheetWidget)


def test_made_confirmed_and_back_where_it_was_asked(desk: Desk) -> None:
    done: list[str] = []
    desk.keeper.ask(lambda: done.append("written"))
    make(desk)
    sheet = desk.screen.card
    assert isinstance(sheet, RecoverySheetWidget)
    assert not sheet.done.isEnabled()
    assert done == []
    sheet.held.setChecked(True)
    sheet.done.click()
    assert desk.ways.gone == [(BACK, "")]
    assert done == ["written"]
    assert desk.keeper.can_write


def test_the_sheet_is_a_pdf_only_where_it_is_put(desk: Desk, tmp_path: Path) -> None:
    make(desk)
    sheet = desk.screen.card
    assert isinstance(sheet, RecoverySheetWidget)
    before = set(tmp_path.rglob("*.pdf"))
    sheet.save_pdf(tmp_path / "sheet.pdf")
    assert before == set()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_a_sheet_that_is_left_is_told_and_gone(desk: Desk) -> None:
    make(desk)
    desk.screen.hide()
    assert desk.ways.noted == [NOT_CONFIRMED]
    assert not isinstance(desk.screen.card, RecoverySheetWidget)


def test_a_lock_takes_the_sheet_away(desk: Desk) -> None:
    make(desk)
    desk.keeper.lock()
    assert isinstance(desk.screen.card, LockedCard)


def test_two_passphrases_that_differ_are_told(desk: Desk) -> None:
    desk.screen.show()
    desk.screen.made.emit("", "", "one", "other")
    assert desk.screen.problem.startswith(DIFFERENT)
    desk.screen.made.emit("", "", "", "")
    assert "(E106)" in desk.screen.problem
    assert not desk.keeper.exists


def test_a_weak_passphrase_is_called_weak(desk: Desk) -> None:
    desk.screen.show()
    card = desk.screen.card
    assert isinstance(card, NewVaultCard)
    card.passphrase.first.field.setText("short")
    assert card.passphrase.word.startswith("Short")


def test_wrong_then_right(qtbot: QtBot, desk: Desk) -> None:
    unlock(desk.keeper)
    desk.keeper.lock()
    desk.screen.show()
    desk.screen.passphrase_given.emit("wrong")
    qtbot.waitUntil(lambda: "(E705)" in desk.screen.problem, timeout=SOON)
    assert isinstance(desk.screen.card, LockedCard)
    desk.screen.passphrase_given.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: desk.ways.gone == [(BACK, "")], timeout=SOON)
    assert desk.keeper.can_write


def test_the_recovery_secret_leads_to_a_new_passphrase(qtbot: QtBot, desk: Desk) -> None:
    secret = unlock(desk.keeper)
    desk.keeper.lock()
    desk.screen.show()
    desk.screen.secret_given.emit("not a secret")
    qtbot.waitUntil(lambda: "(E108)" in desk.screen.problem, timeout=SOON)
    desk.screen.secret_given.emit(secret.lower())
    desk.shows(RenewalCard)
    desk.screen.renewed.emit("another passphrase", "another passphrase")
    qtbot.waitUntil(lambda: desk.ways.gone == [(BACK, "")], timeout=SOON)
    desk.keeper.lock()
    unlock_vault(desk.keeper.folder, "another passphrase", NOW).lock()


def test_a_missing_journal_is_begun_only_on_request(desk: Desk) -> None:
    unlock(desk.keeper)
    desk.keeper.lock()
    next(desk.keeper.folder.glob("*.log")).unlink()
    desk.screen.show()
    desk.screen.passphrase_given.emit(PASSPHRASE)
    desk.shows(ToldCard)
    card = desk.screen.card
    assert isinstance(card, ToldCard)
    assert not list(desk.keeper.folder.glob("*.log"))
    card.begin.click()
    assert list(desk.keeper.folder.glob("*.log"))
    assert desk.ways.gone == [(BACK, "")]


def test_a_second_instance_is_told(desk: Desk) -> None:
    other = keeper_in(desk.keeper.folder.parent)
    unlock(other)
    desk.screen.show()
    desk.screen.passphrase_given.emit(PASSPHRASE)
    desk.shows(ToldCard)
    assert not desk.keeper.can_write
    other.lock()


def test_another_surgeons_vault_is_told_with_both_numbers(qtbot: QtBot, desk: Desk) -> None:
    unlock(desk.keeper, gmc="0000001")
    desk.keeper.lock()
    desk.screen.show()
    desk.screen.passphrase_given.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: bool(desk.ways.told), timeout=SOON)
    (error,) = desk.ways.told
    assert "0000001" in error.words  # type: ignore[attr-defined]
    assert "0000000" in error.words  # type: ignore[attr-defined]


def test_the_practice_vault_signs_with_the_key_the_example_names(tmp_path: Path) -> None:
    made, _ = create_for_practice(
        tmp_path / "own", "FICTIONAL", gmc_number(1), PASSPHRASE, NOW, work_factor=4
    )
    other, _ = create_for_practice(
        tmp_path / "other", "FICTIONAL", gmc_number(2), PASSPHRASE, NOW, work_factor=4
    )
    key = example_signer().certificate_pem
    assert made.keys.signer.certificate_pem == key
    assert other.keys.signer.certificate_pem != key
    made.lock()
    other.lock()


def test_a_locked_vault_is_opened_from_the_rail(
    qtbot: QtBot, fonts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.app.vault_folder", lambda **_: tmp_path / "vault")
    made = Plumbline(Theme(LIGHT))
    qtbot.addWidget(made.window)
    made.go(OPEN)
    acts = made.window.rail._acts
    assert acts["unlock"].isHidden()
    assert acts["lock"].isHidden()
    unlock(made.keeper)
    assert not acts["lock"].isHidden()
    made.keeper.lock()
    assert not acts["unlock"].isHidden()
    acts["unlock"].click()
    assert made.window.shown == "unlock"
    made.shutdown()
