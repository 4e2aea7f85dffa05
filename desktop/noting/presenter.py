"""What a card of notes shows, and what it writes: one note open at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from core.errors import PlumblineError
from core.report.disclosure import HIT_KINDS, Known, known, scan
from core.review.events import Event, new_id
from core.review.notes import Note, NoteRemoved, NoteWritten
from core.review.reflection import BEFORE_FIRST_NOTE
from desktop.noting.page import NoteRow, NotesPage, NotesView, OpenNote
from desktop.noting.places import Ground, Place
from desktop.noting.wordings import wordings
from desktop.session import Session
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.note_editor import NoteWords

LOCKED = QT_TR_NOOP(
    "Notes are kept in a vault on this computer, encrypted with your own passphrase. Nothing is "
    "sent."
)
READ_ONLY = QT_TR_NOOP("The vault is open for reading only. What stands here cannot be changed.")
NONE_YET = QT_TR_NOOP("No note here yet.")
REMOVED = QT_TR_NOOP("Note {number} was taken away. Ctrl+Z brings it back.")
KEPT_HERE = QT_TR_NOOP("What you typed stays here, and is written as soon as that is possible.")
LOOKS_LIKE = QT_TR_NOOP("This looks like: {kinds}. Name no patient and no colleague in a note.")
FIRST_WORDS = 70


@dataclass(frozen=True, slots=True)
class _Opened:
    id: str
    place: Place
    begun: bool
    first: bool


class NotesPresenter:
    """Shows the notes of one ground and writes the one that is open."""

    def __init__(self, view: NotesView, session: Session, screen: str) -> None:
        self._view = view
        self._session = session
        self._keeper = session.keeper
        self._screen = screen
        self._ground = Ground("", (), lambda _: False, lambda _: "")
        self._chosen = 0
        self._opened: _Opened | None = None
        self._problem = ""
        self._reminder = ""

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes of this ground, in the order of their numbers."""
        found = (
            note
            for note in self._keeper.state.notes.values()
            if note.extract == self._session.extract and self._ground.belongs(note.anchor)
        )
        return tuple(sorted(found, key=lambda note: note.number))

    def turn(self, ground: Ground) -> None:
        """Turn to another ground; a note that could not be written stays open."""
        if ground.key != self._ground.key and self._view.flush():
            self._close()
        self._ground, self._chosen = ground, 0
        self.show()

    def choose_place(self, place: int) -> None:
        """Choose where the next note is pinned."""
        self._chosen = place
        self.show()

    def begin(self) -> None:
        """Begin a note, once the vault is open."""
        if not self._ground.places:
            return
        if self._keeper.is_open:
            self._begin()
        else:
            self._keeper.ask(self._return)

    def open(self, name: str) -> None:
        """Open a note in the editor, once the one before is written."""
        if not self._view.flush():
            return
        note = self._keeper.state.notes[name]
        place = _place(self._ground, note)
        self._close()
        self._opened = _Opened(name, place, begun=True, first=False)
        self._remind(note.text)
        self.show()
        self._view.type_here()

    def close(self) -> None:
        """Close the open note, once it is written."""
        if self._view.flush():
            self._close()
            self.show()

    def write(self, words: NoteWords) -> None:
        """Write the open note; where that fails, it is told in place and the words stay."""
        opened = self._opened
        if opened is None or not (opened.begun or words.text.strip()):
            return
        if self._stands(words):
            self._problem = ""
            self.show()
            return
        if not self._keeper.can_write:
            self._view.keep_unsaved()
            return
        if self._put(self._event(opened, words)):
            self._opened = replace(opened, begun=True)
            self._remind(words.text)
        else:
            self._view.keep_unsaved()
        self.show()

    def remove(self) -> None:
        """Take the open note away; it can be undone."""
        opened = self._opened
        if opened is None or not self._view.flush():
            return
        note = self._keeper.state.notes.get(opened.id)
        self._close()
        if note is not None and self._put(NoteRemoved(note=note.id)):
            self._session.note(tr(REMOVED).format(number=note.number))
        self.show()

    def show(self) -> None:
        """Show what stands in the vault, or that it is locked; nothing held back stays here."""
        if self._keeper.holds_back and not self._keeper.is_open:
            self._close()
            self._view.forget()
        opened = self._opened
        gone = opened and opened.begun and opened.id not in self._keeper.state.notes
        if gone and self._keeper.is_open and not self._problem:
            self._close()
        self._view.show_page(self._page())

    def settle(self) -> bool:
        """Write what is being typed, before a lock; return whether that was done."""
        written = self._view.flush()
        if written:
            self._close()
        return written

    def _return(self) -> None:
        """Come back from the unlock screen, and begin."""
        self._session.go(self._screen, "")
        self._begin()

    def _begin(self) -> None:
        if not self._keeper.can_write or not self._view.flush():
            self.show()
            return
        place = self._ground.places[self._chosen]
        self._close()
        first = not self._keeper.state.notes
        self._opened = _Opened(new_id(), place, begun=False, first=first)
        self.show()
        self._view.type_here()

    def _close(self) -> None:
        self._opened, self._problem, self._reminder = None, "", ""

    def _stands(self, words: NoteWords) -> bool:
        """Whether the open note stands in the vault with these words already."""
        note = self._keeper.state.notes.get(self._opened.id) if self._opened else None
        return note is not None and words == NoteWords(note.text, note.tags, note.domains)

    def _event(self, opened: _Opened, words: NoteWords) -> NoteWritten:
        return NoteWritten(
            note=opened.id,
            extract=self._session.extract,
            anchor=opened.place.anchor,
            text=words.text,
            tags=words.tags,
            domains=words.domains,
        )

    def _put(self, event: Event) -> bool:
        try:
            self._keeper.write_about(self._session.review.extract, event)
        except PlumblineError as error:
            self._problem = f"{error} {tr(KEPT_HERE)}"
            return False
        self._problem = ""
        return True

    @cached_property
    def _known(self) -> Known:
        return known(self._session.review.extract)

    def _remind(self, text: str) -> None:
        hits = scan((("", text),), self._known)
        kinds = dict.fromkeys(HIT_KINDS[hit.kind] for hit in hits)
        self._reminder = tr(LOOKS_LIKE).format(kinds=", ".join(kinds)) if kinds else ""

    def _page(self) -> NotesPage:
        keeper = self._keeper
        notes = self.notes
        opened = self._shown()
        return NotesPage(
            locked=not keeper.is_open,
            can_write=keeper.can_write,
            said=self._said(notes),
            rows=tuple(self._row(note) for note in notes if not opened or note.id != opened.id),
            places=tuple(place.short for place in self._ground.places),
            chosen=self._chosen,
            opened=opened,
            warning=BEFORE_FIRST_NOTE if self._opened and self._opened.first else "",
            problem=self._problem,
            reminder=self._reminder,
            hint=self._ground.hint if keeper.can_write else "",
        )

    def _said(self, notes: tuple[Note, ...]) -> str:
        if not self._keeper.is_open:
            return tr(LOCKED)
        if not self._keeper.can_write:
            return tr(READ_ONLY)
        return "" if notes or self._opened else tr(NONE_YET)

    def _row(self, note: Note) -> NoteRow:
        begins = " ".join(note.text.split())
        short = begins if len(begins) <= FIRST_WORDS else f"{begins[:FIRST_WORDS].rstrip()}…"
        place = self._ground.words(note.anchor)
        return NoteRow(note.id, note.number, place, short or tr("No words yet"))

    def _shown(self) -> OpenNote | None:
        opened = self._opened
        if opened is None or not self._keeper.is_open:
            return None
        note = self._keeper.state.notes.get(opened.id)
        vault = self._keeper.vault
        return OpenNote(
            id=opened.id,
            number=note.number if note else None,
            place=opened.place.words,
            words=NoteWords(note.text, note.tags, note.domains) if note else NoteWords(),
            history=wordings(vault.journal.entries, opened.id) if vault else (),
        )


def _place(ground: Ground, note: Note) -> Place:
    words = ground.words(note.anchor)
    return Place(note.anchor, words, words)
