"""The tree speaks of itself alone, and its lock names hashes and no place."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import core
import desktop
import resources

ROOT = Path(__file__).resolve().parents[2]
IGNORED = {line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()} | {".git"}
LOCKS = [ROOT / "requirements.lock", ROOT / "requirements-bench.lock"]
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|opt|root|tmp|work)/\w|[A-Z]:\\+Users\\+\w")
INDEX_ADDRESSES = re.compile(r"pypi\.org|pythonhosted|(?:index-url|find-links)[ =]+\S*/")
LEFT_FOR_LATER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")


def files(folder: Path = ROOT) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in IGNORED or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def found(pattern: re.Pattern[str]) -> list[str]:
    """Return where the pattern stands in a text file of the tree, this one apart."""
    places = []
    for path in files():
        if path == Path(__file__).resolve() or b"\0" in (data := path.read_bytes()):
            continue
        lines = data.decode("utf-8", errors="replace").splitlines()
        name = path.relative_to(ROOT).as_posix()
        places += [f"{name}:{n}" for n, line in enumerate(lines, 1) if pattern.search(line)]
    return places


@pytest.mark.parametrize(
    ("pattern", "example"),
    [
        (MACHINE_PATHS, "see /home/someone/file"),
        (INDEX_ADDRESSES, "--index-url https://example/simple"),
        (LEFT_FOR_LATER, "# TODO finish"),
    ],
)
def test_nothing_foreign_or_unfinished(pattern: re.Pattern[str], example: str) -> None:
    assert pattern.search(example)
    assert found(pattern) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_the_lock_pins_and_hashes_everything_and_names_no_place(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    requirements = text.replace("\\\n", "").splitlines()
    assert len(requirements) > 20
    for requirement in requirements:
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", requirement), requirement
    assert "://" not in text
    assert " @ " not in text


def test_the_locked_qt_is_one_that_keeps_true_alive() -> None:
    pinned = re.findall(r"^pyside6-essentials==(\S+)", LOCKS[0].read_text(), re.MULTILINE)
    assert pinned
    assert all(version.startswith("6.11.") for version in pinned)


@pytest.mark.parametrize("package", [core, desktop, resources])
def test_the_packages_are_those_of_this_tree(package: object) -> None:
    assert Path(str(vars(package)["__file__"])).is_relative_to(ROOT)
