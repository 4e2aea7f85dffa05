"""The command palette: type a few letters of a screen, an action, an outcome or a word."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.commands import Command, find_commands
from desktop.translation import tr
from desktop.widgets.over import OverWidget
from desktop.widgets.text import TextWidget

WIDTH, TOP, ROW = 640, 76, 40
HEAD, MOST_ROWS = 84, 9
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class CommandPaletteWidget(OverWidget):
    """A field over a list; the keyboard stays in the field, arrows choose, Enter does it."""

    def __init__(self, window: QWidget, commands: tuple[Command, ...], scale: float) -> None:
        super().__init__(window)
        self._commands, self._scale = commands, scale
        self._found: tuple[Command, ...] = ()
        self.setAccessibleName(tr("Command palette"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("A screen, an action, an outcome or a word"))
        self.field.setAccessibleName(tr("Find a screen, an action, an outcome or a word"))
        self.field.setAccessibleDescription(tr("Up and down choose, Enter does it."))
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list = self._make_list()
        self._nothing = TextWidget(tr("Nothing has that name."), "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(10)
        column.addWidget(self.field)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        self._find("")
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def rise(self) -> None:
        """Show the palette with the keyboard in its field."""
        super().rise()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def found(self) -> tuple[str, ...]:
        """The labels that are listed."""
        return tuple(one.label for one in self._found)

    def place(self) -> None:
        """Stand in the middle, near the top."""
        around = self.over.size()
        width = min(round(WIDTH * self._scale), around.width() - 40)
        rows = min(len(self._found), MOST_ROWS) * self.list.verticalHeader().defaultSectionSize()
        height = min(round(HEAD * self._scale) + rows, around.height() - TOP - 20)
        self.setGeometry((around.width() - width) // 2, TOP, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Take the keys of the field that choose and do."""
        if watched is self.field and isinstance(event, QKeyEvent) and self._takes(event):
            return True
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in STEPS:
            self._step(STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._do(self.list.currentRow())
        else:
            return key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
        return True

    def _make_list(self) -> QTableWidget:
        made = QTableWidget(0, 2)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setShowGrid(False)
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(round(ROW * self._scale))
        made.horizontalHeader().hide()
        made.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        made.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setAccessibleName(tr("What was found"))
        made.setAccessibleDescription(tr("The nearest first; what it is stands beside it."))
        made.cellClicked.connect(lambda row, _: self._do(row))
        return made

    def _find(self, typed: str) -> None:
        self._found = find_commands(self._commands, typed)
        self.list.setRowCount(len(self._found))
        for row, one in enumerate(self._found):
            self.list.setItem(row, 0, QTableWidgetItem(one.label))
            hint = QTableWidgetItem(f"{one.kind} · {one.keys}" if one.keys else one.kind)
            hint.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            hint.setForeground(self.palette().placeholderText())
            self.list.setItem(row, 1, hint)
        self._nothing.setVisible(not self._found)
        self.list.setVisible(bool(self._found))
        self.place()
        self._choose(0)

    def _step(self, by: int) -> None:
        self._choose(min(max(self.list.currentRow() + by, 0), len(self._found) - 1))

    def _choose(self, row: int) -> None:
        if self._found:
            self.list.selectRow(row)
            one = self._found[row]
            place = tr("{n} of {total}").format(n=row + 1, total=len(self._found))
            words = f"{one.label}, {one.kind}, {place}"
        else:
            words = self._nothing.text()
        if self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, words))

    def _do(self, row: int) -> None:
        if 0 <= row < len(self._found):
            act = self._found[row].act
            self.leave()
            act()

    def _follow_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """Close where the keyboard went elsewhere in the window."""
        if self.isVisible() and now is not None and not self.isAncestorOf(now):
            self.hide()
