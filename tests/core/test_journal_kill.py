"""A process that is killed while it writes never loses a record that it was told is saved."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.review.findings import FindingKind
from core.review.vault import Vault, unlock
from tests.core.made_vault import NOW, PASSPHRASE, notes

ROOT = Path(__file__).parents[2]
ROUNDS = 25
KILLS_A_ROUND = 20

WRITER = """
import os, sys
from pathlib import Path
from core.review.vault import unlock
from tests.core.made_vault import NOW, PASSPHRASE, write

folder = Path(sys.argv[1])
while True:
    line = sys.stdin.readline()
    if not line:
        break
    start = int(line)
    child = os.fork()
    if child == 0:
        os.write(1, b"pid %d\\n" % os.getpid())
        vault = unlock(folder, PASSPHRASE, NOW)
        number = start
        while True:
            write(vault, f"{number} " + "x" * (number % 700))
            os.write(1, b"saved %d\\n" % number)
            number += 1
    os.waitpid(child, 0)
    os.write(1, b"dead\\n")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="forks to be quick")
def test_killed_at_random_points_no_saved_record_is_lost(made: tuple[Vault, str]) -> None:
    vault, _ = made
    vault.lock()
    chance = random.Random(5)
    saved: set[int] = set()
    command = [sys.executable, "-c", WRITER, str(vault.folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        for kill in range(ROUNDS * KILLS_A_ROUND):
            writer.stdin.write(f"{kill * 100_000}\n")
            writer.stdin.flush()
            pid = int(writer.stdout.readline().split()[1])
            for _ in range(chance.randrange(4)):
                saved.add(int(writer.stdout.readline().split()[1]))
            time.sleep(chance.uniform(0, 0.01))
            os.kill(pid, signal.SIGKILL)
            while (line := writer.stdout.readline().split())[0] == "saved":
                saved.add(int(line[1]))
            if kill % KILLS_A_ROUND == KILLS_A_ROUND - 1:
                check(vault.folder, saved)
        writer.stdin.close()
    assert len(saved) > ROUNDS * KILLS_A_ROUND


def check(folder: Path, saved: set[int]) -> None:
    opened = unlock(folder, PASSPHRASE, NOW)
    held = {int(text.split()[0]) for text in notes(opened)}
    opened.lock()
    assert saved <= held
    assert len(held - saved) <= ROUNDS * KILLS_A_ROUND
    assert {finding.kind for finding in opened.findings} <= {FindingKind.DAMAGED}
