"""What the settings screen offers and says; every choice is kept at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from desktop.preferences import Preferences
from desktop.versions import licence_of, parts, system_words, version_of

SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
MINUTES = (5, 10, 15, 30, 60)
LOOK_LABELS = (("system", "As this computer is set"), ("light", "Light"), ("dark", "Dark"))
MOTION_LABELS = (("", "As this computer is set"), ("still", "Nothing moves"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting: its name, what it is, the entries (key, label), which is chosen, and a note."""

    name: str
    label: str
    entries: tuple[tuple[str, str], ...]
    chosen: str
    note: str


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """Everything the screen shows."""

    choices: tuple[Choice, ...]
    places: tuple[tuple[str, str], ...]
    about: tuple[tuple[str, str], ...]
    licences: tuple[tuple[str, str, str], ...]
    report: str


class SettingsView(Protocol):
    """What the presenter needs of the screen."""

    def show_page(self, page: SettingsPage) -> None:
        """Show everything."""

    def show_chosen(self, choices: tuple[Choice, ...]) -> None:
        """Mark what is chosen now."""


class SettingsPresenter:
    """Shows the settings in use and changes them."""

    def __init__(
        self,
        view: SettingsView,
        preferences: Preferences,
        places: tuple[tuple[str, str], ...],
        report: str,
    ) -> None:
        self._view = view
        self._preferences = preferences
        self._places = places
        self._report = report

    def show(self) -> None:
        """Fill the screen."""
        about = (
            ("Plumbline", version_of("plumbline")),
            ("Methods", f"The methods page of version {version_of('plumbline')}"),
            ("Licence", licence_of("plumbline")),
            ("Runs on", system_words()),
            ("Window", f"Qt and PySide6 {version_of('PySide6_Essentials')}, LGPL-3.0"),
        )
        page = SettingsPage(self._choices(), self._places, about, parts(), self._report)
        self._view.show_page(page)

    def choose(self, name: str, key: str) -> None:
        """Take one choice; it is kept at once."""
        self._preferences.change(**_values(name, key))
        self._view.show_chosen(self._choices())

    def _choices(self) -> tuple[Choice, ...]:
        now = self._preferences.values
        size = str(round(100 * now.text_size))
        sizes = sorted({*SIZES, round(100 * now.text_size)})
        minutes = sorted({*MINUTES, now.idle_minutes})
        return (
            Choice(
                "text_size",
                "Text size",
                tuple((str(one), f"{one}\u202f%") for one in sizes),
                size,
                "Also by Ctrl and +, Ctrl and −, Ctrl and 0.",
            ),
            Choice("look", "Light or dark", LOOK_LABELS, now.look, "Exports are always on white."),
            Choice(
                "still",
                "Motion",
                MOTION_LABELS,
                "still" if now.still else "",
                "Little moves here: bars of progress and menus. This stops them too.",
            ),
            Choice(
                "idle_minutes",
                "Lock the vault after",
                tuple((str(one), f"{one} minutes") for one in minutes),
                str(now.idle_minutes),
                "Without a key, a click or a move. What is being typed is kept first.",
            ),
        )


def _values(name: str, key: str) -> dict[str, Any]:
    """Return the setting that an entry stands for."""
    read: dict[str, Callable[[str], Any]] = {
        "text_size": lambda said: int(said) / 100,
        "look": str,
        "still": lambda said: said == "still",
        "idle_minutes": int,
    }
    return {name: read[name](key)}
