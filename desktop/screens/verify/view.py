"""The verify screen: drop documents, read four answers about each, keep a register."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout

from desktop.folders import first_folder, used
from desktop.models.columns import Column, ColumnsTableModel
from desktop.paths import documents, seen_folder
from desktop.screens.verify.account import Account
from desktop.screens.verify.account_card import AccountWidget
from desktop.screens.verify.presenter import VerifyPresenter
from desktop.session import Desk
from desktop.theme import Theme
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.drop_area import DropAreaWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.page import PageWidget
from desktop.widgets.progress import ProgressWidget
from desktop.widgets.secret import SecretWidget
from desktop.widgets.table_view import TableWidget
from desktop.widgets.text import ProseWidget, TextWidget

HEADINGS = (
    QT_TR_NOOP("Attention"),
    QT_TR_NOOP("Doctor"),
    QT_TR_NOOP("File"),
    QT_TR_NOOP("Unchanged"),
    QT_TR_NOOP("Signed by"),
    QT_TR_NOOP("Issued"),
    QT_TR_NOOP("Figures"),
)
LIST_HEIGHT = 260


class VerifyScreen(PageWidget):
    """Needs no vault and no extract: a receiver drops documents on it."""

    files_chosen = Signal(list)
    stopped = Signal()
    selected = Signal(int)
    register_wanted = Signal()
    change_accepted = Signal()
    password_given = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Verify a document"), theme.scale)
        self._area = self._drop_area()
        self._progress = self._progress_card()
        self._several = self._list_card(theme)
        self.locked = self._password_card()
        self._answers = QVBoxLayout()
        for part in (self._area, self._progress, self.locked, self._several):
            self.body.addWidget(part)
        self.body.addLayout(self._answers)
        self.body.addStretch(1)
        self.show_choice()

    def show_choice(self) -> None:
        """Ask for documents."""
        self._area.show()
        for part in (self._progress, self._several, self.locked):
            part.hide()

    def show_progress(self, done: int, total: int, label: str) -> None:
        """Show how many were looked at."""
        self._clear()
        self._several.hide()
        self.locked.hide()
        self._step.setText(label or tr("Starting"))
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._progress.show()

    def show_list(self, rows: tuple[tuple[str, ...], ...]) -> None:
        """List the documents, those that need attention first; none where there is only one."""
        self._progress.hide()
        self._several.setVisible(bool(rows))
        columns = zip(*rows, strict=True) if rows else ((),) * len(HEADINGS)
        model = ColumnsTableModel(
            [Column(tr(name), cells) for name, cells in zip(HEADINGS, columns, strict=True)],
            self.table,
        )
        self.table.show_model(model)
        self._model = model
        self.table.selectionModel().currentRowChanged.connect(
            lambda now, _: self.selected.emit(model.position(now.row()))
        )

    def show_account(self, said: Account) -> None:
        """Show the answers about one document."""
        self._clear()
        self.account = AccountWidget(said)
        self.account.change_accepted.connect(self.change_accepted)
        self._answers.addWidget(self.account)

    def ask_password(self, wanted: bool) -> None:
        """Ask for the password of the documents that are locked, where there are some."""
        self.password.clear()
        self.locked.setVisible(wanted)

    def ask_where(self, name: str) -> Path | None:
        """Ask where the register shall be written."""
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Save the register"),
            str(documents() / name),
            tr("Workbook (*.xlsx)"),
        )
        return Path(chosen) if chosen else None

    def choose_files(self) -> None:
        """Ask the system for documents."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self, tr("Verify documents"), first_folder(), tr("Documents (*.pdf);;All files (*)")
        )
        if chosen:
            used(Path(chosen[0]))
            self.files_chosen.emit([Path(one) for one in chosen])

    def _clear(self) -> None:
        while item := self._answers.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()

    def _drop_area(self) -> DropAreaWidget:
        area = DropAreaWidget()
        area.all_dropped.connect(self.files_chosen)
        choose = QPushButton(tr("Choose documents…"))
        choose.setProperty("primary", True)
        choose.clicked.connect(self.choose_files)
        buttons = FlowLayout()
        buttons.add(choose)
        area.body.addWidget(TextWidget(tr("Drop one document here, or many"), "card-title"))
        area.body.addWidget(ProseWidget(tr(HINT), "quiet"))
        area.body.addLayout(buttons)
        return area

    def _progress_card(self) -> CardWidget:
        card = CardWidget(tr("Verifying"))
        self._step, self._bar = TextWidget("", "quiet"), ProgressWidget()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        stop = QPushButton(tr("Stop"))
        stop.clicked.connect(self.stopped)
        card.add(self._step, self._bar)
        card.body.addWidget(stop, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _password_card(self) -> CardWidget:
        card = CardWidget(tr("Locked with a password"))
        self.password = SecretWidget(tr("Password of the documents"))
        self.unlock = QPushButton(tr("Verify with this password"))
        self.unlock.clicked.connect(lambda: self.password_given.emit(self.password.secret))
        self.password.given.connect(self.unlock.click)
        card.add(ProseWidget(tr(TRIED), "quiet"), self.password)
        card.body.addWidget(self.unlock, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _list_card(self, theme: Theme) -> CardWidget:
        card = CardWidget(tr("Documents"))
        self.table = TableWidget(tr("Documents, those that need attention first"))
        self.table.setAccessibleDescription(tr("No document was verified yet"))
        self.table.setMinimumHeight(theme.px(LIST_HEIGHT))
        self.save_button = QPushButton(tr("Save the register…"))
        self.save_button.clicked.connect(self.register_wanted)
        card.add(self.table)
        card.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card


HINT = QT_TR_NOOP(
    "Each is looked at on this computer, in a process of its own; nothing is sent. A plain copy "
    "for a portal is compared where its .json and .json.sig lie beside it."
)
TRIED = QT_TR_NOOP("It is tried on every document here that is locked, and is kept nowhere.")


def build(desk: Desk) -> VerifyScreen:
    """Return the screen."""
    screen = VerifyScreen(desk.theme)
    presenter = VerifyPresenter(screen, desk, seen_folder())
    screen.presenter = presenter
    screen.files_chosen.connect(presenter.choose)
    screen.stopped.connect(presenter.stop)
    screen.selected.connect(presenter.select)
    screen.register_wanted.connect(presenter.save_register)
    screen.change_accepted.connect(presenter.accept_changed)
    screen.password_given.connect(presenter.give_password)
    return screen
