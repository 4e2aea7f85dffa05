"""The small "?" of a card, and what it unfolds: what each number means and what it does not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout

from core.results.basic_meanings import Meaning
from core.results.meanings import meaning_of
from desktop.translation import tr
from desktop.widgets.text import ProseWidget


class MeaningsWidget(QFrame):
    """Meanings in rows; each says first what is meant and then what is not."""

    def __init__(self, meanings: tuple[Meaning, ...]) -> None:
        super().__init__()
        self.setObjectName("meanings")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(0)
        for place, one in enumerate(meanings):
            column.addSpacing(8 if place else 0)
            column.addWidget(ProseWidget(f"{one.label}: {one.meaning}", strong=f"{one.label}:"))
            column.addWidget(ProseWidget(one.does_not, "quiet"))
        self.setAccessibleName(spoken(meanings))


class AskWidget(QPushButton):
    """The "?" of a card; Escape folds what it unfolded."""

    unfolded = Signal(bool)

    def __init__(self, title: str, names: tuple[str, ...]) -> None:
        super().__init__("?")
        self._meanings = tuple(dict.fromkeys(map(meaning_of, names)))
        self.setProperty("ask", True)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("What these numbers mean, and what they do not (Shift+F1)"))
        self.setAccessibleName(tr("What these numbers mean: {title}").format(title=title))
        self.shown = QVBoxLayout()
        self._fold: MeaningsWidget | None = None
        self.toggled.connect(self._turn)

    def ask(self) -> None:
        """Unfold the meanings, or fold them again, with the keyboard at the "?"."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.toggle()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Fold on Escape; any other key is the button's."""
        if event.key() == Qt.Key.Key_Escape and self.isChecked():
            self.setChecked(False)
        else:
            super().keyPressEvent(event)

    def _turn(self, on: bool) -> None:
        if self._fold is None:
            self._fold = MeaningsWidget(self._meanings)
            self.shown.addWidget(self._fold)
        self._fold.setVisible(on)
        if on:
            said = QAccessibleAnnouncementEvent(self, spoken(self._meanings))
            QAccessible.updateAccessibility(said)
        self.unfolded.emit(on)


def spoken(meanings: tuple[Meaning, ...]) -> str:
    """Return the meanings as a screen reader says them."""
    return " ".join(f"{one.label}: {one.meaning} {one.does_not}" for one in meanings)
