"""The scripts that weigh, compare and watch a bundle see what they are there to see."""

import os
import subprocess
import sys
from pathlib import Path

from scripts.compare_bundles import compared, contents
from scripts.try_bundle import asked
from scripts.weigh_bundle import found_wrong, weigh

ROOT = Path(__file__).resolve().parents[2]
STUB = ROOT / "packaging" / "offline"


def bundle(folder: Path, **files: bytes) -> Path:
    for name, data in files.items():
        path = folder / "_internal" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_the_parts_are_weighed_with_their_libraries(tmp_path: Path) -> None:
    files = {"numpy/a": b"1", "numpy.libs/b": b"22", "numpy-2.4.6.dist-info/c": b"333"}
    assert weigh(bundle(tmp_path, **files)) == {"numpy": 6}


def test_what_must_not_travel_is_found(tmp_path: Path) -> None:
    folder = bundle(tmp_path, **{"PySide6/libQt6Network.so": b"", "numpy/a": b""})
    (folder / "_internal" / "gone").symlink_to("nowhere")
    found = list(found_wrong(folder))
    assert len(found) == 2
    assert found[0].endswith("libQt6Network.so")
    assert found[1].endswith("gone")


def test_two_bundles_are_told_apart_by_names_bytes_and_modes(tmp_path: Path) -> None:
    one = bundle(tmp_path / "one", same=b"a", changed=b"a", only=b"a", mode=b"a")
    other = bundle(tmp_path / "other", same=b"a", changed=b"b", mode=b"a")
    assert compared(contents(one), contents(one)) == []
    (other / "_internal" / "mode").chmod(0o444)
    lines = compared(contents(one), contents(other))
    names = [line.partition(":")[0].rpartition("/")[2] for line in lines]
    assert names == ["changed", "mode", "only"]


def test_a_socket_of_a_network_is_seen_and_one_of_the_screen_is_not(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    trace.write_text(
        "7 socket(AF_UNIX, SOCK_STREAM, 0) = 3\n7 socket(AF_INET6, SOCK_DGRAM, 0) = 4\n"
    )
    assert asked(trace) == ["socket(AF_INET6, SOCK_DGRAM, 0) = 4"]


STUBBED = """
import socket
assert "packaging" in socket.__file__
import core.report.kinds, core.report.verifying.verify, core.intake.reading.opening
import matplotlib.backends.backend_agg, email.utils, multiprocessing.spawn
assert socket.inet_ntop(socket.AF_INET, bytes([192, 0, 2, 1])) == "192.0.2.1"
assert socket.inet_pton(socket.AF_INET6, "2001:db8::1")[:2] == b" \\x01"
try:
    socket.socket()
except OSError:
    print("no way out")
"""


def test_the_application_is_content_with_a_socket_that_cannot_be_made() -> None:
    environment = {**os.environ, "PYTHONPATH": f"{STUB}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, "-c", STUBBED],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "no way out", done.stderr


CUT = ("asyncio", "http.client", "ssl", "urllib.request")
UNCUT = f"""
import sys
import core.report.kinds, core.report.verifying.guarded, core.intake.reading.opening
import matplotlib.backends.backend_qtagg
print([name for name in {CUT!r} if name in sys.modules])
"""


def test_nothing_that_is_cut_is_imported() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", UNCUT], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr
