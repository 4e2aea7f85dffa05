"""What became of a correction request, recorded by the surgeon: sent, accepted, rejected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.results.wording import day
from core.review.queries import Query
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.day_field import DayWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.line_field import LineWidget
from desktop.widgets.text import ProseWidget, TextWidget

LETTERS = 32
NO_DAY = QT_TR_NOOP("Give the day, as dd/mm/yyyy.")


class SendingWidget(QWidget):
    """When, to whom and how drafts went; `recorded` tells (on, to, how, all of them)."""

    recorded = Signal(object, str, str, bool)

    def __init__(self, to: str) -> None:
        super().__init__()
        self.on = DayWidget(tr("Sent on"))
        self.to = LineWidget(tr("Sent to"), tr("Name or address"))
        self.to.replace_text(to)
        self.to.setCursorPosition(0)
        self.how = LineWidget(tr("How it was sent"), tr("For example: secure e-mail"))
        self.one = QPushButton(tr("Record as sent"))
        self.one.clicked.connect(lambda: self._record(everything=False))
        self.all = QPushButton(tr("Record all drafts as sent"))
        self.all.clicked.connect(lambda: self._record(everything=True))
        self._wrong = ProseWidget(tr(NO_DAY), "small")
        self._wrong.hide()
        column = _column(self)
        fields = ((tr("Sent on"), self.on), (tr("To"), self.to), (tr("How"), self.how))
        column.addLayout(_side_by_side(fields))
        buttons = FlowLayout()
        buttons.add(self.one, self.all)
        column.addWidget(self._wrong)
        column.addLayout(buttons)

    def offer(self, today: date, drafts: int) -> None:
        """Offer today's day, and to record all drafts at once where there are several."""
        if self.on.day is None:
            self.on.show_day(today)
        self.all.setText(tr("Record all {count} drafts as sent").format(count=drafts))
        self.all.setVisible(drafts > 1)

    def _record(self, *, everything: bool) -> None:
        self._wrong.setVisible(self.on.day is None)
        if self.on.day is not None:
            self.recorded.emit(self.on.day, self.to.text(), self.how.text(), everything)


class AnswerWidget(QWidget):
    """The audit's answer to a request that was sent; `recorded` tells (accepted, on, words)."""

    recorded = Signal(bool, object, str)

    def __init__(self) -> None:
        super().__init__()
        self.on = DayWidget(tr("Answered on"))
        self.words = LineWidget(tr("The audit’s words"))
        self.accepted = QPushButton(tr("Record as accepted"))
        self.accepted.clicked.connect(lambda: self._record(accepted=True))
        self.rejected = QPushButton(tr("Record as rejected"))
        self.rejected.clicked.connect(lambda: self._record(accepted=False))
        self._wrong = ProseWidget(tr(NO_DAY), "small")
        self._wrong.hide()
        column = _column(self)
        fields = ((tr("Answered on"), self.on), (tr("The audit’s words"), self.words))
        column.addLayout(_side_by_side(fields))
        buttons = FlowLayout()
        buttons.add(self.accepted, self.rejected)
        column.addWidget(self._wrong)
        column.addLayout(buttons)

    def offer(self, today: date) -> None:
        """Offer today's day."""
        self.words.replace_text("")
        self.on.replace_day(today)

    def _record(self, *, accepted: bool) -> None:
        self._wrong.setVisible(self.on.day is None)
        if self.on.day is not None:
            self.recorded.emit(accepted, self.on.day, self.words.text())


def story(query: Query) -> tuple[str, ...]:
    """Return what was recorded of a request beyond its day of sending, a sentence each."""
    said = []
    if query.sent is not None:
        said.append(_sent_words(query.sent.to, query.sent.how))
    if query.answer is not None:
        accepted = tr("Recorded as accepted by the audit on {day}.")
        rejected = tr("Recorded as rejected by the audit on {day}.")
        words = (accepted if query.answer.accepted else rejected).format(day=day(query.answer.on))
        said.append(f"{words} “{query.answer.words}”" if query.answer.words else words)
    return tuple(one for one in said if one)


def _sent_words(to: str, how: str) -> str:
    if to and how:
        return tr("Sent to {to}, {how}.").format(to=to, how=how)
    if to:
        return tr("Sent to {to}.").format(to=to)
    return tr("Sent {how}.").format(how=how) if how else ""


def _side_by_side(fields: Iterable[tuple[str, QWidget]]) -> FlowLayout:
    row = FlowLayout(across=16)
    for name, field in fields:
        part = QWidget()
        column = _column(part)
        column.addWidget(TextWidget(name, "small"))
        column.addWidget(field)
        if isinstance(field, LineWidget):
            field.setMinimumWidth(LETTERS * field.fontMetrics().horizontalAdvance("n"))
        row.add(part)
    return row


def _column(owner: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    return column
