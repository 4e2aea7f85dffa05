"""A card: white ground, hairline border, a title and what stands under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.widgets.text import TextWidget

if TYPE_CHECKING:
    from desktop.widgets.meanings import AskWidget

MARGIN, GAP = 22, 8


class CardWidget(QFrame):
    """A framed column; `body` takes its parts, `asking` is its "?" where it has one."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self.asking: AskWidget | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(MARGIN, MARGIN - 2, MARGIN, MARGIN)
        self.body.setSpacing(GAP)
        self._head = QHBoxLayout()
        if title:
            heading = TextWidget(title, "card-title")
            heading.setWordWrap(True)
            self._head.addWidget(heading, 1)
            self.body.addLayout(self._head)
            self.setAccessibleName(title)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put the parts below what stands there."""
        for part in parts:
            if isinstance(part, QLayout):
                self.body.addLayout(part)
            else:
                self.body.addWidget(part)

    def explain(self, *names: str) -> None:
        """Put a "?" beside the title that unfolds, under the card, what its numbers mean."""
        self._head.addWidget(self.ask_about(*names), 0, Qt.AlignmentFlag.AlignTop)

    def ask_about(self, *names: str) -> AskWidget:
        """Return the "?" for the caller to place; what it unfolds stands here, after all parts."""
        from desktop.widgets.meanings import AskWidget

        self.asking = AskWidget(self.accessibleName(), names)
        self.body.addLayout(self.asking.shown)
        return self.asking


class HairlineWidget(QFrame):
    """A thin line between rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hairline")
