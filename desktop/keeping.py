"""The vault behind the window: open or locked, what stands in it, and how it is written to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import KeysInTheMakingError, PlumblineError
from desktop.paths import vault_folder
from desktop.translation import tr

if TYPE_CHECKING:
    from core.extract.opening import Extract
    from core.review.events import Event
    from core.review.state import ReviewState
    from core.review.vault import Vault

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the time of the clock."""
    return datetime.now(UTC)


class Keeper(QObject):
    """Holds the open vault, replays its journal, and writes to it.

    `changed` follows every entry, unlocking and locking; `locking` asks for what is being typed to
    be written, before a lock above all; `wanted` asks for the screen that makes or opens a vault.
    """

    changed = Signal()
    locking = Signal()
    wanted = Signal()
    held_back = Signal(bool)
    """True where something typed could not be written before a lock, False once it is."""

    def __init__(self, folder: Path, clock: Clock = now, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.vault: Vault | None = None
        self._clock = clock
        self._state: ReviewState | None = None
        self._waiting: Callable[[], None] | None = None
        self._unwritten = False
        self._resting = self._lock_after = self._leaving = False
        self._back: list[bytes] = []

    @property
    def is_open(self) -> bool:
        """Whether a vault is unlocked, if only for reading."""
        return self.vault is not None

    @property
    def can_write(self) -> bool:
        """Whether a vault is unlocked and may be written to."""
        return self.vault is not None and not self.vault.read_only and not self._resting

    @property
    def resting(self) -> bool:
        """Whether the vault's keys are being made anew, so that nothing may be written."""
        return self._resting

    @property
    def is_practice(self) -> bool:
        """Whether it is the vault of the made-up example."""
        return self.folder == vault_folder(practice=True)

    @property
    def exists(self) -> bool:
        """Whether the folder holds a vault."""
        from core.review.vault_files import is_vault

        return is_vault(self.folder)

    @property
    def state(self) -> ReviewState:
        """What stands in the vault; nothing while it is locked."""
        if self._state is None:
            from core.review.state import replay

            self._state = replay(self.vault.journal.entries if self.vault else ())
        return self._state

    @property
    def time(self) -> datetime:
        """The clock's time."""
        return self._clock()

    @property
    def today(self) -> date:
        """The clock's day, where the surgeon is."""
        return self._clock().astimezone().date()

    def use(self, folder: Path) -> None:
        """Work with the vault of another folder; one that is open is locked first."""
        if folder != self.folder:
            self.lock()
            self.folder = folder
            self.changed.emit()

    def hold(self, vault: Vault) -> None:
        """Take a vault that was unlocked, and do what waited for it."""
        self.vault = vault
        self._refresh()
        self._write_held_back()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def replace(self, vault: Vault) -> None:
        """Take the same vault under other keys."""
        self.vault = vault
        self._refresh()

    def rest(self) -> None:
        """Let everything typed be written, and then nothing until `wake`."""
        self.locking.emit()
        self._resting = True
        self._refresh()

    def wake(self, vault: Vault) -> None:
        """Take the vault as it is after a rest; what was typed meanwhile is written now."""
        self._resting = False
        self.replace(vault)
        self.locking.emit()
        if self._lock_after:
            self.lock()

    def settle(self) -> bool:
        """Let everything typed be written; return whether all of it was."""
        self._unwritten = False
        self.locking.emit()
        return not self._unwritten

    def lock(self) -> None:
        """Let everything typed be written, then forget all keys and all that was read.

        While the vault rests, the lock waits for its end.
        """
        self._waiting = None
        self._lock_after = self._resting
        if self.vault is None or self._resting:
            return
        self._leaving = True
        self.settle()
        self._leaving = False
        vault, self.vault = self.vault, None
        with suppress(PlumblineError):
            vault.lock()
        self._refresh()

    def ask(self, act: Callable[[], None]) -> None:
        """Do `act` now where a vault is open, or once the surgeon has made or opened one."""
        if self.vault is not None:
            act()
            return
        self._waiting = act
        self.wanted.emit()

    def turn_away(self) -> None:
        """Forget what waited for the vault."""
        self._waiting = None

    def keep(self, extract: Extract) -> str:
        """Keep the extract where it is not kept yet; return its id. Raises as `kept.keep` does."""
        from core.review.kept import archive_id, keep

        kept = archive_id(extract) in self.state.kept
        name = keep(self._opened(), extract, self.time)
        if not kept:
            self._refresh()
        return name

    def keep_link(self, extract: Extract, table: bytes) -> None:
        """Keep the extract, and which of its cases is which patient. Raises as `keep` does."""
        from core.review.links import keep_link

        keep_link(self._opened(), self.keep(extract), table, self.time)
        self._refresh()

    def write_about(self, extract: Extract, *events: Event) -> None:
        """Keep the extract where it is not kept yet, then write entries about it."""
        try:
            self.keep(extract)
        except PlumblineError:
            self._hold_back(*events)
            raise
        self.write(*events)

    def write(self, *events: Event) -> None:
        """Write entries of one time to the journal; they are on the disk when this returns."""
        at, left = self.time, list(events)
        try:
            while left:
                self._opened().append(left[0], at)
                left.pop(0)
        except PlumblineError:
            self._hold_back(*left)
            raise
        finally:
            self._refresh()

    def undo(self) -> None:
        """Undo the last edit, where there is one."""
        from core.review.events import Undone

        if self.state.undo is not None:
            self.write(Undone(entry=self.state.undo))

    def redo(self) -> None:
        """Do again what was undone last, where there is something."""
        from core.review.events import Redone

        if self.state.redo is not None:
            self.write(Redone(entry=self.state.redo))

    def follow(self, owner: QObject, act: Callable[[], object]) -> None:
        """Do `act` at every change for as long as `owner` lives."""
        self.changed.connect(_Follower(owner, act).go)

    def follow_locking(self, owner: QObject, act: Callable[[], object]) -> None:
        """Do `act` before every lock for as long as `owner` lives.

        It returns False where something typed could not be written.
        """
        self.locking.connect(_Follower(owner, lambda: self._hear(act())).go)

    @property
    def holds_back(self) -> bool:
        """Whether something waits in memory, sealed, for the vault to be opened again."""
        return bool(self._back)

    def _hold_back(self, *events: Event) -> None:
        """Keep what cannot be written before this lock; at other times it stands on its screen."""
        if self.vault is None or self.vault.read_only or not self._leaving:
            return
        from core.review.held_back import hold_back

        self._back += [hold_back(event, self.vault.keys, self.time) for event in events]
        self.held_back.emit(True)

    def _write_held_back(self) -> None:
        """Write what this vault's keys open; the rest waits on."""
        if not self._back or not self.can_write or self.vault is None:
            return
        from core.review.held_back import read_held_back

        for sealed in tuple(self._back):
            event = read_held_back(sealed, self.vault.keys)
            if event is not None:
                with suppress(PlumblineError):
                    self.write(event)
                    self._back.remove(sealed)
                    self.held_back.emit(False)

    def _opened(self) -> Vault:
        if self.vault is None:
            raise RuntimeError("nothing can be written while the vault is locked")
        if self._resting:
            raise KeysInTheMakingError(tr("The vault’s keys are being made anew."))
        return self.vault

    def _hear(self, written: object) -> None:
        self._unwritten |= written is False

    def _refresh(self) -> None:
        self._state = None
        self.changed.emit()


class _Follower(QObject):
    """Dies with its owner, and the connection with it."""

    def __init__(self, owner: QObject, act: Callable[[], object]) -> None:
        super().__init__(owner)
        self._act = act

    @Slot()
    def go(self) -> None:
        self._act()
