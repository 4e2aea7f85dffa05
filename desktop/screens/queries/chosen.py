"""One correction request in full: the card of its form, and the card of what became of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from core.extract.opening import Extract
from desktop.queries.form import QueryFormWidget
from desktop.queries.steps import AnswerWidget, SendingWidget, story
from desktop.screens.queries.presenter import ChosenQuery
from desktop.translation import tr
from desktop.widgets.card import CardWidget
from desktop.widgets.text import ProseWidget, TextWidget


class ChosenQueryWidget(CardWidget):
    """The form of one request at a time; hidden where none is chosen."""

    removal_wanted = Signal()

    def __init__(self, extract: Extract) -> None:
        super().__init__()
        self._title = TextWidget("", "card-title")
        self._title.setWordWrap(True)
        self.form = QueryFormWidget(extract)
        self.remove = QPushButton(tr("Take it back"))
        self.remove.setToolTip(tr("Take this request away; Undo brings it back"))
        self.remove.clicked.connect(self.removal_wanted)
        self.add(self._title, self.form)
        self.body.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_chosen(self, chosen: ChosenQuery | None) -> None:
        """Show a request in full, or nothing."""
        if chosen is None:
            self.form.show_none()
            self._title.setText("")
            self.setAccessibleName("")
            self.hide()
            return
        self._title.setText(chosen.title)
        self.setAccessibleName(chosen.title)
        self.form.show_query(chosen.query, writable=chosen.writable)
        self.remove.setVisible(chosen.writable)
        self.show()


class StandingWidget(CardWidget):
    """Where the chosen request stands, and what the surgeon can record of it."""

    def __init__(self, extract: Extract) -> None:
        super().__init__(tr("What became of the chosen request"))
        self.standing = ProseWidget()
        self.story = ProseWidget("", "small")
        self.answer = ProseWidget()
        self.sending = SendingWidget(extract.manifest.contact.corrections_address or "")
        self.answering = AnswerWidget()
        self._shown = ""
        self.add(self.standing, self.story, self.answer, self.sending, self.answering)
        self.hide()

    def show_chosen(self, chosen: ChosenQuery | None) -> None:
        """Show where a request stands, or nothing."""
        self.setVisible(chosen is not None)
        if chosen is None:
            for part in (self.standing, self.story, self.answer):
                part.say("")
            return
        query = chosen.query
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
