"""Verification in processes that may be killed: bounded in time and memory, many at once."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Timer
from typing import IO

import msgspec

from core.errors import CheckLimitError, ReadFailedError, TooLargeError
from core.report.verifying.requests import Begin, Limits, OnDisk, Request
from core.report.verifying.verification import Verification
from core.report.verifying.verify import refused
from core.report.verifying.verify_child import CHILD, receive, send
from core.sealing.trust import TrustStore, trust_entry_bytes

Report = Callable[[int, int, str], None]
POLL_SECONDS = 0.1
TOO_MUCH = "The document could not be checked within the limits of time and memory it is given."
LIMITS = Limits()
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def verify_guarded(request: Request, trust: TrustStore, limits: Limits = LIMITS) -> Verification:
    """Return the answers about one document, found in a process of its own."""
    return verify_many([request], trust, lambda *_: None, limits=limits)[0]


def verify_many(
    requests: Sequence[Request | OnDisk],
    trust: TrustStore,
    report: Report,
    *,
    limits: Limits = LIMITS,
    workers: int | None = None,
) -> list[Verification]:
    """Return the answers about each document, in order, several at once.

    `report(done, total, label)` is called at least every POLL_SECONDS and may raise to stop; the
    children are then killed. A document that exceeds the limits, or cannot be read, costs only its
    own answer.
    """
    total = len(requests)
    count = max(1, min(workers or os.cpu_count() or 1, total))
    with _children(count, trust, limits) as pool, ThreadPoolExecutor(count) as threads:
        waiting = {
            threads.submit(_one, pool, request): place for place, request in enumerate(requests)
        }
        try:
            answers = _gathered(waiting, total, report)
        except BaseException:
            for future in waiting:
                future.cancel()
            pool.kill()
            raise
    return [answers[place] for place in range(total)]


def _gathered(
    waiting: dict[Future[Verification], int], total: int, report: Report
) -> dict[int, Verification]:
    answers: dict[int, Verification] = {}
    left = set(waiting)
    report(0, total, "Verifying")
    while left:
        finished, left = wait(left, POLL_SECONDS, FIRST_COMPLETED)
        answers |= {waiting[future]: future.result() for future in finished}
        report(len(answers), total, "Verifying")
    return answers


class _Pool:
    """The children that are free; each is used by one thread at a time."""

    def __init__(self, count: int, trust: TrustStore, limits: Limits) -> None:
        self.free: SimpleQueue[_Child] = SimpleQueue()
        self.all = [_Child(trust, limits) for _ in range(count)]
        for child in self.all:
            self.free.put(child)

    def kill(self) -> None:
        """End every child at once; none is started again."""
        for child in self.all:
            child.close()


@contextmanager
def _children(count: int, trust: TrustStore, limits: Limits) -> Iterator[_Pool]:
    pool = _Pool(count, trust, limits)
    try:
        yield pool
    finally:
        pool.kill()


def _one(pool: _Pool, request: Request | OnDisk) -> Verification:
    child = pool.free.get()
    try:
        return child.ask(request.read())
    except (ReadFailedError, TooLargeError) as error:
        return refused(error)
    finally:
        pool.free.put(child)


class _Child:
    """A process that verifies one document after another, started anew after it was killed."""

    def __init__(self, trust: TrustStore, limits: Limits) -> None:
        self._begin = Begin(tuple(trust_entry_bytes(entry) for entry in trust.entries), limits)
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def ask(self, request: Request) -> Verification:
        """Return the child's answer, or the one of a document that exceeds the limits."""
        process = self._running()
        killer = Timer(self._begin.limits.seconds, process.kill)
        killer.daemon = True
        killer.start()
        try:
            send(_descriptor(process.stdin), msgspec.msgpack.encode(request))
            answer = receive(_descriptor(process.stdout))
            return msgspec.msgpack.decode(answer, type=Verification)
        except (OSError, EOFError, msgspec.DecodeError):
            self._end()
            return refused(CheckLimitError(TOO_MUCH))
        finally:
            killer.cancel()

    def close(self) -> None:
        """Kill the process and start none again."""
        self._closed = True
        self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise CheckLimitError(TOO_MUCH)
        if self._process is None or self._process.poll() is not None:
            self._process = _started()
            with suppress(OSError):
                send(_descriptor(self._process.stdin), msgspec.msgpack.encode(self._begin))
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def _started() -> subprocess.Popen[bytes]:
    root = Path(__file__).resolve().parents[3]
    frozen = getattr(sys, "frozen", False)
    words = [CHILD] if frozen else ["-P", "-m", "core.report.verifying.verify_child"]
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(root)} | dict.fromkeys(_ONE_THREAD, "1"),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _descriptor(stream: IO[bytes] | None) -> int:
    assert stream is not None
    return stream.fileno()
