"""A small card of the tour that points at a part of the window, and the ring round that part."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.translation import tr
from desktop.widgets.over import OverWidget
from desktop.widgets.text import ProseWidget, TextWidget

WIDTH, GAP, EDGE, PEN = 380, 14, 16, 3
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TourCardWidget(OverWidget):
    """Left and Right go back and on, Escape ends; the part pointed at has a ring round it."""

    stepped = Signal(int)

    def __init__(self, window: QWidget, scale: float) -> None:
        super().__init__(window)
        self._scale = scale
        self._at: QWidget | None = None
        self.ring = _RingWidget(window)
        self._title = TextWidget("", "card-title")
        self._place_words = TextWidget("", "small")
        self._words = ProseWidget()
        self.back = QPushButton(tr("Back"))
        self.next = QPushButton()
        self.next.setProperty("primary", True)
        self.end = QPushButton(tr("End the tour"))
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.end.clicked.connect(self.leave)
        for button in (self.back, self.next, self.end):
            button.installEventFilter(self)
        row = QHBoxLayout()
        row.addWidget(self.end)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(8)
        for part in (self._place_words, self._title, self._words):
            column.addWidget(part)
        column.addSpacing(4)
        column.addStretch(1)
        column.addLayout(row)

    def say(self, title: str, words: str, number: int, of: int, at: QWidget) -> None:
        """Show one step beside the part it is about."""
        self._at = at
        place = tr("{n} of {total}").format(n=number, total=of)
        self._place_words.setText(place)
        self._title.setText(title)
        self._words.say(words)
        self.setAccessibleName(f"{place}. {title}. {words}")
        self.setAccessibleDescription(words)
        self.back.setEnabled(number > 1)
        self.next.setText(tr("Next") if number < of else tr("Done"))
        self.next.setAccessibleDescription(f"{title}. {words}")
        self.rise()
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """End the tour."""
        self.ring.hide()
        super().leave()

    def place(self) -> None:
        """Stand beside the part, on the side with room, and never outside the window."""
        if self._at is None:
            return
        room = self.over.rect()
        part = QRect(self._at.mapTo(self.over, QPoint()), self._at.size())
        part = part.intersected(_in_sight(self._at, self.over)).intersected(room)
        self.ring.surround(part)
        self.raise_()
        width = min(round(WIDTH * self._scale), room.width() - 2 * EDGE)
        self.setFixedWidth(width)
        height = self.heightForWidth(width)
        self.setFixedHeight(max(height, self.minimumSizeHint().height()))
        self.move(_beside(part, self.rect(), room))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Take the arrows from the buttons, which would go from one to the next by them."""
        if isinstance(watched, QPushButton) and isinstance(event, QKeyEvent):
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None and event.type() == QEvent.Type.KeyPress:
                self.stepped.emit(step)
                return True
        return super().eventFilter(watched, event)


def _in_sight(part: QWidget, window: QWidget) -> QRect:
    """Return the place in the window where the page that holds the part is seen."""
    page = part.parentWidget()
    while page is not None and not isinstance(page, QAbstractScrollArea):
        page = page.parentWidget()
    if page is None:
        return window.rect()
    view = page.viewport()
    return QRect(view.mapTo(window, QPoint()), view.size()).adjusted(PEN, PEN, -PEN, -PEN)


def _beside(part: QRect, card: QRect, room: QRect) -> QPoint:
    """Return the card's place: below the part, above, right, left, else over the rail.

    What a screen says beside its parts stands at the right, and would be covered there.
    """
    wide, high = card.width(), card.height()
    x = min(max(part.left(), EDGE), room.right() - wide - EDGE)
    y = min(max(part.top(), EDGE), room.bottom() - high - EDGE)
    if part.bottom() + GAP + high + EDGE <= room.bottom():
        return QPoint(x, part.bottom() + GAP)
    if part.top() - GAP - high >= EDGE:
        return QPoint(x, part.top() - GAP - high)
    if part.right() + GAP + wide + EDGE <= room.right():
        return QPoint(part.right() + GAP, y)
    if part.left() - GAP - wide >= EDGE:
        return QPoint(part.left() - GAP - wide, y)
    return QPoint(EDGE, room.bottom() - high - EDGE)


class _RingWidget(QWidget):
    """A frame round a part that takes no click."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def surround(self, part: QRect) -> None:
        self.setGeometry(part.adjusted(-PEN, -PEN, PEN, PEN))
        self.show()
        self.raise_()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().link().color(), PEN))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 8, 8)
