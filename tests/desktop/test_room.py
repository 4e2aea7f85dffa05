"""What stands in little room: whole rows in the rail, whole tables, whole words in a card."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.charts.palette import DARK, LIGHT
from core.charts.palette import Palette as Colours
from desktop.models.columns import Column, ColumnsTableModel
from desktop.screens.overview.top import TopWidget
from desktop.theme import Theme, apply_theme
from desktop.widgets.rail import RailWidget
from desktop.widgets.table_view import TableWidget
from desktop.widgets.text import TextWidget


@pytest.fixture
def dressed(qapp: QApplication, fonts: None) -> Iterator[None]:
    """The application in its own look."""
    apply_theme(qapp, Theme(LIGHT))
    yield None
    qapp.setStyleSheet("")


def in_room(qtbot: QtBot, part: QWidget, width: int, height: int) -> QWidget:
    """Show a part at a size, in a window of its own."""
    room = QWidget()
    part.setParent(room)
    part.resize(width, height)
    room.resize(width, height)
    qtbot.addWidget(room)
    with qtbot.waitExposed(room):
        room.show()
    for _ in range(4):
        QApplication.processEvents()
    return room


@pytest.mark.parametrize("height", [330, 371, 412, 450, 900])
@pytest.mark.parametrize("chosen", ["0", "4", "9"])
def test_every_row_of_the_rail_is_whole_or_not_seen(
    qtbot: QtBot, dressed: None, height: int, chosen: str
) -> None:
    rail = RailWidget()
    for at in range(10):
        rail.add(str(at), f"Entry {at}")
    rail.add_foot("open", "Open a file", "Ctrl+O")
    room = in_room(qtbot, rail, 208, height)
    assert room.isVisible()
    rail.choose(chosen)
    for _ in range(4):
        QApplication.processEvents()
    view = rail._scroll.viewport()
    ends = {name: _ends(one, view) for name, one in rail._buttons.items()}
    assert 0 <= ends[chosen][0] < ends[chosen][1] <= view.height()
    cut = [name for name, (top, end) in ends.items() if top < view.height() < end]
    assert cut == []


def _ends(row: QPushButton, view: QWidget) -> tuple[int, int]:
    top = row.mapTo(view, QPoint()).y()
    return top, top + row.height()


def test_no_bar_covers_a_row_and_wide_cells_stand_whole(qtbot: QtBot, dressed: None) -> None:
    table = TableWidget("Requests")
    words = "Isolated coronary bypass"
    columns = [Column(f"Heading {at}", [words] * 3) for at in range(8)]
    table.show_model(ColumnsTableModel([Column("Marks", [""] * 3), *columns], table))
    room = in_room(qtbot, table, 600, 100)
    assert room.isVisible()
    table.share_width()
    table.fit_rows(10)
    for _ in range(4):
        QApplication.processEvents()
    last = table.rowViewportPosition(2) + table.rowHeight(2)
    assert table.horizontalScrollBar().isVisible()
    assert last <= table.viewport().height()
    assert table.columnWidth(1) >= table.fontMetrics().horizontalAdvance(words)
    assert table.columnWidth(0) < table.columnWidth(1)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_ring_round_a_table_is_whole(
    qtbot: QtBot, qapp: QApplication, fonts: None, palette: Colours
) -> None:
    apply_theme(qapp, Theme(palette))
    table = TableWidget("Requests")
    table.show_model(ColumnsTableModel([Column("Case", [f"C{at}" for at in range(40)])], table))
    room = in_room(qtbot, table, 400, 300)
    assert room.isVisible()
    table.selectRow(0)
    table.setFocus()
    QApplication.processEvents()
    picture = table.grab().toImage()
    wide, high = picture.width() - 1, picture.height() - 1
    round_about = [(x, y) for x in range(wide + 1) for y in (0, 1, high - 1, high)]
    round_about += [(x, y) for y in range(high + 1) for x in (0, 1, wide - 1, wide)]
    colours = {picture.pixelColor(x, y).name().upper() for x, y in round_about}
    assert colours == {palette.own.upper()}
    qapp.setStyleSheet("")


def test_the_small_funnel_goes_under_the_figures_where_there_is_no_room(
    qtbot: QtBot, dressed: None
) -> None:
    heading, figures, mini = QVBoxLayout(), QVBoxLayout(), QWidget()
    figures.addWidget(TextWidget("observed ÷ expected"))
    mini.setFixedSize(220, 116)
    top = TopWidget(heading, figures, mini, 480)
    room = in_room(qtbot, top, 700, 300)
    assert mini.x() > 300
    top.resize(400, 300)
    room.resize(400, 300)
    QApplication.processEvents()
    assert mini.x() == 0
