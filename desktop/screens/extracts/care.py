"""The care of the vault: another passphrase, another recovery sheet, other keys, a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.errors import EmptyPassphraseError, PlumblineError
from core.results.wording import day
from core.review.backup import export_vault
from core.review.passphrase import passphrase_hint
from core.review.rotation import rotate
from core.review.vault import WORK_FACTOR, change_passphrase, new_recovery
from core.review.vault_keys import open_identity
from core.sealing.identities import Signer, load_signer
from core.sealing.signatures import fingerprint, read_certificate
from core.storage import read_file, replace_file
from desktop.jobs import Job, Report
from desktop.screens.extracts.words import short_fingerprint
from desktop.session import Desk
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.review.vault import Vault

CHANGED = QT_TR_NOOP(
    "The passphrase is changed. Older copies of the vault still open with the older one."
)
DIFFERENT = QT_TR_NOOP("The two passphrases are not the same.")
TYPE_AGAIN = QT_TR_NOOP("Type the same passphrase in both fields.")
EXPORTED = QT_TR_NOOP("The vault is exported as one encrypted file. It opens with your passphrase.")
BUSY = QT_TR_NOOP("Another task has not ended yet.")
BUSY_HINT = QT_TR_NOOP("Nothing was begun. Try again when it has ended.")
ROTATING = QT_TR_NOOP(
    "Making all keys anew. Nothing can be written meanwhile; what you type is saved after it"
)
NOT_CONFIRMED = QT_TR_NOOP(
    "The recovery sheet was left before it was confirmed. Its secret is not shown again; "
    "make a new recovery sheet here."
)


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
        if vault is None or not self._typed(current, first) or self._busy():
            return
        if first != second:
            self._view.show_words(tr(DIFFERENT), tr(TYPE_AGAIN))
            return

        def work() -> None:
            open_identity(vault.folder, current)
            change_passphrase(vault, first, work_factor=self._work_factor)

        self._start(tr("Changing the passphrase"), work, lambda _: self._done(tr(CHANGED)))

    def renew_sheet(self, passphrase: str) -> None:
        """Make a new recovery secret; the printed one no longer opens the vault."""
        vault = self._keeper.vault
        if vault is None or not self._typed(passphrase) or self._busy():
            return
        work = partial(new_recovery, vault, passphrase, work_factor=self._work_factor)
        self._start(tr("Making a recovery secret"), work, partial(self._renewed, vault))

    def rotate(self, passphrase: str) -> None:
        """Make all keys anew, the signing key too."""
        if self._typed(passphrase):
            self._rotate(passphrase, lambda: None)

    def sign_with(self, path: Path, opens: str, passphrase: str) -> None:
        """Make all keys anew but the signing key, which is read from a .p12 file."""
        if self._typed(opens, passphrase):
            self._rotate(passphrase, lambda: load_signer(read_file(path), opens))

    def _rotate(self, passphrase: str, read: Callable[[], Signer | None]) -> None:
        """Let the worker do it; the vault rests until it has ended, however it ends."""
        vault = self._keeper.vault
        if vault is None or self._busy():
            return
        made: list[tuple[Vault, str, Signer | None]] = []

        def work() -> None:
            signer, now = read(), self._keeper.time
            fresh = rotate(vault, passphrase, now, signer=signer, work_factor=self._work_factor)
            made.append((*fresh, signer))

        def ended() -> None:
            self._keeper.wake(made[0][0] if made else vault)
            if made:
                self._rotated(*made[0])

        self._keeper.rest()
        job = self._start(tr(ROTATING), work, lambda _: None)
        job.finished.connect(ended)

    def _rotated(self, vault: Vault, secret: str, signer: Signer | None) -> None:
        if self._keeper.vault is not vault:
            self._desk.note(tr(NOT_CONFIRMED))
            return
        self._view.show_sheet(secret, vault.keys.name, vault.keys.gmc)
        if signer is not None:
            self._desk.note(signing_words(signer))

    def export(self, path: Path) -> None:
        """Put the whole vault, encrypted as it is, in one file."""
        vault = self._keeper.vault
        if vault is None or self._busy():
            return
        try:
            self._keeper.locking.emit()
            replace_file(path, export_vault(vault))
        except PlumblineError as error:
            self._view.show_problem(error)
        else:
            self._done(tr(EXPORTED))

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
            self._view.show_problem(EmptyPassphraseError(tr("No passphrase was typed.")))
        return all(secrets)

    def tell_left(self) -> None:
        """Say that a recovery sheet was left before it was confirmed."""
        self._desk.note(tr(NOT_CONFIRMED))

    def _busy(self) -> bool:
        """Say so where the worker has something else to end first."""
        if self._desk.runner.busy:
            self._view.show_words(tr(BUSY), tr(BUSY_HINT))
        return self._desk.runner.busy

    def _start(self, label: str, work: Callable[[], object], succeeded: Callable[..., None]) -> Job:
        def run(report: Report) -> object:
            report(0, 0, label)
            return work()

        self._view.show_working(label)
        job = self._desk.runner.start(run)
        job.succeeded.connect(succeeded)
        job.failed.connect(self._failed)
        return job

    def _failed(self, error: Exception) -> None:
        self._view.show_done()
        self._view.show_problem(error)


def signing_words(signer: Signer) -> str:
    """Say with which certificate documents are signed from now on, to be compared."""
    certificate = read_certificate(signer.certificate_pem)
    digest = short_fingerprint(fingerprint(signer.certificate_pem))
    until = day(certificate.not_valid_after_utc.date())
    return tr(
        "Documents are signed with your own key from now on. Fingerprint of its certificate: "
        "{digest}. It is valid until {day}. Send your enrolment file to the audits again."
    ).format(digest=digest, day=until)
