"""The card of the first rows, each problem marked, and of every problem by row and column."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView

from core.charts.palette import Palette
from desktop.models.columns import Column, ColumnsTableModel
from desktop.screens.import_file.reading_words import PreviewSaid, ReadingSaid
from desktop.theme import Theme
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.table_view import TableWidget
from desktop.widgets.text import ProseWidget, TextWidget

ROW, ROOM = 32, 56
PROBLEMS_HEIGHT = 200
HINT = QT_TR_NOOP(
    "As the file has it → as it is read. A cell with ⚠ could not be read, or differs "
    "from the rest; the list below says how. What identifies patients is not shown."
)
READING = QT_TR_NOOP("The records are being read.")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ACROSS = Qt.Orientation.Horizontal


class PreviewModel(QAbstractTableModel):
    """Rows under their number in the file; a marked cell says why."""

    def __init__(self, said: PreviewSaid, palette: Palette, parent: QObject) -> None:
        super().__init__(parent)
        self._said = said
        self._ink = QColor(palette.attention)
        self._ground = QColor(palette.attention_fill)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """Return the rows there are."""
        return 0 if parent.isValid() else len(self._said.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """Return the columns there are: the row's number, then the audit's."""
        return 0 if parent.isValid() else 1 + len(self._said.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell, its mark, or why it has one."""
        if index.column() == 0:
            number = f"{self._said.rows[index.row()]:,}"
            return number if role == Qt.ItemDataRole.DisplayRole else None
        words, why = self._said.cells[index.row()][index.column() - 1]
        spoken = f"{words}: {why}" if why else words
        shown: dict[Qt.ItemDataRole, object] = {
            Qt.ItemDataRole.DisplayRole: words,
            Qt.ItemDataRole.ToolTipRole: spoken,
            Qt.ItemDataRole.AccessibleTextRole: spoken,
        }
        if why:
            shown |= {
                Qt.ItemDataRole.ForegroundRole: self._ink,
                Qt.ItemDataRole.BackgroundRole: self._ground,
            }
        return shown.get(Qt.ItemDataRole(role))

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the audit's name of a column."""
        if orientation != _ACROSS:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr("Row") if section == 0 else self._said.headings[section - 1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class PreviewWidget(CardWidget):
    """The first rows, and below them what was marked anywhere in the file."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("The first rows"))
        self._theme = theme
        self.state = ProseWidget("", "quiet")
        self.table = TableWidget(tr("First rows of the file"))
        self.table.setSortingEnabled(False)
        self._problems_title = TextWidget("", "strong")
        self._problems_title.setWordWrap(True)
        self.problems = TableWidget(tr("Marked cells"))
        self.problems.setMinimumHeight(theme.px(PROBLEMS_HEIGHT))
        for table in (self.table, self.problems):
            table.setAccessibleDescription(tr("No file is chosen"))
        self.add(self.state, self.table, self._problems_title, self.problems)

    def show_reading(self, said: ReadingSaid | None) -> None:
        """Show the rows, or that they are being read."""
        if said is None:
            self.state.say(tr(READING))
            return
        self.state.say(tr(HINT) if said.ready else f"{said.outcome}\n{tr(HINT)}")
        self.table.show_model(PreviewModel(said.preview, self._theme.palette, self.table))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        rows = len(said.preview.rows)
        self.table.setFixedHeight(self._theme.px(ROW * rows + ROOM))
        self._show_problems(said)

    def _show_problems(self, said: ReadingSaid) -> None:
        for part in (self._problems_title, self.problems):
            part.setVisible(bool(said.problems))
        number = len(said.problems) + said.more
        all_listed = tr("Marked cells: {number}")
        some_listed = tr("Marked cells: {number}; the first {shown} are listed")
        words = some_listed if said.more else all_listed
        shown = len(said.problems)
        self._problems_title.setText(words.format(number=f"{number:,}", shown=shown))
        rows, columns, whys = zip(*said.problems, strict=True) if said.problems else ((),) * 3
        self.problems.show_model(
            ColumnsTableModel(
                [
                    Column(tr("Row"), rows),
                    Column(tr("Column"), columns),
                    Column(tr("What is wrong"), whys),
                ],
                self.problems,
            )
        )
        header = self.problems.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
