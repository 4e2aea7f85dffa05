"""What a screen is given, and how the rail lists it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.actions import IN_PLACE, Action
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.preferences import Preferences
from desktop.theme import Theme

if TYPE_CHECKING:
    from core.flow import Review

UNLOCK, LOCK = "unlock", "lock"
HELP, SETTINGS = "help", "settings"
BACK = "back"
"""Where the surgeon was before the vault was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every screen has: the look, the worker, the vault, and the ways out.

    `go` shows a screen and an outcome there; `open_review` shows a review in place of the one that
    is open; `take` opens or verifies files as if they had been dropped; `tell` shows an error,
    `note` a piece of news. `preferences` are the settings in use; `actions` is the table of what
    can be done, and `act` does one of it by name.
    """

    theme: Theme
    runner: JobRunner
    keeper: Keeper
    go: Callable[[str, str], None]
    open_review: Callable[[Review], None]
    take: Callable[[list[Path]], None]
    tell: Callable[[Exception], None]
    note: Callable[[str], None]
    preferences: Preferences = field(default_factory=Preferences)
    actions: Callable[[], tuple[Action, ...]] = lambda: IN_PLACE
    act: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Desk):
    """A desk with an open review on it; `extract` is its id in the vault.

    `see` shows the cases of a finding, by its place among the review's.
    """

    review: Review
    extract: str
    see: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Screen:
    """An entry of the rail; entries of one `group` stand together, `badge` counts what waits.

    One that is `free` is built on a Desk and there before any file is open; others on a Session.
    `offered` says whether the entry stands in the rail at all. What a free screen shows is printed
    and copied whole only where it `leaves`.
    """

    key: str
    label: str
    build: Callable[[Any], QWidget]
    group: int = 0
    badge: Callable[[Any], str] = lambda _: ""
    offered: Callable[[Any], bool] = lambda _: True
    free: bool = False
    leaves: bool = False
