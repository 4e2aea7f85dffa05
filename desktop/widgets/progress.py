"""A bar of progress that does not move to and fro where nothing may move."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar


class ProgressWidget(QProgressBar):
    """A thin bar without words of its own; the step beside it is in words.

    A range of (0, 0) is a step of unknown length: the bar moves, or stands empty where the
    application shows no effects.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)

    def setRange(self, minimum: int, maximum: int) -> None:  # noqa: N802 (Qt's name)
        """Set where the bar begins and ends."""
        still = not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
        super().setRange(minimum, maximum or (1 if still else 0))
