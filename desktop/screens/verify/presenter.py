"""What the verify screen does: documents in, four answers each, and a register of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.jobs import Job, Report
from desktop.screens.verify.account import Account, account, row
from desktop.session import Desk
from desktop.translation import tr

if TYPE_CHECKING:
    from core.report.verifying.verification import Verification

TOPIC = "verify"


@dataclass(frozen=True, slots=True)
class Checked:
    """A document's file name and its answers."""

    name: str
    found: Verification


class VerifyView(Protocol):
    """What the presenter needs of the screen."""

    def show_choice(self) -> None:
        """Ask for documents."""

    def show_progress(self, done: int, total: int, label: str) -> None:
        """Show how many were looked at."""

    def show_list(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """List the documents, those that need attention first; none where there is only one."""

    def show_account(self, said: Account) -> None:
        """Show the answers about one document."""

    def ask_password(self, wanted: bool) -> None:
        """Ask for the password of the documents that are locked, where there are some."""

    def ask_where(self, name: str) -> Path | None:
        """Ask where the register shall be written."""


class VerifyPresenter:
    """Verifies documents in the background and shows what was found."""

    def __init__(self, view: VerifyView, desk: Desk, memory: Path) -> None:
        self._view = view
        self._desk = desk
        self._memory = memory
        self._job: Job | None = None
        self._paths: list[Path] = []
        self._password = ""
        self._checked: tuple[Checked, ...] = ()

    def choose(self, paths: Sequence[Path]) -> None:
        """Verify these documents; a password given before is forgotten."""
        self._paths = list(paths)
        self._password = ""
        self._run(accept_changed=False)

    def give_password(self, password: str) -> None:
        """Try this password on the documents that are locked, and verify them anew."""
        self._password = password
        if self._paths:
            self._run(accept_changed=False)

    def accept_changed(self) -> None:
        """Remember the changed certificates, which the doctor was asked about."""
        self._run(accept_changed=True)

    def stop(self) -> None:
        """End what runs."""
        if self._job is not None:
            self._job.stop()

    def select(self, place: int) -> None:
        """Show the answers about the document in that place of the list."""
        if 0 <= place < len(self._checked):
            one = self._checked[place]
            self._view.show_account(account(one.name, one.found))

    def save_register(self) -> None:
        """Write a workbook with one row a document."""
        path = self._view.ask_where("register.xlsx")
        if path is None:
            return
        checked, time = self._checked, self._desk.keeper.time

        def work(report: Report) -> None:
            from core.report.verifying.register import Entry, register
            from core.storage import replace_file

            report(0, 0, tr("Writing the register"))
            entries = [Entry(one.name, one.found) for one in checked]
            replace_file(path, register(entries, time))

        job = self._desk.runner.start(work, owner=self._view)
        job.failed.connect(self._desk.tell)
        job.succeeded.connect(lambda _: self._desk.note(tr("The register was written.")))

    def _run(self, *, accept_changed: bool) -> None:
        paths, memory, password = list(self._paths), self._memory, self._password
        self._view.show_progress(0, len(paths), "")

        def work(report: Report) -> tuple[Checked, ...]:
            return verified(paths, memory, report, password=password, accept_changed=accept_changed)

        self._job = self._desk.runner.start(work, TOPIC, self._view)
        self._job.progressed.connect(self._view.show_progress)
        self._job.failed.connect(self._failed)
        self._job.succeeded.connect(self._show)

    def _failed(self, error: Exception) -> None:
        self._view.show_choice()
        self._desk.tell(error)

    def _show(self, checked: tuple[Checked, ...]) -> None:
        self._checked = checked
        several = len(checked) > 1
        rows = (row(one.name, one.found) for one in checked)
        self._view.show_list(tuple(rows) if several else ())
        self._view.ask_password(any(one.found.locked for one in checked))
        self.select(0)


def verified(
    paths: Sequence[Path],
    memory: Path,
    report: Report,
    *,
    password: str = "",
    accept_changed: bool = False,
) -> tuple[Checked, ...]:
    """Return the answers about each document, those that need attention first.

    `password` is tried on each that is locked.
    """
    from core.report.verifying.guarded import verify_many
    from core.report.verifying.register import standing
    from core.report.verifying.remembered import read_seen, recall, write_seen
    from core.report.verifying.requests import OnDisk
    from core.sealing.trust import TrustStore, shipped_entries

    requests = [OnDisk(path, password or None) for path in paths]
    found = verify_many(requests, TrustStore(shipped_entries()), report) if requests else []
    seen = read_seen(memory)
    found, learnt = recall(found, seen, accept_changed=accept_changed)
    if learnt != seen:
        write_seen(memory, learnt)
    checked = (Checked(path.name, one) for path, one in zip(paths, found, strict=True))
    return tuple(sorted(checked, key=lambda one: (standing(one.found).rank, one.name)))
