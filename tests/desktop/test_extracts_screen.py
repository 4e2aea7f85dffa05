"""The extracts screen: keep, open, erase, ask an audit, and care for the vault."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from core.extract.manifest import manifest_bytes
from core.flow import Review
from core.review.events import ExtractKept
from core.review.notes import NoteWritten, OnOutcome
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
    labels = [part for part in screen.findChildren(QLabel) if part.isVisibleTo(screen)]
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


def test_a_backup_is_put_back_into_the_same_vault_and_compared(desk: Desk, tmp_path: Path) -> None:
    desk.unlock()
    desk.press("keep")
    assert desk.screen.care is not None
    desk.screen.care.exported.emit(tmp_path / "vault.zip")
    desk.keeper.write(
        NoteWritten(note="n", extract=desk.extract, anchor=OnOutcome("death"), text="written after")
    )
    (kept,) = (desk.keeper.folder / "extracts").glob("*.age")
    kept.unlink()
    desk.screen.care.restored.emit(tmp_path / "vault.zip")
    assert (desk.ways.told, desk.keeper.is_open) == ([], False)
    desk.keeper.hold(unlock_vault(desk.keeper.folder, PASSPHRASE, NOW))
    assert [note.text for note in desk.keeper.state.notes.values()] == ["written after"]
    assert "Records held" in words(desk.screen)


def test_another_vaults_backup_is_told_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.unlock()
    assert desk.screen.care is not None
    desk.screen.care.exported.emit(tmp_path / "vault.zip")
    desk.keeper.use(tmp_path / "elsewhere")
    desk.unlock()
    before = {path.name: path.read_bytes() for path in desk.keeper.folder.glob("*.age")}
    desk.screen.restored.emit(tmp_path / "vault.zip")
    assert [getattr(error, "code", "") for error in desk.ways.told] == ["E702"]
    after = {path.name: path.read_bytes() for path in desk.keeper.folder.glob("*.age")}
    assert (before, desk.keeper.exists) == (after, True)


def test_years_and_audits_stand_in_order_and_what_is_due_is_said(
    desk: Desk, small_review: Review
) -> None:
    desk.unlock()
    manifest = small_review.extract.manifest

    def kept(name: str, audit: str, year: int, until: date | None = None) -> None:
        changed = replace(
            manifest,
            audit=replace(manifest.audit, name=audit, code=audit.lower()),
            period=replace(manifest.period, start=date(year, 4, 1), end=date(year + 1, 3, 31)),
            retain_until=until,
        )
        written = ExtractKept(
            extract=name, manifest=manifest_bytes(changed), verification="verified"
        )
        folder = desk.keeper.folder / "extracts"
        (folder / f"{name}.age").write_bytes(b"sealed")
        desk.keeper.write(written)

    kept("a" * 64, "Bone", 2021)
    kept("b" * 64, "Aorta", 2022, NOW.date() - timedelta(days=1))
    kept("c" * 64, "Aorta", 2024, NOW.date())
    kept("d" * 64, "Aorta", 2023)
    opening = [about[0] for act, about in desk.screen.buttons if act == "open"]
    assert opening == ["c", "d", "b", "a"]
    shown = words(desk.screen)
    assert shown.count("The audit asked for the records to be kept until") == 1
    assert "Nothing is erased unless you do it" in shown
    assert len(list((desk.keeper.folder / "extracts").glob("*.age"))) == 4


def test_the_practice_vault_says_so_wherever_it_is(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.unlock()
    assert "FICTIONAL Surgeon · GMC number 0000000" in words(desk.screen)
    assert "practice" not in words(desk.screen)
    monkeypatch.setattr("desktop.keeping.vault_folder", lambda *, practice: desk.keeper.folder)
    desk.keeper.changed.emit()
    assert "Kept in the practice vault" in words(desk.screen)
    assert "no audit can use the enrolment file" in words(desk.screen)
