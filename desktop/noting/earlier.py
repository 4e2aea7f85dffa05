"""The earlier wordings of a note, unfolded on request."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.noting.wordings import Wording
from desktop.translation import tr
from desktop.widgets.text import ProseWidget


class EarlierWidget(QWidget):
    """A button that says how many there are, and the wordings under it."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Wording, ...] = ()
        self.button = QPushButton()
        self.button.setProperty("link", True)
        self.button.setCheckable(True)
        self._texts = QWidget()
        self._list = QVBoxLayout(self._texts)
        self._list.setContentsMargins(6, 0, 0, 0)
        self.button.toggled.connect(self._texts.setVisible)
        self._texts.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)
        column.addWidget(self._texts)

    @property
    def words(self) -> tuple[str, ...]:
        """What is told of each wording, newest first."""
        return tuple(f"{one.when}: {one.done or one.text}" for one in self._shown)

    def show_wordings(self, found: Sequence[Wording]) -> None:
        """Tell of these; nothing where there is none."""
        self.setVisible(bool(found))
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        self.button.setText(tr("History of this note ({n})").format(n=len(found)))
        while (item := self._list.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        for one in self._shown:
            self._list.addWidget(ProseWidget(one.when, "small"))
            self._list.addWidget(ProseWidget(one.done or one.text, "quiet" if one.done else ""))
