"""The extracts screen: kept extracts at the left, the vault and a request to an audit below."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.paths import documents
from desktop.screens.extracts.care import CarePresenter
from desktop.screens.extracts.care_card import CareCard, choose_backup
from desktop.screens.extracts.presenter import ExtractRow, ExtractsPage, ExtractsPresenter
from desktop.session import LOCK, Desk
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget, HairlineWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.page import PageWidget
from desktop.widgets.text import ProseWidget, TextWidget

ENROLMENT = QT_TR_NOOP("Plumbline enrolment.json")


class ExtractsScreen(PageWidget):
    """Shows nothing of the vault while it is locked."""

    unlock_asked = Signal()
    keep_asked = Signal()
    opened = Signal(str)
    erased = Signal(str)
    enrolment_asked = Signal(Path)
    restored = Signal(Path)

    def __init__(self, scale: float) -> None:
        super().__init__(tr("Extracts"), scale)
        self.make_care: Callable[[bool], CareCard] | None = None
        self.care: CareCard | None = None
        self._listed: QWidget | None = None
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(18)
        self._care_place = QVBoxLayout()
        self.body.addLayout(self._rows)
        self.body.addLayout(self._care_place)
        self.body.addStretch(1)

    def show_locked(self, exists: bool) -> None:
        """Say that the vault is locked or not made; nothing it holds is shown."""
        self._drop_care()
        card = CardWidget(tr("Your vault is locked") if exists else tr("No vault yet"))
        card.add(ProseWidget(tr(LOCKED), "quiet"))
        unlock = self._button("unlock", "", tr("Unlock") if exists else tr("Make it"))
        unlock.setProperty("primary", True)
        unlock.clicked.connect(self.unlock_asked)
        restore = self._button("restore", "", tr("Restore from a file…"))
        restore.clicked.connect(self._choose_backup)
        row = FlowLayout()
        row.add(unlock, restore)
        card.add(row)
        self._put(card)

    def show_page(self, page: ExtractsPage) -> None:
        """Show the page of the open vault."""
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(18)
        self.buttons = {}
        inner.addWidget(self._kept(page))
        inner.addWidget(self._request(page))
        self._put(column)
        if self.care is None and self.make_care is not None:
            self.care = self.make_care(page.can_write)
            self.care.grown.connect(self._see_care, Qt.ConnectionType.QueuedConnection)
            self._care_place.addWidget(self.care)

    def _kept(self, page: ExtractsPage) -> CardWidget:
        title = tr("Kept in the practice vault") if page.practice else tr(KEPT)
        card = CardWidget(title)
        card.add(ProseWidget(page.whose, "quiet"))
        if page.practice:
            card.add(ProseWidget(tr(PRACTICE)))
        if not page.rows:
            card.add(ProseWidget(tr("No extract is kept yet."), "quiet"))
        for row in page.rows:
            card.add(HairlineWidget(), self._extract(row, page.can_write))
        if page.can_keep:
            keep = self._button("keep", "", tr("Keep the open extract in the vault"))
            keep.setProperty("primary", True)
            keep.clicked.connect(self.keep_asked)
            line = FlowLayout()
            line.add(keep)
            card.add(line)
        return card

    def _extract(self, row: ExtractRow, can_write: bool) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(ProseWidget(f"{row.title} · {row.facts}", strong=row.title))
        column.addWidget(ProseWidget(row.state, "small"))
        if row.due:
            column.addWidget(ProseWidget(row.due, "attention"))
        if row.held:
            column.addLayout(self._acts(row, can_write))
        return part

    def _acts(self, row: ExtractRow, can_write: bool) -> FlowLayout:
        line = FlowLayout()
        named = f"{row.title}, {row.facts}"
        show = self._button("open", row.id, tr("Open"), named)
        show.clicked.connect(lambda: self.opened.emit(row.id))
        erase = self._button("erase", row.id, tr("Erase the records"), named)
        sure = self._button("sure", row.id, tr("Yes, erase them"), named)
        keep = self._button("not", row.id, tr("Keep them"), named)
        asked = TextWidget(tr("Erase the records? Figures and notes stay."))
        confirming: tuple[QWidget, ...] = (asked, sure, keep)

        def ask(on: bool) -> None:
            for part in confirming:
                part.setVisible(on)
            erase.setVisible(not on)
            (keep if on else erase).setFocus()

        erase.clicked.connect(lambda: ask(True))
        keep.clicked.connect(lambda: ask(False))
        sure.clicked.connect(lambda: self.erased.emit(row.id))
        line.add(show, erase, *confirming)
        for part in confirming if can_write else (*confirming, erase):
            part.hide()
        return line

    def _request(self, page: ExtractsPage) -> CardWidget:
        card = CardWidget(tr("Ask an audit for my file"))
        card.add(ProseWidget(tr(REQUEST), "quiet"))
        if page.practice:
            card.add(ProseWidget(tr(NO_REQUEST), "attention"))
        said = tr("Fingerprint: {mark}")
        card.add(ProseWidget(said.format(mark=page.fingerprint), "", page.fingerprint))
        text = QPlainTextEdit(page.letter)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(tr("Letter to the audit"))
        text.setFixedHeight(16 * text.fontMetrics().lineSpacing())
        save = self._button("enrolment", "", tr("Save the enrolment file…"))
        save.clicked.connect(self._choose_enrolment)
        copy = self._button("letter", "", tr("Copy the letter"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(page.letter))
        row = FlowLayout()
        row.add(save, copy)
        card.add(text, row)
        return card

    def _button(self, act: str, about: str, label: str, named: str = "") -> QPushButton:
        button = QPushButton(label)
        button.setAccessibleName(f"{label}: {named}" if named else label)
        self.buttons[act, about] = button
        return button

    def _put(self, part: QWidget) -> None:
        if self._listed is not None:
            self._rows.removeWidget(self._listed)
            self._listed.hide()
            self._listed.deleteLater()
        self._listed = part
        self._rows.addWidget(part)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Leaving the screen puts away what was typed or shown for the vault's care."""
        super().hideEvent(event)
        if not event.spontaneous() and self.care is not None:
            self.care.leave()

    def _see_care(self) -> None:
        if self.care is not None:
            self.ensureWidgetVisible(self.care)

    def _drop_care(self) -> None:
        if self.care is not None:
            self._care_place.removeWidget(self.care)
            self.care.hide()
            self.care.deleteLater()
            self.care = None

    def _choose_enrolment(self) -> None:
        title = tr("Save the enrolment file")
        chosen, _ = QFileDialog.getSaveFileName(
            self, title, str(documents() / tr(ENROLMENT)), tr("JSON (*.json)")
        )
        if chosen:
            self.enrolment_asked.emit(Path(chosen))

    def _choose_backup(self) -> None:
        chosen, _ = choose_backup(self)
        if chosen:
            self.restored.emit(Path(chosen))


KEPT = QT_TR_NOOP("Kept in your vault")
PRACTICE = QT_TR_NOOP(
    "FICTIONAL: this is the practice vault of the made-up example. Your own vault is another, and "
    "is in use once a file of your own is open."
)
NO_REQUEST = QT_TR_NOOP("FICTIONAL: no audit can use the enrolment file of the practice vault.")
LOCKED = QT_TR_NOOP(
    "Extracts, notes and decisions are kept in your vault, encrypted. Notes on the made-up "
    "example are kept apart from your own."
)
REQUEST = QT_TR_NOOP(
    "Send the enrolment file and the letter to the audit. The audit can then seal your extracts "
    "so that this vault alone opens them. Nothing is sent by this program."
)


def build(desk: Desk) -> ExtractsScreen:
    """Return the screen on this desk, following the vault."""
    screen = ExtractsScreen(desk.theme.scale)
    presenter = ExtractsPresenter(screen, desk)
    screen.presenter = presenter
    screen.make_care = lambda can_write: _care(desk, presenter, can_write=can_write)
    screen.unlock_asked.connect(presenter.unlock)
    screen.keep_asked.connect(presenter.keep)
    screen.opened.connect(presenter.open)
    screen.erased.connect(presenter.erase)
    screen.enrolment_asked.connect(presenter.save_enrolment)
    screen.restored.connect(presenter.restore)
    desk.keeper.follow(screen, presenter.show)
    presenter.show()
    return screen


def _care(desk: Desk, extracts: ExtractsPresenter, *, can_write: bool) -> CareCard:
    card = CareCard(can_write=can_write)
    presenter = CarePresenter(card, desk)
    card.presenter = presenter
    card.judge = presenter.hint
    card.changed.connect(presenter.change)
    card.sheet_asked.connect(presenter.renew_sheet)
    card.rotation_asked.connect(presenter.rotate)
    card.key_given.connect(presenter.sign_with)
    card.sheet_left.connect(presenter.tell_left)
    card.exported.connect(presenter.export)
    card.restored.connect(extracts.restore)
    card.locked.connect(lambda: desk.go(LOCK, ""))
    return card
