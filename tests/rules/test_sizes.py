"""One idea a file, one step a function."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path
    for folder in ("core", "desktop", "resources", "scripts", "tests")
    for path in (ROOT / folder).rglob("*.py")
)
FILE_LINES = 300
CATALOGUE = "errors.py"
REGISTERS = {"errors.py"}
FUNCTION_LINES = 40
DRAWERS = {"common", "helpers", "manager", "misc", "util", "utils"}


def length(function: ast.FunctionDef) -> int:
    """Count a function's lines, but neither its docstring nor the fields of a record it fills."""
    lines = set(range(function.lineno, (function.end_lineno or 0) + 1))
    if ast.get_docstring(function) is not None:
        text = function.body[0]
        lines -= set(range(text.lineno, (text.end_lineno or 0) + 1))
    nodes = list(ast.walk(function))
    fields = [node for node in nodes if isinstance(node, ast.keyword)]
    keys = [key for node in nodes if isinstance(node, ast.Dict) for key in node.keys if key]
    return len(lines - {named.lineno for named in (*fields, *keys)})


def test_files_stay_small() -> None:
    files = [path for path in FILES if path.name != CATALOGUE]
    lines = {path.name: path.read_text(encoding="utf-8").count("\n") for path in files}
    assert {
        name: count for name, count in lines.items() if count > FILE_LINES and name not in REGISTERS
    } == {}


def test_functions_stay_small() -> None:
    long = {
        f"{path.name}:{node.name}": length(node)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and length(node) > FUNCTION_LINES
    }
    assert long == {}


def test_no_file_is_a_drawer() -> None:
    assert [path.name for path in FILES if path.stem in DRAWERS] == []


def test_no_folder_of_tests_is_a_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_names_of_test_files_are_unique() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
