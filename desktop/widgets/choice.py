"""A button with a menu of which one entry is chosen."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton


class ChoiceWidget(QPushButton):
    """Shows the chosen entry; hidden with fewer than two. A `title` one stands as a heading."""

    chosen = Signal(str)

    def __init__(self, name: str, *, title: bool = False) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(name)
        self.setProperty("title", title)
        self._menu = QMenu(self)
        self._group = QActionGroup(self._menu)
        self.setMenu(self._menu)

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
