"""Who may import and do what: the rules that import-linter cannot hold."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path for package in ("core", "desktop", "resources") for path in (ROOT / package).rglob("*.py")
)
STORAGE = "core/storage.py"
ASSETS = "core/assets.py"
AGE_PRIMITIVES = {"ChaCha20Poly1305", "Scrypt", "X25519PrivateKey", "X25519PublicKey", "HKDF"}
AGE_SPEAKERS = "core/sealing/age"
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


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"))


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


@pytest.fixture(params=SOURCES, ids=place)
def source(request: pytest.FixtureRequest) -> tuple[str, ast.AST]:
    path: Path = request.param
    return place(path), parsed(path)


def test_only_storage_writes_files(source: tuple[str, ast.AST]) -> None:
    name, tree = source
    if name != STORAGE:
        assert list(writes(tree)) == []


def test_only_assets_reads_resources(source: tuple[str, ast.AST]) -> None:
    name, tree = source
    if name != ASSETS:
        assert imports_any(tree, {"resources", "importlib.resources", "pkgutil"}) == set()


def test_nobody_reaches_a_network_or_pyplot(source: tuple[str, ast.AST]) -> None:
    _, tree = source
    assert imports_any(tree, NETWORK | {"matplotlib.pyplot", "pylab"}) == set()


def test_only_sealing_speaks_age(source: tuple[str, ast.AST]) -> None:
    name, tree = source
    if not name.startswith(AGE_SPEAKERS):
        assert {item.rpartition(".")[2] for item in imported(tree)} & AGE_PRIMITIVES == set()
        assert imports_any(tree, {"pyrage"}) == set()


def test_presenters_hold_no_widget_and_views_no_table(source: tuple[str, ast.AST]) -> None:
    name, tree = source
    if name.endswith("/presenter.py"):
        assert imports_any(tree, {"PySide6.QtWidgets"}) == set()
    if name.endswith("/view.py"):
        assert imports_any(tree, {"pandas"}) == set()


def test_only_scipy_special_and_no_statsmodels(source: tuple[str, ast.AST]) -> None:
    _, tree = source
    assert imports_any(tree, {"scipy.stats", "statsmodels"}) == set()


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
