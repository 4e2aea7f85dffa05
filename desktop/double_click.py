"""A file that was double-clicked: macOS tells the running program, others name it at the start."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent


class DoubleClickWatch(QObject):
    """Tells which file the system asks the application to open."""

    asked = Signal(Path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the system's wish; leave every other event alone."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked.emit(Path(event.file()))
            return True
        return super().eventFilter(watched, event)


def open_when_asked(application: QObject, open_file: Callable[[Path], None]) -> None:
    """Give each file that the system asks for to `open_file`, as long as the application runs."""
    watch = DoubleClickWatch(application)
    watch.asked.connect(open_file)
    application.installEventFilter(watch)
