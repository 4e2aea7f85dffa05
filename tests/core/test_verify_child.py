"""The process that verifies for another, as the program's own hidden word starts it."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from core.report.verifying.requests import Begin, Limits, Request
from core.report.verifying.verification import Verification
from core.report.verifying.verify_child import CHILD, receive, send
from core.sealing.trust import trust_entry_bytes
from tests.core.made_export import TRUST, export

ROOT = Path(__file__).resolve().parents[2]
NEEDLESS = ("aiohttp", "ssl", "asyncio", "pyhanko", "PySide6", "typst")
PROBE = f"""
import sys, core.report.verifying.verify, core.report.signing.sign
print(*(name for name in {NEEDLESS} if name in sys.modules))
"""


@pytest.mark.parametrize(
    "words", [["plumbline.py", CHILD], ["-m", "core.report.verifying.verify_child"]]
)
def test_each_way_of_starting_it_answers_and_ends_with_its_parent(words: list[str]) -> None:
    begin = Begin(tuple(trust_entry_bytes(entry) for entry in TRUST.entries), Limits())
    with subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        send(child.stdin.fileno(), msgspec.msgpack.encode(begin))
        for document, unchanged in ((export(), "yes"), (b"no", "refused")):
            send(child.stdin.fileno(), msgspec.msgpack.encode(Request(document)))
            answer = msgspec.msgpack.decode(receive(child.stdout.fileno()), type=Verification)
            assert answer.unchanged == unchanged
        child.stdin.close()
        assert child.wait(20) == 0


def test_signing_and_verifying_load_nothing_of_a_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
