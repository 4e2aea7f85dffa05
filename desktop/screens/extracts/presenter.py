"""What the extracts screen says and does: kept extracts, a request to an audit, vault care."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core import flow
from core.errors import KeysInTheMakingError, PlumblineError
from core.results.wording import day
from core.review.backup import restore_vault
from core.review.kept import Keeping, KeptExtract, erase, kept_extracts, open_kept, unlisted
from core.sealing.signatures import fingerprint
from core.sealing.trust import TrustStore, shipped_entries
from core.storage import read_file, replace_file
from desktop.jobs import Report
from desktop.screens.extracts.words import STATES, TRUST, letter, short_fingerprint
from desktop.session import Desk, Session
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.review.vault import Vault

DUE = QT_TR_NOOP(
    "The audit asked for the records to be kept until {until} and no longer. Nothing is erased "
    "unless you do it; figures and notes would stay."
)
RESTORED = QT_TR_NOOP("The file was put back. Unlock the vault to see what it holds.")


@dataclass(frozen=True, slots=True)
class ExtractRow:
    """One extract in words; only one that is `held` can be opened or erased.

    `due` says since when the audit asks for its records to be erased, where that day has passed.
    """

    id: str
    title: str
    facts: str
    state: str
    held: bool
    due: str = ""


@dataclass(frozen=True, slots=True)
class ExtractsPage:
    """Everything the screen shows while the vault is open; `whose` names the surgeon."""

    whose: str
    practice: bool
    rows: tuple[ExtractRow, ...]
    can_keep: bool
    can_write: bool
    fingerprint: str
    letter: str


class ExtractsView(Protocol):
    """What the presenter needs of the screen."""

    def show_locked(self, exists: bool) -> None:
        """Say that the vault is locked or not made; nothing it holds is shown."""

    def show_page(self, page: ExtractsPage) -> None:
        """Show the page of the open vault."""


class ExtractsPresenter:
    """Follows the vault; opens, keeps and erases extracts, and makes the enrolment file."""

    def __init__(self, view: ExtractsView, desk: Desk) -> None:
        self._view = view
        self._desk = desk
        self._keeper = desk.keeper

    def show(self) -> None:
        """Show what the vault holds, or that it is locked."""
        vault = self._keeper.vault
        if vault is None:
            self._view.show_locked(self._keeper.exists)
            return
        keys = vault.keys
        found = kept_extracts(vault.folder, self._keeper.state, self._keeper.today)
        own = fingerprint(keys.certificate.encode())
        page = ExtractsPage(
            whose=tr("{name} · GMC number {gmc}").format(name=keys.name, gmc=keys.gmc),
            practice=self._keeper.is_practice,
            rows=(
                *map(row, sorted(found, key=_latest_first)),
                *map(unlisted_row, unlisted(vault.folder, self._keeper.state)),
            ),
            can_keep=self._keeper.can_write and self._can_keep(found),
            can_write=self._keeper.can_write,
            fingerprint=short_fingerprint(own),
            letter=letter(keys.name, keys.gmc, own),
        )
        self._view.show_page(page)

    def unlock(self) -> None:
        """Ask for the vault."""
        self._keeper.ask(self.show)

    def open(self, name: str) -> None:
        """Open a kept extract through every check, in the background."""
        vault = self._awake()
        if vault is None:
            return
        job = self._desk.runner.start(partial(_open, vault, name), topic="open")
        job.succeeded.connect(self._desk.open_review)
        job.failed.connect(self._desk.tell)

    def keep(self) -> None:
        """Keep the open extract; one for another GMC number is told with both numbers."""
        if isinstance(self._desk, Session):
            extract = self._desk.review.extract
            self._try(lambda: self._keeper.keep(extract), tr("The extract is kept in the vault."))

    def erase(self, name: str) -> None:
        """Erase the records of a kept extract."""
        vault = self._awake()
        if vault is None:
            return
        done = tr("The records are erased. The figures and your notes stay.")
        self._try(lambda: erase(vault, name, self._keeper.time), done)
        if self._keeper.vault is vault:
            self._keeper.replace(vault)

    def save_enrolment(self, path: Path) -> None:
        """Put the enrolment file where the surgeon chose."""
        vault = self._keeper.vault
        if vault is not None:
            done = tr("The enrolment file is saved. It is not sent: send it to the audit yourself.")
            self._try(lambda: replace_file(path, vault.enrolment(), private=False), done)

    def restore(self, path: Path) -> None:
        """Put an exported vault back, locking what is open."""
        try:
            self._keeper.lock()
            restore_vault(read_file(path), self._keeper.folder)
        except PlumblineError as error:
            self._desk.tell(error)
        else:
            self._keeper.changed.emit()
            self._desk.note(tr(RESTORED))

    def _awake(self) -> Vault | None:
        """Return the open vault; None where its keys are being made anew, which is told."""
        if self._keeper.resting:
            self._desk.tell(KeysInTheMakingError(tr("The vault’s keys are being made anew.")))
            return None
        return self._keeper.vault

    def _can_keep(self, found: tuple[KeptExtract, ...]) -> bool:
        held = {one.id for one in found if one.keeping is Keeping.HELD}
        return isinstance(self._desk, Session) and self._desk.extract not in held

    def _try(self, act: Callable[[], object], done: str) -> None:
        try:
            act()
        except PlumblineError as error:
            self._desk.tell(error)
        else:
            self._desk.note(done)


def row(found: KeptExtract) -> ExtractRow:
    """Return a kept extract in words."""
    manifest = found.manifest
    period = f"{day(manifest.period.start)} – {day(manifest.period.end)}"
    signed = found.verification
    state = [tr(STATES[found.keeping]), tr(TRUST[signed]) if signed in TRUST else signed]
    if found.newest:
        state.append(tr("the newest edition here"))
    held = found.keeping is Keeping.HELD
    until = manifest.retain_until if held and found.due else None
    return ExtractRow(
        id=found.id,
        title=manifest.audit.name,
        facts=tr("{series} · edition {edition} · {period}").format(
            series=manifest.series, edition=manifest.edition_number, period=period
        ),
        state=" · ".join(state),
        held=held,
        due=tr(DUE).format(until=day(until)) if until else "",
    )


def unlisted_row(name: str) -> ExtractRow:
    """Return an extract that is in the folder but not in the journal."""
    facts = tr("It is in the vault’s folder, but the journal does not name it.")
    state = tr("Open it and keep it again to list it.")
    return ExtractRow(name, tr("An extract that is not listed"), facts, state, held=True)


def _latest_first(found: KeptExtract) -> tuple[str, str, int, int, str]:
    """Put audits and their series in the order of their names, each with its latest year first."""
    manifest = found.manifest
    began = manifest.period.start.toordinal()
    return manifest.audit.name, manifest.series, -began, -manifest.edition_number, found.id


def _open(vault: Vault, name: str, report: Report) -> flow.Review:
    opened = flow.review(open_kept(vault, name, TrustStore(shipped_entries()), report), report)
    report(0, 0, tr("Looking for what to check in the records"))
    _ = opened.findings
    return opened
