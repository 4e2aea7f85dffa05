"""The unlock and reflection screens on one vault, and faults of the disk below it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core import storage
from core.flow import Review
from core.review.vault import create
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.reflection.view import ReflectionScreen
from desktop.screens.reflection.view import build as build_reflection
from desktop.screens.unlock.cards import LockedCard, OpenCard, ToldCard, WorkingCard
from desktop.screens.unlock.presenter import UnlockPresenter
from desktop.screens.unlock.view import UnlockScreen
from desktop.screens.unlock.view import build as build_unlock
from desktop.session import BACK
from desktop.widgets.text import ProseWidget
from tests.desktop.on_desk import NOW, PASSPHRASE, Ways, session

SOON = 20_000


class Room:
    """The unlock and reflection screens on one vault, whose clock can be turned."""

    def __init__(self, qtbot: QtBot, review: Review, runner: JobRunner, folder: Path) -> None:
        self.qtbot, self.ways, self.time = qtbot, Ways(), NOW
        self.keeper = Keeper(folder / "vault", clock=self.clock)
        desk = session(review, runner, self.keeper, self.ways)
        self.extract = desk.extract
        self.reflection: ReflectionScreen = build_reflection(desk)
        self.unlock: UnlockScreen = build_unlock(desk)
        presenter = self.unlock.presenter
        assert isinstance(presenter, UnlockPresenter)
        presenter._work_factor = 4
        for screen in (self.reflection, self.unlock):
            qtbot.addWidget(screen)

    def clock(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def make(self, *texts: str) -> None:
        """Make a vault in which these texts followed one another, and lock it."""
        vault, _ = create(
            self.keeper.folder, "FICTIONAL", "0000000", PASSPHRASE, NOW, work_factor=4
        )
        self.keeper.hold(vault)
        for text in texts:
            self.write(text)
        self.keeper.lock()

    def write(self, text: str) -> None:
        self.reflection.parts["what"].setPlainText(text)
        self.reflection.parts["what"].flush()

    def open(self) -> str:
        """Open the vault on its screen; return what the screen says once it has answered."""
        self.ways.gone.clear()
        self.unlock.hide()
        self.unlock.show()
        card = self.unlock.card
        assert isinstance(card, LockedCard)
        card.passphrase.field.setText(PASSPHRASE)
        card.passphrase.given.emit()
        self.answered()
        return self.said()

    def answered(self) -> None:
        def done() -> bool:
            card = self.unlock.card
            back = bool(self.ways.gone) and self.ways.gone[-1][0] == BACK
            waiting = isinstance(card, WorkingCard) and not self.unlock.problem
            return (not waiting and card is not None) or back

        self.qtbot.waitUntil(done, timeout=SOON)

    def said(self) -> str:
        card = self.unlock.card
        told = card.findChildren(ProseWidget) if isinstance(card, ToldCard) else []
        return " ".join([self.unlock.problem, *(part.accessibleName() for part in told)])

    def go_on(self) -> None:
        if isinstance(self.unlock.card, ToldCard | OpenCard):
            self.unlock.card.went_on.emit()

    @property
    def wordings(self) -> list[str]:
        """Every wording that the journal holds, in order."""
        assert self.keeper.vault is not None
        events = [entry.event for entry in self.keeper.vault.journal.entries]
        return [text for event in events if (text := getattr(event, "text", ""))]


@contextmanager
def failing(number: int) -> Iterator[None]:
    """Let no byte reach the disk, for that reason."""

    def fail(*_: Any) -> Any:
        raise OSError(number, os.strerror(number))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage.os, "fsync", fail)
        yield
