"""The card of what only the surgeon can say: whose cases, which order, which scale."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.screens.import_file.file_words import Question
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.text import ProseWidget

GUESSED = QT_TR_NOOP(
    "The answer taken now is marked. You may leave it; the figures then state that it was guessed "
    "and not confirmed."
)
WHOSE = QT_TR_NOOP("The file holds the cases of {number} surgeons. Which code is yours?")


class QuestionsWidget(CardWidget):
    """Each question with its answers as buttons; hidden where nothing is open."""

    answered = Signal(str, str, str)
    surgeon_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("To be answered by you"))
        self.answers: list[QPushButton] = []
        self._whose = ProseWidget()
        self.surgeons = ChoiceWidget(tr("Your own code"))
        self.surgeons.chosen.connect(self.surgeon_chosen)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._hint = ProseWidget(tr(GUESSED), "small")
        self.add(self._whose)
        self.body.addWidget(self.surgeons, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self._rows, self._hint)

    def show_questions(
        self, asked: tuple[Question, ...], surgeons: tuple[str, ...], own: str | None
    ) -> None:
        """Show what is open; the surgeon's code stays, to be changed."""
        several = len(surgeons) > 1
        self._whose.setVisible(several)
        self._whose.say(tr(WHOSE).format(number=len(surgeons)))
        self.surgeons.offer(
            [("", tr("Choose your code")), *((one, one) for one in surgeons)] if several else (),
            own or "",
        )
        writing = self._has_focus()
        self._clear()
        for question in asked:
            self._rows.addWidget(self._row(question))
        self._hint.setVisible(bool(asked))
        self.setVisible(bool(asked) or several)
        if writing and self.answers:
            self.answers[0].setFocus()

    def _row(self, question: Question) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(ProseWidget(question.words))
        buttons = FlowLayout()
        for answer, label in question.answers:
            button = QPushButton(label)
            button.setProperty("checkable", True)
            button.setCheckable(True)
            button.setChecked(answer == question.taken)
            taken = tr("{label}, taken now").format(label=label)
            said = taken if button.isChecked() else label
            button.setAccessibleName(f"{question.words} {said}")
            button.clicked.connect(self._teller(question, answer))
            buttons.add(button)
            self.answers.append(button)
        column.addLayout(buttons)
        return row

    def _teller(self, question: Question, answer: str) -> Callable[[], None]:
        return lambda: self.answered.emit(question.target, question.asked, answer)

    def _has_focus(self) -> bool:
        return any(button.hasFocus() for button in self.answers)

    def _clear(self) -> None:
        self.answers = []
        while item := self._rows.takeAt(0):
            if part := item.widget():
                part.hide()
                part.deleteLater()
