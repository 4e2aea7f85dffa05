"""Chips: the position of a result, and the trust state of the file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop.translation import QT_TR_NOOP, tr

TRUST_TIP = QT_TR_NOOP(
    "This shows where the file came from. It does not show that the records are right."
)


class ChipWidget(QLabel):
    """A position in words; attention has one colour, whichever side of the line it is."""

    def __init__(self, text: str, *, attention: bool) -> None:
        super().__init__(text)
        self.setObjectName("chip")
        self.setProperty("attention", attention)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Position: {words}").format(words=text))


class TrustChipWidget(QLabel):
    """Where the open file came from; always in sight while a file is open."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setObjectName("trust")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, words: str, more: str = "") -> None:
        """Show the state; `more` is added to the tip, the fingerprint for one."""
        tip = f"{words}\n{tr(TRUST_TIP)}\n{more}".strip()
        self._words = words
        self.setText(words)
        self.setToolTip(tip)
        self.setAccessibleName(words)
        self.setAccessibleDescription(tip)

    def fit(self, room: int) -> None:
        """Be no wider than `room`; the words stand whole in the tip."""
        metrics = self.fontMetrics()
        frame = self.sizeHint().width() - metrics.horizontalAdvance(self.text())
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(metrics.elidedText(self._words, middle, room - frame))
