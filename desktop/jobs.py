"""Background work: one worker thread, one job after another, told of on the window's thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from core.errors import CancelledError
from desktop.translation import tr

Report = Callable[[int, int, str], None]
Work = Callable[[Report], object]


class Job(QObject):
    """One piece of work: what it tells, and how to stop it."""

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, work: Work, topic: str, owner: object) -> None:
        super().__init__()
        self.topic = topic
        self._owner = owner
        self._work = work
        self._stopped = Event()

    def stop(self) -> None:
        """Ask the work to end; it does at its next report, or at once where it has not begun."""
        self._stopped.set()

    @property
    def unheard(self) -> bool:
        """Whether the screen that the work was for is no more."""
        return isinstance(self._owner, QObject) and not isValid(self._owner)

    @property
    def stopped(self) -> bool:
        """Whether somebody asked the work to end."""
        return self._stopped.is_set()

    def run(self, tell: Callable[..., None]) -> None:
        """Do the work on the calling thread, telling of it by signal name and values."""

        def report(done: int, total: int, label: str) -> None:
            if self.stopped:
                raise CancelledError(tr("Stopped."))
            tell("progressed", done, total, label)

        try:
            report(0, 0, "")
            answer = self._work(report)
            report(0, 0, "")
        except Exception as error:  # noqa: BLE001 (every failure is told, none is lost)
            tell("failed", error)
        else:
            tell("succeeded", answer)
        tell("finished")


class JobRunner(QObject):
    """Runs jobs one at a time on one thread; a job is kept until it has finished."""

    _told = Signal(object, str, tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="plumbline")
        self._jobs: list[Job] = []
        self._told.connect(self._hand_on, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Work, topic: str = "", owner: object = None) -> Job:
        """Begin the work soon; of jobs with the same named topic the latest wins.

        Nothing is told of work whose `owner` is a screen that has been taken away.
        """
        for earlier in self._jobs:
            if topic and earlier.topic == topic:
                earlier.stop()
        job = Job(work, topic, owner)
        self._jobs.append(job)
        self._pool.submit(job.run, self._teller(job))
        return job

    @property
    def busy(self) -> bool:
        """Whether a job was begun of which not everything has been told."""
        return bool(self._jobs)

    def shutdown(self) -> None:
        """Stop every job and wait for the thread to end."""
        for job in self._jobs:
            job.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _teller(self, job: Job) -> Callable[..., None]:
        def tell(signal: str, *values: Any) -> None:
            self._told.emit(job, signal, values)

        return tell

    @Slot(object, str, tuple)
    def _hand_on(self, job: Job, signal: str, values: tuple[Any, ...]) -> None:
        if signal == "succeeded" and job.stopped:
            signal, values = "failed", (CancelledError(tr("Stopped.")),)
        if signal == "progressed" and not values[2]:
            return
        if not job.unheard:
            getattr(job, signal).emit(*values)
        if signal == "finished":
            self._jobs.remove(job)
