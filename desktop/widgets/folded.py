"""A card whose title is a button: folded until it is asked for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.translation import tr
from desktop.widgets.card import CardWidget
from desktop.widgets.wrapping import lines


class FoldedCardWidget(CardWidget):
    """Shows its parts when the title is pressed, and hides them again."""

    def __init__(self, title: str, *parts: QWidget) -> None:
        super().__init__()
        self._title_words = title
        self.setAccessibleName(title)
        self.turn = QPushButton()
        self.turn.setProperty("link", True)
        self.turn.setCheckable(True)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(8)
        self._parts: tuple[QWidget, ...] = ()
        self.body.addWidget(self.turn, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self._inner)
        self.turn.toggled.connect(self._show_parts)
        self.fill(*parts)
        self._show_parts(False)

    def fill(self, *parts: QWidget) -> None:
        """Hold these parts instead; the card is hidden where there are none."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = parts
        for part in parts:
            self._column.addWidget(part)
        if not parts:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Break the title's lines for the width there is."""
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        mark = "▾" if self.turn.isChecked() else "▸"
        metrics, margins = self.turn.fontMetrics(), self.body.contentsMargins()
        frame = self.turn.sizeHint().width() - metrics.size(0, self.turn.text()).width()
        room = self.width() - margins.left() - margins.right() - frame
        said = lines(f"{mark} {self._title_words}", metrics, room)
        self.turn.setText("\n".join(said))

    def _show_parts(self, shown: bool) -> None:
        self._inner.setVisible(shown)
        self._break()
        state = tr("shown") if shown else tr("folded")
        self.turn.setAccessibleName(f"{self._title_words}, {state}")
