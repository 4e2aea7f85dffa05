"""The unlock screen: one card at a time, in the middle of the page."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.problems import show_problem
from desktop.screens.unlock.cards import (
    Card,
    Judge,
    LockedCard,
    NewVaultCard,
    OpenCard,
    RenewalCard,
    ToldCard,
    WorkingCard,
)
from desktop.screens.unlock.presenter import Owner, UnlockPresenter
from desktop.session import Desk
from desktop.theme import Theme
from desktop.widgets.banner import BannerWidget
from desktop.widgets.page import PageWidget
from desktop.widgets.recovery_sheet import RecoverySheetWidget

WIDTH = 640
FIRST = 1000
"""The share of the width that the card takes before the margins beside it have any."""


class UnlockScreen(PageWidget):
    """Shows a card that is made anew each time, so that nothing typed or shown outlives it."""

    made = Signal(str, str, str, str)
    passphrase_given = Signal(str)
    secret_given = Signal(str)
    renewed = Signal(str, str)
    journal_begun = Signal()
    went_on = Signal()
    came = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(scale=theme.scale)
        self._theme = theme
        self.hint: Judge = lambda _: ""
        self.card: Card | RecoverySheetWidget = WorkingCard("")
        self._problem = BannerWidget()
        column = QWidget()
        column.setMaximumWidth(theme.px(WIDTH))
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._column.addWidget(self._problem)
        self._column.addWidget(self.card)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(column, FIRST)
        row.addStretch(1)
        self.body.addSpacing(theme.px(24))
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_new(self, owner: Owner, practice: bool) -> None:
        """Ask for a passphrase for a new vault."""
        card = NewVaultCard(owner, practice, self.hint)
        card.given.connect(self.made)
        self._show(card)

    def show_locked(self, practice: bool) -> None:
        """Ask for the passphrase or the recovery secret."""
        card = LockedCard(practice)
        card.passphrase_given.connect(self.passphrase_given)
        card.secret_given.connect(self.secret_given)
        self._show(card)

    def show_working(self, label: str) -> None:
        """Show that keys are being made or opened."""
        self._show(WorkingCard(label))

    def show_sheet(self, secret: str, owner: Owner) -> None:
        """Show the recovery secret, the only time."""
        card = RecoverySheetWidget(secret, owner.name, owner.gmc)
        card.confirmed.connect(self.went_on)
        card.failed.connect(self.show_problem)
        self._show(card)

    def show_renewal(self) -> None:
        """Ask for a new passphrase after the recovery secret was used."""
        card = RenewalCard(self.hint)
        card.given.connect(self.renewed)
        card.put_off.connect(self.went_on)
        self._show(card)

    def show_told(self, words: tuple[str, ...], journal_missing: bool) -> None:
        """Show what was found in the vault."""
        card = ToldCard(words, journal_missing)
        card.went_on.connect(self.went_on)
        card.begun.connect(self.journal_begun)
        self._show(card)

    def show_open(self) -> None:
        """Say that the vault is open."""
        card = OpenCard()
        card.went_on.connect(self.went_on)
        self._show(card)

    def show_problem(self, error: Exception) -> None:
        """Show what went wrong, above the form."""
        show_problem(error, self._problem)
        self._see_top()

    def show_words(self, message: str, more: str) -> None:
        """Show what is to be mended in the form."""
        self._problem.say(message, more)
        self._see_top()

    @property
    def problem(self) -> str:
        """The words of the problem that is shown, empty where there is none."""
        return "" if self._problem.isHidden() else self._problem.words

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell that the surgeon came here."""
        super().showEvent(event)
        if not event.spontaneous():
            self.came.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell that the surgeon went elsewhere; nothing typed or shown stays."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()
            self._show(WorkingCard(""))

    def _show(self, card: Card | RecoverySheetWidget) -> None:
        self._problem.hide()
        self._column.replaceWidget(self.card, card)
        self.card.hide()
        self.card.deleteLater()
        self.card = card
        self.begin_at(card.first)
        self._see_top()

    def _see_top(self) -> None:
        """Begin where reading begins, whatever takes the keyboard."""
        self.card.first.setFocus()
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(0))


def build(desk: Desk) -> UnlockScreen:
    """Return the screen on this desk."""
    screen = UnlockScreen(desk.theme)
    presenter = UnlockPresenter(screen, desk)
    screen.presenter = presenter
    screen.hint = presenter.hint
    screen.made.connect(presenter.make)
    screen.passphrase_given.connect(presenter.unlock)
    screen.secret_given.connect(presenter.recover)
    screen.renewed.connect(presenter.renew)
    screen.journal_begun.connect(presenter.begin_journal)
    screen.went_on.connect(presenter.go_on)
    screen.came.connect(presenter.show)
    screen.left.connect(presenter.leave)
    desk.keeper.follow(screen, presenter.follow)
    return screen
