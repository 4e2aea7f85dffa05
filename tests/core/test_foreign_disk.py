"""Nothing that was decrypted touches a disk while a foreign file is opened."""

import os
import re
import sys
from pathlib import Path

import pytest

from core.intake.reading.opening import open_foreign
from tests.core.foreign_files import PASSWORD, client, run
from tests.core.foreign_kinds import OPEN, STRONG, WEAK

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("kind", {**STRONG, **WEAK, **OPEN})
def test_nothing_is_written_to_a_disk(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file is opened for writing while a file is opened, by us or by a library's Python."""
    data = {**OPEN, **WEAK, **STRONG}[kind](tmp_path)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    written = Watch()
    with written:
        open_foreign(data, "cases", [PASSWORD], accept_weak=True)
    assert written.found == []
    assert os.listdir(temporary) == []


OPEN_ALL = """
import sys
from pathlib import Path
from core.intake.reading.opening import open_foreign
for path in sorted(Path(sys.argv[1]).iterdir()):
    assert open_foreign(path.read_bytes(), path.name, [sys.argv[2]], accept_weak=True).tables
"""
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|^[0-9]+ +(?:creat|mkdir|mkdirat|rename\w*)\(")


def test_the_system_sees_no_file_written(tmp_path: Path) -> None:
    """Compiled readers too: every file that the process opens is traced."""
    tracer = client("strace")
    made = tmp_path / "made"
    made.mkdir()
    for place, make in enumerate({**STRONG, **WEAK, **OPEN}.values()):
        workshop = tmp_path / str(place)
        workshop.mkdir()
        (made / f"{place}.bin").write_bytes(make(workshop))
    calls = "trace=openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2"
    program = [sys.executable, "-B", "-c", OPEN_ALL, str(made), PASSWORD]
    trace = tmp_path / "trace"
    run(tracer, "-f", "-e", calls, "-o", str(trace), *program, cwd=ROOT)
    lines = trace.read_text(errors="replace").splitlines()
    assert sum(str(made) in line for line in lines) > len(STRONG)
    assert [line for line in lines if WRITING.search(line) and '"/dev/' not in line] == []


class Watch:
    """Notes every file opened for writing, while entered."""

    noting: "Watch | None" = None

    def __init__(self) -> None:
        self.found: list[str] = []

    def __enter__(self) -> None:
        Watch.noting = self

    def __exit__(self, *_: object) -> None:
        Watch.noting = None


def _note(event: str, arguments: tuple[object, ...]) -> None:
    watching = Watch.noting
    if watching is None:
        return
    if event in {"os.mkdir", "os.rename", "os.symlink", "tempfile.mkstemp"}:
        watching.found.append(f"{event} {arguments}")
    how = arguments[2] if event == "open" else 0
    if isinstance(how, int) and how & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        watching.found.append(f"open {arguments[0]}")


sys.addaudithook(_note)
