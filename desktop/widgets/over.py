"""A panel over the window that is no dialog: Escape closes it and gives the keyboard back."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid


class OverWidget(QFrame):
    """Lies over its window, where `place` puts it; the window beneath stays usable."""

    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("over")
        self.over = window
        self._before: QWidget | None = None
        window.installEventFilter(self)
        self.hide()

    def rise(self) -> None:
        """Show the panel, remembering where the keyboard was."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Close the panel and give the keyboard back to where it was."""
        if self.isHidden():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit()

    def place(self) -> None:
        """Set size and place by the window's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave on Escape; a panel keeps every other key to itself."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)
