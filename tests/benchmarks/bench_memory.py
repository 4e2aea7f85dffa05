"""How much memory a process takes that opens 10,000 cases by a password and visits every screen."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench_extract import MANIFEST, made_up_cases, made_up_units
from timing import Weight

from core.extract.writing import build_archive, seal
from core.sealing.age import Passphrase

CASES, UNITS = 10_000, 250
PASSWORD = "a made-up password"
STATUS = Path("/proc/self/status")
"""Read instead of getrusage, whose peak holds that of the process from which the child came."""
AIM = "aim: 400 MB"
KEY = "; of it 268 MB for a moment to make the password a key, at age's usual cost"
CHILD = f"""
import sys
from pathlib import Path
from desktop.launch import first_window, furnish
from desktop.registry import SCREENS
from desktop.settings import Loaded, Settings
from desktop.start import begin_application

def weigh(part):
    said = dict(line.split(":") for line in Path({str(STATUS)!r}).read_text().splitlines())
    print(part, *(int(said[name].split()[0]) * 1024 for name in ("VmRSS", "VmHWM")))

application = begin_application()
plumbline = furnish(application, first_window(Settings()), Loaded(Settings(), {{}}))
application.processEvents()
weigh("start")
from core.sealing.age import Passphrase
from desktop.opening import open_sealed, warm_up
warm_up(lambda *_: None, [screen.key for screen in SCREENS])
weigh("imports")
review = open_sealed(Path(sys.argv[1]).read_bytes(), [Passphrase(sys.argv[2])], lambda *_: None)
plumbline.show_review(review)
application.processEvents()
weigh("opening")
for screen in SCREENS:
    plumbline.go(screen.key)
    application.processEvents()
weigh("screens")
plumbline.shutdown()
"""


def rows() -> Iterator[Weight]:
    """Weigh a child process where the system tells of it in a file."""
    if not STATUS.is_file():
        return
    with TemporaryDirectory() as name:
        sealed = Path(name) / "made-up.age"
        archive = build_archive(MANIFEST, made_up_cases(CASES), made_up_units(UNITS))
        sealed.write_bytes(seal(archive, [Passphrase(PASSWORD)]))
        now, peak = weighed(sealed)
    parts = f"{now['start']:,.0f} MB at the first screen, {now['imports']:,.0f} MB once imported"
    yield Weight(f"memory after opening {CASES:,} cases × 40", now["opening"], f"{AIM}; {parts}")
    yield Weight("memory after visiting every screen with them", now["screens"], AIM)
    yield Weight("peak memory from the start to there", peak["screens"], AIM + KEY)


def weighed(sealed: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Return the memory after each part, and the peak until then, in megabytes (10⁶ bytes)."""
    told = subprocess.run(
        [sys.executable, "-c", CHILD, str(sealed), PASSWORD],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(sealed.parent)},
    ).stdout
    lines = [line.split() for line in told.splitlines()]
    now = {part: int(held) / 1e6 for part, held, _ in lines}
    return now, {part: int(most) / 1e6 for part, _, most in lines}
