"""What is typed is on the disk within a second, and before anything that could lose it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot

from core.charts.palette import DARK, LIGHT
from core.errors import WriteFailedError
from core.flow import Review
from core.review.vault import unlock as open_vault
from desktop.app import Plumbline
from desktop.noting.card import NotesCardWidget
from desktop.theme import Theme
from desktop.widgets.autosave import LONGEST_MS, AutosaveWidget
from tests.desktop.made_up import made_up_review
from tests.desktop.on_desk import NOW, PASSPHRASE, unlock

ROOT = Path(__file__).parents[2]


@pytest.fixture
def plumbline(
    qtbot: QtBot,
    fonts: None,
    small_review: Review,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Plumbline]:
    monkeypatch.setattr("desktop.app.vault_folder", lambda **_: tmp_path / "vault")
    made = Plumbline(Theme(LIGHT))
    qtbot.addWidget(made.window)
    made.show_review(small_review)
    made.window.show()
    unlock(made.keeper)
    yield made
    made.shutdown()


def typing(plumbline: Plumbline, screen: str, text: str) -> NotesCardWidget:
    """Begin a note on a screen and type, leaving it unwritten."""
    plumbline.go(screen)
    card = plumbline.window.built(screen).notes  # type: ignore[attr-defined]
    assert isinstance(card, NotesCardWidget)
    card.begin.click()
    card.editor.text.setPlainText(text)
    assert texts(plumbline) == []
    return card


def texts(plumbline: Plumbline) -> list[str]:
    return [note.text for note in plumbline.keeper.state.notes.values()]


@pytest.fixture
def full(plumbline: Plumbline) -> Iterator[pytest.MonkeyPatch]:
    """A disk without room, until it is undone."""

    def refuse(*_: object) -> None:
        raise WriteFailedError("The disk is full.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(plumbline.keeper.vault), "append", refuse)
        yield patch


def test_typing_without_a_pause_is_told_within_a_second(qtbot: QtBot, fonts: None) -> None:
    field = AutosaveWidget("words")
    qtbot.addWidget(field)
    told: list[str] = []
    field.settled.connect(told.append)
    began = time.monotonic()
    while not told:
        qtbot.keyClicks(field, "a")
        qtbot.wait(20)
        assert time.monotonic() - began < 3
    assert told[0]
    assert LONGEST_MS < 1000


def test_leaving_the_screen_writes(plumbline: Plumbline) -> None:
    card = typing(plumbline, "overview", "before leaving")
    card.editor.text.setFocus()
    plumbline.go("funnel")
    assert texts(plumbline) == ["before leaving"]


def test_another_outcome_writes(plumbline: Plumbline) -> None:
    typing(plumbline, "funnel", "of deaths")
    plumbline.go("funnel", "bleeding")
    assert texts(plumbline) == ["of deaths"]


def test_another_case_writes(plumbline: Plumbline) -> None:
    plumbline.go("cases")
    table = plumbline.window.built("cases").table  # type: ignore[attr-defined]
    table.selectRow(3)
    typing(plumbline, "cases", "of a case")
    table.selectRow(4)
    assert texts(plumbline) == ["of a case"]


def test_another_extract_writes(plumbline: Plumbline) -> None:
    typing(plumbline, "overview", "before another")
    plumbline.show_review(made_up_review(events=12))
    assert texts(plumbline) == ["before another"]


def test_another_look_writes(plumbline: Plumbline) -> None:
    typing(plumbline, "overview", "before it is dark")
    plumbline.restyle(Theme(DARK))
    assert texts(plumbline) == ["before it is dark"]


def test_closing_the_window_writes(plumbline: Plumbline) -> None:
    typing(plumbline, "overview", "before the end")
    assert plumbline.window.close()
    assert texts(plumbline) == ["before the end"]


def test_shutting_down_writes(plumbline: Plumbline) -> None:
    typing(plumbline, "overview", "at the very end")
    folder = plumbline.keeper.folder
    plumbline.shutdown()
    plumbline.keeper.hold(open_vault(folder, PASSPHRASE, NOW))
    assert texts(plumbline) == ["at the very end"]


def test_no_other_extract_is_shown_over_words_that_could_not_be_written(
    plumbline: Plumbline, full: pytest.MonkeyPatch
) -> None:
    card = typing(plumbline, "overview", "precious")
    other = made_up_review(events=12)
    plumbline.show_review(other)
    assert plumbline.review is not other
    assert "could not be written" in plumbline.window.banner.words
    assert card.editor.text.toPlainText() == "precious"
    full.undo()
    plumbline.show_review(other)
    assert plumbline.review is other
    assert texts(plumbline) == ["precious"]


def test_the_window_stays_open_once_over_words_that_could_not_be_written(
    plumbline: Plumbline, full: pytest.MonkeyPatch
) -> None:
    typing(plumbline, "overview", "precious")
    first, second = QCloseEvent(), QCloseEvent()
    plumbline.window.closeEvent(first)
    assert not first.isAccepted()
    assert "Closing again" in plumbline.window.banner.words
    plumbline.window.closeEvent(second)
    assert second.isAccepted()


CHILD = """
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from core.charts.palette import LIGHT
from desktop.start import make_application
from desktop.jobs import JobRunner
from desktop.screens.overview.view import build
from desktop.keeping import Keeper
from desktop.theme import Theme, apply_theme
from tests.desktop.made_up import made_up_review
from tests.desktop.on_desk import session, unlock

application = make_application()
apply_theme(application, Theme(LIGHT))
keeper = Keeper(Path(sys.argv[1]) / "vault")
unlock(keeper)
screen = build(session(made_up_review(), JobRunner(), keeper))
screen.show()
screen.notes.begin.click()
field = screen.notes.editor.text
count = 0

def key():
    global count
    count += 1
    field.insertPlainText(f"{count} ")
    print(count, flush=True)

timer = QTimer()
timer.timeout.connect(key)
timer.start(10)
application.exec()
"""


@pytest.mark.skipif(not hasattr(os, "kill") or sys.platform == "win32", reason="no kill -9")
@pytest.mark.parametrize("seconds", [1.4, 2.3])
def test_a_killed_process_loses_no_more_than_the_last_second(
    tmp_path: Path, seconds: float
) -> None:
    """The child types a number every 10 ms without a pause, until it is killed."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    typed: list[tuple[float, int]] = []
    for line in child.stdout:
        typed.append((time.monotonic(), int(line)))
        if typed[-1][0] - typed[0][0] > seconds:
            break
    child.kill()
    child.wait()
    child.stdout.close()
    vault = open_vault(tmp_path / "vault", PASSPHRASE, NOW)
    from core.review.state import replay

    (note,) = replay(vault.journal.entries).notes.values()
    vault.lock()
    numbers = [int(word) for word in note.text.split()]
    assert numbers == list(range(1, len(numbers) + 1))
    due = typed[-1][0] - 1.2
    assert numbers[-1] >= max(number for at, number in typed if at <= due)
