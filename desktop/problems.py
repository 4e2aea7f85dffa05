"""Errors become a calm message; everything that is not ours is a bug with a report to copy."""

import sys
from types import TracebackType

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.errors import CancelledError, OtherSurgeonError, PlumblineError
from desktop.translation import tr
from desktop.widgets.banner import BannerWidget
from desktop.widgets.text import ProseWidget, TextWidget


def show_problem(error: BaseException, banner: BannerWidget) -> None:
    """Show a user's error in the banner, nothing where the user stopped it, else the report."""
    if isinstance(error, CancelledError):
        return
    if isinstance(error, PlumblineError):
        words = error.words if isinstance(error, OtherSurgeonError) else ""
        banner.say(error.message, f"{words} {error.hint} ({error.code})".strip())
        return
    CrashDialog(crash_report(error), banner.window()).show()


def crash_report(error: BaseException) -> str:
    """Return versions, the error's type and its places: no message, no value, no path of a user."""
    import traceback

    from desktop.versions import system_words, version_of

    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {_module(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    head = f"Plumbline {version_of('plumbline')} · {system_words()}"
    return "\n".join((head, type(error).__name__, *places))


def _module(filename: str) -> str:
    """Keep the last two parts of a path."""
    return "/".join(filename.replace("\\", "/").split("/")[-2:])


class CrashDialog(QDialog):
    """Says that a fault in the program was met, and gives a report that can be read and copied."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("A fault in Plumbline"))
        self.setMinimumWidth(560)
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._report.setAccessibleName(tr("Report of the fault"))
        copy = QPushButton(tr("Copy the report"))
        copy.clicked.connect(self._copy)
        close = QPushButton(tr("Close"))
        close.setProperty("primary", True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 22)
        column.setSpacing(12)
        column.addWidget(TextWidget(tr("Plumbline met a fault of its own"), "card-title"))
        column.addWidget(
            ProseWidget(
                tr(
                    "Your files are unchanged. The report below holds no patient, no name and "
                    "no number from your records; you may send it to those who keep Plumbline."
                )
            )
        )
        column.addWidget(self._report)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(copy)
        row.addWidget(close)
        column.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())


def install_excepthook(parent: QWidget) -> None:
    """Show what no one caught, instead of running on in silence."""

    def caught(
        kind: type[BaseException], error: BaseException, place: TracebackType | None
    ) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            CrashDialog(crash_report(error.with_traceback(place)), parent).show()

    sys.excepthook = caught
