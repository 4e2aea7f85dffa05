"""How soon the window stands, and how long a screen, a hover and a redraw take."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from compileall import compile_dir
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from timing import RUNS, Row

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

BARE = """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.show()
app.processEvents()
"""
ROOT = Path(__file__).resolve().parents[2]
SOURCE = [sys.executable, str(ROOT / "plumbline.py")]
WINDOW, SCREEN = "--first-window", "--first-screen"
BUNDLE = ROOT / "dist" / "plumbline" / ("plumbline.exe" if os.name == "nt" else "plumbline")


def rows() -> Iterator[Row]:
    """Time the start against a bare window, then the open example on screen."""
    compile_dir(str(ROOT / "desktop"), quiet=1)
    compile_dir(str(ROOT / "core"), quiet=1)
    bare = started([sys.executable, "-c", BARE])
    ways = {"from source": SOURCE}
    if BUNDLE.is_file():
        ways["from the bundle"] = [str(BUNDLE)]
    for way, command in ways.items():
        ours = started([*command, WINDOW])
        beside = f"aim: 1.5 times a bare PySide6 window; {ours / bare:.2f} times it"
        yield Row(f"start to a visible window, {way}", ours, beside)
        ready = started([*command, SCREEN])
        yield Row(f"start to the first screen drawn, {way}", ready, f"{ready / bare:.2f} times it")
    yield from on_screen()


def started(command: list[str]) -> float:
    """Return the median time of a whole process that shows a window and ends."""
    _process(command)
    return median(_process(command) for _ in range(RUNS))


def on_screen() -> Iterator[Row]:
    """Time a switch of screens and hovering over the funnel of the example."""
    from PySide6.QtCore import QEvent, QPointF, Qt
    from PySide6.QtGui import QMouseEvent

    from desktop.app import Plumbline
    from desktop.opening import open_example
    from desktop.registry import SCREENS
    from desktop.start import make_application
    from desktop.theme import Theme, system_palette

    app = make_application()
    plumbline = Plumbline(Theme(system_palette()))
    plumbline.window.resize(1440, 900)
    plumbline.show_review(open_example(lambda done, total, label: None))
    plumbline.window.show()
    for screen in SCREENS:
        plumbline.go(screen.key)
        app.processEvents()

    def switch(key: str) -> None:
        plumbline.go(key)
        app.processEvents()

    for screen in SCREENS:
        switch(SCREENS[0].key)
        yield Row(f"switch to {screen.label}", _once(partial(switch, screen.key)), "built before")
    switch("funnel")
    canvas = plumbline.window.built("funnel").canvas
    places = [QPointF(120 + 7 * step % 500, 80 + 5 * step % 300) for step in range(200)]

    def hover() -> None:
        none = Qt.MouseButton.NoButton
        for place in places:
            moved = QMouseEvent(
                QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier
            )
            canvas.mouseMoveEvent(moved)
            app.processEvents()

    yield Row("hover, one move over the funnel", _once(hover) / len(places), "250 units")
    plumbline.shutdown()


def _once(call: Callable[[], None]) -> float:
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        call()
        times.append(perf_counter() - start)
    return median(times)


def _process(command: list[str]) -> float:
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - start
