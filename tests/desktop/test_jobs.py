from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from core.errors import CancelledError, NotSealedError
from desktop.jobs import JobRunner, Report


def test_answer_comes_back_on_the_windows_thread(qtbot: QtBot, runner: JobRunner) -> None:
    threads = []

    def work(report: Report) -> int:
        threads.append(current_thread())
        return 7

    job = runner.start(work)
    answers = []
    job.succeeded.connect(lambda answer: answers.append((answer, current_thread())))
    with qtbot.waitSignal(job.finished):
        pass
    assert answers == [(7, main_thread())]
    assert threads[0] is not main_thread()


def test_progress_is_told_in_order(qtbot: QtBot, runner: JobRunner) -> None:
    def work(report: Report) -> None:
        report(1, 2, "Unpacking")
        report(2, 2, "Reading")

    job = runner.start(work)
    told: list[tuple[int, int, str]] = []
    job.progressed.connect(lambda *step: told.append(step))
    with qtbot.waitSignal(job.finished):
        pass
    assert told == [(1, 2, "Unpacking"), (2, 2, "Reading")]


@pytest.mark.parametrize("error", [NotSealedError("No."), ValueError("a bug")])
def test_every_failure_is_told(qtbot: QtBot, runner: JobRunner, error: Exception) -> None:
    def work(report: Report) -> None:
        raise error

    job = runner.start(work)
    with qtbot.waitSignal(job.failed) as failed:
        pass
    assert failed.args == [error]


def test_stop_ends_running_work_at_its_next_report(qtbot: QtBot, runner: JobRunner) -> None:
    begun, stopped = Event(), Event()

    def work(report: Report) -> None:
        begun.set()
        stopped.wait(5)
        report(1, 2, "Too late")

    job = runner.start(work)
    begun.wait(5)
    with qtbot.waitSignal(job.failed) as failed:
        job.stop()
        stopped.set()
    assert isinstance(failed.args[0], CancelledError)


def test_work_stopped_before_it_began_is_never_done(qtbot: QtBot, runner: JobRunner) -> None:
    gate, done = Event(), []
    first = runner.start(lambda report: gate.wait(5))
    second = runner.start(lambda report: done.append("second"))
    second.stop()
    with qtbot.waitSignals([first.finished, second.finished]):
        gate.set()
    assert done == []


def test_the_latest_of_a_topic_wins(qtbot: QtBot, runner: JobRunner) -> None:
    gate, answers = Event(), []
    jobs = [
        runner.start(lambda report, n=number: (gate.wait(5), n)[1], topic="filter")
        for number in range(5)
    ]
    for job in jobs:
        job.succeeded.connect(answers.append)
    with qtbot.waitSignals([job.finished for job in jobs]):
        gate.set()
    assert answers == [4]


def test_many_jobs_without_a_listener(qtbot: QtBot, runner: JobRunner) -> None:
    done = []
    for number in range(300):
        runner.start(lambda report, n=number: done.append(n))
    last = runner.start(lambda report: None)
    with qtbot.waitSignal(last.finished):
        pass
    assert done == list(range(300))


def test_signals_survive_many_emits(qtbot: QtBot, runner: JobRunner) -> None:
    """PySide 6.12 on Python 3.11 aborts after about 570 emits of a boolean."""

    def work(report: Report) -> None:
        for step in range(5000):
            report(step, 5000, "Counting")

    job = runner.start(work)
    told = []
    job.progressed.connect(lambda *step: told.append(step[0]))
    with qtbot.waitSignal(job.finished, timeout=20000):
        pass
    assert told == list(range(5000))


def test_nothing_is_told_to_a_screen_that_is_no_more(qtbot: QtBot, runner: JobRunner) -> None:
    owner = QWidget()
    begun, gone = Event(), Event()

    def work(report: Report) -> int:
        begun.set()
        gone.wait(10)
        return 7

    answers: list[int] = []
    job = runner.start(work, owner=owner)
    job.succeeded.connect(answers.append)
    assert begun.wait(10)
    delete(owner)
    gone.set()
    qtbot.waitUntil(lambda: not runner.busy)
    assert answers == []
