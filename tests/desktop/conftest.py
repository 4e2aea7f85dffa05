"""A made-up review, a worker that ends with its test, and our fonts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from core.flow import Review
from desktop.jobs import JobRunner
from desktop.keeping import Keeper
from desktop.theme import load_fonts
from tests.desktop.made_up import made_up_review
from tests.desktop.on_desk import keeper_in


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
