"""A process killed while a surgeon types loses no wording that was settled, and little else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.review.reflection import ReflectionWritten
from core.review.state import replay
from core.review.vault import create, unlock
from tests.desktop.on_desk import NOW, PASSPHRASE

ROOT = Path(__file__).parents[2]
ROUNDS, AT_ONCE = 8, 8
SECOND = 1.0

TYPIST = """
import os, random, signal, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from core.charts.palette import LIGHT
from core.review.vault import unlock
from desktop.start import make_application
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.reflection.view import build
from tests.desktop.made_up import made_up_review
from tests.desktop.on_desk import NOW, PASSPHRASE, session

review, chance = made_up_review(), random.Random(11)

def type_on(folder, log, seed):
    out, dice = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), random.Random(seed)
    application = make_application()
    keeper = Keeper(folder)
    screen = build(session(review, JobRunner(), keeper))
    keeper.hold(unlock(folder, PASSPHRASE, NOW))
    field, count = screen.parts["what"], 0
    field.clear()

    def settled(text):
        if not field.unsaved and text:
            os.write(out, b"settled %s\\n" % text.split()[-1].encode())

    def key():
        nonlocal count
        count += 1
        field.insertPlainText(f"{seed}.{count} ")
        os.write(out, b"typed %s %d\\n" % (f"{seed}.{count}".encode(), time.monotonic_ns()))
        if leaves and dice.random() < 0.1:
            field.flush()

    leaves = dice.random() < 0.5
    field.settled.connect(settled)
    timer = QTimer()
    timer.timeout.connect(key)
    timer.start(10)
    application.exec()

def begun(log):
    return log.exists() and b"typed" in log.read_bytes()

for line in sys.stdin:
    number, running = int(line), []
    for slot, name in enumerate(sys.argv[1:]):
        folder = Path(name)
        log = folder.with_name(f"{folder.name}.{number}.typed")
        pid = os.fork()
        if pid == 0:
            type_on(folder, log, 1000 * number + slot)
        running.append((pid, log, chance.uniform(0, 1.9)))
    while not all(begun(log) for _, log, _ in running):
        time.sleep(0.01)
    start = time.monotonic()
    for pid, _, wait in sorted(running, key=lambda one: one[2]):
        time.sleep(max(0.0, start + wait - time.monotonic()))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    print("dead", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="forks to be quick")
def test_killed_while_typing_loses_nothing_settled_and_at_most_a_second(tmp_path: Path) -> None:
    folders = [tmp_path / f"vault{number}" for number in range(AT_ONCE)]
    for folder in folders:
        create(folder, "FICTIONAL", "0000000", PASSPHRASE, NOW, work_factor=2)[0].lock()
    settled: dict[Path, list[str]] = {folder: [] for folder in folders}
    late = 0
    with subprocess.Popen(
        [sys.executable, "-c", TYPIST, *map(str, folders)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        text=True,
    ) as typist:
        assert typist.stdin is not None
        assert typist.stdout is not None
        for number in range(ROUNDS):
            typist.stdin.write(f"{number}\n")
            typist.stdin.flush()
            assert typist.stdout.readline() == "dead\n"
            for folder in folders:
                log = folder.with_name(f"{folder.name}.{number}.typed")
                late += check(folder, log.read_text().splitlines(), settled[folder])
        typist.stdin.close()
    assert sum(map(len, settled.values())) > ROUNDS * AT_ONCE
    assert late > ROUNDS


def check(folder: Path, lines: list[str], settled: list[str]) -> bool:
    """Compare the vault with what was typed; return whether a whole second had gone by."""
    told = [line.split() for line in lines if line.count(" ") in {1, 2}]
    settled += [words[1] for words in told if words[0] == "settled"]
    typed = [(words[1], int(words[2]) / 1e9) for words in told if words[0] == "typed"]
    vault = unlock(folder, PASSPHRASE, NOW)
    entries = vault.journal.entries
    vault.lock()
    texts = [entry.event.text for entry in entries if isinstance(entry.event, ReflectionWritten)]
    assert set(settled) <= {text.split()[-1] for text in texts if text}
    due = [word for word, at in typed if at <= typed[-1][1] - SECOND]
    (shown,) = [found.what for found in replay(entries).reflections.values()] or [""]
    if due:
        kept = shown.split()
        assert kept == [word for word, _ in typed][: len(kept)]
        assert len(kept) >= len(due)
    return bool(due)
