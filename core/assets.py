"""The only reader of resources/."""

from collections.abc import Iterator
from pathlib import Path

import fontpkg_atkinson_hyperlegible

import resources


def asset(name: str) -> bytes:
    """Return the bytes of the resource `name`, a path with forward slashes."""
    return _at(name).read_bytes()


def asset_path(name: str) -> Path:
    """Return where the resource `name` stands, for what Qt reads itself."""
    return _at(name)


def asset_names(folder: str, suffix: str) -> Iterator[str]:
    """Yield the names, sorted, of the resources in `folder` that end in `suffix`."""
    for entry in sorted(_at(folder).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(suffix):
            yield f"{folder}/{entry.name}"


def font_files() -> tuple[Path, ...]:
    """Return the paths of the shipped typeface's files."""
    package = Path(fontpkg_atkinson_hyperlegible.__file__).parent
    return tuple(sorted(package.glob("files/*.ttf")))


def _at(name: str) -> Path:
    return Path(resources.__path__[0], *name.split("/"))
