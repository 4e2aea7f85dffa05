"""A card: white ground, hairline border, a title and what stands under it."""

from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from desktop.widgets.text import TextWidget

MARGIN, GAP = 22, 8


class CardWidget(QFrame):
    """A framed column; `body` takes its parts."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(MARGIN, MARGIN - 2, MARGIN, MARGIN)
        self.body.setSpacing(GAP)
        if title:
            heading = TextWidget(title, "card-title")
            heading.setWordWrap(True)
            self.body.addWidget(heading)
            self.setAccessibleName(title)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put the parts below what stands there."""
        for part in parts:
            if isinstance(part, QLayout):
                self.body.addLayout(part)
            else:
                self.body.addWidget(part)


class HairlineWidget(QFrame):
    """A thin line between rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hairline")
