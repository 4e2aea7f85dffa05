"""A made-up review, a worker that ends with its test, and our fonts."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.flow import Review
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.screens.queries.view import QueriesScreen
from desktop.screens.queries.view import build as build_queries
from desktop.session import Session
from desktop.theme import load_fonts
from tests.desktop.made_up import made_up_review
from tests.desktop.noted import Build, Show
from tests.desktop.on_desk import NOW, Ways, keeper_in, session
from tests.desktop.querying import queried_review


@pytest.fixture(scope="session")
def fonts(qapp: QApplication) -> None:
    """Plumbline's fonts and style, as in the application."""
    qapp.setStyle("Fusion")
    load_fonts()


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[JobRunner]:
    """A worker that has ended when the test has."""
    made = JobRunner()
    yield made
    made.shutdown()


@pytest.fixture(scope="session")
def small_review() -> Review:
    """The made-up surgeon within both limits."""
    return made_up_review()


@pytest.fixture
def keeper(qapp: QApplication, tmp_path: Path) -> Iterator[Keeper]:
    """A keeper whose vault is not made yet; locked when the test has ended."""
    made = keeper_in(tmp_path)
    yield made
    made.lock()


@pytest.fixture
def queried(small_review: Review) -> Review:
    """The made-up review with something to correct, and an answer from the audit."""
    return queried_review(small_review)


@pytest.fixture
def query_keeper(tmp_path: Path) -> Iterator[Keeper]:
    """A keeper whose clock moves, as clocks do."""
    ticks = iter(range(1_000_000))
    made = Keeper(tmp_path / "vault", clock=lambda: NOW + timedelta(milliseconds=next(ticks)))
    yield made
    made.lock()


@pytest.fixture
def query_ways() -> Ways:
    """What a screen asked for."""
    return Ways()


@pytest.fixture
def query_desk(
    queried: Review, runner: JobRunner, query_keeper: Keeper, query_ways: Ways
) -> Session:
    """A desk with that review on it."""
    return session(queried, runner, query_keeper, query_ways)


@pytest.fixture
def show_queries(qtbot: QtBot, fonts: None, query_desk: Session) -> Callable[[], QueriesScreen]:
    """Show the screen of correction requests."""

    def shown() -> QueriesScreen:
        made = build_queries(query_desk)
        qtbot.addWidget(made)
        made.resize(1180, 800)
        with qtbot.waitExposed(made):
            made.show()
        return made

    return shown


@pytest.fixture
def note_desk(
    small_review: Review, runner: JobRunner, query_keeper: Keeper, query_ways: Ways
) -> Session:
    """A desk with the made-up review, on which notes are written."""
    return session(small_review, runner, query_keeper, query_ways)


@pytest.fixture
def show_noted(qtbot: QtBot, fonts: None, note_desk: Session) -> Show:
    """Show a screen that has a card of notes."""

    def shown(build: Build) -> QWidget:
        made = build(note_desk)
        qtbot.addWidget(made)
        made.resize(1180, 800)
        with qtbot.waitExposed(made):
            made.show()
        return made

    return shown
