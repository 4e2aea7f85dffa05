"""Words on screen: labels by role, and prose with LOOK's line height."""

import html

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

LINE_HEIGHT = 121
NARROWEST = 60
TITLES = {"page-title", "card-title", "strong", "small"}
KEEP_SPACES = "white-space:pre-wrap"
"""Else Qt turns a thin space that does not break into one that does."""


class TextWidget(QLabel):
    """One line or phrase in a role of the style sheet (card-title, quiet, small, key …)."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(role in TITLES)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Wrapped words may be as narrow as the layout likes; their height follows the width."""
        return _least(self) if self.wordWrap() else super().minimumSizeHint()


class ProseWidget(QLabel):
    """Sentences that wrap; a part in `strong` stands bold where it occurs first."""

    def __init__(self, text: str = "", role: str = "", strong: str = "") -> None:
        self._heights: dict[int, int] = {}
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.say(text, strong)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Ask for little: the height follows the width the layout gives."""
        return _least(self)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt's name)
        """Set the words once for each width; layouts ask for the same few again and again."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Forget the heights in another font."""
        self._heights.clear()
        super().changeEvent(event)

    def say(self, text: str, strong: str = "") -> None:
        """Show these sentences instead."""
        self._heights.clear()
        words = html.escape(text, quote=False)
        if strong:
            part = html.escape(strong, quote=False)
            words = words.replace(part, f"<b>{part}</b>", 1)
        style = f"line-height:{LINE_HEIGHT}%; margin:0; {KEEP_SPACES}"
        self.setText(f'<p style="{style}">{words}</p>')
        self.setAccessibleName(text)


def _least(label: QLabel) -> QSize:
    """Qt would give the height of the narrowest setting, which makes pages scroll for nothing."""
    return QSize(NARROWEST, label.fontMetrics().lineSpacing())
