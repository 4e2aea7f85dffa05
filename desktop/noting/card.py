"""The card of notes: a numbered list, and the one that is open with its editor."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.noting.earlier import EarlierWidget
from desktop.noting.page import NoteRow, NotesPage, OpenNote
from desktop.noting.presenter import NotesPresenter
from desktop.session import Session
from desktop.translation import tr
from desktop.widgets.card import CardWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.note_editor import NoteEditorWidget, NoteWords
from desktop.widgets.text import ProseWidget, TextWidget

LONGEST = 26
BELOW = 80


class NotesCardWidget(CardWidget):
    """Shows the notes of one place or several, and edits one of them."""

    begun = Signal()
    place_chosen = Signal(int)
    note_chosen = Signal(str)
    settled = Signal(object)
    removal_wanted = Signal()
    closing_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Notes"))
        self._rows: tuple[NoteRow, ...] = ()
        self._open = ""
        self._said = ProseWidget("", "small")
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.buttons: dict[str, QPushButton] = {}
        self.places = ChoiceWidget(tr("Where to pin the next note"))
        self.places.chosen.connect(lambda key: self.place_chosen.emit(int(key)))
        self.begin = QPushButton(tr("Write a note"))
        self.begin.clicked.connect(self.begun)
        self._hint = ProseWidget("", "small")
        self._foot = FlowLayout()
        self._foot.add(self.places, self.begin)
        self._writing = self._editor_part()
        self.add(self._said, self._list, self._writing, self._foot, self._hint)

    def show_page(self, page: NotesPage) -> None:
        """Show this, replacing only what is not being typed."""
        self._say(self._said, page.said)
        self._say(self._hint, page.hint)
        self._show_rows(page.rows)
        self.places.offer(((str(at), elided(words)) for at, words in enumerate(page.places)))
        self.places.mark(str(page.chosen))
        self.places.setVisible(len(page.places) > 1 and page.can_write)
        self.begin.setVisible(bool(page.places) and (page.locked or page.can_write))
        self._show_open(page)

    def flush(self) -> bool:
        """Tell what was typed and not told yet; return whether all of it was written."""
        return self.editor.flush()

    def keep_unsaved(self) -> None:
        """Hold on to what could not be written."""
        self.editor.keep_unsaved()

    def forget(self) -> None:
        """Keep nothing that was typed."""
        self.editor.show_another(NoteWords(), can_write=False)
        self._open = ""

    def type_here(self) -> None:
        """Put the cursor into the editor, after what stands there."""
        self.editor.text.moveCursor(QTextCursor.MoveOperation.End)
        self.editor.text.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._see_editor)

    def _see_editor(self) -> None:
        """Scroll the page to the editor, which opens below what is read."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        if page is not None:
            page.ensureWidgetVisible(self.editor, 0, BELOW)

    def _editor_part(self) -> QWidget:
        self.editor = NoteEditorWidget()
        self.editor.settled.connect(self.settled)
        self._title = ProseWidget()
        self._warning = ProseWidget("", "small")
        self.earlier = EarlierWidget()
        self.remove = self._link(tr("Take this note away"))
        self.remove.clicked.connect(self.removal_wanted)
        self.close_note = self._link(tr("Close this note"))
        self.close_note.clicked.connect(self.closing_wanted)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(8)
        foot = FlowLayout()
        foot.add(self.close_note, self.remove)
        for widget in (self._title, self._warning, self.editor, self.earlier):
            column.addWidget(widget)
        column.addLayout(foot)
        return part

    def _link(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("link", True)
        return button

    def _show_open(self, page: NotesPage) -> None:
        opened = page.opened
        self._writing.setVisible(opened is not None)
        if opened is None:
            if not self.editor.unsaved:
                self.forget()
            return
        self._title.say(_title(opened), strong=_number(opened))
        self._say(self._warning, page.warning)
        self.earlier.show_wordings(opened.history)
        self.remove.setVisible(page.can_write and opened.number is not None)
        self.editor.say(page.problem, page.reminder)
        show = self.editor.show_note if opened.id == self._open else self.editor.show_another
        self._open = opened.id
        show(opened.words, can_write=page.can_write)

    def _show_rows(self, rows: tuple[NoteRow, ...]) -> None:
        if rows == self._rows:
            return
        self._rows = rows
        self.buttons = {}
        while (item := self._list.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        for row in rows:
            self._list.addWidget(self._row(row))

    def _row(self, row: NoteRow) -> QWidget:
        part = QWidget()
        line = QHBoxLayout(part)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        number = TextWidget(str(row.number))
        number.setObjectName("number")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ProseWidget(row.begins))
        words.addWidget(ProseWidget(row.place, "small"))
        button = self._link(tr("Open"))
        button.setAccessibleName(
            tr("Open note {number}: {begins}").format(number=row.number, begins=row.begins)
        )
        button.clicked.connect(lambda: self.note_chosen.emit(row.id))
        self.buttons[row.id] = button
        line.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return part

    def _say(self, label: ProseWidget, words: str) -> None:
        label.say(words)
        label.setVisible(bool(words))


def elided(words: str) -> str:
    """Return what fits on a button of a narrow card."""
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"


def _number(opened: OpenNote) -> str:
    if opened.number is None:
        return tr("New note")
    return tr("Note {number}").format(number=opened.number)


def _title(opened: OpenNote) -> str:
    return f"{_number(opened)} · {opened.place}"


def notes_card(session: Session, screen: str) -> tuple[NotesCardWidget, NotesPresenter]:
    """Return the card of notes for the screen of that key, following the vault."""
    card = NotesCardWidget()
    presenter = NotesPresenter(card, session, screen)
    card.begun.connect(presenter.begin)
    card.place_chosen.connect(presenter.choose_place)
    card.note_chosen.connect(presenter.open)
    card.settled.connect(presenter.write)
    card.removal_wanted.connect(presenter.remove)
    card.closing_wanted.connect(presenter.close)
    session.keeper.follow(card, presenter.show)
    session.keeper.follow_locking(card, presenter.settle)
    return card, presenter
