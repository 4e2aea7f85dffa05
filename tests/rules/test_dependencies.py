"""What the application imports, it says that it requires: the bundle holds nothing else."""

import ast
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
OURS = {"core", "desktop", "resources", "shiboken6"}
STANDARD = sys.stdlib_module_names


def imported() -> set[str]:
    """Return the first name of each module imported in core and desktop."""
    names = set()
    for package in ("core", "desktop"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    names |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names.add(node.module.partition(".")[0])
    return names - OURS - STANDARD


def test_every_package_imported_is_required() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    owners = packages_distributions()
    wild = {
        name
        for name in imported()
        if not required & {canonicalize_name(owner) for owner in owners.get(name, ())}
    }
    assert wild == set()
    assert {"numpy", "tomlkit"} <= imported()
