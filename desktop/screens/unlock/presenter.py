"""What happens on the unlock screen: a vault made or opened, what it tells, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.errors import EmptyPassphraseError, OtherSurgeonError, PlumblineError
from core.review.findings import FindingKind
from core.review.passphrase import passphrase_hint
from core.review.vault import (
    WORK_FACTOR,
    begin_journal,
    change_passphrase,
    create,
    unlock,
    unlock_with_recovery,
)
from desktop.jobs import Report
from desktop.session import BACK, UNLOCK, Desk, Session
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.review.vault import Vault

DIFFERENT = QT_TR_NOOP("The two passphrases are not the same.")
TYPE_AGAIN = QT_TR_NOOP("Type the same passphrase in both fields.")
NOTHING_TYPED = QT_TR_NOOP("No passphrase was typed.")
NOT_CONFIRMED = QT_TR_NOOP(
    "The recovery sheet was left before it was confirmed. Its secret is not shown again; "
    "make a new recovery sheet under Extracts."
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose vault is made; `known` where both were read from the open extract."""

    name: str
    gmc: str
    known: bool


class UnlockView(Protocol):
    """What the presenter needs of the screen."""

    def show_new(self, owner: Owner, practice: bool) -> None:
        """Ask for a passphrase for a new vault."""

    def show_locked(self, practice: bool) -> None:
        """Ask for the passphrase or the recovery secret."""

    def show_working(self, label: str) -> None:
        """Show that keys are being made or opened."""

    def show_sheet(self, secret: str, owner: Owner) -> None:
        """Show the recovery secret, the only time."""

    def show_renewal(self) -> None:
        """Ask for a new passphrase after the recovery secret was used."""

    def show_told(self, words: tuple[str, ...], journal_missing: bool) -> None:
        """Show what was found in the vault."""

    def show_open(self) -> None:
        """Say that the vault is open."""

    def show_problem(self, error: Exception) -> None:
        """Show what went wrong."""

    def show_words(self, message: str, more: str) -> None:
        """Show what is to be mended in the form."""


def owner_of(desk: Desk) -> Owner:
    """Return the surgeon that the open extract names, or nobody yet."""
    if isinstance(desk, Session):
        surgeon = desk.review.extract.manifest.surgeon
        return Owner(surgeon.name, surgeon.gmc, known=True)
    return Owner("", "", known=False)


class UnlockPresenter:
    """Makes or opens the keeper's vault; goes back when all that it tells has been read."""

    def __init__(self, view: UnlockView, desk: Desk, work_factor: int = WORK_FACTOR) -> None:
        self._view = view
        self._desk = desk
        self._keeper = desk.keeper
        self._work_factor = work_factor
        self._owner = owner_of(desk)
        self._steps: list[Callable[[], None]] = []
        self._sheet_shown = False
        self._away = True

    def show(self) -> None:
        """Show what is to be done now."""
        self._away = False
        if self._keeper.is_open:
            self._view.show_open()
        elif self._keeper.exists:
            self._view.show_locked(self._keeper.is_practice)
        else:
            self._view.show_new(self._owner, self._keeper.is_practice)

    def hint(self, passphrase: str) -> str:
        """Return the honest word on a new passphrase."""
        return passphrase_hint(passphrase, (self._owner.name, self._owner.gmc))

    def make(self, name: str, gmc: str, first: str, second: str) -> None:
        """Make a vault under the passphrase that was typed twice."""
        if not self._alike(first, second):
            return
        self._owner = Owner(name.strip(), gmc.strip(), self._owner.known)
        make = create_for_practice if self._keeper.is_practice else create
        work = partial(
            make,
            self._keeper.folder,
            self._owner.name,
            self._owner.gmc,
            first,
            self._keeper.time,
            work_factor=self._work_factor,
        )
        self._start(tr("Making the vault"), work, self._made)

    def unlock(self, passphrase: str) -> None:
        """Open the vault with its passphrase."""
        if not passphrase:
            self._view.show_problem(EmptyPassphraseError(tr(NOTHING_TYPED)))
            return
        work = partial(unlock, self._keeper.folder, passphrase, self._keeper.time)
        self._start(tr("Opening the vault"), work, self._opened)

    def recover(self, secret: str) -> None:
        """Open the vault with the printed secret."""
        work = partial(unlock_with_recovery, self._keeper.folder, secret, self._keeper.time)
        self._start(tr("Opening the vault"), work, self._recovered)

    def renew(self, first: str, second: str) -> None:
        """Put a new passphrase in place of the one that was lost."""
        vault = self._keeper.vault
        if vault is None or not self._alike(first, second):
            return
        work = partial(change_passphrase, vault, first, work_factor=self._work_factor)
        self._start(
            tr("Changing the passphrase"), work, lambda _: self.go_on(), self._view.show_renewal
        )

    def begin_journal(self) -> None:
        """Begin a new journal in place of the one that is absent."""
        vault = self._keeper.vault
        if vault is None:
            return
        try:
            begin_journal(vault, self._keeper.time)
        except PlumblineError as error:
            self._view.show_problem(error)
            return
        self.go_on()

    def go_on(self) -> None:
        """Show the next thing that must be read, or go back and do what waited."""
        if self._steps:
            if self._away:
                self._desk.go(UNLOCK, "")
            self._steps.pop(0)()
            return
        self._sheet_shown = False
        if not self._away:
            self._away = True
            self._desk.go(BACK, "")
        self._do_what_waited()

    def leave(self) -> None:
        """The surgeon went elsewhere: forget what waited, or do it where the vault is open."""
        if self._away:
            return
        self._away, self._steps = True, []
        if not self._keeper.is_open:
            self._keeper.turn_away()
            return
        if self._sheet_shown:
            self._sheet_shown = False
            self._desk.note(tr(NOT_CONFIRMED))
        self._do_what_waited()

    def follow(self) -> None:
        """After a lock, nothing of what the open vault told stays."""
        if not self._keeper.is_open and (self._steps or self._sheet_shown):
            self._steps, self._sheet_shown = [], False
            self.show()

    def _made(self, made: tuple[Vault, str]) -> None:
        vault, secret = made
        if self._take(vault):
            self._steps = [partial(self._show_sheet, secret)]
            self.go_on()

    def _opened(self, vault: Vault) -> None:
        if self._take(vault):
            self._steps = self._telling(vault)
            self.go_on()

    def _recovered(self, vault: Vault) -> None:
        if self._take(vault):
            renewal = [] if vault.read_only else [self._view.show_renewal]
            self._steps = [*renewal, *self._telling(vault)]
            self.go_on()

    def _take(self, vault: Vault) -> bool:
        """Give the vault to the keeper, unless another one is wanted by now."""
        if vault.folder != self._keeper.folder or self._keeper.is_open:
            vault.lock()
            self.show()
            return False
        self._keeper.replace(vault)
        return True

    def _telling(self, vault: Vault) -> list[Callable[[], None]]:
        words = tuple(finding.words for finding in vault.findings)
        if not words:
            return []
        missing = any(finding.kind is FindingKind.MISSING for finding in vault.findings)
        begin = missing and not vault.read_only
        return [partial(self._view.show_told, words, begin)]

    def _show_sheet(self, secret: str) -> None:
        self._sheet_shown = True
        self._view.show_sheet(secret, self._owner)

    def _do_what_waited(self) -> None:
        vault = self._keeper.vault
        if vault is None:
            return
        if self._owner.known and self._owner.gmc != vault.keys.gmc:
            self._desk.tell(OtherSurgeonError(vault.keys.gmc, self._owner.gmc))
        try:
            self._keeper.hold(vault)
        except PlumblineError as error:
            self._desk.tell(error)

    def _alike(self, first: str, second: str) -> bool:
        if not first:
            self._view.show_problem(EmptyPassphraseError(tr(NOTHING_TYPED)))
        elif first != second:
            self._view.show_words(tr(DIFFERENT), tr(TYPE_AGAIN))
        return bool(first) and first == second

    def _start(
        self,
        label: str,
        work: Callable[[], object],
        succeeded: Callable[..., None],
        back: Callable[[], None] | None = None,
    ) -> None:
        def run(report: Report) -> object:
            report(0, 0, label)
            return work()

        self._view.show_working(label)
        job = self._desk.runner.start(run)
        job.succeeded.connect(succeeded)
        job.failed.connect(partial(self._failed, back or self.show))

    def _failed(self, back: Callable[[], None], error: Exception) -> None:
        back()
        self._view.show_problem(error)


def create_for_practice(
    folder: Path, name: str, gmc: str, passphrase: str, now: datetime, *, work_factor: int
) -> tuple[Vault, str]:
    """Make the practice vault; the example's surgeon signs with the public key it names."""
    from core.issuing.example import example_signer
    from core.issuing.example_nation import gmc_number

    signer = example_signer() if gmc == gmc_number(1) else None
    return create(folder, name, gmc, passphrase, now, signer=signer, work_factor=work_factor)
