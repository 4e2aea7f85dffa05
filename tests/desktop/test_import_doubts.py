"""What an import asks and warns of in the window: whose cases, which sense, and odd rates."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.intake.reading.opening import open_foreign
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.import_file.view import ImportScreen, build
from tests.core.made_foreign import OWN, as_csv, nela_like, nvr_rows
from tests.desktop.on_desk import desk, unlock
from tests.desktop.test_import_screen import Show, column, presenter, wait_read


@pytest.fixture
def show(qtbot: QtBot, fonts: None, runner: JobRunner, keeper: Keeper) -> Show:
    def shown(data: bytes) -> ImportScreen:
        screen = build(desk(runner, keeper))
        qtbot.addWidget(screen)
        with qtbot.waitExposed(screen):
            screen.show()
        foreign = open_foreign(data, "made-up.csv", accept_weak=True)
        screen.file_arrived.emit(foreign, lambda report: foreign)
        wait_read(qtbot, screen)
        return screen

    return shown


def test_the_vault_of_the_made_up_example_says_nobodys_name(
    show: Show, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.keeping.vault_folder", lambda *, practice: keeper.folder)
    unlock(keeper, gmc=OWN)
    screen = show(nela_like())
    assert (screen.who.name.text(), screen.who.gmc.text()) == ("", "")


def test_a_code_that_is_not_the_gmc_number_is_said(
    qtbot: QtBot, show: Show, keeper: Keeper
) -> None:
    unlock(keeper, gmc="0000000")
    screen = show(as_csv(nvr_rows()))
    assert not screen.who.other_code.isVisible()
    screen.questions.surgeon_chosen.emit(OWN)
    wait_read(qtbot, screen)
    assert screen.who.other_code.isVisible()
    screen.who.gmc.setText(OWN)
    assert not screen.who.other_code.isVisible()


def test_taking_back_the_own_code_says_why_nothing_is_read(qtbot: QtBot, show: Show) -> None:
    screen = show(as_csv(nvr_rows()))
    screen.questions.surgeon_chosen.emit(OWN)
    wait_read(qtbot, screen)
    screen.questions.surgeon_chosen.emit("")
    wait_read(qtbot, screen)
    assert presenter(screen).reading.preview.rows
    assert "Choose your own code" in screen.preview.state.text()
    assert "--" not in screen.preview.state.text()


def test_an_outcome_told_the_other_way_round_is_asked_and_an_odd_rate_marked(
    qtbot: QtBot, show: Show
) -> None:
    rows = [[f"{1 + at % 28:02d}/01/2024", "No"] for at in range(39)]
    screen = show(as_csv([["Date of operation", "In-hospital death"], *rows]))
    screen.audit.audit_chosen.emit("adult_cardiac")
    wait_read(qtbot, screen)
    assert column(screen, "operated_on", 2) == "its name is the audit's own"
    screen.columns.field.assigned.emit("survived", "1")
    wait_read(qtbot, screen)
    assert "read the other way round" in column(screen, "survived", 2)
    assert set(presenter(screen).reading.made.table["survived"]) == {"1"}
    turn, leave = (one for one in screen.questions.answers if "yes there" in one.text())
    assert turn.isChecked()
    qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
    wait_read(qtbot, screen)
    assert "every case counts as a death" in screen.why.text()
    assert [label for label in screen.line.fields if label == "survival"]
    assert screen.line.fields["survival"].accessibleName() == "Death before discharge, %"
