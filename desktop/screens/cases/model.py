"""The table model of cases: an order and a filter of row numbers, nothing copied."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt

from desktop.models.headed import NOWHERE, HeadedTableModel, Index
from desktop.screens.cases.columns import AT_RIGHT, HEADINGS, MARKS, CaseColumns
from desktop.translation import tr

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]


class CasesModel(HeadedTableModel):
    """Cases of one outcome, read only; missing cells sort last either way."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.head(tuple(tr(one) for one in HEADINGS), AT_RIGHT)
        self._columns: CaseColumns | None = None
        self._order: Rows = np.arange(0)
        self._mask: Mask = np.zeros(0, dtype=bool)
        self._shown: Rows = self._order

    def show_columns(self, columns: CaseColumns) -> None:
        """Show these columns; the order stays where there are as many cases."""
        self.beginResetModel()
        self._columns = columns
        if len(self._order) != columns.size:
            self._order = np.arange(columns.size)
            self._mask = np.ones(columns.size, dtype=bool)
        self._shown = self._order[self._mask[self._order]]
        self.endResetModel()

    def show_only(self, mask: Mask) -> None:
        """Show the cases at which the mask holds."""
        self.beginResetModel()
        self._mask = mask
        self._shown = self._order[mask[self._order]]
        self.endResetModel()

    def show_marks(self) -> None:
        """Read the marks of notes and requests anew."""
        if len(self._shown):
            last = self.index(len(self._shown) - 1, MARKS)
            self.dataChanged.emit(self.index(0, MARKS), last, [Qt.ItemDataRole.DisplayRole])

    def position(self, row: int) -> int:
        """Return the position in the extract of the case shown in `row`."""
        return int(self._shown[row])

    def row_of(self, position: int) -> int:
        """Return the row in which a case is shown, or -1."""
        found = np.flatnonzero(self._shown == position)
        return int(found[0]) if len(found) else -1

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """Return the cases shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what is shown in a cell, or how it is aligned."""
        if self._columns is None or not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._columns.words[index.column()](self.position(index.row()))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, or by none (-1) as the audit does; equal cases keep that order."""
        if self._columns is None:
            return
        self.layoutAboutToBeChanged.emit()
        chosen = self.persistentIndexList()
        cases = [self.position(index.row()) for index in chosen]
        if column < 0:
            self._order = np.arange(self._columns.size)
        else:
            key = self._columns.keys[column]()
            down = order == Qt.SortOrder.DescendingOrder
            self._order = np.argsort(-key if down else key, kind="stable")
        self._shown = self._order[self._mask[self._order]]
        pairs = zip(chosen, cases, strict=True)
        moved = [self.index(self.row_of(case), index.column()) for index, case in pairs]
        self.changePersistentIndexList(chosen, moved)
        self.layoutChanged.emit()
