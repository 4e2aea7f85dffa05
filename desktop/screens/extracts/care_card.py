"""The card of the vault's care: acts, one form at a time, and the recovery sheet."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from desktop.paths import documents
from desktop.problems import show_problem
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.banner import BannerWidget
from desktop.widgets.card import CardWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.recovery_sheet import RecoverySheetWidget
from desktop.widgets.secret import Judge, NewPassphraseWidget, SecretWidget
from desktop.widgets.text import ProseWidget

VAULT = QT_TR_NOOP("Plumbline vault.zip")
CURRENT = QT_TR_NOOP("Your present passphrase for this computer")


class CareCard(CardWidget):
    """What can be done with the vault itself."""

    changed = Signal(str, str, str)
    sheet_asked = Signal(str)
    rotation_asked = Signal(str)
    key_given = Signal(Path, str, str)
    sheet_left = Signal()
    exported = Signal(Path)
    restored = Signal(Path)
    locked = Signal()
    grown = Signal()

    def __init__(self, *, can_write: bool) -> None:
        super().__init__(tr("Your vault"))
        self.presenter: object = None
        self.judge: Judge = lambda _: ""
        self._problem = BannerWidget()
        self._form: QWidget | None = None
        self.change = self._act(tr("Change the passphrase"), self._show_change)
        self.sheet = self._act(tr("New recovery sheet"), self._show_renewal)
        self.keys = self._act(tr("Rotate keys"), self._show_rotation)
        self.signing = self._act(tr("Sign with my own key…"), self._choose_key)
        self.export = self._act(tr("Export the vault…"), self._choose_export)
        self.restore = self._act(tr("Restore from a file…"), self._choose_backup)
        self.lock = self._act(tr("Lock now"), self.locked.emit)
        self._writing = (self.change, self.sheet, self.keys, self.signing)
        self._acts = (*self._writing, self.export, self.restore, self.lock)
        self._can_write = can_write
        self._rest(resting=False)
        row = FlowLayout()
        row.add(*self._acts)
        self._place = QVBoxLayout()
        self.add(row, self._problem, self._place)

    def show_working(self, label: str) -> None:
        """Show that keys are being made; nothing else can be asked meanwhile."""
        words = tr("{label}. This takes a few seconds.").format(label=label)
        self._put(ProseWidget(words))
        self._rest(resting=True)

    def show_done(self) -> None:
        """Put the forms away."""
        self._put(None)

    def show_sheet(self, secret: str, name: str, gmc: str) -> None:
        """Show a new recovery secret, the only time."""
        sheet = RecoverySheetWidget(secret, name, gmc)
        sheet.confirmed.connect(self.show_done)
        sheet.failed.connect(self.show_problem)
        self._put(sheet)

    def show_problem(self, error: Exception) -> None:
        """Show what went wrong."""
        show_problem(error, self._problem)

    def show_words(self, message: str, more: str) -> None:
        """Show what is to be mended in the form."""
        self._problem.say(message, more)

    @property
    def problem(self) -> str:
        """The words of the problem that is shown, empty where there is none."""
        return "" if self._problem.isHidden() else self._problem.words

    @property
    def form(self) -> QWidget | None:
        """The form or sheet that is shown."""
        return self._form

    def leave(self) -> None:
        """Put away what must not stay on a screen that was left; say so where it was a sheet."""
        sheet = isinstance(self._form, RecoverySheetWidget)
        if self.lock.isEnabled():
            self._put(None)
        if sheet:
            self.sheet_left.emit()

    def _rest(self, *, resting: bool) -> None:
        for button in self._acts:
            button.setEnabled(not resting and (self._can_write or button not in self._writing))

    def _act(self, label: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(label)
        button.clicked.connect(lambda _: act())
        return button

    def _show_change(self) -> None:
        current = SecretWidget(tr(CURRENT))
        new, again = tr("New passphrase"), tr("The new passphrase once more")
        fresh = NewPassphraseWidget(self.judge, new, again)
        label = tr("Change")
        form, go = self._make_form(tr(CHANGE), label, current, fresh)
        go.clicked.connect(lambda: self.changed.emit(current.secret, *fresh.typed))
        self._put(form)
        current.setFocus()

    def _show_renewal(self) -> None:
        self._show_asking(tr(RENEW), tr("Make a new sheet"), self.sheet_asked.emit)

    def _show_rotation(self) -> None:
        self._show_asking(tr(ROTATE), tr("Rotate keys now"), self.rotation_asked.emit)

    def show_key(self, path: Path) -> None:
        """Ask what opens the file of a signing key, and who asks."""
        opens = SecretWidget(tr(OPENS))
        current = SecretWidget(tr(CURRENT))
        words = tr(SIGNING).format(name=path.name)
        form, go = self._make_form(words, tr("Sign with this key"), opens, current)
        go.clicked.connect(lambda: self.key_given.emit(path, opens.secret, current.secret))
        opens.given.connect(current.setFocus)
        current.given.connect(go.click)
        self._put(form)
        opens.setFocus()

    def _show_asking(self, words: str, label: str, asked: Callable[[str], object]) -> None:
        current = SecretWidget(tr(CURRENT))
        form, go = self._make_form(words, label, current)
        go.clicked.connect(lambda: asked(current.secret))
        current.given.connect(go.click)
        self._put(form)
        current.setFocus()

    def _make_form(self, words: str, label: str, *fields: QWidget) -> tuple[QWidget, QPushButton]:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(ProseWidget(words, "quiet"))
        for field in fields:
            column.addWidget(field)
        go, leave = QPushButton(label), QPushButton(tr("Cancel"))
        go.setProperty("primary", True)
        leave.clicked.connect(self.show_done)
        row = FlowLayout()
        row.add(go, leave)
        column.addLayout(row)
        return form, go

    def _put(self, form: QWidget | None) -> None:
        self._problem.hide()
        self._rest(resting=False)
        if self._form is not None:
            self._place.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = form
        if form is not None:
            self._place.addWidget(form)
            self.grown.emit()

    def _choose_key(self) -> None:
        title, kind = tr("Choose your signing key"), tr("Signing key (*.p12 *.pfx)")
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", kind)
        if chosen:
            self.show_key(Path(chosen))

    def _choose_export(self) -> None:
        title, kind = tr("Export the vault"), tr("Vault (*.zip)")
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(documents() / tr(VAULT)), kind)
        if chosen:
            self.exported.emit(Path(chosen))

    def _choose_backup(self) -> None:
        chosen, _ = choose_backup(self)
        if chosen:
            self.restored.emit(Path(chosen))


def choose_backup(parent: QWidget) -> tuple[str, str]:
    """Ask the system for an exported vault."""
    return QFileDialog.getOpenFileName(
        parent, tr("Restore from an exported vault"), "", tr("Vault (*.zip)")
    )


CHANGE = QT_TR_NOOP("Older copies of the vault still open with the older passphrase.")
RENEW = QT_TR_NOOP("The printed secret no longer opens this vault once a new sheet is made.")
OPENS = QT_TR_NOOP("Password of the key file")
SIGNING = QT_TR_NOOP(
    "Documents will be signed with the key in {name}, once all other keys of the vault are made "
    "anew and everything is sealed again. The file must hold a P-256 key with its certificate. "
    "The earlier printed recovery secret no longer opens the vault then. The key is replaced when "
    "keys are rotated later: choose the file again afterwards."
)
ROTATE = QT_TR_NOOP(
    "All keys are made anew and everything is sealed again, which takes a few seconds. Do this "
    "when someone may have had the vault and its passphrase. Afterwards send your enrolment file "
    "to the audits again. The printed recovery secret and a signing key of your own are replaced."
)
