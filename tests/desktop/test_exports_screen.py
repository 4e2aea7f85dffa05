from pathlib import Path

import pytest
from openpyxl import load_workbook
from pikepdf import Pdf
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.flow import Review
from core.report.pages.content import file_name
from core.report.verifying.verify import verify
from core.review.notes import NoteWritten, OnOutcome
from core.sealing.identities import make_signer, signer_p12
from core.sealing.trust import TrustStore, shipped_entries
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.exports.offered import KINDS
from desktop.screens.exports.presenter import OTHER_SURGEON, SENT, UNSIGNED
from desktop.screens.exports.view import ExportsScreen, build
from desktop.session import Session
from tests.desktop.on_desk import NOW, Ways, session, unlock

WAIT = 60_000


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def on_desk(small_review: Review, runner: JobRunner, keeper: Keeper, ways: Ways) -> Session:
    return session(small_review, runner, keeper, ways)


@pytest.fixture
def screen(qtbot: QtBot, fonts: None, on_desk: Session) -> ExportsScreen:
    made = build(on_desk)
    qtbot.addWidget(made)
    made.resize(1180, 900)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(made.save.isEnabled, timeout=WAIT)
    return made


def place(key: str, ending: str) -> int:
    return next(n for n, kind in enumerate(KINDS) if (kind.key, kind.ending) == (key, ending))


def made(qtbot: QtBot, screen: ExportsScreen, path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(screen, "ask_where", lambda name, ending: path)
    qtbot.waitUntil(screen.save.isEnabled, timeout=WAIT)
    screen.save.click()
    qtbot.waitUntil(lambda: SENT in screen._written_words.accessibleName(), timeout=WAIT)
    return path.read_bytes()


def test_the_finished_pages_are_there_before_anything_is_written(
    screen: ExportsScreen, tmp_path: Path
) -> None:
    assert screen.pages._says.text().startswith("Page 1 of ")
    assert screen.seal.signing.accessibleName() == UNSIGNED
    assert not list(tmp_path.iterdir())


def test_locked_it_is_made_unsigned_and_says_nothing_was_sent(
    qtbot: QtBot, screen: ExportsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = made(qtbot, screen, tmp_path / "a.pdf", monkeypatch)
    assert verify(pdf, TrustStore(shipped_entries())).signed_by == "nobody"
    QApplication.clipboard().clear()
    screen._portal.findChildren(type(screen.save))[0].click()
    assert QApplication.clipboard().text().startswith("Surgical outcomes for appraisal")


def test_open_it_is_signed_and_a_plain_copy_has_its_evidence_beside(
    qtbot: QtBot,
    screen: ExportsScreen,
    keeper: Keeper,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unlock(keeper)
    screen.seal.beside.click()
    from core.report.signing.detached import Beside

    pdf = made(qtbot, screen, tmp_path / "plain.pdf", monkeypatch)
    beside = Beside(
        (tmp_path / "plain.json").read_bytes(), (tmp_path / "plain.json.sig").read_bytes()
    )
    found = verify(pdf, TrustStore(shipped_entries()), beside=beside)
    assert (found.unchanged, found.signed_by) == ("yes", "self_declared")
    assert verify(pdf, TrustStore(shipped_entries())).issued == "no_evidence"


def test_a_pdf_named_as_its_evidence_gets_its_own_ending(
    qtbot: QtBot, screen: ExportsScreen, keeper: Keeper,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    unlock(keeper)
    screen.seal.beside.click()
    monkeypatch.setattr(screen, "ask_where", lambda name, ending: tmp_path / "x.json")
    qtbot.waitUntil(screen.save.isEnabled, timeout=WAIT)
    screen.save.click()
    qtbot.waitUntil(lambda: SENT in screen._written_words.accessibleName(), timeout=WAIT)
    written = {path.name for path in tmp_path.iterdir()}
    assert written >= {"x.json.pdf", "x.json.json", "x.json.json.sig"}
    assert screen.verify_made.isVisibleTo(screen)


def test_the_vault_of_another_surgeon_does_not_sign(
    qtbot: QtBot,
    screen: ExportsScreen,
    keeper: Keeper,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unlock(keeper, gmc="1111111")
    assert screen.seal.signing.accessibleName() == OTHER_SURGEON
    pdf = made(qtbot, screen, tmp_path / "a.pdf", monkeypatch)
    assert verify(pdf, TrustStore(shipped_entries())).signed_by == "nobody"


def test_an_unchosen_outcome_is_laid_out_anew(qtbot: QtBot, screen: ExportsScreen) -> None:
    before = screen.pages._says.text()
    screen.choices.outcomes["bleeding"].click()
    qtbot.waitUntil(lambda: screen.pages._says.text() not in ("", before), timeout=WAIT)
    qtbot.waitUntil(lambda: "Page 1 of " in screen.pages._says.text(), timeout=WAIT)
    assert int(screen.pages._says.text().split()[-1]) < int(before.split()[-1])


def test_what_looks_like_an_identifier_is_shown_first(
    qtbot: QtBot, screen: ExportsScreen, keeper: Keeper, on_desk: Session
) -> None:
    unlock(keeper)
    note = NoteWritten(
        note="n",
        extract=on_desk.extract,
        anchor=OnOutcome("death"),
        text="NHS 943 476 5919",
    )
    keeper.write_about(on_desk.review.extract, note)
    qtbot.waitUntil(screen._hits.isVisible, timeout=WAIT)
    said = screen._hit_words.accessibleName()
    assert "Note 1" in said
    assert "5919" not in said


def test_what_was_made_is_opened_and_verified_from_where_it_was_made(
    qtbot: QtBot,
    screen: ExportsScreen,
    ways: Ways,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    answers = iter((True, False))

    def open_outside(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return next(answers)

    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", open_outside)
    made(qtbot, screen, tmp_path / "a.pdf", monkeypatch)
    screen.verify_made.click()
    screen.open_made.click()
    assert not screen._no_program.isVisible()
    screen.open_made.click()
    assert screen._no_program.isVisible()
    assert "names no program" in screen._no_program.accessibleName()
    said = screen._written_words.accessibleName()
    assert said.startswith(f"a.pdf, in the folder “{tmp_path.name}”. Not signed.")
    assert SENT in said
    assert (ways.files, asked) == ([tmp_path / "a.pdf"], [str(tmp_path / "a.pdf")] * 2)


def test_what_was_made_stands_under_its_button_in_sight_with_the_keyboard(
    qtbot: QtBot, screen: ExportsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.resize(1180, 420)
    bar = screen.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=WAIT)
    bar.setValue(bar.maximum())
    made(qtbot, screen, tmp_path / "a.pdf", monkeypatch)
    qtbot.waitUntil(screen.open_made.hasFocus, timeout=WAIT)
    card = screen._written
    assert card.accessibleName() == "Your document"
    assert not card.visibleRegion().isEmpty()
    above = screen.save.mapTo(screen, screen.save.rect().bottomLeft()).y()
    top = card.mapTo(screen, card.rect().topLeft()).y()
    assert above < top < screen.pages.mapTo(screen, screen.pages.rect().topLeft()).y()
    assert 0 <= top < screen.viewport().height()
    screen.choices.outcomes["bleeding"].click()
    assert card.isVisible()
    screen.kinds.chosen.emit(str(place("appraisal", ".xlsx")))
    assert not card.isVisible()


def test_there_is_no_record_of_a_decision_that_was_not_made(
    qtbot: QtBot, screen: ExportsScreen
) -> None:
    screen.kinds.chosen.emit(str(place("decision", ".pdf")))
    qtbot.waitUntil(lambda: "No decision" in screen.pages._says.text(), timeout=WAIT)
    assert not screen.save.isEnabled()


def test_the_workbook_is_written(
    qtbot: QtBot, screen: ExportsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.kinds.chosen.emit(str(place("appraisal", ".xlsx")))
    made(qtbot, screen, tmp_path / "a.xlsx", monkeypatch)
    assert screen.open_made.isVisible()
    assert not screen.verify_made.isVisible()
    assert "Results" in load_workbook(tmp_path / "a.xlsx").sheetnames
    assert not screen.pages.isVisible()


def test_a_visible_seal_and_a_password_each_say_what_is_forfeited(
    qtbot: QtBot,
    screen: ExportsScreen,
    keeper: Keeper,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not screen.seal.visible_seal.isVisible()
    unlock(keeper)
    assert screen.seal.visible_seal.isVisible()
    assert not screen.seal.forfeits.isVisible()
    screen.seal.lock.field.setText("made up word")
    assert "no longer declares PDF/A." in screen.seal.forfeits.accessibleName()
    screen.seal.visible_seal.click()
    assert "PDF/UA" in screen.seal.forfeits.accessibleName()
    pdf = made(qtbot, screen, tmp_path / "locked.pdf", monkeypatch)
    trust = TrustStore(shipped_entries())
    assert verify(pdf, trust).locked
    assert verify(pdf, trust, password="made up word").unchanged == "yes"
    with Pdf.open(tmp_path / "locked.pdf", password="made up word") as opened:
        (seal,) = opened.Root.AcroForm.Fields
        assert float(seal.Rect[2]) > 0


def test_a_key_file_of_ones_own_signs_instead_of_the_vaults(
    qtbot: QtBot,
    screen: ExportsScreen,
    tmp_path: Path,
    ways: Ways,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = make_signer("FICTIONAL own key", "0000000", NOW)
    path = tmp_path / "own.p12"
    path.write_bytes(signer_p12(own, "made up"))
    monkeypatch.setattr(screen.seal, "choose_file", lambda: path)
    screen.seal.secret.field.setText("wrong")
    screen.seal.choose_key.click()
    assert len(ways.told) == 1
    assert screen.seal.secret.secret == ""
    screen.seal.secret.field.setText("made up")
    screen.seal.choose_key.click()
    assert "FICTIONAL own key" in screen.seal.signing.accessibleName()
    pdf = made(qtbot, screen, tmp_path / "a.pdf", monkeypatch)
    found = verify(pdf, TrustStore(shipped_entries()))
    assert (found.unchanged, found.signer.name) == ("yes", "FICTIONAL own key")
    assert "Signed by “FICTIONAL own key”." in screen._written_words.accessibleName()
    screen.seal.drop_key.click()
    assert screen.seal.signing.accessibleName() == UNSIGNED


@pytest.mark.parametrize(
    ("kind", "ending", "wanted"),
    [("appraisal", ".pdf", "appraisal"), ("appraisal", ".xlsx", "workbook")],
)
def test_the_proposed_name_is_the_one_that_core_gives(
    qtbot: QtBot,
    screen: ExportsScreen,
    on_desk: Session,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    ending: str,
    wanted: str,
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(screen, "ask_where", lambda *words: asked.append(words))
    screen.presenter.choose_kind(place(kind, ending))
    qtbot.waitUntil(screen.save.isEnabled, timeout=WAIT)
    screen.save.click()
    manifest = on_desk.review.extract.manifest
    assert asked == [(file_name(wanted, manifest, ending), ending)]


def test_requests_are_called_so_with_both_endings(
    screen: ExportsScreen, on_desk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(screen, "ask_where", lambda *words: asked.append(words))
    screen.presenter.choose_kind(place("queries", ".age"))
    screen.presenter.save()
    manifest = on_desk.review.extract.manifest
    assert asked == [(file_name("requests", manifest, ".xlsx.age"), ".xlsx.age")]
