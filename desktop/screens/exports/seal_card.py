"""How the document is signed and closed: whose key, plain copy, visible seal, password."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from desktop.screens.exports.offered import ExportsPage
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.folded import FoldedCardWidget
from desktop.widgets.secret import SecretWidget
from desktop.widgets.text import ProseWidget
from desktop.widgets.wrapping import WrappingCheckBox

BESIDE = QT_TR_NOOP("Plain copy for a portal, with its evidence as a second file")
LOCK_HINT = QT_TR_NOOP(
    "Leave empty for none. Tell it to the reader by another route; it is kept nowhere."
)
OWN_KEY = QT_TR_NOOP(
    "A .p12 file with a P-256 key signs instead of the vault’s. It is read now and kept nowhere."
)


class SealWidget(CardWidget):
    """Tells who signs and what each extra costs; every choice is told as it is made."""

    unlock_wanted = Signal()
    beside_wanted = Signal(bool)
    seal_wanted = Signal(bool)
    lock_given = Signal(str)
    key_given = Signal(object, str)
    key_dropped = Signal()
    password_given = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Signature"))
        self.signing, self.forfeits = ProseWidget(), ProseWidget("", "attention")
        self.unlock = QPushButton(tr("Open the vault to sign"))
        self.unlock.clicked.connect(self.unlock_wanted)
        self.beside = WrappingCheckBox(tr("Plain copy for a portal"))
        self.beside.setToolTip(tr(BESIDE))
        self.beside.setAccessibleDescription(tr(BESIDE))
        self.beside.clicked.connect(self.beside_wanted)
        self.visible_seal = WrappingCheckBox(tr("Show the seal on the last page"))
        self.visible_seal.clicked.connect(self.seal_wanted)
        self.lock = SecretWidget(tr("Password that opens the PDF"), tr(LOCK_HINT), hidden=False)
        self.lock.field.textChanged.connect(self.lock_given)
        self.password = self._requests_password()
        self.own_key = self._own_key()
        self.add(self.signing, self.unlock, self.beside, self.visible_seal, self.lock)
        self.add(self.forfeits, self.own_key, self.password)

    def show_page(self, page: ExportsPage) -> None:
        """Show what goes with the chosen kind, and what the extras cost."""
        pdf = page.kind.ending == ".pdf"
        self.signing.say(page.signing)
        self.signing.setVisible(pdf)
        self.own_key.setVisible(pdf)
        self.unlock.setVisible(not page.vault_open and pdf)
        for box in (self.beside, self.visible_seal):
            box.setVisible(page.can_sign and pdf)
        self.lock.setVisible(page.can_sign and pdf)
        self.forfeits.say(page.forfeits)
        self.forfeits.setVisible(bool(page.forfeits) and page.can_sign and pdf)
        self.drop_key.setVisible(page.own_key)
        self.password.setVisible(page.asks_password)
        self.setVisible(pdf or page.asks_password)

    def choose_file(self) -> Path | None:
        """Ask the system for a key file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Signing key"), "", tr("Signing key (*.p12 *.pfx);;All files (*)")
        )
        return Path(chosen) if chosen else None

    def _own_key(self) -> FoldedCardWidget:
        self.secret = SecretWidget(tr("Passphrase of the key file"))
        self.choose_key = QPushButton(tr("Choose the key file and sign with it…"))
        self.choose_key.clicked.connect(self._give_key)
        self.drop_key = QPushButton(tr("Do not sign with this key file"))
        self.drop_key.clicked.connect(self.key_dropped)
        says = ProseWidget(tr(OWN_KEY), "small")
        return FoldedCardWidget(
            tr("Sign with my own key file"),
            says,
            self.secret,
            self.choose_key,
            self.drop_key,
        )

    def _give_key(self) -> None:
        path = self.choose_file()
        if path is not None:
            self.key_given.emit(path, self.secret.secret)
        self.secret.clear()

    def _requests_password(self) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        field.setAccessibleName(tr("Password for the correction requests"))
        field.setPlaceholderText(tr("Password for the audit"))
        field.textChanged.connect(self.password_given)
        return field
