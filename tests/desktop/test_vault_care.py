"""Keys made anew while the window stays awake: writing waits, is told, and loses nothing."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from core.errors import KeysInTheMakingError, WriteFailedError
from core.flow import Review
from core.review.reflection import ReflectionWritten
from core.review.vault import unlock as unlock_vault
from core.sealing.identities import make_signer, signer_p12
from core.sealing.signatures import fingerprint
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.extracts import care as care_module
from desktop.screens.extracts.care import BUSY, NOT_CONFIRMED, CarePresenter
from desktop.screens.extracts.care_card import CareCard
from desktop.screens.extracts.view import ExtractsScreen
from desktop.screens.extracts.view import build as build_extracts
from desktop.screens.extracts.words import short_fingerprint
from desktop.screens.reflection.view import ReflectionScreen
from desktop.screens.reflection.view import build as build_reflection
from desktop.widgets.recovery_sheet import RecoverySheetWidget
from tests.desktop.on_desk import NOW, PASSPHRASE, Ways, keeper_in, session, unlock

SOON = 20_000


class Bench:
    """The extracts and reflection screens on one open vault, and a rotation that can be held."""

    def __init__(
        self, qtbot: QtBot, review: Review, folder: Path, patch: pytest.MonkeyPatch
    ) -> None:
        self.qtbot, self.ways, self.keeper = qtbot, Ways(), keeper_in(folder)
        self.runner = JobRunner()
        desk = session(review, self.runner, self.keeper, self.ways)
        self.review, self.extract = review, desk.extract
        self.extracts: ExtractsScreen = build_extracts(desk)
        self.reflection: ReflectionScreen = build_reflection(desk)
        for screen in (self.extracts, self.reflection):
            qtbot.addWidget(screen)
        unlock(self.keeper)
        self.keeper.keep(review.extract)
        presenter = self.care.presenter
        assert isinstance(presenter, CarePresenter)
        presenter._work_factor = 4
        self.began, self.go_on = Event(), Event()
        real = care_module.rotate

        def held(*given: object, **more: object) -> object:
            self.began.set()
            assert self.go_on.wait(20)
            return real(*given, **more)  # type: ignore[arg-type]

        patch.setattr(care_module, "rotate", held)

    @property
    def care(self) -> CareCard:
        assert self.extracts.care is not None
        return self.extracts.care

    def begin(self) -> None:
        self.care.rotation_asked.emit(PASSPHRASE)
        assert self.began.wait(20)

    def end(self) -> None:
        self.go_on.set()
        self.qtbot.waitUntil(lambda: not self.keeper.resting, timeout=SOON)


@pytest.fixture
def bench(
    qtbot: QtBot, fonts: None, small_review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    made = Bench(qtbot, small_review, tmp_path, monkeypatch)
    yield made
    made.go_on.set()
    made.runner.shutdown()
    made.keeper.lock()


def wrote(bench: Bench, text: str) -> ReflectionWritten:
    return ReflectionWritten(extract=bench.extract, outcome=None, part="what", text=text)


def reflection(keeper: Keeper) -> list[str]:
    return [found.what for found in keeper.state.reflections.values()]


def reopened(keeper: Keeper) -> list[str]:
    keeper.lock()
    keeper.hold(unlock_vault(keeper.folder, PASSPHRASE, NOW))
    return reflection(keeper)


def test_what_is_typed_meanwhile_is_told_and_written_after(bench: Bench) -> None:
    editor = bench.reflection.parts["what"]
    editor.setPlainText("before")
    bench.begin()
    assert (bench.keeper.resting, bench.keeper.can_write) == (True, False)
    assert reflection(bench.keeper) == ["before"]
    editor.setPlainText("before and during")
    editor.flush()
    assert {type(error) for error in bench.ways.told} == {KeysInTheMakingError}
    assert editor.toPlainText() == "before and during"
    bench.end()
    assert reflection(bench.keeper) == ["before and during"]
    assert isinstance(bench.care.form, RecoverySheetWidget)
    assert reopened(bench.keeper) == ["before and during"]


def test_nothing_else_is_begun_meanwhile(bench: Bench, tmp_path: Path) -> None:
    bench.begin()
    care, buttons = bench.care, bench.extracts.buttons
    acts = (care.change, care.sheet, care.keys, care.signing, care.export, care.restore, care.lock)
    assert not any(button.isEnabled() for button in acts)
    care.changed.emit(PASSPHRASE, "another one of words", "another one of words")
    care.sheet_asked.emit(PASSPHRASE)
    care.exported.emit(tmp_path / "vault.zip")
    assert BUSY in care.problem
    assert not (tmp_path / "vault.zip").exists()
    buttons["open", bench.extract].click()
    bench.extracts.erased.emit(bench.extract)
    assert [type(error) for error in bench.ways.told] == [KeysInTheMakingError] * 2
    bench.end()
    assert all(button.isEnabled() for button in acts)
    assert bench.extract in bench.keeper.state.kept
    bench.extracts.buttons["open", bench.extract].click()
    bench.qtbot.waitUntil(lambda: bool(bench.ways.opened), timeout=SOON)


def test_a_lock_waits_for_the_keys_and_loses_nothing(bench: Bench) -> None:
    bench.begin()
    bench.reflection.parts["what"].setPlainText("typed just before the lock")
    bench.keeper.lock()
    assert bench.keeper.is_open
    bench.end()
    assert not bench.keeper.is_open
    assert bench.ways.noted == [NOT_CONFIRMED]
    assert reopened(bench.keeper) == ["typed just before the lock"]


def test_a_rotation_that_fails_leaves_the_vault_as_it_was(bench: Bench) -> None:
    bench.go_on.set()
    bench.care.rotation_asked.emit("not the passphrase")
    bench.qtbot.waitUntil(lambda: not bench.keeper.resting, timeout=SOON)
    assert "(E705)" in bench.care.problem
    assert bench.keeper.can_write
    bench.keeper.write(wrote(bench, "still writes"))
    assert reopened(bench.keeper) == ["still writes"]


def test_a_disk_full_halfway_is_told_and_everything_stands(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise WriteFailedError("The file could not be written: no space left on device.")

    bench.keeper.write(wrote(bench, "written"))
    monkeypatch.setattr("core.review.rotation.copy_journals", full)
    bench.begin()
    bench.end()
    assert "no space left" in bench.care.problem
    assert reopened(bench.keeper) == ["written"]
    bench.extracts.buttons["open", bench.extract].click()
    bench.qtbot.waitUntil(lambda: bool(bench.ways.opened), timeout=SOON)


def test_an_own_key_signs_from_then_on(bench: Bench, tmp_path: Path) -> None:
    own = make_signer("FICTIONAL Surgeon", "0000000", NOW)
    path = tmp_path / "own.p12"
    path.write_bytes(signer_p12(own, "FICTIONAL key words"))
    bench.go_on.set()
    bench.care.key_given.emit(path, "FICTIONAL key words", PASSPHRASE)
    bench.qtbot.waitUntil(lambda: bool(bench.ways.noted), timeout=SOON)
    assert bench.keeper.vault is not None
    assert bench.keeper.vault.keys.signer.certificate_pem == own.certificate_pem
    shown = short_fingerprint(fingerprint(own.certificate_pem))
    assert shown in bench.ways.noted[0]
    assert isinstance(bench.care.form, RecoverySheetWidget)


@pytest.mark.parametrize(
    ("opens", "content"), [("wrong", None), ("FICTIONAL key words", b"no key file")]
)
def test_a_key_file_that_does_not_open_is_told_in_place(
    bench: Bench, tmp_path: Path, opens: str, content: bytes | None
) -> None:
    own = make_signer("FICTIONAL Surgeon", "0000000", NOW)
    path = tmp_path / "own.p12"
    path.write_bytes(content or signer_p12(own, "FICTIONAL key words"))
    before = bench.keeper.vault
    bench.care.key_given.emit(path, opens, PASSPHRASE)
    bench.qtbot.waitUntil(lambda: bool(bench.care.problem), timeout=SOON)
    assert "could not be opened" in bench.care.problem
    assert bench.keeper.vault is before


def test_a_sheet_that_is_left_is_put_away_and_said(bench: Bench) -> None:
    bench.extracts.show()
    bench.begin()
    bench.end()
    assert isinstance(bench.care.form, RecoverySheetWidget)
    bench.extracts.hide()
    assert bench.care.form is None
    assert bench.ways.noted == [NOT_CONFIRMED]
