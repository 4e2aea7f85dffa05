"""A field of free text that saves itself: soon after the last key, and when it is left."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

PAUSE_MS = 600
LONGEST_MS = 900
LINES = 4


class AutosaveWidget(QPlainTextEdit):
    """Tells by `settled` what stands there when typing pauses, and within a second of any key.

    It grows with what is written, so that long text is read without a small window of its own.
    """

    settled = Signal(str)

    def __init__(self, name: str, hint: str = "", lines: int = LINES) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._lines = lines
        self._frame = 0
        self._told = ""
        self._telling = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._longest = QTimer(self)
        self._longest.setSingleShot(True)
        self._longest.setInterval(LONGEST_MS)
        self._longest.timeout.connect(self.flush)
        self.textChanged.connect(self._wait)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self.ensurePolished()
        self._measure()

    def show_text(self, text: str) -> None:
        """Show what stands in the vault, unless the same or something unsaved stands here."""
        shown = self.toPlainText()
        if self._telling or shown != self._told or shown == text:
            return
        self._told = text
        self.setPlainText(text)
        self._stop()

    def replace_text(self, text: str) -> None:
        """Show another text; what was unsaved must have been flushed before."""
        self._told = text
        self.setPlainText(text)
        self._stop()

    @property
    def unsaved(self) -> bool:
        """Whether something stands here that was not told."""
        return self.toPlainText() != self._told

    def flush(self) -> None:
        """Tell now what was not told yet."""
        self._stop()
        if self.unsaved:
            self._told = self.toPlainText()
            self._telling = True
            self.settled.emit(self._told)
            self._telling = False

    def keep_unsaved(self) -> None:
        """Count what stands here as not told, since it could not be written."""
        self._told = "\x00"

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Leaving the field saves it."""
        self.flush()
        super().focusOutEvent(event)

    def _wait(self) -> None:
        """Wait for a pause, but no longer than since the first key that was not told."""
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def _stop(self) -> None:
        self._pause.stop()
        self._longest.stop()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Measure anew in another style."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._measure()

    def _measure(self) -> None:
        """Take the frame's height, before focus draws it a pixel thinner or thicker."""
        self._frame = 2 * (self.frameWidth() + round(self.document().documentMargin()))
        self._grow()

    def _grow(self) -> None:
        lines = max(self._lines, self.document().lineCount() + 1)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + self._frame)
