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
    """The open review, the look, the worker, and the ways out of a screen.

    `go` shows a screen and an outcome there; `see` the cases of a finding, by its place among the
    review's; `tell` shows an error, `note` a piece of news.
    """

    review: Review
    theme: Theme
    runner: JobRunner
    go: Callable[[str, str], None]
    tell: Callable[[Exception], None]
    note: Callable[[str], None]
    see: Callable[[int], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Screen:
    """An entry of the rail; entries of one `group` stand together, `badge` counts what waits."""

    key: str
    label: str
    build: Callable[[Session], QWidget]
    group: int = 0
    badge: Callable[[Review], str] = lambda _: ""
