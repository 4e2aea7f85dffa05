"""Check boxes and radio buttons whose words go on in the next line where there is no room."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

NARROWEST = 60


class WrappingCheckBox(QCheckBox):
    """A check box no wider than its place; `words` are whole, whatever lines they stand in."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
        self.setAccessibleName(words)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Ask for little width, and for the height of the lines there are."""
        return QSize(NARROWEST, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Break the lines for the width there is."""
        super().resizeEvent(event)
        _break(self, super().sizeHint(), self.words)


class WrappingRadioButton(QRadioButton):
    """A radio button no wider than its place; `words` are whole, whatever lines they stand in."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
        self.setAccessibleName(words)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Ask for little width, and for the height of the lines there are."""
        return QSize(NARROWEST, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Break the lines for the width there is."""
        super().resizeEvent(event)
        _break(self, super().sizeHint(), self.words)


def lines(words: str, metrics: QFontMetrics, room: int) -> list[str]:
    """Return the words in lines no wider than `room` pixels; a longer word has its own line."""
    found: list[str] = []
    for word in words.split(" "):
        joined = f"{found[-1]} {word}" if found else word
        if found and metrics.horizontalAdvance(joined) <= room:
            found[-1] = joined
        else:
            found.append(word)
    return found


def _break(button: QAbstractButton, hint: QSize, words: str) -> None:
    """Set the words in lines; the mark, its gap and the margins are what is left of the hint."""
    metrics = button.fontMetrics()
    widest = max(metrics.horizontalAdvance(line) for line in button.text().split("\n"))
    room = button.width() - (hint.width() - widest)
    text = "\n".join(lines(words, metrics, room))
    if text != button.text():
        button.setText(text)
        button.setMinimumHeight(button.minimumSizeHint().height())
