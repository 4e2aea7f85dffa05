"""Choosing a stretch of a chart: by pointer or arrow keys, with Shift held."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.chart_canvas import ChartCanvasWidget

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class StretchPicker(QObject):
    """Tells by `chosen` the first and last point, both included, or None when Escape ends it.

    The `size` points of the canvas must stand in order and evenly along its x axis.
    """

    chosen = Signal(object)

    def __init__(self, canvas: ChartCanvasWidget, size: int) -> None:
        super().__init__(canvas)
        self._canvas, self._size = canvas, size
        self._from: int | None = None
        self._to = 0
        self._band = _BandWidget(canvas)
        canvas.takes = self.takes
        canvas.mpl_connect("draw_event", lambda _: self._show())

    def takes(self, event: QMouseEvent | QKeyEvent) -> bool:
        """Take presses, moves and arrows with Shift held; leave the rest to the chart."""
        return self._pressed(event) if isinstance(event, QKeyEvent) else self._pointed(event)

    def _pointed(self, event: QMouseEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and event.modifiers() & _SHIFT:
            self._from = self._to = self._nearest(event.position().x())
            self._band.pressed = True
        elif not self._band.pressed:
            return False
        elif kind == QEvent.Type.MouseMove:
            self._to = self._nearest(event.position().x())
        elif kind == QEvent.Type.MouseButtonRelease:
            self._band.pressed = False
            self._tell()
        self._show()
        return True

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._from = None
            self._show()
            self.chosen.emit(None)
        if event.key() not in _ARROWS or not event.modifiers() & _SHIFT:
            return False
        before = self._canvas.point
        self._canvas.walk(event)
        after = self._canvas.point
        if after is None:
            return True
        if self._from is None or before != self._to:
            self._from = after if before is None else before
        self._to = after
        self._show()
        self._tell()
        return True

    def _tell(self) -> None:
        if self._from is not None:
            self.chosen.emit((min(self._from, self._to), max(self._from, self._to)))

    def _nearest(self, across: float) -> int:
        first, last = self._canvas.place(0).x(), self._canvas.place(self._size - 1).x()
        share = (across - first) / max(last - first, 1)
        return min(max(round(share * (self._size - 1)), 0), self._size - 1)

    def _show(self) -> None:
        if self._from is None:
            self._band.hide()
            return
        ends = sorted(self._canvas.place(point).x() for point in (self._from, self._to))
        figure, ratio = self._canvas.figure, self._canvas.device_pixel_ratio
        box = figure.axes[0].bbox
        top = round((figure.bbox.height - box.y1) / ratio)
        self._band.setGeometry(
            QRect(ends[0] - 2, top, ends[1] - ends[0] + 4, round(box.height / ratio))
        )
        self._band.show()


class _BandWidget(QWidget):
    """A pale band over the stretch."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pressed = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        colour = self.palette().link().color()
        colour.setAlpha(56)
        painter.fillRect(self.rect(), colour)
