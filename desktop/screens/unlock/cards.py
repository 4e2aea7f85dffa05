"""The cards of the unlock screen, each one question or one piece of news."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.screens.unlock.presenter import Owner
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget, HairlineWidget
from desktop.widgets.figures import FactsWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.progress import ProgressWidget
from desktop.widgets.secret import NewPassphraseWidget, SecretWidget
from desktop.widgets.text import ProseWidget, TextWidget

Judge = Callable[[str], str]
OWN = QT_TR_NOOP("Your own passphrase for this computer")
AGAIN = QT_TR_NOOP("The same passphrase once more")
NOT_THE_FILE = QT_TR_NOOP(
    "It is not the password of the audit’s file. Nobody can look it up for you; the recovery "
    "sheet is the only other way in."
)
INTRODUCTION = QT_TR_NOOP(
    "Notes, correction requests and decisions are written there, encrypted, and saved as you "
    "type. Nothing is sent. The vault opens with a passphrase that you choose now."
)
PRACTICE = QT_TR_NOOP(
    "This is the practice vault, for the made-up example: notes on the example are kept apart "
    "from your own."
)
RECOVERY_HINT = QT_TR_NOOP(
    "32 letters and digits from the printed sheet; hyphens and case do not matter."
)


class Card(CardWidget):
    """A card with the part that takes the keyboard first."""

    def __init__(self, title: str = "") -> None:
        super().__init__(title)
        self.first: QWidget = self

    def buttons(self, *buttons: QPushButton) -> None:
        """Add a row of buttons, the first of them the one to press."""
        row = FlowLayout()
        buttons[0].setProperty("primary", True)
        row.add(*buttons)
        self.body.addSpacing(6)
        self.add(row)


class NewVaultCard(Card):
    """Whose vault, and its passphrase twice."""

    given = Signal(str, str, str, str)

    def __init__(self, owner: Owner, practice: bool, judge: Judge) -> None:
        super().__init__()
        title = TextWidget(tr("Your notes are kept in a vault on this computer"), "card-title")
        title.setWordWrap(True)
        self.add(title, ProseWidget(tr(INTRODUCTION), "quiet"))
        if practice:
            self.add(ProseWidget(tr(PRACTICE)))
        self._name = self._number = None
        self._owner = owner
        if owner.known:
            names = ((tr("Name"), owner.name), (tr("GMC number"), owner.gmc))
            self.add(FactsWidget(names), ProseWidget(tr(FROM_EXTRACT), "small"))
        else:
            self._name = self._field(tr("Your name, as the audit has it"))
            self._number = self._field(tr("Your GMC number"))
        self.passphrase = NewPassphraseWidget(judge, tr(OWN), tr(AGAIN))
        self.passphrase.given.connect(self._give)
        make = QPushButton(tr("Make the vault"))
        make.clicked.connect(self._give)
        self.add(self.passphrase, ProseWidget(tr(NOT_THE_FILE), "small"))
        self.buttons(make)
        self.first = self._name or self.passphrase

    def _field(self, label: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(label)
        name = TextWidget(label)
        name.setBuddy(field)
        self.add(name, field)
        return field

    def _give(self) -> None:
        name = self._name.text() if self._name else self._owner.name
        number = self._number.text() if self._number else self._owner.gmc
        self.given.emit(name, number, *self.passphrase.typed)


FROM_EXTRACT = QT_TR_NOOP(
    "As the open extract states them. An extract for another GMC number is not kept in this vault."
)


class LockedCard(Card):
    """The passphrase or, on request, the recovery secret."""

    passphrase_given = Signal(str)
    secret_given = Signal(str)

    def __init__(self, practice: bool) -> None:
        super().__init__(tr("Open your vault"))
        if practice:
            self.add(ProseWidget(tr(PRACTICE), "quiet"))
        self._by_secret = False
        self.passphrase = SecretWidget(tr(OWN), tr("Not the password of the file."))
        name = tr("Recovery secret from the printed sheet")
        self.secret = SecretWidget(name, tr(RECOVERY_HINT), hidden=False)
        self.secret.hide()
        for part in (self.passphrase, self.secret):
            part.given.connect(self._give)
            self.add(part)
        unlock = QPushButton(tr("Unlock"))
        unlock.clicked.connect(self._give)
        self.other = QPushButton(tr("Use the recovery sheet"))
        self.other.setProperty("link", True)
        self.other.clicked.connect(self._change)
        self.buttons(unlock, self.other)
        self.first = self.passphrase

    def _change(self) -> None:
        self._by_secret = not self._by_secret
        self.passphrase.setVisible(not self._by_secret)
        self.secret.setVisible(self._by_secret)
        passphrase, sheet = tr("Use the passphrase"), tr("Use the recovery sheet")
        self.other.setText(passphrase if self._by_secret else sheet)
        self.first = self.secret if self._by_secret else self.passphrase
        self.first.setFocus()

    def _give(self) -> None:
        if self._by_secret:
            self.secret_given.emit(self.secret.secret)
        else:
            self.passphrase_given.emit(self.passphrase.secret)


class WorkingCard(Card):
    """A step that takes a second or two, in words."""

    def __init__(self, label: str) -> None:
        super().__init__()
        bar = ProgressWidget()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(tr("Progress"))
        words = tr("This takes a second or two, which makes guessing slow.")
        self.add(TextWidget(label or tr("Getting ready"), "card-title"))
        self.add(ProseWidget(words, "quiet"), bar)


class RenewalCard(Card):
    """A new passphrase, since the recovery secret was needed."""

    given = Signal(str, str)
    put_off = Signal()

    def __init__(self, judge: Judge) -> None:
        super().__init__(tr("Choose a new passphrase"))
        self.add(ProseWidget(tr(RENEWAL), "quiet"))
        self.passphrase = NewPassphraseWidget(judge, tr(OWN), tr(AGAIN))
        self.passphrase.given.connect(self._give)
        change = QPushButton(tr("Change the passphrase"))
        change.clicked.connect(self._give)
        later = QPushButton(tr("Not now"))
        later.clicked.connect(self.put_off)
        self.add(self.passphrase)
        self.buttons(change, later)
        self.first = self.passphrase

    def _give(self) -> None:
        self.given.emit(*self.passphrase.typed)


RENEWAL = QT_TR_NOOP(
    "The recovery secret opened the vault, and still does. The earlier passphrase still opens it "
    "until you choose another."
)


class ToldCard(Card):
    """What was found in the vault, before anything is done with it."""

    went_on = Signal()
    begun = Signal()

    def __init__(self, words: tuple[str, ...], journal_missing: bool) -> None:
        super().__init__(tr("The vault is open. Please read this first"))
        for said in words:
            self.add(HairlineWidget(), ProseWidget(said))
        self.on = QPushButton(tr("Continue"))
        self.on.clicked.connect(self.went_on)
        self.begin = QPushButton(tr("Begin a new journal"))
        self.begin.clicked.connect(self.begun)
        self.buttons(self.on, self.begin)
        self.begin.setVisible(journal_missing)
        if journal_missing:
            self.add(ProseWidget(tr(BEGIN), "small"))
        self.first = self.on


BEGIN = QT_TR_NOOP(
    "Look first for the journal in a copy of the vault: restoring one puts it back. A new journal "
    "is empty; the earlier one is shown again if it is put back later."
)


class OpenCard(Card):
    """The vault is open already."""

    went_on = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Your vault is open"))
        on = QPushButton(tr("Continue"))
        on.clicked.connect(self.went_on)
        self.add(ProseWidget(tr("What you write is saved there as you type."), "quiet"))
        self.buttons(on)
        self.first = on
