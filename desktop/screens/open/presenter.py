"""What happens on the open screen: a file or the example, its password, its opening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.errors import CancelledError, EmptyPassphraseError, WrongKeyError
from desktop.jobs import Job, JobRunner, Report

if TYPE_CHECKING:
    from core.flow import Review


class OpenView(Protocol):
    """What the presenter needs of the screen."""

    def show_choice(self) -> None:
        """Ask for a file or the example."""

    def show_password(self, file_name: str) -> None:
        """Ask for the password of the chosen file."""

    def show_progress(self, done: int, total: int, label: str) -> None:
        """Show the step that runs."""

    def show_problem(self, error: Exception) -> None:
        """Show what went wrong."""


@dataclass(frozen=True, slots=True)
class Roads:
    """How files are read and opened."""

    read: Callable[[Path, Report], bytes]
    open_sealed: Callable[[bytes, str, Report], Review]
    open_example: Callable[[Report], Review]


class OpenPresenter:
    """Holds the sealed bytes until they are opened; `opened` is told of the review."""

    def __init__(
        self, view: OpenView, runner: JobRunner, roads: Roads, opened: Callable[[Review], None]
    ) -> None:
        self._view = view
        self._runner = runner
        self._roads = roads
        self._opened = opened
        self._sealed: bytes | None = None
        self._name = ""
        self._job: Job | None = None

    def choose_file(self, path: Path) -> None:
        """Read the file, then ask for its password."""
        self._name = path.name
        self._start(partial(self._roads.read, path), self._ask, self._back_to_choice)

    def choose_example(self) -> None:
        """Open the made-up example."""
        self._start(self._roads.open_example, self._opened_review, self._back_to_choice)

    def give_password(self, password: str) -> None:
        """Open the chosen file."""
        if self._sealed is None:
            self._view.show_choice()
        elif not password:
            self._view.show_problem(EmptyPassphraseError("No password was typed."))
        else:
            work = partial(self._roads.open_sealed, self._sealed, password)
            self._start(work, self._opened_review, self._back_to_password)

    def stop(self) -> None:
        """End what runs."""
        if self._job is not None:
            self._job.stop()

    def leave_file(self) -> None:
        """Forget the chosen file."""
        self.stop()
        self._sealed = None
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

    def _ask(self, sealed: bytes) -> None:
        self._sealed = sealed
        self._view.show_password(self._name)

    def _opened_review(self, review: Review) -> None:
        self._sealed = None
        self._view.show_choice()
        self._opened(review)

    def _back_to_choice(self, error: Exception) -> None:
        self._sealed = None
        self._view.show_choice()
        self._view.show_problem(error)

    def _back_to_password(self, error: Exception) -> None:
        if isinstance(error, WrongKeyError | CancelledError):
            self._view.show_password(self._name)
            self._view.show_problem(error)
        else:
            self._back_to_choice(error)
