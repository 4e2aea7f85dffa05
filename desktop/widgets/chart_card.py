"""A card with a chart, its table twin one key away, and buttons to copy and save the picture."""

from collections.abc import Iterable
from typing import Any

from matplotlib.figure import Figure
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QWidget

from core.charts.table import TableTwin
from desktop.models.columns import Column, ColumnsTableModel
from desktop.translation import tr
from desktop.widgets.card import CardWidget
from desktop.widgets.chart_canvas import ChartCanvasWidget, Points
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.picture_buttons import PictureButtonsWidget
from desktop.widgets.table_view import TableWidget
from desktop.widgets.taken import TakenPicture
from desktop.widgets.text import ProseWidget, TextWidget

LEAST_HEIGHT, LEAST_WIDTH = 430, 220
"""A layout on its way would give a chart less for a moment, in which none can be drawn."""


class _TitleWidget(TextWidget):
    """A title in one line where there is room; Qt would rather give it two."""

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(wide, self.heightForWidth(wide))


class ChartCardWidget(CardWidget):
    """The outcome as title, choices and buttons in a row, a line of words, then chart or table.

    `choices` stand after the title; `table_name` is what a screen reader calls the twin. Ctrl+T
    turns the `first` card of a screen from anywhere, another one from within it.
    """

    outcome_chosen = Signal(str)

    def __init__(
        self,
        table_name: str,
        choices: tuple[QWidget, ...] = (),
        scale: float = 1.0,
        least_height: int = LEAST_HEIGHT,
        *,
        first: bool = True,
    ) -> None:
        super().__init__()
        self._scale = scale
        self._outcomes = ChoiceWidget(tr("Outcome"), title=True)
        self._outcomes.chosen.connect(self.outcome_chosen)
        self.canvas: ChartCanvasWidget | None = None
        self.instead: QWidget | None = None
        self.title, self.subtitle = "", ""
        self._title = _TitleWidget("", "page-title")
        self._subtitle = ProseWidget("", "quiet")
        self.table = TableWidget(table_name)
        self.picture = PictureButtonsWidget(self.table.taken)
        self._twin = QPushButton(tr("Table"))
        self._twin.setCheckable(True)
        self._twin.setToolTip(tr("The same points as a table (Ctrl+T)"))
        self._twin.toggled.connect(lambda _: self._turn())
        shortcut = QShortcut(QKeySequence("Ctrl+T"), self)
        if not first:
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._twin.toggle)
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(round(least_height * scale))
        self._stack.addWidget(self.table)
        row = FlowLayout(at_end=1)
        row.add(self._title, self._outcomes, *choices, self._actions())
        self.add(row, self._subtitle)
        self.body.addWidget(self._stack, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def offer_outcomes(self, outcomes: Iterable[tuple[str, str]]) -> None:
        """Let the title choose among the outcomes (code, label), where there are several."""
        self._outcomes.offer(outcomes)
        self._title.setVisible(self._outcomes.isHidden())

    def mark_outcome(self, code: str) -> None:
        """Mark the outcome that is shown."""
        self._outcomes.mark(code)

    def say(self, title: str, subtitle: str) -> None:
        """Show the title and the line of words under it."""
        self.title, self.subtitle = title, subtitle
        self._title.setText(title)
        self._subtitle.say(subtitle)
        self.picture.name(title)
        self._twin.setAccessibleName(f"{self._twin.text()}, {title}")

    def show_chart(
        self, figure: Figure, name: str, description: str, points: Points | None = None
    ) -> None:
        """Show a chart instead of the one before; `points` can be read one by one."""
        figure.set_dpi(100 * self._scale)
        canvas = ChartCanvasWidget(figure, name, description)
        if points is not None:
            canvas.make_readable(points)
        canvas.setMinimumSize(round(LEAST_WIDTH * self._scale), self._stack.minimumHeight())
        _replace(self._stack, self.canvas, canvas)
        self.canvas = canvas
        self.show_instead(None)

    def show_table(self, twin: TableTwin) -> None:
        """Give the chart's numbers as its table twin."""
        columns = [
            Column(heading, cells, 2 if any(map(_broken, cells)) else 0)
            for heading, cells in zip(twin.headings, _columns(twin), strict=True)
        ]
        self.table.show_model(ColumnsTableModel(columns, self.table))

    def offer(self, picture: TakenPicture) -> None:
        """Let the chart and its table be taken along: copied, saved, dragged out, printed."""
        self.picture.offer(picture)
        self.table.provenance = picture.provenance
        if self.canvas is not None:
            self.canvas.picture = picture

    def show_instead(self, part: QWidget | None) -> None:
        """Show something else where there is no chart to show; None is the chart again."""
        _replace(self._stack, self.instead, part)
        self.instead = part
        self._twin.setEnabled(part is None)
        self.picture.setEnabled(part is None)
        self._turn()

    def _actions(self) -> QWidget:
        """Return the buttons as one part, so that they stay together."""
        actions = QWidget()
        row = QHBoxLayout(actions)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._twin)
        row.addWidget(self.picture)
        return actions

    def _turn(self) -> None:
        chart = self.table if self._twin.isChecked() else self.canvas
        shown = self.instead or chart
        if shown is not None:
            self._stack.setCurrentWidget(shown)


def _replace(stack: QStackedWidget, earlier: QWidget | None, later: QWidget | None) -> None:
    if earlier is not None:
        stack.removeWidget(earlier)
        earlier.deleteLater()
    if later is not None:
        stack.addWidget(later)


def _columns(twin: TableTwin) -> Iterable[tuple[Any, ...]]:
    return zip(*twin.rows, strict=True) if twin.rows else ((),) * len(twin.headings)


def _broken(cell: Any) -> bool:
    return isinstance(cell, float) and not cell.is_integer()
