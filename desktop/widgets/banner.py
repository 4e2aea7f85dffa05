"""A calm message above a screen's content: what happened, then what to do."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.translation import tr
from desktop.widgets.text import ProseWidget


class BannerWidget(QFrame):
    """One message at a time, hidden until there is one; the reader closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._words = ProseWidget()
        close = QPushButton(tr("Close"))
        close.setAccessibleName(tr("Close this message"))
        close.clicked.connect(self._close)
        self._act: Callable[[], object] | None = None
        self.button = QPushButton(tr("Go on"))
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self._do)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        row.addWidget(close)
        self.hide()

    @property
    def words(self) -> str:
        """What the banner says now."""
        return self._words.accessibleName()

    def say(self, message: str, more: str = "", *, attention: bool = True) -> None:
        """Show the message, bold, and what follows it; mere news is quiet."""
        self._act = None
        self.button.hide()
        self.setProperty("attention", attention)
        self.style().unpolish(self)
        self.style().polish(self)
        self._words.say(f"{message} {more}".strip(), strong=message)
        self.setAccessibleName(f"{message} {more}".strip())
        self.show()

    def offer(self, message: str, more: str, label: str, act: Callable[[], object]) -> None:
        """Show quiet news with a button that does something about it."""
        self.say(message, more, attention=False)
        self.button.setText(label)
        self._act = act
        self.button.show()

    @property
    def offers(self) -> bool:
        """Whether the message that is shown has a button of its own."""
        return self._act is not None

    def _do(self) -> None:
        act = self._act
        self.hide()
        if act is not None:
            act()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
