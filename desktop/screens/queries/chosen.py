"""The card of one correction request: its form, where it stands, what became of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from core.extract.opening import Extract
from desktop.queries.form import QueryFormWidget
from desktop.queries.steps import AnswerWidget, SendingWidget, story
from desktop.screens.queries.presenter import ChosenQuery
from desktop.widgets.card import CardWidget, HairlineWidget
from desktop.widgets.text import ProseWidget, TextWidget


class ChosenQueryWidget(CardWidget):
    """One request at a time; hidden where none is chosen."""

    removal_wanted = Signal()

    def __init__(self, extract: Extract) -> None:
        super().__init__()
        self._title = TextWidget("", "card-title")
        self._title.setWordWrap(True)
        self.form = QueryFormWidget(extract)
        self.standing = ProseWidget()
        self.story = ProseWidget("", "small")
        self.answer = ProseWidget()
        self.sending = SendingWidget(extract.manifest.contact.corrections_address or "")
        self.answering = AnswerWidget()
        self.remove = QPushButton(self.tr("Take it back"))
        self.remove.setToolTip(self.tr("Take this request away; Undo brings it back"))
        self.remove.clicked.connect(self.removal_wanted)
        self._shown = ""
        self.add(self._title, self.form, HairlineWidget(), self.standing, self.story, self.answer)
        self.add(self.sending, self.answering)
        self.body.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_chosen(self, chosen: ChosenQuery | None) -> None:
        """Show a request in full, or nothing."""
        if chosen is None:
            self.form.flush()
            self.hide()
            return
        query = chosen.query
        self._title.setText(chosen.title)
        self.setAccessibleName(chosen.title)
        self.form.show_query(query, writable=chosen.writable)
        self.standing.say(chosen.standing, chosen.standing)
        said = " ".join(story(query))
        self.story.say(said)
        self.story.setVisible(bool(said))
        self.answer.say(chosen.answer)
        self.answer.setVisible(bool(chosen.answer))
        self.sending.offer(chosen.today, chosen.drafts)
        if self._shown != query.id:
            self.answering.offer(chosen.today)
        self._shown = query.id
        self.sending.setVisible(chosen.writable and query.status == "drafted")
        self.answering.setVisible(chosen.writable and query.status == "sent")
        self.remove.setVisible(chosen.writable)
        self.show()
