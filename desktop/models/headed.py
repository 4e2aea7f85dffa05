"""A read-only table model under fixed headings, with numbers at the right."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class HeadedTableModel(QAbstractTableModel):
    """Headings and alignment by column; what stands in the cells is the subclass's."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._at_right: frozenset[int] = frozenset()

    def head(self, headings: tuple[str, ...], at_right: frozenset[int]) -> None:
        """Take these headings; the columns `at_right` hold numbers."""
        self._headings, self._at_right = headings, at_right

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """Return the columns there are."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(  # noqa: N802 (Qt's name)
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return a heading, or how it is aligned."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(section)
        return None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Return how a column is aligned."""
        side = Qt.AlignmentFlag
        across = side.AlignRight if column in self._at_right else side.AlignLeft
        return across | side.AlignVCenter
