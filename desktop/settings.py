"""What is remembered between runs: sizes, look, and the last screen; never a name or a path."""

import json
import re
from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path
from typing import Any

LIMIT = 64 * 1024
SMALLEST, LARGEST = 0.8, 2.0
LOOKS = ("system", "light", "dark")
LEAST_MINUTES, MOST_MINUTES = 1, 120
SCREEN_KEY = re.compile(r"[a-z_]{0,40}")


@dataclass(frozen=True, slots=True)
class Settings:
    """How the user left things.

    `look` is one of LOOKS; `still` asks that nothing moves; `toured` is true once the tour of the
    example was taken or declined; `last_screen` is a key of the registry.
    """

    text_size: float = 1.0
    width: int = 1440
    height: int = 900
    look: str = "system"
    idle_minutes: int = 15
    still: bool = False
    toured: bool = False
    last_screen: str = ""


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


def within_bounds(settings: Settings) -> Settings:
    """Return the settings with every value one that the window bears."""
    return Settings(
        text_size=min(max(float(settings.text_size), SMALLEST), LARGEST),
        width=min(max(int(settings.width), 960), 7680),
        height=min(max(int(settings.height), 600), 4320),
        look=settings.look if settings.look in LOOKS else LOOKS[0],
        idle_minutes=min(max(int(settings.idle_minutes), LEAST_MINUTES), MOST_MINUTES),
        still=settings.still,
        toured=settings.toured,
        last_screen=settings.last_screen if SCREEN_KEY.fullmatch(settings.last_screen) else "",
    )


def _read(found: dict[str, Any]) -> Loaded:
    usual = asdict(Settings())
    known = {name: value for name, value in found.items() if name in usual}
    wrong = [name for name, value in known.items() if not _is_like(value, usual[name])]
    if wrong:
        raise TypeError("a setting has another type")
    unknown = {name: value for name, value in found.items() if name not in usual}
    return Loaded(within_bounds(Settings(**known)), unknown)


def _is_like(value: Any, usual: Any) -> bool:
    if isinstance(usual, bool | str):
        return isinstance(value, type(usual))
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return bool(plain and isfinite(value))


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(f"{path.name}.broken"))
    except OSError:
        return
