"""What a card of notes shows, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from desktop.noting.wordings import Wording
from desktop.widgets.note_editor import NoteWords


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note in the list: its number, its place and how it begins."""

    id: str
    number: int
    place: str
    begins: str


@dataclass(frozen=True, slots=True)
class OpenNote:
    """The note in the editor; `number` is None until its first words are written."""

    id: str
    number: int | None
    place: str
    words: NoteWords
    history: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class NotesPage:
    """Everything the card shows; `said` stands above, `problem` and `reminder` by the editor."""

    locked: bool
    can_write: bool
    said: str
    rows: tuple[NoteRow, ...]
    places: tuple[str, ...]
    chosen: int
    opened: OpenNote | None
    warning: str
    problem: str
    reminder: str
    hint: str


class NotesView(Protocol):
    """What the presenter needs of the card."""

    def show_page(self, page: NotesPage) -> None:
        """Show this, replacing only what is not being typed."""

    def flush(self) -> bool:
        """Tell what was typed and not told yet; return whether all of it was written."""

    def keep_unsaved(self) -> None:
        """Hold on to what could not be written."""

    def forget(self) -> None:
        """Keep nothing that was typed."""

    def type_here(self) -> None:
        """Put the cursor into the editor."""
