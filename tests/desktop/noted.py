"""Reading and writing the cards of notes in tests."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.keeping import Keeper
from desktop.noting.card import NotesCardWidget
from desktop.session import Session
from desktop.widgets.text import ProseWidget

Build = Callable[[Session], QWidget]
Show = Callable[[Build], QWidget]


def said(widget: QWidget) -> str:
    """Return the prose that a part shows."""
    labels = widget.findChildren(ProseWidget)
    return " ".join(one.accessibleName() for one in labels if not one.isHidden())


def written(keeper: Keeper) -> dict[int, tuple[object, str]]:
    """Return where each note is pinned and what it says, by number."""
    return {note.number: (note.anchor, note.text) for note in keeper.state.notes.values()}


def write(screen: QWidget, text: str) -> None:
    """Write a note on a screen, where the card offers it, and close it."""
    card = card_of(screen)
    card.begin.click()
    card.editor.text.setPlainText(text)
    assert card.flush()
    card.close_note.click()


def card_of(screen: QWidget) -> NotesCardWidget:
    """Return the card of notes of a screen."""
    card: NotesCardWidget = screen.notes  # type: ignore[attr-defined]
    return card
