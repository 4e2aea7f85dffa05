"""The cards of the file and of the audit that it is read as."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton

from desktop.screens.import_file.file_words import AuditSaid, FileSaid
from desktop.translation import tr
from desktop.widgets.card import CardWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.text import ProseWidget, TextWidget


class FileWidget(CardWidget):
    """What the file holds, which of its tables is read, and what is to be known of it."""

    table_chosen = Signal(str)
    hidden_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = TextWidget("", "card-title")
        self._name.setWordWrap(True)
        self._facts = ProseWidget("", "small")
        self.tables = ChoiceWidget(tr("Which table of the file"))
        self.tables.chosen.connect(self.table_chosen)
        self._remarks = ProseWidget("", "quiet")
        self._hidden = ProseWidget()
        self.read_hidden = QPushButton(tr("Read the hidden sheets too"))
        self.read_hidden.clicked.connect(self.hidden_wanted)
        self.add(self._name, self._facts)
        self.body.addWidget(self.tables, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self._remarks, self._hidden)
        self.body.addWidget(self.read_hidden, 0, Qt.AlignmentFlag.AlignLeft)

    def show_file(self, said: FileSaid) -> None:
        """Show what the file holds."""
        self._name.setText(said.name)
        self.setAccessibleName(said.name)
        self._facts.say(said.facts)
        self.tables.offer(said.tables, said.table)
        self._remarks.say("\n".join(said.remarks))
        self._remarks.setVisible(bool(said.remarks))
        self._hidden.say(said.hidden)
        self._hidden.setVisible(bool(said.hidden))
        self.read_hidden.setVisible(bool(said.hidden))


class AuditWidget(CardWidget):
    """Which audit the table is read as, how well it fits, and every other."""

    audit_chosen = Signal(str)
    profile_given = Signal(Path)

    def __init__(self) -> None:
        super().__init__(tr("Which audit it is from"))
        self.audits = ChoiceWidget(tr("Audit"))
        self.audits.chosen.connect(self.audit_chosen)
        self._words, self._found = ProseWidget(), ProseWidget("", "quiet")
        self._missing = ProseWidget("", "quiet")
        own = QPushButton(tr("Use a profile from a file…"))
        own.clicked.connect(self._choose_profile)
        self.body.addWidget(self.audits, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self._words, self._found, self._missing)
        self.body.addWidget(own, 0, Qt.AlignmentFlag.AlignLeft)

    def show_audit(self, said: AuditSaid) -> None:
        """Show the chosen audit's fit."""
        self.audits.offer(said.offered, said.chosen)
        for label, words in (
            (self._words, said.words),
            (self._found, said.found),
            (self._missing, said.missing),
        ):
            label.say(words, strong=words.partition(":")[0] if label is not self._words else "")
            label.setVisible(bool(words))

    def _choose_profile(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Use a profile from a file"), "", tr("Audit profiles (*.toml)")
        )
        if chosen:
            self.profile_given.emit(Path(chosen))
