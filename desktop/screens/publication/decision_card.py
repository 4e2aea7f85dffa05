"""The decision: each choice with what follows from it, in the extract's own words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.review.decision import REASONS
from desktop.screens.publication.presenter import DecisionPage
from desktop.translation import tr
from desktop.widgets.card import CardWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.text import ProseWidget, TextWidget
from desktop.widgets.wrapping import WrappingRadioButton

WORDS_HEIGHT = 90


class DecisionWidget(CardWidget):
    """A decision is made by a button, since it is not undone by a key."""

    decided = Signal(str, object, str)
    withdrawn = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Your decision"))
        self._standing = TextWidget("", "strong")
        self._choices, self._reasons = QButtonGroup(self), QButtonGroup(self)
        self.choices: dict[str, WrappingRadioButton] = {}
        self.reasons: dict[str, WrappingRadioButton] = {}
        self._list = QVBoxLayout()
        self._why = self._reason_list()
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(WORDS_HEIGHT)
        self.words.setAccessibleName(tr("Your own words on the decision"))
        self.words.setPlaceholderText(tr("Your own words, if you like"))
        self.save = QPushButton(tr("Save this decision"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._decide)
        self.withdraw = QPushButton(tr("Withdraw it"))
        self.withdraw.clicked.connect(lambda: self.withdrawn.emit(self.words.toPlainText()))
        self.add(self._standing, self._list, self._why, self.words, self._buttons())
        self._choices.buttonToggled.connect(lambda *_: self._fit())

    def show_page(self, page: DecisionPage) -> None:
        """Show where the decision stands; a choice that was not saved yet stays chosen."""
        self._standing.setText(page.standing)
        for key, label, consequence in page.choices:
            if key not in self.choices:
                self._offer(key, label, consequence)
        if page.chosen:
            self.choices[page.chosen].setChecked(True)
            self.words.setPlainText(page.words)
        if page.reason:
            self.reasons[page.reason].setChecked(True)
        self.withdraw.setVisible(page.can_withdraw)
        self._fit()

    def _offer(self, key: str, label: str, consequence: str) -> None:
        choice = WrappingRadioButton(label)
        choice.setAccessibleDescription(consequence)
        self.choices[key] = choice
        self._choices.addButton(choice)
        self._list.addWidget(choice)
        said = ProseWidget(consequence, "small")
        said.setContentsMargins(26, 0, 0, 6)
        self._list.addWidget(said)

    def _reason_list(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(26, 0, 0, 0)
        column.addWidget(TextWidget(tr("Reason"), "strong"))
        for key, words in REASONS.items():
            reason = WrappingRadioButton(words)
            self.reasons[key] = reason
            self._reasons.addButton(reason)
            column.addWidget(reason)
        self._reasons.buttonToggled.connect(lambda *_: self._fit())
        return box

    def _buttons(self) -> FlowLayout:
        row = FlowLayout()
        row.add(self.save, self.withdraw)
        return row

    def _chosen(self, among: dict[str, WrappingRadioButton]) -> str | None:
        return next((key for key, button in among.items() if button.isChecked()), None)

    def _decide(self) -> None:
        choice, reason = self._chosen(self.choices), self._chosen(self.reasons)
        self.decided.emit(choice, reason, self.words.toPlainText())

    def _fit(self) -> None:
        choice = self._chosen(self.choices)
        self._why.setVisible(choice == "objected")
        complete = choice != "objected" or self._chosen(self.reasons) is not None
        self.save.setEnabled(choice is not None and complete)
