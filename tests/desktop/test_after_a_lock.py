"""What is left in the window's parts once the vault is locked: nothing typed, shown or undoable."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from core.flow import Review
from core.review.notes import NoteWritten, OnOutcome
from core.review.queries import QueryDrafted
from core.review.reflection import ActionWritten, ReflectionWritten
from desktop.app import Plumbline
from desktop.registry import SCREENS
from desktop.screens.unlock.presenter import Owner
from desktop.screens.unlock.view import UnlockScreen
from desktop.theme import Theme, system_palette
from desktop.widgets.line_field import LineWidget
from desktop.widgets.recovery_sheet import RecoverySheetWidget
from desktop.widgets.secret import SecretWidget
from tests.desktop.on_desk import unlock

SECRET = "WRITTEN-IN-THE-VAULT"
TYPED = "TYPED-AND-TAKEN-AWAY"


@pytest.fixture
def plumbline(
    qtbot: QtBot, fonts: None, small_review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Plumbline]:
    monkeypatch.setattr(
        "desktop.app.vault_folder", lambda *, practice=False: tmp_path / f"vault{practice}"
    )
    made = Plumbline(Theme(system_palette()))
    qtbot.addWidget(made.window)
    made.show_review(small_review)
    yield made
    made.window.may_close = lambda: True
    made.shutdown()


def write_of_everything(plumbline: Plumbline, case: str) -> None:
    """Fill the vault with one of each thing that is shown on some screen."""
    unlock(plumbline.keeper)
    assert plumbline.review is not None
    kept = plumbline.keeper.keep(plumbline.review.extract)
    plumbline.keeper.write(
        NoteWritten(note="n", extract=kept, anchor=OnOutcome("death"), text=SECRET),
        ReflectionWritten(extract=kept, outcome=None, part="what", text=SECRET),
        ActionWritten(action="a", extract=kept, outcome=None, kind="action", text=SECRET),
        QueryDrafted(
            query="q",
            extract=kept,
            case_id=case,
            kind="not_my_case",
            field="outcome.death",
            audit_value="0",
            proposed_value="1",
            evidence=SECRET,
        ),
    )


def left_in(window: QWidget) -> list[str]:
    """Return every place below `window` where something of the vault, or typed, can be had."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = []
    for part in window.findChildren(QWidget):
        texts = [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
        if isinstance(part, QLabel):
            texts.append(part.text())
        if isinstance(part, QLineEdit):
            texts.append(part.text())
            part.undo()
            texts.append(part.text())
        if isinstance(part, QPlainTextEdit):
            texts.append(part.toPlainText())
            part.undo()
            texts.append(part.toPlainText())
        if any(word in text for text in texts for word in (SECRET, TYPED)):
            found.append(f"{type(part).__name__} {part.objectName()}: {part.accessibleName()}")
    return found


def test_nothing_of_the_vault_is_left_in_any_part(plumbline: Plumbline) -> None:
    assert plumbline.review is not None
    write_of_everything(plumbline, str(plumbline.review.extract.cases["case_id"].iloc[0]))
    shown = 0
    for screen in SCREENS:
        if screen.offered(plumbline._desk()):
            plumbline.go(screen.key)
            shown += any(SECRET in part for part in texts_of(plumbline.window.built(screen.key)))
            type_and_remove(plumbline.window.built(screen.key))
    assert shown >= 2
    plumbline.keeper.lock()
    QApplication.processEvents()
    assert left_in(plumbline.window) == []
    assert SECRET not in plumbline.window.windowTitle()
    assert SECRET not in QGuiApplication.clipboard().text()


def texts_of(screen: QWidget) -> list[str]:
    labels = [part.text() for part in screen.findChildren(QLabel)]
    return labels + [part.toPlainText() for part in screen.findChildren(QPlainTextEdit)]


def type_and_remove(screen: QWidget) -> None:
    for line in screen.findChildren(QLineEdit):
        if not line.isReadOnly() and line.isEnabled():
            line.insert(TYPED)
            line.backspace()
            line.selectAll()
            line.del_()
    for field in screen.findChildren(QPlainTextEdit):
        if not field.isReadOnly() and field.isEnabled():
            field.insertPlainText(TYPED)
            for _ in TYPED:
                field.textCursor().deletePreviousChar()


@pytest.mark.parametrize("first", ["", "kept"])
def test_a_line_shown_anew_cannot_be_undone(qtbot: QtBot, first: str) -> None:
    line = LineWidget("A line")
    qtbot.addWidget(line)
    line.replace_text(first)
    line.insert(TYPED)
    line.selectAll()
    line.insert(first) if first else line.del_()
    assert line.text() == first
    line.replace_text(first)
    line.undo()
    assert line.text() == first


def test_a_secret_that_was_cleared_cannot_be_undone(qtbot: QtBot) -> None:
    field = SecretWidget("Recovery secret", hidden=False)
    qtbot.addWidget(field)
    field.field.insert(TYPED)
    field.clear()
    field.field.undo()
    assert field.secret == ""


def test_another_look_does_not_take_a_recovery_sheet_away(plumbline: Plumbline) -> None:
    plumbline.go("unlock")
    screen = plumbline.window.built("unlock")
    assert isinstance(screen, UnlockScreen)
    screen.show_sheet("AAAA-BBBB", Owner("FICTIONAL", "0000000", known=True))
    plumbline.restyle(plumbline.theme.resized(1.4))
    assert plumbline.window.built("unlock") is screen
    assert isinstance(screen.card, RecoverySheetWidget)
    plumbline.go("overview")
    plumbline.go("unlock")
    assert plumbline.window.built("unlock") is not screen
