"""`python -m desktop.screenshots OUTDIR`: every screen on the example as PNG, without a display."""

import os
import sys
from pathlib import Path
from secrets import token_hex

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QDeadlineTimer, QEventLoop, QTemporaryDir
from PySide6.QtWidgets import QApplication

from core.charts.palette import DARK, LIGHT
from core.flow import Review
from core.review.events import new_id
from core.review.notes import NoteWritten, OnMark
from core.review.vault import create
from core.storage import make_folder, replace_file
from desktop.app import Plumbline
from desktop.import_check import made_up_file
from desktop.opening import open_example
from desktop.preferences import Preferences
from desktop.registry import SCREENS
from desktop.settings import Loaded, Settings
from desktop.start import make_application
from desktop.theme import Theme
from desktop.window import OPEN

REST_MS, LAST_ROUNDS = 350, 4
SIZES = ((1440, 900), (1280, 720))
TOURED = Loaded(Settings(toured=True), {})
WORDS = "FICTIONAL. The caseload changed in the second year; see the minutes of the March meeting."
THEMES = {"light": LIGHT, "dark": DARK}


def main() -> None:
    """Draw every screen into the folder named on the command line."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots")
    make_application()
    for path in picture_all(open_example(lambda done, total, label: None), folder):
        print(path)  # noqa: T201


def picture_all(review: Review, folder: Path) -> list[Path]:
    """Return the pictures made: each screen, light and dark, at each size."""
    make_folder(folder)
    made = []
    for name, palette in THEMES.items():
        plumbline = Plumbline(Theme(palette), preferences=Preferences(TOURED))
        plumbline.go(OPEN)
        made += _at_sizes(plumbline, folder, f"{OPEN}_{name}")
        plumbline.show_review(review)
        place = QTemporaryDir()
        _write_note(plumbline, review, Path(place.path()))
        for screen in SCREENS:
            _show(plumbline, screen.key)
            made += _at_sizes(plumbline, folder, f"{screen.key}_{name}")
        plumbline.window.close()
        plumbline.shutdown()
        place.remove()
    return made


def _show(plumbline: Plumbline, key: str) -> None:
    """Show a screen; that of importing with a made-up workbook on it."""
    if key == "import_file":
        plumbline.show_foreign(made_up_file(), lambda report: None)
    else:
        plumbline.go(key)


def _write_note(plumbline: Plumbline, review: Review, folder: Path) -> None:
    """Write a note on the own mark, in a practice vault of the pictures alone."""
    keeper, result = plumbline.keeper, review.results[0]
    keeper.use(folder / "vault")
    surgeon = review.extract.manifest.surgeon
    vault, _ = create(
        keeper.folder, surgeon.name, surgeon.gmc, token_hex(16), keeper.time, work_factor=4
    )
    keeper.hold(vault)
    note = NoteWritten(
        note=new_id(), extract=keeper.keep(review.extract), anchor=OnMark(result.code), text=WORDS
    )
    keeper.write(note)


def _at_sizes(plumbline: Plumbline, folder: Path, name: str) -> list[Path]:
    made = []
    for width, height in SIZES:
        plumbline.window.resize(width, height)
        plumbline.window.show()
        settle(plumbline)
        path = folder / f"{name}_{width}x{height}.png"
        replace_file(path, png(plumbline), private=False)
        made.append(path)
    return made


def settle(plumbline: Plumbline) -> None:
    """Let layouts, late drawing, repainting and the worker come to rest.

    The worker's last word may be read as the rest ends; what it moves is laid out in last rounds.
    """
    rest = QDeadlineTimer(REST_MS)
    while not rest.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        if plumbline.runner.busy:
            rest.setRemainingTime(REST_MS)
    for _ in range(LAST_ROUNDS):
        QApplication.processEvents()


def png(plumbline: Plumbline) -> bytes:
    """Return the window as PNG bytes."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    plumbline.window.grab().save(buffer, "PNG")
    return bytes(buffer.data().data())


if __name__ == "__main__":
    main()
