"""That nothing was sent, until the surgeon records when, to whom and how it went."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QWidget

from desktop.translation import tr
from desktop.widgets.card import CardWidget
from desktop.widgets.day_field import DayWidget
from desktop.widgets.text import ProseWidget


class SentWidget(CardWidget):
    """The words on sending, and three fields to record it."""

    recorded = Signal(object, str, str)

    def __init__(self) -> None:
        super().__init__(tr("Sending it"))
        self._says = ProseWidget()
        self.day = DayWidget(tr("Sent on"))
        self.to, self.how = QLineEdit(), QLineEdit()
        self.to.setAccessibleName(tr("Sent to"))
        self.how.setAccessibleName(tr("How it was sent"))
        self.how.setPlaceholderText(tr("secure e-mail, post …"))
        self._fields = QWidget()
        form = QFormLayout(self._fields)
        form.setContentsMargins(0, 6, 0, 0)
        form.addRow(tr("Sent on"), self.day)
        form.addRow(tr("To"), self.to)
        form.addRow(tr("How"), self.how)
        self.record = QPushButton(tr("Record as sent"))
        self.record.clicked.connect(self._record)
        form.addRow(self.record)
        form.setAlignment(self.record, Qt.AlignmentFlag.AlignLeft)
        for field in (self.day, self.to, self.how):
            field.textChanged.connect(self._fit)
        self.add(self._says, self._fields)
        self._fit()

    def show_state(self, words: str, *, can_send: bool) -> None:
        """Say whether it was sent, and offer to record it."""
        self._says.say(words)
        self._fields.setVisible(can_send)

    def _fit(self) -> None:
        complete = self.day.day and self.to.text().strip() and self.how.text().strip()
        self.record.setEnabled(bool(complete))

    def _record(self) -> None:
        self.recorded.emit(self.day.day, self.to.text().strip(), self.how.text().strip())
