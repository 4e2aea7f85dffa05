"""A table model over columns: cells stay where they are, sorting moves an array of indices."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from PySide6.QtCore import QObject, Qt

from desktop.models.headed import NOWHERE, HeadedTableModel, Index

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and its cells; `digits` decimals where they are numbers."""

    heading: str
    cells: Sequence[Cell]
    digits: int = 0

    @property
    def numeric(self) -> bool:
        """Whether the column holds numbers."""
        return any(isinstance(cell, int | float) for cell in self.cells)

    def words(self, row: int) -> str:
        """Return a cell as it is shown."""
        cell = self.cells[row]
        if cell is None or (isinstance(cell, float) and isnan(cell)):
            return "–"
        return cell if isinstance(cell, str) else f"{cell:,.{self.digits}f}".replace(",", "\u2009")


class ColumnsTableModel(HeadedTableModel):
    """Columns of equal length, read only; missing cells sort last."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        numeric = (at for at, column in enumerate(self._columns) if column.numeric)
        self.head(tuple(column.heading for column in self._columns), frozenset(numeric))
        self._order = list(range(len(self._columns[0].cells) if self._columns else 0))

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """Return the rows there are."""
        return 0 if parent.isValid() else len(self._order)

    def position(self, row: int) -> int:
        """Return where the cells of the shown `row` stand in the columns."""
        return self._order[row]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what is shown in a cell, or how it is aligned."""
        column = self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.words(self._order[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; equal rows keep their order, and chosen cells stay chosen."""
        cells = self._columns[column].cells
        present = [row for row in self._order if cells[row] is not None]
        missing = [row for row in self._order if cells[row] is None]
        present.sort(
            key=lambda row: cells[row],  # type: ignore[arg-type, return-value]
            reverse=order == Qt.SortOrder.DescendingOrder,
        )
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        cells_held = [self._order[index.row()] for index in held]
        self._order = present + missing
        rows = {cell: row for row, cell in enumerate(self._order)}
        pairs = zip(cells_held, held, strict=True)
        moved = [self.index(rows[cell], index.column()) for cell, index in pairs]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()
