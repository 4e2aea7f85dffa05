"""The link to hospital numbers: asked for at an import, shown for one case, gone with the lock."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.errors import PlumblineError
from core.flow import Review
from core.intake.reading.opening import open_foreign
from core.review.kept import archive_id
from core.review.links import has_link, link_path
from core.review.vault import unlock as open_vault
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.cases.link_card import LinkCardWidget
from desktop.screens.cases.view import CasesScreen
from desktop.screens.cases.view import build as build_cases
from desktop.screens.import_file.presenter import ImportPresenter
from desktop.screens.import_file.view import ImportScreen
from desktop.screens.import_file.view import build as build_import
from desktop.widgets.sheet import gather, plain_text
from tests.core.made_foreign import OWN, as_csv, nvr_rows
from tests.desktop.on_desk import NOW, PASSPHRASE, Ways, desk, session, unlock

SOON = 20_000
NUMBERS = ("9434765919", "943 476 5919")
CANARY = "CANARY-RXX00017"


def show(qtbot: QtBot, screen: ImportScreen | CasesScreen) -> None:
    qtbot.addWidget(screen)
    screen.resize(1180, 800)
    with qtbot.waitExposed(screen):
        screen.show()


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def importing(
    qtbot: QtBot, fonts: None, runner: JobRunner, keeper: Keeper, ways: Ways
) -> ImportScreen:
    """A file with patients' numbers, ready to be opened."""
    screen = build_import(desk(runner, keeper, ways))
    show(qtbot, screen)
    foreign = open_foreign(as_csv(nvr_rows()), "made-up.csv", accept_weak=True)
    screen.file_arrived.emit(foreign, lambda report: foreign)
    presenter = screen.presenter
    assert isinstance(presenter, ImportPresenter)
    qtbot.waitUntil(lambda: presenter.reading is not None, timeout=SOON)
    screen.questions.surgeon_chosen.emit(OWN)
    qtbot.waitUntil(screen.open.isEnabled, timeout=SOON)
    screen.who.name.setText("FICTIONAL surgeon")
    screen.who.gmc.setText(OWN)
    return screen


def open_it(qtbot: QtBot, screen: ImportScreen, ways: Ways) -> Review:
    qtbot.mouseClick(screen.open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(ways.opened), timeout=SOON)
    return ways.opened[0]


def test_no_link_is_kept_unless_it_is_asked_for(
    qtbot: QtBot, importing: ImportScreen, keeper: Keeper, ways: Ways
) -> None:
    unlock(keeper, gmc=OWN)
    assert not importing.link.isChecked()
    open_it(qtbot, importing, ways)
    assert not list(keeper.folder.glob("links/*"))
    assert not list(keeper.folder.glob("extracts/*"))


def test_it_is_asked_for_each_file_anew(importing: ImportScreen) -> None:
    importing.link.setChecked(True)
    foreign = open_foreign(as_csv(nvr_rows()), "another.csv", accept_weak=True)
    importing.file_arrived.emit(foreign, lambda report: foreign)
    assert not importing.link.isChecked()


def test_an_asked_link_waits_for_the_vault_and_is_kept_with_its_extract(
    qtbot: QtBot, importing: ImportScreen, runner: JobRunner, keeper: Keeper, ways: Ways
) -> None:
    asked: list[bool] = []
    keeper.wanted.connect(lambda: asked.append(True))
    importing.link.setChecked(True)
    review = open_it(qtbot, importing, ways)
    assert asked == [True]
    unlock(keeper, gmc=OWN)
    assert keeper.vault is not None
    name = archive_id(review.extract)
    assert has_link(keeper.vault, name)
    assert name in keeper.state.kept
    assert (ways.told, len(ways.noted)) == ([], 1)
    card = link_card(cases(qtbot, review, runner, keeper))
    press(qtbot, card.show_number)
    assert any(number in card.found.accessibleName() for number in NUMBERS)


def test_another_surgeons_vault_keeps_no_link_and_says_so(
    qtbot: QtBot, importing: ImportScreen, keeper: Keeper, ways: Ways
) -> None:
    unlock(keeper, gmc="9000001")
    importing.link.setChecked(True)
    importing.who.gmc.setText(OWN)
    open_it(qtbot, importing, ways)
    assert [type(error).__name__ for error in ways.told] == ["OtherSurgeonError"]
    assert not list(keeper.folder.glob("links/*"))


def press(qtbot: QtBot, button: QPushButton) -> None:
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def cases(qtbot: QtBot, review: Review, runner: JobRunner, keeper: Keeper) -> CasesScreen:
    """The cases screen of a review, with its first case chosen."""
    screen = build_cases(session(review, runner, keeper, Ways()))
    show(qtbot, screen)
    screen.table.selectRow(0)
    return screen


def link_card(screen: CasesScreen) -> LinkCardWidget:
    (card,) = screen.findChildren(LinkCardWidget)
    return card


@pytest.fixture
def linked(qtbot: QtBot, small_review: Review, runner: JobRunner, keeper: Keeper) -> CasesScreen:
    """The cases of an extract that is kept with a link, the first one chosen."""
    unlock(keeper)
    rows = [f"C{at:04},{at + 2},{CANARY}-{at}" for at in range(399)]
    table = "\r\n".join(["case_id,row,hospital number", *rows, ""])
    keeper.keep_link(small_review.extract, table.encode())
    return cases(qtbot, small_review, runner, keeper)


def everything(screen: CasesScreen) -> str:
    """All words that any label of the screen holds, seen or not."""
    labels = screen.findChildren(QLabel)
    return "\n".join(label.text() + label.accessibleName() for label in labels)


def test_the_number_is_shown_by_keyboard_for_one_case_and_hidden(
    qtbot: QtBot, linked: CasesScreen
) -> None:
    card = link_card(linked)
    assert card.isVisible()
    assert CANARY not in everything(linked)
    press(qtbot, card.show_number)
    assert card.found.accessibleName() == f"row: 2 · hospital number: {CANARY}-0"
    assert card.show_number.text() == "Hide the hospital number"
    press(qtbot, card.show_number)
    assert CANARY not in everything(linked)


def test_it_is_masked_when_another_case_is_chosen_or_the_same_again(
    qtbot: QtBot, linked: CasesScreen
) -> None:
    card = link_card(linked)
    press(qtbot, card.show_number)
    linked.table.selectRow(1)
    assert CANARY not in everything(linked)
    press(qtbot, card.show_number)
    assert card.found.accessibleName().endswith(f"{CANARY}-1")
    linked.table.selectRow(0)
    linked.table.selectRow(1)
    assert CANARY not in everything(linked)
    linked.case_chosen.emit(-1)
    assert not card.isVisible()


def test_it_is_gone_with_the_lock(qtbot: QtBot, linked: CasesScreen, keeper: Keeper) -> None:
    card = link_card(linked)
    press(qtbot, card.show_number)
    keeper.lock()
    assert not card.isVisible()
    assert CANARY not in everything(linked)
    keeper.hold(open_vault(keeper.folder, PASSPHRASE, NOW))
    assert card.isVisible()
    assert CANARY not in everything(linked)


def test_a_vault_opened_while_no_case_is_chosen_shows_no_card(
    linked: CasesScreen, keeper: Keeper
) -> None:
    linked.case_chosen.emit(-1)
    keeper.lock()
    keeper.hold(open_vault(keeper.folder, PASSPHRASE, NOW))
    assert not link_card(linked).isVisible()


def test_it_is_neither_printed_nor_copied(qtbot: QtBot, linked: CasesScreen) -> None:
    card = link_card(linked)
    press(qtbot, card.show_number)
    taken = plain_text(gather(linked), "")
    assert "It is not copied, printed or exported." in taken
    assert CANARY not in taken
    card.found.setProperty("stays", False)
    assert CANARY in plain_text(gather(linked), "")
    assert not card.found.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_a_case_that_the_link_does_not_hold_is_said(qtbot: QtBot, linked: CasesScreen) -> None:
    linked.table.selectRow(399)
    press(qtbot, link_card(linked).show_number)
    assert link_card(linked).found.accessibleName() == "The link holds no number for this case."


def test_the_link_is_removed_alone_and_only_after_asking(
    qtbot: QtBot, linked: CasesScreen, small_review: Review, keeper: Keeper
) -> None:
    card, name = link_card(linked), archive_id(small_review.extract)
    assert keeper.vault is not None
    press(qtbot, card.remove)
    assert card.keep.hasFocus()
    press(qtbot, card.keep)
    assert card.remove.hasFocus()
    assert has_link(keeper.vault, name)
    press(qtbot, card.remove)
    press(qtbot, card.sure)
    assert not has_link(keeper.vault, name)
    assert not card.isVisible()
    assert name in keeper.state.kept


def test_a_damaged_link_is_told(
    qtbot: QtBot, small_review: Review, runner: JobRunner, keeper: Keeper
) -> None:
    unlock(keeper)
    keeper.keep_link(small_review.extract, b"case_id,row\r\nC0000,2\r\n")
    path = link_path(keeper.folder, archive_id(small_review.extract))
    path.write_bytes(path.read_bytes()[:-1])
    ways = Ways()
    screen = build_cases(session(small_review, runner, keeper, ways))
    show(qtbot, screen)
    screen.table.selectRow(0)
    press(qtbot, link_card(screen).show_number)
    assert len(ways.told) == 1
    assert isinstance(ways.told[0], PlumblineError)


def test_an_extract_without_a_link_has_no_card(
    qtbot: QtBot, small_review: Review, runner: JobRunner, keeper: Keeper
) -> None:
    unlock(keeper)
    keeper.keep(small_review.extract)
    assert not link_card(cases(qtbot, small_review, runner, keeper)).isVisible()
