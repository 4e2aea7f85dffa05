"""A layout that sets its parts side by side and goes on in the next row where there is no room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem


class FlowLayout(QLayout):
    """Parts in rows, middles aligned or, for `low`, bottoms.

    The last `at_end` parts stand at the right of their row.
    """

    def __init__(
        self, across: int = 10, down: int = 10, at_end: int = 0, *, low: bool = False
    ) -> None:
        super().__init__()
        self._low = low
        self._items: list[QLayoutItem] = []
        self._across, self._down, self._at_end = across, down, at_end
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, *parts: QWidget) -> None:
        """Put the parts after what stands there.

        The items are made here: one that Qt makes is not told of to Python when it ends, and the
        next at its place in memory would be taken for it.
        """
        for part in parts:
            self.addChildWidget(part)
            self.addItem(QWidgetItem(part))

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 (Qt's name)
        """Take an item."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 (Qt's name)
        """Return an item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 (Qt's name)
        """Take an item out, or None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 (Qt's name)
        """Take no more than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt's name)
        """The narrower, the more rows."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt's name)
        """Return the height of the rows at that width."""
        rows = self._rows(width)
        return sum(_height(row, width) for row in rows) + self._down * max(len(rows) - 1, 0)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Return the size of all parts in one row."""
        wide = sum(item.sizeHint().width() for item in self._shown())
        gaps = self._across * max(len(self._shown()) - 1, 0)
        return QSize(wide + gaps, _height(self._shown(), wide))

    def minimumSize(self) -> QSize:  # noqa: N802 (Qt's name)
        """Return the width of the widest part that cannot be narrower."""
        wide = max((item.minimumSize().width() for item in self._shown()), default=0)
        return QSize(wide, max((_size(item, wide).height() for item in self._shown()), default=0))

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 (Qt's name)
        """Place the parts."""
        super().setGeometry(rect)
        top = rect.top()
        for row in self._rows(rect.width()):
            height = _height(row, rect.width())
            self._place(row, QRect(rect.left(), top, rect.width(), height))
            top += height + self._down

    def _place(self, row: list[QLayoutItem], room: QRect) -> None:
        ends = self._items[len(self._items) - self._at_end :]
        left = room.left()
        rest = room.width() - _width(row, self._across)
        for item in row:
            if item in ends and rest > 0:
                left, rest = left + rest, 0
            size = _size(item, room.width())
            above = room.height() - size.height()
            item.setGeometry(
                QRect(QPoint(left, room.top() + above // (1 if self._low else 2)), size)
            )
            left += size.width() + self._across

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        for item in self._shown():
            if rows and _width([*rows[-1], item], self._across) <= width:
                rows[-1].append(item)
            else:
                rows.append([item])
        return rows

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]


def _size(item: QLayoutItem, room: int) -> QSize:
    """Return the size of a part that may take all the room and no more."""
    size = item.sizeHint()
    if size.width() <= room:
        return size
    return QSize(room, item.heightForWidth(room) if item.hasHeightForWidth() else size.height())


def _height(row: list[QLayoutItem], room: int) -> int:
    return max((_size(item, room).height() for item in row), default=0)


def _width(row: list[QLayoutItem], gap: int) -> int:
    return sum(item.sizeHint().width() for item in row) + gap * (len(row) - 1)
