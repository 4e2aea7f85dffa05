"""The frame of a screen: a scrolling page with a title and a comfortable width."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.widgets.text import TextWidget

WIDEST = 1440


class PageWidget(QScrollArea):
    """A screen's page; `body` takes its parts, top to bottom.

    `presenter` is kept here since Qt's connections hold a method's owner weakly.
    """

    def __init__(self, title: str = "", scale: float = 1.0) -> None:
        super().__init__()
        self.presenter: object = None
        self._begins_at: QWidget | None = None
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = _GroundWidget()
        ground.setObjectName("page")
        outer = QVBoxLayout(ground)
        outer.setContentsMargins(26, 24, 26, 24)
        inner = QWidget()
        inner.setMaximumWidth(round(WIDEST * scale))
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        outer.addWidget(inner)
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(18)
        if title:
            self.body.addWidget(TextWidget(title, "page-title"))
        self.setWidget(ground)

    def begin_at(self, part: QWidget) -> None:
        """Let the keyboard begin here where the screen is shown.

        Qt's own way, a proxy, would let Tab leap over what stands before the part.
        """
        self._begins_at = part

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Hand the keyboard to the part with which the screen begins."""
        super().focusInEvent(event)
        if self._begins_at is not None and isValid(self._begins_at):
            self._begins_at.setFocus(event.reason())


class _GroundWidget(QWidget):
    """The page under the parts; its height follows its width, so it asks for none beforehand."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(super().minimumSizeHint().width(), 0)
