"""How soon the window stands, and its first screen."""

import os
import subprocess
import sys
from collections.abc import Iterator
from compileall import compile_dir
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
    """Time the start against a bare window."""
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


def started(command: list[str]) -> float:
    """Return the median time of a whole process that shows a window and ends."""
    _process(command)
    return median(_process(command) for _ in range(RUNS))


def _process(command: list[str]) -> float:
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return perf_counter() - start
