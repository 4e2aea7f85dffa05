"""What the settings screen offers and says; every choice is kept at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from desktop.preferences import Preferences
from desktop.translation import QT_TR_NOOP, tr
from desktop.versions import licence_of, parts, system_words, version_of

SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
MINUTES = (5, 10, 15, 30, 60)
LOOK_LABELS = {
    "system": QT_TR_NOOP("As this computer is set"),
    "light": QT_TR_NOOP("Light"),
    "dark": QT_TR_NOOP("Dark"),
}
MOTION_LABELS = {
    "": QT_TR_NOOP("As this computer is set"),
    "still": QT_TR_NOOP("Nothing moves"),
}
METHODS = QT_TR_NOOP("The methods page of version {version}")
MADE_WITH = QT_TR_NOOP("Qt and PySide6 {version}, LGPL-3.0")


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
            (tr("Methods"), tr(METHODS).format(version=version_of("plumbline"))),
            (tr("Licence"), licence_of("plumbline")),
            (tr("Runs on"), system_words()),
            (tr("Window"), tr(MADE_WITH).format(version=version_of("PySide6_Essentials"))),
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
                tr("Text size"),
                tuple((str(one), f"{one}\u202f%") for one in sizes),
                size,
                tr("Also by Ctrl and +, Ctrl and −, Ctrl and 0."),
            ),
            Choice(
                "look",
                tr("Light or dark"),
                tuple((key, tr(LOOK_LABELS[key])) for key in LOOK_LABELS),
                now.look,
                tr("Exports are always on white."),
            ),
            Choice(
                "still",
                tr("Motion"),
                tuple((key, tr(MOTION_LABELS[key])) for key in MOTION_LABELS),
                "still" if now.still else "",
                tr("Little moves here: bars of progress and menus. This stops them too."),
            ),
            Choice(
                "idle_minutes",
                tr("Lock the vault after"),
                tuple((str(one), tr("{n} minutes").format(n=one)) for one in minutes),
                str(now.idle_minutes),
                tr("Without a key, a click or a move. What is being typed is kept first."),
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
