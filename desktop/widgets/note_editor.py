"""The editor of one note: its words, tags and Good Medical Practice domains; it saves itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from core.review.notes import DOMAINS, Domain
from desktop.translation import tr
from desktop.widgets.autosave import AutosaveWidget
from desktop.widgets.line_field import LineWidget
from desktop.widgets.text import ProseWidget, TextWidget


@dataclass(frozen=True, slots=True)
class NoteWords:
    """What a note says, its tags, and the domains it bears on."""

    text: str = ""
    tags: tuple[str, ...] = ()
    domains: tuple[Domain, ...] = ()


class NoteEditorWidget(QWidget):
    """Tells by `settled` the whole note, soon after a change and when a field is left."""

    settled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.text = AutosaveWidget(tr("Note"), tr("What should be remembered here?"))
        self.tags = LineWidget(tr("Tags"), tr("Tags, with commas between"))
        self.domains = {name: QCheckBox(label) for name, label in DOMAINS.items()}
        self.problem = ProseWidget()
        self.problem.setProperty("role", "attention")
        self.reminder = ProseWidget()
        self.reminder.setProperty("role", "attention")
        self.text.settled.connect(self._tell)
        self.tags.settled.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.text, self.problem, self.reminder, self.tags):
            column.addWidget(part)
        column.addWidget(TextWidget(tr("Good Medical Practice domains"), "small"))
        for box in self.domains.values():
            box.clicked.connect(self._tell)
            column.addWidget(box)

    @property
    def words(self) -> NoteWords:
        """The note as it stands here."""
        chosen = tuple(name for name, box in self.domains.items() if box.isChecked())
        return NoteWords(self.text.toPlainText(), read_tags(self.tags.text()), chosen)

    @property
    def unsaved(self) -> bool:
        """Whether something stands here that was not told, or could not be written."""
        return self.text.unsaved or self.tags.unsaved

    def show_note(self, words: NoteWords, *, can_write: bool) -> None:
        """Show what stands in the vault, leaving what is being typed."""
        if self.unsaved:
            return
        self.text.show_text(words.text)
        self.text.setReadOnly(not can_write)
        if read_tags(self.tags.text()) != words.tags:
            self.tags.show_text(", ".join(words.tags))
        self.tags.setReadOnly(not can_write)
        for name, box in self.domains.items():
            box.setChecked(name in words.domains)
            box.setEnabled(can_write)

    def show_another(self, words: NoteWords, *, can_write: bool) -> None:
        """Show another note; what was unsaved must have been flushed before."""
        self.text.replace_text(words.text)
        self.tags.replace_text(", ".join(words.tags))
        self.show_note(words, can_write=can_write)

    def say(self, problem: str, reminder: str) -> None:
        """Say by the words what went wrong, and what they look like."""
        for label, said in ((self.problem, problem), (self.reminder, reminder)):
            label.say(said)
            label.setVisible(bool(said))

    def flush(self) -> bool:
        """Tell what was not told yet; return whether all of it was written."""
        self.text.flush()
        self.tags.flush()
        return not self.unsaved

    def keep_unsaved(self) -> None:
        """Count what stands here as not told, since it could not be written."""
        self.text.keep_unsaved()

    def _tell(self) -> None:
        self.settled.emit(self.words)


def read_tags(words: str) -> tuple[str, ...]:
    """Return the tags in a line, each once."""
    tags: Iterable[str] = (tag.strip() for tag in words.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))
