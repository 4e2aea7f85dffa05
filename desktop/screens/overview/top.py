"""The top of an outcome's card: heading and figures, with the small funnel beside or below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

ACROSS, DOWN = 20, 14


class TopWidget(QWidget):
    """Puts the funnel under the figures where the card is narrower than `fold_below` pixels."""

    def __init__(
        self, heading: QLayout, figures: QLayout, mini: QWidget | None, fold_below: int
    ) -> None:
        super().__init__()
        self._fold_below = fold_below
        left = QVBoxLayout()
        left.setSpacing(DOWN)
        left.addLayout(heading)
        left.addLayout(figures)
        left.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(ACROSS)
        self._row.addLayout(left, 1)
        if mini is not None:
            self._row.addWidget(mini, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Fold by the width there is."""
        super().resizeEvent(event)
        side = QBoxLayout.Direction
        folded = event.size().width() < self._fold_below
        self._row.setDirection(side.TopToBottom if folded else side.LeftToRight)
