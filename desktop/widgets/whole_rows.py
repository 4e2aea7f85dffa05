"""A column of rows that scrolls and shows each of them whole, or not at all, at its lower end."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class WholeRowsWidget(QScrollArea):
    """Scrolls `rows`, whose children stand one under the other; no row is cut in the middle."""

    def __init__(self, rows: QWidget) -> None:
        super().__init__()
        self._rows = rows
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(rows)
        self.verticalScrollBar().valueChanged.connect(self.trim)

    def show_row(self, row: QWidget) -> None:
        """Scroll no further than is needed to show a row, with another whole at the top."""
        bar, bottom = self.verticalScrollBar(), row.geometry().bottom()
        tops = sorted(part.y() for part in self._parts())
        if row.y() < bar.value() or bottom >= bar.value() + self.viewport().height():
            enough = (top for top in tops if bottom - top < self.height())
            bar.setValue(next(enough, row.y()) if tops and tops[0] != row.y() else 0)

    def trim(self) -> None:
        """End the view after the last row that is seen whole."""
        at = self.verticalScrollBar().value()
        ends = [part.geometry().bottom() + 1 - at for part in self._parts()]
        cut = max(ends, default=0) > self.height()
        whole = max((end for end in ends if end <= self.height()), default=self.height())
        spare = self.height() - whole if cut else 0
        if spare != self.viewportMargins().bottom():
            self.setViewportMargins(0, 0, 0, spare)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Trim to another height."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.trim)

    def _parts(self) -> list[QWidget]:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        found = self._rows.findChildren(QWidget, options=direct)
        return [part for part in found if not part.isHidden()]
