"""The window on a review, for the timings of what stands in it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from core.flow import Review
from desktop.app import Plumbline
from desktop.opening import open_example, warm_up
from desktop.registry import SCREENS
from desktop.start import make_application
from desktop.theme import Theme, system_palette


@cache
def application() -> QApplication:
    """Return Qt's application, with all imported that is imported while a user looks for a file."""
    made = make_application()
    warm_up(lambda done, total, label: None, [screen.key for screen in SCREENS])
    return made


@cache
def example() -> Review:
    """Return the review of the made-up example."""
    application()
    return open_example(lambda done, total, label: None)


@contextmanager
def window_on(review: Review) -> Iterator[Plumbline]:
    """Show a window of a usual size on the review."""
    application()
    plumbline = Plumbline(Theme(system_palette()))
    plumbline.window.resize(1440, 900)
    plumbline.show_review(review)
    plumbline.window.show()
    application().processEvents()
    yield plumbline
    plumbline.shutdown()
    seen(plumbline.window.deleteLater)()


def seen(act: Callable[[], object]) -> Callable[[], None]:
    """Return the act together with all that it sets going: painting, and the end of what went."""

    def done() -> None:
        act()
        application().processEvents()
        application().sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return done
