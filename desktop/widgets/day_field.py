"""A field for a day, typed as people write it, or empty."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.text import ProseWidget

FORMS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%y")
NO_DAY = QT_TR_NOOP("There is no such day, so it is not saved. Write it as dd/mm/yyyy.")


class DayWidget(QWidget):
    """Tells by `settled` the day that was typed, or None for an empty field.

    What is no day stays to be mended, and words under the field say that it is not saved.
    """

    settled = Signal(object)
    textChanged = Signal(str)  # noqa: N815 (as in Qt's own fields)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._told: date | None = None
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("dd/mm/yyyy"))
        self.field.setAccessibleName(name)
        self.field.setMaximumWidth(12 * self.fontMetrics().horizontalAdvance("0") + 40)
        self.field.textChanged.connect(self.textChanged)
        self.field.editingFinished.connect(self._settle)
        self.wrong = ProseWidget("", "attention")
        self.wrong.hide()
        self.setAccessibleName(name)
        self.setFocusProxy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.wrong)

    def show_day(self, day: date | None) -> None:
        """Show the day that is kept, leaving what is being typed or could not be kept."""
        if day != self._told:
            self.replace_day(day)

    def replace_day(self, day: date | None) -> None:
        """Show another day, or nothing, whatever stood here."""
        self._told = day
        self.field.setText(f"{day:%d/%m/%Y}" if day else "")
        self._say_wrong(wrong=False)

    @property
    def day(self) -> date | None:
        """The day that stands here; None where it is empty or no day."""
        return read_day(self.field.text())

    @property
    def unsaved(self) -> bool:
        """Whether something stands here that is no day, and so was not told."""
        return self.day is None and bool(self.field.text().strip())

    def flush(self) -> None:
        """Tell now what was not told yet."""
        self._settle()

    def _settle(self) -> None:
        day = self.day
        self._say_wrong(wrong=self.unsaved)
        if not self.unsaved and day != self._told:
            self.replace_day(day)
            self.settled.emit(day)

    def _say_wrong(self, *, wrong: bool) -> None:
        says = tr(NO_DAY) if wrong else ""
        self.wrong.say(says)
        self.wrong.setVisible(wrong)
        self.field.setAccessibleDescription(says)
        self.field.setProperty("wrong", wrong)
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)


def read_day(text: str) -> date | None:
    """Return the day in `text`, day before month; None where there is none."""
    for form in FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None
