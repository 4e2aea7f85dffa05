"""What a screen is given, and how the rail lists it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.jobs import JobRunner
from desktop.theme import Theme

if TYPE_CHECKING:
    from core.flow import Review


@dataclass(frozen=True, slots=True)
class Session:
    """The open review, the look, the worker, and the ways to a screen (and outcome) or message."""

    review: Review
    theme: Theme
    runner: JobRunner
    go: Callable[[str, str], None]
    tell: Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class Screen:
    """An entry of the rail; entries of one `group` stand together, `badge` counts what waits."""

    key: str
    label: str
    build: Callable[[Session], QWidget]
    group: int = 0
    badge: Callable[[Review], str] = lambda _: ""
