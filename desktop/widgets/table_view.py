"""A calm table: no grid, hairlines between rows, sortable headings, whole rows chosen."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from desktop.translation import tr
from desktop.widgets.taken import TakenTable

MOST = 0.4
_ACROSS = Qt.Orientation.Horizontal


class TableWidget(QTableView):
    """A read-only table; Ctrl+C copies it whole, with its headings and where it is from.

    `provenance` and `warning` leave with it.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.provenance: tuple[str, ...] = ()
        self.warning = ""
        self._most = 0.0
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSortIndicatorClearable(True)

    def show_model(self, model: QAbstractItemModel) -> None:
        """Show this model in its own order until a heading is pressed."""
        self.horizontalHeader().setSortIndicator(-1, self.horizontalHeader().sortIndicatorOrder())
        self.setModel(model)
        self.setAccessibleDescription(
            tr("{rows} rows, {columns} columns").format(
                rows=model.rowCount(), columns=model.columnCount()
            )
        )

    def share_width(self, most: float = MOST) -> None:
        """Give each column what its cells need, none more than that share; the last the rest."""
        self._most = most
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column in range(header.count() - 1):
            needed = max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            widest = max(round(self.width() * most), header.sectionSizeHint(column))
            header.resizeSection(column, min(needed, widest))

    def fit_rows(self, most: int) -> None:
        """Be as high as the rows, `most` of them, the headings and a bar under them."""
        rows = min(self.model().rowCount(), most)
        high = sum(self.rowHeight(row) for row in range(rows))
        bar = self.horizontalScrollBar().sizeHint().height()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(high + head + bar + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Share another width anew."""
        super().resizeEvent(event)
        if self._most and event.size().width() != event.oldSize().width():
            self.share_width(self._most)

    def taken(self) -> TakenTable:
        """Return the table as it leaves, in the order shown."""
        model: QAbstractItemModel | None = self.model()
        if model is None:
            return TakenTable((), (), self.provenance, self.warning)
        columns = range(model.columnCount())
        return TakenTable(
            tuple(str(model.headerData(at, _ACROSS)) for at in columns),
            tuple(
                tuple(str(model.index(row, at).data() or "") for at in columns)
                for row in range(model.rowCount())
            ),
            self.provenance,
            self.warning,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Copy on Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setMimeData(self.taken().mime())
        else:
            super().keyPressEvent(event)
