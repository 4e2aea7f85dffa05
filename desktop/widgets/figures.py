"""Key figures and small tables of facts."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.widgets.card import HairlineWidget
from desktop.widgets.text import TextWidget


class KeyFigureWidget(QWidget):
    """A large figure over what it is; the surgeon's own ratio stands in the own colour."""

    def __init__(self, figure: str, caption: str, *, own: bool = False) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(TextWidget(figure, "own-key" if own else "key"))
        column.addWidget(TextWidget(caption, "quiet"))
        self.setAccessibleName(f"{figure}, {caption}")


LONG = 30
"""The letters above which a value goes on in the next line where there is no room."""


class FactsWidget(QWidget):
    """Rows of a label and values on the right, each closed by a hairline."""

    def __init__(self, rows: Iterable[tuple[str, ...]], head: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.rows = (*((head,) if head else ()), *rows)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(7)
        self._grid.setHorizontalSpacing(14)
        self._grid.setColumnStretch(0, 1)
        if head:
            self._add(head, "small")
        for row in self.rows[bool(head) :]:
            self._add(row, "")

    def _add(self, row: tuple[str, ...], role: str) -> None:
        at = self._grid.rowCount()
        for column, words in enumerate(row):
            if not words:
                continue
            cell = TextWidget(words, role)
            cell.setWordWrap(column == 0 or len(words) > LONG)
            if column:
                cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(cell, at, column)
        self._grid.addWidget(HairlineWidget(), at + 1, 0, 1, len(row))
