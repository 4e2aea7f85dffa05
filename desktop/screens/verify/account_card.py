"""The answers about one document, its fact sheet, and who signed it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.screens.verify.account import Account, Answer, FactSheet
from desktop.translation import tr
from desktop.widgets.card import CardWidget, HairlineWidget
from desktop.widgets.text import ProseWidget, TextWidget


class AccountWidget(QWidget):
    """Cards from top to bottom: answers, what was found, facts, signer."""

    change_accepted = Signal()

    def __init__(self, said: Account) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        column.addWidget(self._answers(said))
        for card in (self._found(said), *map(_sheet, said.sheets), self._signer(said)):
            if card is not None:
                column.addWidget(card)

    def _answers(self, said: Account) -> CardWidget:
        card = CardWidget(said.title)
        for words in (said.doctor, said.name if said.name != said.title else ""):
            if words:
                card.add(ProseWidget(words, "quiet"))
        for answer in said.answers:
            card.add(HairlineWidget(), _answer(answer))
        if said.advice:
            card.add(HairlineWidget(), ProseWidget(said.advice, strong=said.advice))
        return card

    def _found(self, said: Account) -> CardWidget | None:
        if not (said.findings or said.differences or said.left_out):
            return None
        card = CardWidget(tr("What was found"))
        for words in said.findings:
            card.add(ProseWidget(words, "attention"))
        for words in (*said.differences, *said.left_out):
            card.add(ProseWidget(words))
        if said.changed_certificate:
            accept = QPushButton(tr("I asked the doctor: remember the new certificate"))
            accept.clicked.connect(self.change_accepted)
            card.body.addWidget(accept, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _signer(self, said: Account) -> CardWidget | None:
        if not said.signer:
            return None
        card = CardWidget(tr("Who signed"))
        for label, words in said.signer:
            card.add(TextWidget(label, "quiet"), ProseWidget(words))
        return card


def _answer(answer: Answer) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(TextWidget(answer.question, "quiet"))
    first = answer.words.split(":")[0]
    column.addWidget(ProseWidget(answer.words, "attention" if answer.attention else "", first))
    return column


def _sheet(sheet: FactSheet) -> CardWidget:
    card = CardWidget(sheet.heading)
    card.add(ProseWidget(sheet.source, "quiet"))
    if sheet.advice:
        card.add(ProseWidget(sheet.advice, strong=sheet.advice))
    for label, figures, place in sheet.outcomes:
        card.add(HairlineWidget(), TextWidget(label, "strong"))
        card.add(ProseWidget(figures), ProseWidget(place, strong=place.split(" · ")[0]))
    return card
