"""A field of one line that saves itself: soon after the last key, and when it is left."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

PAUSE_MS = 600


class LineWidget(QLineEdit):
    """Tells by `settled` what stands there, once typing pauses or ends; never twice the same."""

    settled = Signal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._told = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.textEdited.connect(lambda _: self._pause.start())

    def show_text(self, text: str) -> None:
        """Show what is kept, unless something unsaved stands here."""
        if self.text() == self._told != text:
            self.replace_text(text)

    def replace_text(self, text: str) -> None:
        """Show another text, past which nothing is undone; what was unsaved must be flushed."""
        self._pause.stop()
        self._told = text
        self.setText(text)

    def keep_unsaved(self) -> None:
        """Count what stands here as not told, since it could not be kept."""
        self._told = "\x00"

    def mark_wrong(self, why: str) -> None:
        """Say why what stands here cannot be kept; nothing where it can."""
        self.setToolTip(why)
        self.setAccessibleDescription(why)
        self.setProperty("wrong", bool(why))
        self.style().unpolish(self)
        self.style().polish(self)

    @property
    def unsaved(self) -> bool:
        """Whether something stands here that was not told."""
        return self.text() != self._told

    def flush(self) -> None:
        """Tell now what was not told yet."""
        self._pause.stop()
        if self.unsaved:
            self._told = self.text()
            self.settled.emit(self._told)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Leaving the field saves it."""
        self.flush()
        super().focusOutEvent(event)
