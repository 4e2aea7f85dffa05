"""A card for work that runs: the step in words, how far it is, and Stop."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from desktop.translation import tr
from desktop.widgets.card import CardWidget
from desktop.widgets.progress import ProgressWidget
from desktop.widgets.text import TextWidget


class WorkingWidget(CardWidget):
    """Shown while work is done; `stopped` tells that the reader pressed Stop."""

    stopped = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._step, self._bar = TextWidget("", "quiet"), ProgressWidget()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        stop = QPushButton(tr("Stop"))
        stop.clicked.connect(self.stopped)
        self.add(self._step, self._bar)
        self.body.addWidget(stop, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_step(self, done: int, total: int, label: str) -> None:
        """Show the step that runs."""
        self._step.setText(label or tr("Starting"))
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.show()
