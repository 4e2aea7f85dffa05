"""What is remembered between runs: text size and window size; never a name or a path."""

import json
from dataclasses import asdict, dataclass, fields, replace
from math import isfinite
from pathlib import Path
from typing import Any

LIMIT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes as the user left them."""

    text_size: float = 1.0
    width: int = 1440
    height: int = 900


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, what else the file held, and whether it was broken and set aside."""

    settings: Settings
    unknown: dict[str, Any]
    broken: bool = False


def load_settings(path: Path) -> Loaded:
    """Return what stands at `path`; a broken file is set aside as `….broken` and told."""
    if not path.exists():
        return Loaded(Settings(), {})
    try:
        found = json.loads(path.read_text("utf-8")[:LIMIT])
        return _read(found)
    except (OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        _set_aside(path)
        return Loaded(Settings(), {}, broken=True)


def save_settings(path: Path, loaded: Loaded) -> None:
    """Write the settings, keeping what this version does not know."""
    from core.storage import make_folder, replace_file

    make_folder(path.parent)
    values = loaded.unknown | asdict(loaded.settings)
    replace_file(path, json.dumps(values, indent=1, sort_keys=True).encode())


def _read(found: dict[str, Any]) -> Loaded:
    names = {field.name for field in fields(Settings)}
    known = {name: value for name, value in found.items() if name in names}
    if not all(_is_number(value) for value in known.values()):
        raise TypeError("a setting is not a number")
    unknown = {name: value for name, value in found.items() if name not in names}
    settings = replace(Settings(), **known)
    return Loaded(
        Settings(
            text_size=min(max(float(settings.text_size), 0.8), 2.0),
            width=min(max(int(settings.width), 960), 7680),
            height=min(max(int(settings.height), 600), 4320),
        ),
        unknown,
    )


def _is_number(value: Any) -> bool:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return bool(plain and isfinite(value))


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(f"{path.name}.broken"))
    except OSError:
        return
