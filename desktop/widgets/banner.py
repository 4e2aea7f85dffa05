"""A calm message above a screen's content: what happened, then what to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.widgets.text import ProseWidget


class BannerWidget(QFrame):
    """One message at a time, hidden until there is one; the reader closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._words = ProseWidget()
        close = QPushButton(self.tr("Close"))
        close.setAccessibleName(self.tr("Close this message"))
        close.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(self._words, 1)
        row.addWidget(close)
        self.hide()

    @property
    def words(self) -> str:
        """What the banner says now."""
        return self._words.accessibleName()

    def say(self, message: str, more: str = "", *, attention: bool = True) -> None:
        """Show the message, bold, and what follows it; mere news is quiet."""
        self.setProperty("attention", attention)
        self.style().unpolish(self)
        self.style().polish(self)
        self._words.say(f"{message} {more}".strip(), strong=message)
        self.setAccessibleName(f"{message} {more}".strip())
        self.show()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
