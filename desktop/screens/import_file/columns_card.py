"""The card of columns: which became what and why, each to be corrected, all to be kept."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHeaderView, QPushButton

from desktop.models.columns import Column, ColumnsTableModel
from desktop.screens.import_file.field_part import FieldWidget
from desktop.screens.import_file.field_words import FieldRow
from desktop.theme import Theme
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.table_view import TableWidget
from desktop.widgets.text import ProseWidget

HEADINGS = (
    QT_TR_NOOP("The audit’s column"),
    QT_TR_NOOP("Column in the file"),
    QT_TR_NOOP("Why"),
    QT_TR_NOOP("To check"),
)
HEIGHT = 340
HINT = QT_TR_NOOP("Choose a row to correct it. What is not in the file stays empty.")
MAPPINGS = QT_TR_NOOP("Mappings (*.toml)")


class ColumnsCard(CardWidget):
    """The table of columns and, below it, the chosen one."""

    selected = Signal(str)
    undo_wanted = Signal()
    saved_to = Signal(Path)
    loaded_from = Signal(Path)

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Which column is which"))
        self.rows: tuple[FieldRow, ...] = ()
        self.table = TableWidget(tr("Columns of the audit and of the file"))
        self.table.setAccessibleDescription(tr("No file is chosen"))
        self.table.setSelectionMode(TableWidget.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(theme.px(HEIGHT))
        self.field = FieldWidget()
        self.add(ProseWidget(tr(HINT), "quiet"), self.table, self.field, self._tools())

    def show_rows(self, rows: tuple[FieldRow, ...]) -> None:
        """Show every column; the chosen one stays chosen."""
        held = self.table.selectionModel()
        place = held.currentIndex().row() if held is not None else -1
        model = self.table.model()
        chosen = ""
        if place >= 0 and isinstance(model, ColumnsTableModel):
            chosen = self.rows[model.position(place)].target
        self.rows = rows
        cells = [(one.field, one.column, one.why, one.to_check) for one in rows]
        columns = [
            Column(tr(heading), [row[at] for row in cells]) for at, heading in enumerate(HEADINGS)
        ]
        self.table.show_model(ColumnsTableModel(columns, self.table))
        self._size_columns()
        self._choose_again(chosen)
        self.table.selectionModel().currentRowChanged.connect(self._tell)

    def _size_columns(self) -> None:
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(HEADINGS) - 1, QHeaderView.ResizeMode.Stretch)

    def _choose_again(self, target: str) -> None:
        for place, row in enumerate(self.rows):
            if row.target == target:
                self.table.selectRow(place)

    def _tell(self, index: QModelIndex) -> None:
        model = self.table.model()
        if index.isValid() and isinstance(model, ColumnsTableModel):
            self.selected.emit(self.rows[model.position(index.row())].target)

    def _tools(self) -> FlowLayout:
        self.undo = QPushButton(tr("Undo"))
        self.undo.clicked.connect(self.undo_wanted)
        save = QPushButton(tr("Save this mapping…"))
        save.clicked.connect(self._save)
        load = QPushButton(tr("Use a saved mapping…"))
        load.clicked.connect(self._load)
        shortcut = QShortcut(QKeySequence("Ctrl+Z"), self)
        shortcut.activated.connect(self.undo_wanted)
        line = FlowLayout()
        line.add(self.undo, save, load)
        return line

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save this mapping"), "mapping.toml", tr(MAPPINGS)
        )
        if chosen:
            self.saved_to.emit(Path(chosen))

    def _load(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Use a saved mapping"), "", tr(MAPPINGS))
        if chosen:
            self.loaded_from.emit(Path(chosen))
