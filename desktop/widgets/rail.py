"""The rail: the way from screen to screen."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.widgets.card import HairlineWidget
from desktop.widgets.text import TextWidget
from desktop.widgets.whole_rows import WholeRowsWidget

WIDTH = 208


class RailWidget(QFrame):
    """A column of entries in groups; one is chosen. `foot` entries act and are never chosen."""

    chosen = Signal(str)

    def __init__(self, scale: float = 1.0) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(round(WIDTH * (1 + 3 * scale) / 4))
        self._chosen = ""
        self._buttons: dict[str, _EntryWidget] = {}
        self._acts: dict[str, _EntryWidget] = {}
        self._group = QButtonGroup(self)
        wordmark = TextWidget("Plumbline")
        wordmark.setObjectName("wordmark")
        wordmark.setContentsMargins(11, 0, 0, 20)
        entries = QWidget()
        entries.setObjectName("rail")
        self._entries = QVBoxLayout(entries)
        self._entries.setContentsMargins(0, 0, 0, 0)
        self._entries.setSpacing(3)
        self._entries.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._scroll = WholeRowsWidget(entries)
        self._scroll.setObjectName("rail")
        self._foot = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 18, 10, 14)
        column.setSpacing(0)
        column.addWidget(wordmark)
        column.addWidget(self._scroll, 1)
        column.addWidget(HairlineWidget())
        column.addSpacing(6)
        column.addLayout(self._foot)

    def add(self, key: str, label: str) -> None:
        """Add an entry."""
        button = _EntryWidget(label)
        button.setCheckable(True)
        button.setAutoExclusive(True)
        button.toggled.connect(lambda on: self._tell(key) if on else None)
        self._group.addButton(button)
        self._buttons[key] = button
        self._entries.addWidget(button)

    def add_line(self) -> None:
        """Close a group of entries."""
        self._entries.addSpacing(10)
        self._entries.addWidget(HairlineWidget())
        self._entries.addSpacing(10)

    def add_foot(self, key: str, label: str, shortcut: str) -> None:
        """Add an action at the bottom, with its shortcut at the right."""
        button = _EntryWidget(label, "shortcut")
        button.say(shortcut)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._acts[key] = button
        self._foot.addWidget(button)

    def say(self, key: str, badge: str) -> None:
        """Show a small count at the right of an entry; none where it is empty or not listed."""
        if key in self._buttons:
            self._buttons[key].say(badge)

    def show_foot(self, key: str, shown: bool) -> None:
        """Show or hide an action at the bottom."""
        self._acts[key].setVisible(shown)

    def keys(self) -> tuple[str, ...]:
        """Return the entries there are, in order."""
        return tuple(self._buttons)

    def choose(self, key: str) -> None:
        """Mark the entry as the screen that is shown; none where it is not among them."""
        self._chosen = key
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)
        if key in self._buttons:
            QTimer.singleShot(0, self, partial(self._show_entry, key))

    def _tell(self, key: str) -> None:
        """Tell of an entry that was chosen here: pressed, or toggled by a screen reader."""
        if key != self._chosen:
            self.chosen.emit(key)

    def _show_entry(self, key: str) -> None:
        self._scroll.show_row(self._buttons[key])


class _EntryWidget(QPushButton):
    """A button with a small mark at its right."""

    def __init__(self, label: str, kind: str = "badge") -> None:
        super().__init__(label)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._mark = QLabel(self)
        self._mark.setObjectName(kind)
        self._mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.addStretch(1)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self.say("")

    def say(self, mark: str) -> None:
        self._mark.setText(mark)
        self._mark.setVisible(bool(mark))
        self.setAccessibleName(f"{self.text()}, {mark}" if mark else self.text())
