"""A button with a menu of which one entry is chosen."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.widgets.letter_menu import LetterMenuWidget

LEAST = 120


class ChoiceWidget(QPushButton):
    """Shows the chosen entry; hidden with fewer than two. A `title` one stands as a heading."""

    chosen = Signal(str)

    def __init__(self, name: str, *, title: bool = False) -> None:
        super().__init__()
        self._name = name
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setProperty("title", title)
        self._menu = LetterMenuWidget(self)
        self._group = QActionGroup(self._menu)
        self.setMenu(self._menu)
        self.hide()

    def setText(self, text: str) -> None:  # noqa: N802 (Qt's name)
        """Show the words, cut where the button is narrower; they stand whole in the tip."""
        self._whole = text
        self._cut()
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Ask for the room that all words need."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        more = metrics.horizontalAdvance(self._whole) - metrics.horizontalAdvance(self.text())
        return QSize(hint.width() + more, hint.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Be cut rather than reach beyond the card."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Cut the words to the width there is."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        metrics = self.fontMetrics()
        frame = super().sizeHint().width() - metrics.horizontalAdvance(self.text())
        room = max(self.width(), LEAST) - frame
        fits = not self.isVisible() or metrics.horizontalAdvance(self._whole) <= room
        middle = Qt.TextElideMode.ElideMiddle
        text = self._whole if fits else metrics.elidedText(self._whole, middle, room)
        if text != self.text():
            super().setText(text)
        self.setToolTip("" if fits else self._whole)

    def offer(self, entries: Iterable[tuple[str, str]], chosen: str = "") -> None:
        """Offer these entries (key, label) instead of what was offered; mark the chosen one."""
        self._menu.clear()
        for key, label in entries:
            action = self._menu.addAction(label)
            action.setCheckable(True)
            action.setData(key)
            action.triggered.connect(lambda _, key=key: self.chosen.emit(key))
            self._group.addAction(action)
        self.setVisible(len(self._menu.actions()) > 1)
        self.mark(chosen)

    def mark(self, key: str) -> None:
        """Mark an entry as chosen."""
        for action in self._menu.actions():
            action.setChecked(action.data() == key)
            if action.data() == key:
                self.setText(f"{action.text()} ▾")
                self.setAccessibleName(f"{self._name}: {action.text()}")
