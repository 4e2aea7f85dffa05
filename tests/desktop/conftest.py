"""A made-up review, a worker that ends with its test, and our fonts."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from core.flow import Review
from desktop.jobs import JobRunner
from desktop.theme import load_fonts
from tests.desktop.made_up import made_up_review


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
