"""A field for a day, typed as people write it, or empty."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from desktop.translation import tr

FORMS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d/%m/%y")


class DayWidget(QLineEdit):
    """Tells by `settled` the day that was typed, or None for an empty field.

    What is no day stays to be mended, and the field says so.
    """

    settled = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._told: date | None = None
        self.setPlaceholderText(tr("dd/mm/yyyy"))
        self.setAccessibleName(name)
        self.setMaximumWidth(12 * self.fontMetrics().horizontalAdvance("0") + 40)
        self.editingFinished.connect(self._settle)

    def show_day(self, day: date | None) -> None:
        """Show a day, or nothing."""
        self._told = day
        self.setText(f"{day:%d/%m/%Y}" if day else "")
        self._say_wrong(wrong=False)

    @property
    def day(self) -> date | None:
        """The day that stands here; None where it is empty or no day."""
        return read_day(self.text())

    def _settle(self) -> None:
        day = self.day
        wrong = day is None and bool(self.text().strip())
        self._say_wrong(wrong=wrong)
        if not wrong and day != self._told:
            self.show_day(day)
            self.settled.emit(day)

    def _say_wrong(self, *, wrong: bool) -> None:
        says = tr("{name}: this is not a day; write it as dd/mm/yyyy")
        self.setAccessibleName(says.format(name=self._name) if wrong else self._name)
        self.setToolTip(self.accessibleName() if wrong else "")
        self.setProperty("wrong", wrong)
        self.style().unpolish(self)
        self.style().polish(self)


def read_day(text: str) -> date | None:
    """Return the day in `text`, day before month; None where there is none."""
    for form in FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None
