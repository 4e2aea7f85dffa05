"""The only reader of resources/."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import resources


def asset(name: str) -> bytes:
    """Return the bytes of the resource `name`, a path with forward slashes."""
    return _at(name).read_bytes()


def asset_names(folder: str, suffix: str) -> Iterator[str]:
    """Yield the names, sorted, of the resources in `folder` that end in `suffix`."""
    for entry in sorted(_at(folder).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(suffix):
            yield f"{folder}/{entry.name}"


def _at(name: str) -> Traversable:
    return files(resources).joinpath(*name.split("/"))
