"""PySide6 drops no reference to True at each emit (6.12.0 does, and dies after some 570)."""

import subprocess
import sys

EMITS = 5_000
PROBE = f"""
import sys
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    sent = Signal(bool)

sender = Sender()
received = []
sender.sent.connect(received.append)
before = sys.getrefcount(True)
for _ in range({EMITS}):
    sender.sent.emit(True)
held = sys.getrefcount(True) - before
assert len(received) == {EMITS}, len(received)
immortal = sys.version_info >= (3, 12)
assert immortal or held >= {EMITS}, held
"""


def test_thousands_of_emits_keep_the_interpreter_alive() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
