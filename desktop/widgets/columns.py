"""Two columns side by side that fold into one where the window is narrow."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

FOLD_BELOW, RIGHT_WIDTH, GAP = 1120, 330, 20
NARROWEST = 400


class ColumnsWidget(QWidget):
    """A wide left and a narrow right column.

    Folded, the right one's parts stand two in a row where there is room.
    """

    def __init__(self, scale: float = 1.0) -> None:
        super().__init__()
        self._fold_below = round(FOLD_BELOW * scale)
        self._right_width = round(RIGHT_WIDTH * scale)
        self._parts: list[QWidget] = []
        self._folded: bool | None = None
        self._placed = 1
        self.left = QVBoxLayout()
        self.left.setSpacing(GAP)
        self._right = QWidget()
        self._side = QGridLayout(self._right)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(GAP)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(self.left, 0, 0)
        self.fold(False)

    @property
    def folded(self) -> bool:
        """Whether the right column stands under the left."""
        return bool(self._folded)

    def add_right(self, *parts: QWidget) -> None:
        """Put the parts below what stands in the right column."""
        self._parts += parts
        self._place_parts()

    def replace_right(self, *parts: QWidget) -> None:
        """Put these parts in the right column instead of what stands there."""
        for part in self._parts:
            self._side.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = list(parts)
        self._place_parts()

    def fold(self, folded: bool) -> None:
        """Put the right column under the left, or back beside it."""
        if folded == self._folded:
            return
        self._folded = folded
        top = Qt.AlignmentFlag.AlignTop
        if folded:
            self._right.setMaximumWidth(16777215)
            self._right.setMinimumWidth(0)
            self._grid.addWidget(self._right, 1, 0)
        else:
            self._right.setFixedWidth(self._right_width)
            self._grid.addWidget(self._right, 0, 1, top)
        self._place_parts()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Let the width fall below that of two columns, since they then fold."""
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Fold by the width there is."""
        super().resizeEvent(event)
        self.fold(event.size().width() < self._fold_below)
        if self._abreast != self._placed:
            self._place_parts()

    @property
    def _abreast(self) -> int:
        """How many of the right column's parts stand in a row: none narrower than that column."""
        roomy = self._folded and self.width() >= 2 * self._right_width
        return 2 if roomy and len(self._parts) > 1 else 1

    def _place_parts(self) -> None:
        abreast = self._placed = self._abreast
        self._side.setColumnStretch(1, abreast - 1)
        self._side.setColumnStretch(0, 1)
        for at, part in enumerate(self._parts):
            self._side.addWidget(part, at // abreast, at % abreast)
