"""Who may import and do what: the rules that import-linter cannot hold."""

import ast
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for package in ("core", "desktop", "resources")
    for path in sorted((ROOT / package).rglob("*.py"))
}
AGE_PRIMITIVES = {"ChaCha20Poly1305", "Scrypt", "X25519PrivateKey", "X25519PublicKey", "HKDF"}
BOX_MAKERS = ("core/sealing/age", "core/review/records.py")
NETWORK = {
    "PySide6.QtNetwork",
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}
WRITERS = {
    "NamedTemporaryFile",
    "TemporaryDirectory",
    "TemporaryFile",
    "mkdir",
    "mkdtemp",
    "mkstemp",
    "rmdir",
    "symlink_to",
    "touch",
    "unlink",
    "write_bytes",
    "write_text",
}
WRITERS_OF = {
    "os": {"fdopen", "makedirs", "open", "remove", "rename", "replace"},
    "shutil": {"copy", "copyfile", "copytree", "move", "rmtree"},
}
WRITERS_TO_NAMES = {"savefig", "to_csv", "to_excel", "to_json", "to_pickle"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield each imported module, and each imported name with its module before it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imports_any(tree: ast.AST, modules: set[str]) -> set[str]:
    names = set(imported(tree))
    return {
        module
        for module in modules
        if any(name == module or name.startswith(f"{module}.") for name in names)
    }


def writes(tree: ast.AST) -> Iterator[str]:
    """Yield each call that puts something on the disk, as `line: name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := called(node)) and is_writing(node, name):
            yield f"{node.lineno}: {name}"


def called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        owner = function.value.id if isinstance(function.value, ast.Name) else ""
        return f"{owner}.{function.attr}"
    return function.id if isinstance(function, ast.Name) else ""


def is_writing(node: ast.Call, name: str) -> bool:
    owner, _, method = name.rpartition(".")
    if owner in WRITERS_OF:
        return method in WRITERS_OF[owner]
    if method == "open":
        return writing_mode(node, 1 if owner in {"", "io"} else 0)
    if method in WRITERS_TO_NAMES:
        return bool(node.args) and not isinstance(node.args[0], ast.Name)
    return method in WRITERS


def writing_mode(node: ast.Call, position: int) -> bool:
    """Say whether an open() asks to write, or leaves it unclear which it asks."""
    given = [keyword.value for keyword in node.keywords if keyword.arg == "mode"]
    modes = given or node.args[position : position + 1]
    if not modes:
        return False
    mode = modes[0]
    if isinstance(mode, ast.Constant):
        return isinstance(mode.value, str) and bool(set(mode.value) & set("wax+"))
    said = ast.unparse(mode)
    return "mode" in said.lower() and not said.startswith("QBuffer.")


def found(rule: Callable[[ast.AST], Iterable[str]]) -> dict[str, list[str]]:
    """Return what the rule finds, by source, where it finds anything."""
    everywhere = {place: sorted(rule(tree)) for place, tree in TREES.items()}
    return {place: names for place, names in everywhere.items() if names}


def test_only_storage_writes_files() -> None:
    assert set(found(writes)) == {"core/storage.py"}


def test_only_assets_reads_resources() -> None:
    readers = {"resources", "importlib.resources", "pkgutil"}
    assert set(found(lambda tree: imports_any(tree, readers))) == {"core/assets.py"}


def test_nobody_reaches_a_network_or_pyplot() -> None:
    assert found(lambda tree: imports_any(tree, NETWORK | {"matplotlib.pyplot", "pylab"})) == {}


def test_only_age_and_the_journal_make_boxes() -> None:
    def speaks(tree: ast.AST) -> set[str]:
        names = {name.rpartition(".")[2] for name in imported(tree)}
        return names & AGE_PRIMITIVES | imports_any(tree, {"pyrage"})

    speakers = found(speaks)
    assert speakers
    assert [place for place in speakers if not place.startswith(BOX_MAKERS)] == []


def test_presenters_hold_no_widget_and_views_no_table() -> None:
    for ending, module in {"presenter.py": "PySide6.QtWidgets", "view.py": "pandas"}.items():
        places = [name for name in TREES if name.endswith(f"/{ending}")]
        assert places
        assert [name for name in places if imports_any(TREES[name], {module})] == []


def test_scipy_special_is_enough() -> None:
    assert found(lambda tree: imports_any(tree, {"scipy.stats", "statsmodels"})) == {}


@pytest.mark.parametrize(
    "code",
    [
        "open(path, 'w')",
        "open(path, mode='ab')",
        "path.open('wb')",
        "file.open(QFile.OpenModeFlag.WriteOnly)",
        "open(path, mode)",
        "os.open(path, flags)",
        "path.write_text(text)",
        "shutil.rmtree(folder)",
        "figure.savefig('funnel.png')",
        "tempfile.TemporaryDirectory()",
    ],
)
def test_the_rule_sees_writing(code: str) -> None:
    assert list(writes(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "open(path)",
        "path.open('rb')",
        "figure.savefig(buffer)",
        "text.replace('a', 'b')",
        "frame.rename(columns=names)",
        "buffer.open(QBuffer.OpenModeFlag.WriteOnly)",
        "zipped.open(entry)",
    ],
)
def test_the_rule_lets_reading_be(code: str) -> None:
    assert not list(writes(ast.parse(code)))
