"""A matplotlib figure on screen whose points can be read by pointer and by keyboard."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QDrag,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget
from shiboken6 import isValid

from desktop.widgets.taken import TakenPicture

REACH = 14.0
RING = 22


@dataclass(frozen=True, eq=False)
class Points:
    """What can be read: data coordinates, and the words for each point; `own` is read first."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    words: Callable[[int], str]
    own: int | None = None


class ChartCanvasWidget(FigureCanvasQTAgg):
    """A chart with a name, a text alternative, and a reading beside the point in hand.

    The ring and the reading are Qt widgets over the picture, so hovering never redraws it.
    Where `picture` is set, it can be dragged out. `takes` is asked first whether it takes a press,
    a move or a key for itself.
    """

    point_read = Signal(str)

    def __init__(self, figure: Figure, name: str, description: str) -> None:
        super().__init__(figure)  # type: ignore[no-untyped-call]
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.picture: TakenPicture | None = None
        self.takes: Callable[[QMouseEvent | QKeyEvent], bool] = lambda _: False
        self._pressed: QPointF | None = None
        self._points: Points | None = None
        self._places: NDArray[np.float64] | None = None
        self._reading: int | None = None
        self._ring = _RingWidget(self)
        self._label = QLabel(self)
        self._label.setObjectName("reading")
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label.hide()
        self._drawing_soon = False
        self.mpl_connect("draw_event", lambda _: self._forget_places())

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Ask for little; the layout gives what there is."""
        return QSize(480, 320)

    def draw_idle(self) -> None:
        """Draw when there is time; never after the widget is gone, as matplotlib's own would."""
        if not getattr(self, "_drawing_soon", True):
            self._drawing_soon = True
            QTimer.singleShot(0, self, self._draw_now)

    def make_readable(self, points: Points) -> None:
        """Let these points be read."""
        self._points = points
        self._places = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def reading(self) -> str:
        """The words beside the point in hand, empty where there is none."""
        return "" if self._label.isHidden() else self._label.text()

    @property
    def point(self) -> int | None:
        """The point in hand."""
        return self._reading

    def place(self, index: int) -> QPoint:
        """Return where a point lies in the widget's own pixels."""
        places = self._on_screen()
        return QPoint() if places is None else QPointF(*places[index]).toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Read the nearest point, or drag the picture out."""
        if self.takes(event):
            return
        if event.buttons() & Qt.MouseButton.LeftButton and self._pressed is not None:
            way = (event.position() - self._pressed).manhattanLength()
            if way >= QApplication.startDragDistance():
                self._pressed = None
                self._drag()
            return
        self._read(self._nearest(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Remember where a drag may begin."""
        taken = self.takes(event)
        self._pressed = None if taken or self.picture is None else event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """End what a press began."""
        self._pressed = None
        self.takes(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave the wheel to the page: a chart has no use for it."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Stop reading."""
        self._read(None)
        QWidget.leaveEvent(self, event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Begin at the surgeon's own point."""
        QWidget.focusInEvent(self, event)
        if self._points is not None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._read(self._points.own)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Stop reading."""
        QWidget.focusOutEvent(self, event)
        self._read(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Left and right walk the points by their x; Home is one's own; Escape ends."""
        if not self.takes(event):
            self.walk(event)

    def walk(self, event: QKeyEvent) -> None:
        """Go by a key to another point."""
        key = event.key()
        if self._points is None or key not in _KEYS:
            QWidget.keyPressEvent(self, event)
        elif key == Qt.Key.Key_Escape:
            self._read(None)
        elif key == Qt.Key.Key_Home or self._reading is None:
            self._read(self._points.own if self._points.own is not None else 0)
        else:
            self._step(1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Up) else -1)

    def _step(self, by: int) -> None:
        points = self._points
        if points is None or self._reading is None:
            return
        order = np.lexsort((points.y, points.x))
        at = int(np.flatnonzero(order == self._reading)[0]) + by
        self._read(int(order[min(max(at, 0), len(order) - 1)]))

    def _drag(self) -> None:
        """Hand the picture out in memory; no file is made of it here."""
        if self.picture is None:
            return
        self._read(None)
        drag = QDrag(self)
        drag.setMimeData(self.picture.mime())
        drag.setPixmap(self.grab().scaledToWidth(160, Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.CopyAction)

    def _nearest(self, at: QPointF) -> int | None:
        places = self._on_screen()
        if places is None or not len(places):
            return None
        distance = np.hypot(places[:, 0] - at.x(), places[:, 1] - at.y())
        nearest = int(np.argmin(distance))
        return nearest if distance[nearest] <= REACH else None

    def _on_screen(self) -> NDArray[np.float64] | None:
        """Return the points in the widget's own pixels, worked out once a drawing."""
        if self._places is None and self._points is not None and self.figure.axes:
            data = np.column_stack((self._points.x, self._points.y))
            places = self.figure.axes[0].transData.transform(data)
            places[:, 1] = self.figure.bbox.height - places[:, 1]
            self._places = places / self.device_pixel_ratio
        return self._places

    def _forget_places(self) -> None:
        self._places = None

    def _draw_now(self) -> None:
        self._drawing_soon = False
        if self.width() > 0 and self.height() > 0:
            try:
                self.draw()  # type: ignore[no-untyped-call]
            except RuntimeError:
                if isValid(self):
                    raise

    def _read(self, index: int | None) -> None:
        if index == self._reading:
            return
        self._reading = index
        if index is None or self._points is None:
            self._ring.hide()
            self._label.hide()
            return
        words = self._points.words(index)
        self._show_at(self.place(index), words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self.point_read.emit(words)

    def _show_at(self, at: QPoint, words: str) -> None:
        self._ring.move(at - QPoint(RING // 2, RING // 2))
        self._ring.show()
        self._label.setText(words)
        self._label.adjustSize()
        size = self._label.size()
        left = (
            at.x() + 14 if at.x() + 14 + size.width() < self.width() else at.x() - 14 - size.width()
        )
        above = at.y() - 14 - size.height()
        self._label.move(max(left, 0), above if above > 0 else at.y() + 14)
        self._label.show()
        self._label.raise_()


_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_Escape,
)


class _RingWidget(QWidget):
    """A ring round the point in hand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(RING, RING)
        self.hide()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().link().color(), 2))
        painter.drawEllipse(3, 3, RING - 6, RING - 6)
