"""What stands before the first window is Qt alone, and the command line works from outside."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from core.charts.palette import DARK, LIGHT
from core.errors import CancelledError
from desktop.launch import first_window
from desktop.opening import warm_up
from desktop.problems import crash_report
from desktop.settings import Settings
from desktop.start import Arguments, parse
from desktop.stylesheet import blend, style_sheet

PROGRAM = str(Path(__file__).resolve().parents[2] / "plumbline.py")
HEAVY = ("numpy", "pandas", "matplotlib", "scipy", "cryptography", "msgspec", "openpyxl")
PROBE = f"""
import sys
from desktop.launch import first_window, furnish
from desktop.settings import Loaded, Settings
from desktop.start import begin_application
application = begin_application()
window = first_window(Settings())
plumbline = furnish(application, window, Loaded(Settings(), {{}}))
application.processEvents()
plumbline.shutdown()
assert plumbline.window is window
print([name for name in {HEAVY!r} if name in sys.modules])
"""


def python(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        env=environment,
        timeout=240,
        check=False,
    )


def test_nothing_heavy_is_imported_before_the_window() -> None:
    done = python("-c", PROBE)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


STEPS = (
    "Opened the example: FICTIONAL",
    "Drew its funnel",
    "Exported its appraisal document, signed",
    "Verified it: Yes: nothing was changed since it was signed.",
    "Wrote its workbook",
    "Imported a made-up encrypted workbook: 200 cases",
    "Self-check passed.",
)


def test_self_check_does_each_thing_once_and_says_so() -> None:
    done = python(PROGRAM, "--self-check")
    assert done.returncode == 0, done.stderr
    assert [step for step in STEPS if step not in done.stdout] == []


@pytest.mark.parametrize("upto", ["--first-window", "--first-screen"])
def test_a_start_to_be_timed_shows_and_ends(upto: str) -> None:
    done = python(PROGRAM, upto)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(("look", "page"), [("light", LIGHT.page), ("dark", DARK.page)])
def test_the_window_stands_with_words_before_any_screen_is_built(
    qtbot: QtBot, qapp: QApplication, look: str, page: str
) -> None:
    qapp.setStyleSheet("")
    window = first_window(Settings(look=look, width=1000, height=700))
    qtbot.addWidget(window)
    assert window.isVisible()
    assert [label.text() for label in window.findChildren(QLabel)] == ["Plumbline is starting"]
    assert window.grab().toImage().pixelColor(900, 600) == QColor(page)


def test_arguments() -> None:
    assert parse([]) == Arguments()
    assert parse(["--example"]).example
    assert str(parse(["mine.age"]).file) == "mine.age"


def test_crash_report_holds_places_and_no_values() -> None:
    secret = "Jane Doe 0123456"
    try:
        raise ValueError(secret)
    except ValueError as error:
        report = crash_report(error)
    assert "ValueError" in report
    assert "test_start.py" in report
    assert "Jane" not in report
    assert "0123456" not in report


def test_style_sheet_is_whole_in_both_palettes() -> None:
    for palette in (LIGHT, DARK):
        sheet = style_sheet(palette, round)
        assert "$" not in sheet
        assert palette.own in sheet


def test_blend() -> None:
    assert blend("#FFFFFF", "#000000", 0.5) == "#808080"
    assert blend("#102030", "#FFFFFF", 1) == "#102030"


def test_warming_up_reports_and_may_be_stopped() -> None:
    told: list[str] = []
    warm_up(lambda done, total, label: told.append(label))
    assert set(told) == {"Getting ready"}

    def stop(done: int, total: int, label: str) -> None:
        raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        warm_up(stop)
