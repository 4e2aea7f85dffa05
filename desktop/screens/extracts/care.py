"""The care of the vault: another passphrase, another recovery sheet, other keys, a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.errors import EmptyPassphraseError, PlumblineError
from core.review.backup import export_vault
from core.review.passphrase import passphrase_hint
from core.review.rotation import rotate
from core.review.vault import WORK_FACTOR, change_passphrase, new_recovery
from core.review.vault_keys import open_identity
from core.storage import replace_file
from desktop.jobs import Report
from desktop.session import Desk

if TYPE_CHECKING:
    from core.review.vault import Vault

CHANGED = "The passphrase is changed. Older copies of the vault still open with the older one."
DIFFERENT = "The two passphrases are not the same."
TYPE_AGAIN = "Type the same passphrase in both fields."
EXPORTED = "The vault is exported as one encrypted file. It opens with your passphrase."


class CareView(Protocol):
    """What the presenter needs of the card."""

    def show_working(self, label: str) -> None:
        """Show that keys are being made."""

    def show_done(self) -> None:
        """Put the forms away."""

    def show_sheet(self, secret: str, name: str, gmc: str) -> None:
        """Show a new recovery secret, the only time."""

    def show_problem(self, error: Exception) -> None:
        """Show what went wrong."""

    def show_words(self, message: str, more: str) -> None:
        """Show what is to be mended in the form."""


class CarePresenter:
    """Does what the surgeon asks of the vault itself."""

    def __init__(self, view: CareView, desk: Desk, work_factor: int = WORK_FACTOR) -> None:
        self._view = view
        self._desk = desk
        self._keeper = desk.keeper
        self._work_factor = work_factor

    def hint(self, passphrase: str) -> str:
        """Return the honest word on a new passphrase."""
        vault = self._keeper.vault
        own = (vault.keys.name, vault.keys.gmc) if vault else ()
        return passphrase_hint(passphrase, own)

    def change(self, current: str, first: str, second: str) -> None:
        """Change the passphrase; the current one must open the vault."""
        vault = self._keeper.vault
        if vault is None or not self._typed(current, first):
            return
        if first != second:
            self._view.show_words(DIFFERENT, TYPE_AGAIN)
            return

        def work() -> None:
            open_identity(vault.folder, current)
            change_passphrase(vault, first, work_factor=self._work_factor)

        self._start("Changing the passphrase", work, lambda _: self._done(CHANGED))

    def renew_sheet(self, passphrase: str) -> None:
        """Make a new recovery secret; the printed one no longer opens the vault."""
        vault = self._keeper.vault
        if vault is None or not self._typed(passphrase):
            return
        work = partial(new_recovery, vault, passphrase, work_factor=self._work_factor)
        self._start("Making a recovery secret", work, partial(self._renewed, vault))

    def rotate(self, passphrase: str) -> None:
        """Make all keys anew; it runs at once, since nothing may be written meanwhile."""
        vault = self._keeper.vault
        if vault is None or not self._typed(passphrase):
            return
        self._keeper.locking.emit()
        try:
            made = rotate(vault, passphrase, self._keeper.time, work_factor=self._work_factor)
        except PlumblineError as error:
            self._view.show_problem(error)
        else:
            self._renewed(vault, made)

    def export(self, path: Path) -> None:
        """Put the whole vault, encrypted as it is, in one file."""
        vault = self._keeper.vault
        if vault is None:
            return
        try:
            self._keeper.locking.emit()
            replace_file(path, export_vault(vault))
        except PlumblineError as error:
            self._view.show_problem(error)
        else:
            self._done(EXPORTED)

    def _renewed(self, before: Vault, made: tuple[Vault, str]) -> None:
        vault, secret = made
        if self._keeper.vault is before:
            self._keeper.replace(vault)
            self._view.show_sheet(secret, vault.keys.name, vault.keys.gmc)

    def _done(self, words: str) -> None:
        self._view.show_done()
        self._desk.note(words)

    def _typed(self, *secrets: str) -> bool:
        if not all(secrets):
            self._view.show_problem(EmptyPassphraseError("No passphrase was typed."))
        return all(secrets)

    def _start(
        self, label: str, work: Callable[[], object], succeeded: Callable[..., None]
    ) -> None:
        def run(report: Report) -> object:
            report(0, 0, label)
            return work()

        self._view.show_working(label)
        job = self._desk.runner.start(run)
        job.succeeded.connect(succeeded)
        job.failed.connect(self._failed)

    def _failed(self, error: Exception) -> None:
        self._view.show_done()
        self._view.show_problem(error)
