import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from core.issuing.example import example_signer
from core.report.signing.sign import SealOptions
from core.report.verifying.remembered import CHANGED
from core.sealing.identities import make_signer
from core.sealing.signatures import certificate_name
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.verify.presenter import VerifyPresenter
from desktop.screens.verify.view import VerifyScreen, build
from tests.core.made_export import AT, evidence, export
from tests.desktop.on_desk import Ways, desk


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def screen(
    qtbot: QtBot,
    fonts: None,
    runner: JobRunner,
    keeper: Keeper,
    ways: Ways,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> VerifyScreen:
    monkeypatch.setattr("desktop.screens.verify.view.seen_folder", lambda: tmp_path / "seen")
    made = build(desk(runner, keeper, ways))
    qtbot.addWidget(made)
    made.resize(1180, 800)
    with qtbot.waitExposed(made):
        made.show()
    return made


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def verify(qtbot: QtBot, screen: VerifyScreen, paths: list[Path]) -> None:
    presenter = screen.presenter
    assert isinstance(presenter, VerifyPresenter)
    presenter.choose(paths)
    assert presenter._job is not None
    with qtbot.waitSignal(presenter._job.finished, timeout=60_000):
        pass


def words(screen: VerifyScreen) -> str:
    from PySide6.QtWidgets import QLabel

    labels = screen.account.findChildren(QLabel)
    return "\n".join(label.accessibleName() or label.text() for label in labels)


def test_one_document_is_answered_in_four_parts(
    qtbot: QtBot, screen: VerifyScreen, tmp_path: Path
) -> None:
    verify(qtbot, screen, [write(tmp_path / "a.pdf", export())])
    said = words(screen)
    for number in "1234":
        assert f"\n{number}. " in said
    assert "FICTIONAL: issued by a made-up example" in said
    assert "Data as at 5 October 2026, follow-up to 14 April 2026." in said
    assert "Example Cardiac Audit (FICTIONAL), 1 April 2023 to 31 March 2026" in said
    assert "22 November 2026, 09:30 UTC. The time of signing" in said
    assert not re.search(r"\d{4}-\d\d-\d\d", said)
    assert not screen.table.isVisible()


def test_the_signer_is_named_in_the_answer_and_the_figures_stand_under_the_advice(
    qtbot: QtBot, screen: VerifyScreen, tmp_path: Path
) -> None:
    verify(qtbot, screen, [write(tmp_path / "a.pdf", export())])
    lines = words(screen).split("\n")
    answer = lines[lines.index("2. Signed by whom?") + 1]
    name = certificate_name(example_signer().certificate_pem)
    assert answer.startswith("FICTIONAL, confirmed by Example Cardiac Audit (FICTIONAL): ")
    assert f"signed by “{name}”" in answer
    advice = lines.index("Rely on these figures, not on the pages.")
    assert lines[advice + 1] == "Death in hospital"
    assert lines[advice + 2].startswith("cases 409 · observed 10 · expected 12.0")


def test_where_there_are_no_figures_none_are_to_be_relied_on(
    qtbot: QtBot, screen: VerifyScreen, tmp_path: Path
) -> None:
    verify(qtbot, screen, [write(tmp_path / "a.pdf", b"not a document")])
    assert "There are no figures here to rely on." in words(screen)
    assert "Rely on these figures" not in words(screen)


def test_an_altered_document_says_so_and_leads_the_list(
    qtbot: QtBot, screen: VerifyScreen, tmp_path: Path
) -> None:
    whole = export()
    at = whole.index(b"/Title") + 9
    altered = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    paths = [write(tmp_path / "whole.pdf", whole), write(tmp_path / "altered.pdf", altered)]
    verify(qtbot, screen, paths)
    assert screen.table.isVisible()
    model = screen.table.model()
    assert [model.index(row, 2).data() for row in range(2)] == ["altered.pdf", "whole.pdf"]
    assert "Yes" not in str(model.index(0, 3).data())
    screen.table.selectRow(1)
    assert "whole.pdf" in words(screen)


def test_a_file_that_cannot_be_read_costs_only_its_own_answer(
    qtbot: QtBot, screen: VerifyScreen, tmp_path: Path, ways: Ways
) -> None:
    verify(qtbot, screen, [tmp_path / "absent.pdf", write(tmp_path / "a.pdf", export())])
    assert ways.told == []
    assert screen.table.model().rowCount() == 2
    assert "was not looked into" in words(screen)


def test_the_register_holds_a_row_a_document(
    qtbot: QtBot,
    screen: VerifyScreen,
    tmp_path: Path,
    ways: Ways,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paths = [write(tmp_path / f"{name}.pdf", export()) for name in "ab"]
    verify(qtbot, screen, paths)
    out = tmp_path / "register.xlsx"
    monkeypatch.setattr(screen, "ask_where", lambda name: out)
    screen.save_button.click()
    qtbot.waitUntil(lambda: bool(ways.noted), timeout=20_000)
    cells = [str(cell) for row in load_workbook(out).active.values for cell in row if cell]
    assert {"a.pdf", "b.pdf"} <= set(cells)


def test_a_changed_certificate_is_said_until_it_is_accepted(
    qtbot: QtBot, screen: VerifyScreen, tmp_path: Path
) -> None:
    stranger = make_signer("FICTIONAL stranger", evidence().doctor.gmc, AT)
    first = write(tmp_path / "first.pdf", export(signer=example_signer()))
    second = write(tmp_path / "second.pdf", export(signer=stranger))
    verify(qtbot, screen, [first])
    verify(qtbot, screen, [second])
    assert CHANGED in words(screen)
    assert screen.account.findChildren(type(screen.save_button))


def test_a_locked_document_is_verified_with_its_password(
    qtbot: QtBot, screen: VerifyScreen, tmp_path: Path
) -> None:
    locked = export(options=SealOptions(password="made up word"))
    verify(qtbot, screen, [write(tmp_path / "a.pdf", locked)])
    assert screen.locked.isVisible()
    assert "locked with a password" in words(screen)
    presenter = screen.presenter
    assert isinstance(presenter, VerifyPresenter)
    screen.password.field.setText("made up word")
    screen.unlock.click()
    assert presenter._job is not None
    with qtbot.waitSignal(presenter._job.finished, timeout=60_000):
        pass
    assert not screen.locked.isVisible()
    assert screen.password.secret == ""
    assert "Yes: nothing was changed" in words(screen)
