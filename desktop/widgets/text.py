"""Words on screen: labels by role, and prose with LOOK's line height."""

import html

from PySide6.QtCore import QSize, Qt
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
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.say(text, strong)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Ask for little: the height follows the width the layout gives."""
        return _least(self)

    def say(self, text: str, strong: str = "") -> None:
        """Show these sentences instead."""
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
