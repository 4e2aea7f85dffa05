"""What should stand instead: a choice among codes, a number with its unit, a day, or words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.extract.manifest import Field
from core.review.correctable import may_be_blank, read_date, read_number, value_words
from core.review.queries import Value
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.day_field import DayWidget
from desktop.widgets.line_field import LineWidget
from desktop.widgets.text import ProseWidget, TextWidget
from desktop.widgets.wrapping import WrappingCheckBox

CHOOSE = QT_TR_NOOP("Choose a value")
NAME = QT_TR_NOOP("Proposed value")
LEAVE_BLANK = QT_TR_NOOP("Leave blank: the audit’s value should be removed")


class ProposedWidget(QWidget):
    """An editor for one field's type; tells by `settled` a value, or None where it is emptied.

    `left_blank` tells whether the audit's value should be removed, with nothing in its place.
    """

    settled = Signal(object)
    left_blank = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._field: Field | None = None
        self.choice = ChoiceWidget(tr(NAME))
        self.choice.chosen.connect(self._chosen)
        self.line = LineWidget(tr(NAME))
        self.line.settled.connect(self._typed)
        self.day = DayWidget(tr(NAME))
        self.day.settled.connect(self._dated)
        self.blank = WrappingCheckBox(tr(LEAVE_BLANK))
        self.blank.clicked.connect(self.left_blank)
        self._unit = TextWidget()
        self._wrong = ProseWidget("", "small")
        row = QHBoxLayout()
        for part in (self.choice, self.line, self.day, self._unit):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._wrong)
        column.addWidget(self.blank)

    def show_value(self, field: Field, value: Value, *, blank: bool, same: bool) -> None:
        """Show what is proposed for a field; of the same request, what is being typed stays."""
        same = same and field == self._field and not blank
        self.blank.setVisible(may_be_blank(field))
        self.blank.setChecked(blank)
        for part in (self.choice, self.line, self.day):
            part.setEnabled(not blank)
        self._field = field
        coded = field.type == "flag" or (field.type == "code" and bool(field.allowed))
        self.day.setVisible(field.type == "date")
        self.line.setVisible(not coded and field.type != "date")
        self._unit.setText(field.unit or "")
        self._unit.setVisible(bool(field.unit) and self.line.isVisibleTo(self))
        self.choice.offer(_entries(field) if coded else (), _key(value))
        text = _text(field, value)
        if same:
            self.line.show_text(text)
        else:
            self.line.replace_text(text)
            self._say_wrong("")
        day = read_date(value) if field.type == "date" else None
        (self.day.show_day if same else self.day.replace_day)(day)

    def show_nothing(self) -> None:
        """Hold no value and nothing that was typed."""
        self._field = None
        self.blank.setChecked(False)
        self.line.replace_text("")
        self.day.replace_day(None)
        self.choice.offer((), "")

    @property
    def unsaved(self) -> bool:
        """Whether something stands here that was not told."""
        return self.line.unsaved or self.day.unsaved

    def flush(self) -> None:
        """Tell what is being typed."""
        self.line.flush()
        self.day.flush()

    def keep_unsaved(self) -> None:
        """Hold on to what could not be written."""
        self.line.keep_unsaved()

    def _chosen(self, key: str) -> None:
        flag = self._field is not None and self._field.type == "flag"
        value: Value = float(key) if flag and key else key
        self.settled.emit(value if key else None)

    def _dated(self, day: object) -> None:
        self.settled.emit(f"{day:%Y-%m-%d}" if day else None)

    def _typed(self, text: str) -> None:
        words = text.strip()
        if self._field is None or self._field.type not in ("number", "integer") or not words:
            self._say_wrong("")
            self.settled.emit(words or None)
            return
        try:
            number = read_number(self._field, words)
        except ValueError as error:
            self._say_wrong(str(error))
            self.line.keep_unsaved()
            return
        self._say_wrong("")
        self.settled.emit(number)

    def _say_wrong(self, why: str) -> None:
        self.line.mark_wrong(why)
        self._wrong.say(why)
        self._wrong.setVisible(bool(why))


def _entries(field: Field) -> list[tuple[str, str]]:
    choose = ("", tr(CHOOSE))
    if field.type == "flag":
        return [choose, ("1.0", tr("yes")), ("0.0", tr("no"))]
    return [choose, *((code, value_words(field, code)) for code in field.allowed)]


def _key(value: Value) -> str:
    return "" if value is None else str(value)


def _text(field: Field, value: Value) -> str:
    if value is None or field.type == "date":
        return ""
    return f"{value:.10g}" if isinstance(value, float) else value
