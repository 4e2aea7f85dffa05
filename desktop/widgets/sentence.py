"""The pale box with the sentence that carries a result."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.widgets.text import ProseWidget


class SentenceWidget(QFrame):
    """A tinted paragraph with a bar in the surgeon's own colour; `strong` stands bold."""

    def __init__(self, text: str, strong: str = "") -> None:
        super().__init__()
        self.setObjectName("sentence")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.addWidget(ProseWidget(text, strong=strong))
