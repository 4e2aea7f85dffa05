"""The hospital number of one case, where the surgeon had a link to it kept in the vault."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from core.errors import PlumblineError
from core.review.links import erase_link, find_patient, has_link
from core.review.vault import Vault
from desktop.session import Session
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.text import ProseWidget

SHOW = QT_TR_NOOP("Show the hospital number")
HIDE = QT_TR_NOOP("Hide the hospital number")
INTRO = QT_TR_NOOP(
    "Shown here alone, until another case is chosen. It is not copied, printed or exported."
)
ABSENT = QT_TR_NOOP("The link holds no number for this case.")
SURE = QT_TR_NOOP(
    "Remove the link to all patients of this file? Only importing it again makes another."
)
REMOVED = QT_TR_NOOP("The link is removed from the vault.")


class LinkCardWidget(CardWidget):
    """Hidden where no link is kept or the vault is locked; masked until asked, case by case."""

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Find this patient"))
        self._session = session
        self._case = ""
        self.found = ProseWidget()
        self.found.setProperty("stays", True)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.show_number = self._button(tr(SHOW), self._turn)
        self.remove = self._button(tr("Remove the link"), lambda: self._answer(True))
        self.sure = self._button(tr("Yes, remove it"), self._remove)
        self.keep = self._button(tr("Keep it"), lambda: self._answer(False))
        self._asked = ProseWidget(tr(SURE))
        buttons = FlowLayout()
        buttons.add(self.show_number, self.remove, self.sure, self.keep)
        self.add(ProseWidget(tr(INTRO), "small"), self.found, self._asked, buttons)
        self.forget()
        session.keeper.follow(self, self._refresh)

    def show_case(self, case_id: str) -> None:
        """Stand for another case, its number masked."""
        self.forget()
        self._case = case_id
        self._refresh()

    def forget(self) -> None:
        """Stand for no case, and hold no number."""
        self._case = ""
        self._mask()
        self._ask(False)
        self.hide()

    def _refresh(self) -> None:
        vault = self._vault()
        self.setVisible(bool(self._case) and vault is not None)
        if vault is None:
            self._mask()
            self._ask(False)
        self.remove.setEnabled(self._session.keeper.can_write)

    def _vault(self) -> Vault | None:
        """Return the open vault where it holds a link for this extract."""
        vault = self._session.keeper.vault
        return vault if vault is not None and has_link(vault, self._session.extract) else None

    def _turn(self) -> None:
        vault = self._vault()
        if vault is None or not self.found.isHidden():
            self._mask()
            return
        try:
            found = find_patient(vault, self._session.extract, self._case)
        except PlumblineError as error:
            self._session.tell(error)
            return
        said = " · ".join(f"{name}: {cell}" for name, cell in found if cell)
        self.found.say(said or tr(ABSENT))
        self.found.show()
        self.show_number.setText(tr(HIDE))

    def _mask(self) -> None:
        self.found.say("")
        self.found.hide()
        self.show_number.setText(tr(SHOW))

    def _ask(self, on: bool) -> None:
        for part in (self._asked, self.sure, self.keep):
            part.setVisible(on)
        self.remove.setVisible(not on)

    def _answer(self, on: bool) -> None:
        self._ask(on)
        (self.keep if on else self.remove).setFocus()

    def _remove(self) -> None:
        vault = self._vault()
        try:
            if vault is not None:
                erase_link(vault, self._session.extract, self._session.keeper.time)
        except PlumblineError as error:
            self._session.tell(error)
        else:
            self._session.note(tr(REMOVED))
        self._refresh()

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(lambda _: act())
        return button
