"""Native Excel charts: points, lines and where they stand, drawn to be read in black and white."""

from dataclasses import dataclass
from typing import Any, Literal

from openpyxl.chart import LineChart, Reference, ScatterChart, Series
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.legend import Legend
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from core.report.workbooks.cells import fitting

Look = Literal["line", "dashed", "dotted", "points", "own"]

WIDTH, HEIGHT = 24, 13
"""Centimetres."""
ROWS_HIGH = 27
INK, QUIET, PALE, OWN = "1B2733", "6B7885", "E3E7EB", "0B5CAD"
_DASHES = {"line": "solid", "dashed": "dash", "dotted": "sysDot"}


@dataclass(frozen=True, slots=True)
class Run:
    """Rows of a sheet that are one series of a chart: its name, look, first and last row."""

    name: str
    look: Look
    first: int
    last: int


def scatter(
    sheet: Worksheet, title: str, axes: tuple[str, str], columns: tuple[int, int], runs: list[Run]
) -> ScatterChart:
    """Return a chart of the points (x, y) that stand in two `columns` of `sheet`."""
    chart = ScatterChart()
    chart.scatterStyle = "lineMarker"
    _frame(chart, title, axes)
    for run in runs:
        x, y = (Reference(sheet, column, run.first, column, run.last) for column in columns)
        series = Series(y, x, title=run.name)
        _style(series, run.look)
        chart.series.append(series)
    return chart


def line(
    sheet: Worksheet, title: str, axes: tuple[str, str], columns: tuple[int, int], run: Run
) -> LineChart:
    """Return a line of the numbers in the second of `columns` over the labels in the first."""
    chart = LineChart()
    _frame(chart, title, axes)
    labels, numbers = (Reference(sheet, column, run.first, column, run.last) for column in columns)
    series = Series(numbers, title=run.name)
    _style(series, run.look)
    series.marker.symbol = "circle"
    chart.series.append(series)
    chart.set_categories(labels)
    chart.x_axis.tickLblPos = "low"
    return chart


def _frame(chart: Any, title: str, axes: tuple[str, str]) -> None:
    chart.title, chart.width, chart.height = fitting(title), WIDTH, HEIGHT
    chart.x_axis.title, chart.y_axis.title = (fitting(axis) for axis in axes)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.majorGridlines = None
    chart.y_axis.majorGridlines = ChartLines(GraphicalProperties(ln=LineProperties(solidFill=PALE)))
    chart.legend = Legend()
    chart.legend.position = "b"


def _style(series: Any, look: Look) -> None:
    series.smooth = False
    ink = series.graphicalProperties
    if look in _DASHES:
        ink.line.solidFill = INK if look == "line" else QUIET
        ink.line.dashStyle = _DASHES[look]
        ink.line.width = 16_000
        series.marker.symbol = "none"
        return
    ink.line.noFill = True
    own = look == "own"
    series.marker.symbol, series.marker.size = ("diamond", 12) if own else ("circle", 4)
    series.marker.graphicalProperties.solidFill = OWN if own else QUIET
    series.marker.graphicalProperties.line.solidFill = OWN if own else QUIET
