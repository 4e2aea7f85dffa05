"""The actions and development-plan items that follow from a reflection."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.screens.reflection.presenter import KIND_WORDS, ActionRow
from desktop.translation import tr
from desktop.widgets.autosave import AutosaveWidget
from desktop.widgets.card import CardWidget, HairlineWidget
from desktop.widgets.day_field import DayWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.text import ProseWidget, TextWidget

LINES = 2


class ActionsWidget(CardWidget):
    """Rows of actions, each with its dates; two buttons begin another."""

    added = Signal(str)
    changed = Signal(object)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("What will be done"))
        self._rows: dict[str, _ActionWidget] = {}
        self._adding = False
        self._none = ProseWidget(tr("No action and no development-plan item yet."), "quiet")
        self._list = QVBoxLayout()
        self._buttons = [
            self._button("action", tr("Add an action")),
            self._button("pdp", tr("Add a PDP item")),
        ]
        row = QHBoxLayout()
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.add(self._none, self._list, row)

    def show_rows(self, rows: Sequence[ActionRow], *, can_write: bool) -> None:
        """Show these actions, leaving fields that are being typed in."""
        for gone in self._rows.keys() - {row.id for row in rows}:
            self._rows.pop(gone).deleteLater()
        for row in rows:
            if row.id not in self._rows:
                self._rows[row.id] = self._row(row)
            self._rows[row.id].show_row(row)
            self._rows[row.id].setEnabled(can_write)
        if self._adding and rows:
            self._rows[rows[-1].id].text.setFocus()
        for button in self._buttons:
            button.setEnabled(can_write)
        self._none.setVisible(not rows)

    def flush(self) -> None:
        """Tell what was typed and not told yet."""
        for row in self._rows.values():
            row.flush()

    @property
    def unsaved(self) -> bool:
        """Whether words stand here that were not written."""
        return any(row.text.unsaved for row in self._rows.values())

    def keep_unsaved(self, name: str) -> None:
        """Count the words of an action as not told, since they could not be written."""
        self._rows[name].text.keep_unsaved()

    def _button(self, kind: str, words: str) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(lambda: self._add(kind))
        return button

    def _add(self, kind: str) -> None:
        """Ask for another action, and go to its words."""
        self._adding = True
        self.added.emit(kind)
        self._adding = False

    def _row(self, row: ActionRow) -> "_ActionWidget":
        made = _ActionWidget(row)
        made.changed.connect(self.changed)
        made.removed.connect(self.removed)
        self._list.addWidget(made)
        return made


class _ActionWidget(QWidget):
    changed = Signal(object)
    removed = Signal(str)

    def __init__(self, row: ActionRow) -> None:
        super().__init__()
        self._shown = row
        hint = tr("What, and how it will be known to be done")
        self.text = AutosaveWidget(tr(KIND_WORDS[row.kind]), hint, LINES)
        self.text.settled.connect(lambda _: self._tell())
        self._due = DayWidget(tr("Due by"))
        self._done = DayWidget(tr("Done on"))
        self._due.settled.connect(lambda day: self._settle(due=day))
        self._done.settled.connect(lambda day: self._settle(done=day))
        remove = QPushButton(tr("Remove"))
        remove.setProperty("link", True)
        remove.clicked.connect(lambda: self.removed.emit(self._shown.id))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.addWidget(TextWidget(tr(KIND_WORDS[row.kind]), "small"))
        column.addWidget(self.text)
        column.addLayout(self._days(remove))
        column.addWidget(HairlineWidget())

    def _days(self, remove: QPushButton) -> FlowLayout:
        line = FlowLayout(across=14)
        for words, field in ((tr("Due by"), self._due), (tr("Done on"), self._done)):
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(TextWidget(words, "quiet"))
            row.addWidget(field)
            line.add(pair)
        line.add(remove)
        return line

    def show_row(self, row: ActionRow) -> None:
        self._shown = row
        self.text.show_text(row.text)
        self._due.show_day(row.due)
        self._done.show_day(row.done)

    def flush(self) -> None:
        for field in (self.text, self._due, self._done):
            field.flush()

    def _settle(self, **days: date | None) -> None:
        """Tell of a day after the words, so that neither carries the other's past."""
        self.text.flush()
        self._tell(**days)

    def _tell(self, **days: date | None) -> None:
        row = replace(self._shown, text=self.text.toPlainText(), **days)  # type: ignore[arg-type]
        self.changed.emit(row)
