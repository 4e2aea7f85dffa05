"""What happens on the open screen: a file or the example, what opens it, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.errors import (
    CancelledError,
    EmptyPassphraseError,
    PasswordNeededError,
    WeakProtectionError,
    WrongKeyError,
)
from desktop.jobs import Job, JobRunner, Report
from desktop.translation import tr

if TYPE_CHECKING:
    from core.flow import Review
    from core.intake.reading.foreign import Foreign
    from core.sealing.age import Opener

MOST_PASSWORDS = 4


class OpenView(Protocol):
    """What the presenter needs of the screen."""

    def show_choice(self) -> None:
        """Ask for a file or the example."""

    def show_password(self, file_name: str) -> None:
        """Ask for the password of the chosen file."""

    def show_weak(self, file_name: str, words: str) -> None:
        """Say that nothing protects the file, and ask whether to open it."""

    def show_import(self, file_name: str) -> None:
        """Offer the way back to a file that is being imported."""

    def show_progress(self, done: int, total: int, label: str) -> None:
        """Show the step that runs."""

    def show_problem(self, error: Exception) -> None:
        """Show what went wrong."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file as it was read, and what the surgeon has said of it; nothing of it is written."""

    data: bytes
    name: str
    passwords: tuple[str, ...] = ()
    accept_weak: bool = False
    with_hidden: bool = False


Opening = Callable[[Chosen, "Sequence[Opener]", Report], "Review | Foreign"]


@dataclass(frozen=True, slots=True)
class Roads:
    """How files are read and opened."""

    read: Callable[[Path, Report], bytes]
    open_chosen: Opening
    open_example: Callable[[Report], Review]


@dataclass(frozen=True, slots=True)
class Ends:
    """Where an opened file goes: a review, or a foreign file with a way to open it once more.

    `keys` are those of the open vault, none while it is locked.
    """

    review: Callable[[Review], None]
    foreign: Callable[[Foreign, Callable[[Report], object]], None]
    keys: Callable[[], Sequence[Opener]] = tuple


class OpenPresenter:
    """Holds the chosen file until it is opened."""

    def __init__(self, view: OpenView, runner: JobRunner, roads: Roads, ends: Ends) -> None:
        self._view = view
        self._runner = runner
        self._roads = roads
        self._ends = ends
        self._chosen: Chosen | None = None
        self._job: Job | None = None

    def choose_file(self, path: Path) -> None:
        """Read the file, then open it, asking for what that needs."""
        read = partial(self._roads.read, path)
        self._start(read, partial(self._arrived, path.name), self._back_to_choice)

    def choose_example(self) -> None:
        """Open the made-up example."""
        self._start(self._roads.open_example, self._opened_review, self._back_to_choice)

    def give_password(self, password: str) -> None:
        """Open the chosen file; passwords given before are tried again, for locks inside."""
        if self._chosen is None:
            self._view.show_choice()
        elif not password:
            self._view.show_problem(EmptyPassphraseError(tr("No password was typed.")))
        else:
            given = dict.fromkeys((*self._chosen.passwords, password))
            self._chosen = replace(self._chosen, passwords=tuple(given)[-MOST_PASSWORDS:])
            self._open()

    def accept_weak(self) -> None:
        """Open the chosen file though nothing protects it."""
        if self._chosen is not None:
            self._chosen = replace(self._chosen, accept_weak=True)
            self._open()

    def stop(self) -> None:
        """End what runs."""
        if self._job is not None:
            self._job.stop()

    def leave_file(self) -> None:
        """Forget the chosen file."""
        self.stop()
        self._chosen = None
        self._view.show_choice()

    def _start(
        self,
        work: Callable[[Report], object],
        succeeded: Callable[..., None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._view.show_progress(0, 0, "")
        job = self._runner.start(work, topic="open")
        job.progressed.connect(self._view.show_progress)
        job.succeeded.connect(succeeded)
        job.failed.connect(partial(self._failed, job, failed))
        self._job = job

    def _failed(self, job: Job, back: Callable[[Exception], None], error: Exception) -> None:
        if job is self._job:
            back(error)

    def _arrived(self, name: str, data: bytes) -> None:
        self._chosen = Chosen(data, name)
        self._open()

    def _open(self) -> None:
        if self._chosen is not None:
            work = partial(self._roads.open_chosen, self._chosen, self._ends.keys())
            self._start(work, self._opened, self._ask)

    def _opened(self, found: Review | Foreign) -> None:
        from core.intake.reading.foreign import Foreign

        if isinstance(found, Foreign):
            self._opened_foreign(found)
        else:
            self._opened_review(found)

    def _opened_foreign(self, foreign: Foreign) -> None:
        chosen, self._chosen = self._chosen, None
        self._view.show_choice()
        self._view.show_import(foreign.name)
        if chosen is not None:
            whole = replace(chosen, with_hidden=True)
            again = partial(self._roads.open_chosen, whole, self._ends.keys())
            self._ends.foreign(foreign, again)

    def _opened_review(self, review: Review) -> None:
        self._chosen = None
        self._view.show_choice()
        self._ends.review(review)

    def _back_to_choice(self, error: Exception) -> None:
        self._chosen = None
        self._view.show_choice()
        self._view.show_problem(error)

    def _ask(self, error: Exception) -> None:
        """Ask for what opening lacks; else tell what is wrong and leave the file."""
        chosen = self._chosen
        if chosen is None:
            self._back_to_choice(error)
        elif isinstance(error, PasswordNeededError):
            self._view.show_password(chosen.name)
        elif isinstance(error, WeakProtectionError):
            self._view.show_weak(chosen.name, error.message)
        elif chosen.passwords and isinstance(error, WrongKeyError | CancelledError):
            self._view.show_password(chosen.name)
            self._view.show_problem(error)
        else:
            self._back_to_choice(error)
