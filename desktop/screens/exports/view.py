"""The exports screen: a kind and its finished pages, what they show, and how they are signed."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from desktop.paths import documents
from desktop.screens.exports.choices_card import ChoicesWidget
from desktop.screens.exports.making import Preview
from desktop.screens.exports.naming import with_ending
from desktop.screens.exports.offered import ExportsPage, Kind
from desktop.screens.exports.pages import PagesWidget
from desktop.screens.exports.presenter import ExportsPresenter
from desktop.screens.exports.seal_card import SealWidget
from desktop.session import Session
from desktop.theme import Theme
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.page import PageWidget
from desktop.widgets.text import ProseWidget
from desktop.widgets.wrapping import WrappingCheckBox

CASES = QT_TR_NOOP("With rows of cases: age bands, months and study numbers")
HITS = QT_TR_NOOP("These look like identifiers. Read them before you make the document.")
NO_PROGRAM = QT_TR_NOOP("This computer names no program that opens such a file.")


class ExportsScreen(PageWidget):
    """Shows the finished pages before anything is written."""

    kind_chosen = Signal(int)
    choice_changed = Signal(str, object)
    cases_wanted = Signal(bool)
    save_wanted = Signal()
    verify_wanted = Signal(Path)
    looked_at = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Exports"), theme.scale)
        self.pages = PagesWidget(theme.scale)
        self.choices = ChoicesWidget()
        self.choices.changed.connect(self.choice_changed)
        self.cases = self._cases_box()
        self.choices.add(self.cases)
        self.seal = SealWidget()
        self._made: Path | None = None
        self._columns = ColumnsWidget(theme.scale)
        self._columns.left.addWidget(self._kind_card())
        self._columns.left.addWidget(self._written_card())
        self._columns.left.addWidget(self.pages)
        self._columns.left.addStretch(1)
        self._hits = CardWidget(tr("Before it leaves"))
        self._hits.hide()
        self._hit_words = ProseWidget()
        self._hits.add(self._hit_words)
        self._columns.add_right(self._hits, self.seal, self.choices)
        self.body.addWidget(self._columns)
        self.body.addStretch(1)

    def show_kinds(self, kinds: tuple[Kind, ...], outcomes: tuple[tuple[str, str], ...]) -> None:
        """Offer the kinds of documents and the outcomes (code, label and position)."""
        entries = [(str(place), tr(kind.label)) for place, kind in enumerate(kinds)]
        self.kinds.offer(entries, "0")
        self.choices.offer_outcomes(outcomes)

    def show_page(self, page: ExportsPage) -> None:
        """Show what goes with the chosen kind."""
        self._words.say(tr(page.kind.words))
        self.seal.show_page(page)
        self.cases.setVisible(page.kind.ending == ".xlsx")
        self.choices.setVisible(page.kind.key != "queries")
        self.pages.setVisible(page.kind.paged)

    def show_preview(self, found: Preview) -> None:
        """Show the pages as they will be."""
        self.pages.show_pages(found.pages)
        self._found = found
        self._hit_words.say("\n".join((tr(HITS), *found.hits)), strong=tr(HITS))
        self._hits.setVisible(bool(found.hits))
        self.save.setEnabled(True)

    def show_waiting(self, words: str) -> None:
        """Say that the pages are being laid out, or why there are none."""
        self.pages.say(words)
        self.save.setEnabled(not self.pages.isVisibleTo(self))

    def show_refusal(self, words: str) -> None:
        """Say why there is no such document; nothing can be made."""
        self.pages.forget()
        self.pages.say(words)
        self.save.setEnabled(False)

    def is_shown(self) -> bool:
        """Whether the screen is looked at now."""
        return self.isVisible()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell that the screen is looked at."""
        super().showEvent(event)
        self.looked_at.emit()

    def ask_where(self, name: str, ending: str) -> Path | None:
        """Ask where the document shall be written; its name has the ending, added where it lacks.

        It is asked once more where a file has the name with the ending, so that none is replaced
        unseen.
        """
        wanted = documents() / name
        while True:
            chosen, _ = QFileDialog.getSaveFileName(
                self, tr("Save the document"), str(wanted), f"*{ending}"
            )
            wanted = with_ending(Path(chosen), ending)
            if not chosen or wanted == Path(chosen) or not wanted.exists():
                return wanted if chosen else None

    def show_written(self, words: str, made: Path | None = None) -> None:
        """Say what was written and that nothing was sent; offer to open and to verify it."""
        self._written.setVisible(bool(words))
        self._written_words.say(words)
        self._no_program.hide()
        self._made = made
        self.open_made.setVisible(made is not None)
        self.verify_made.setVisible(made is not None and made.suffix.lower() == ".pdf")
        self._portal.setVisible(bool(words) and self.pages.isVisibleTo(self))
        if made is not None:
            QTimer.singleShot(0, self, self._turn_to_written)

    def _turn_to_written(self) -> None:
        """Bring what was made into sight and hand it the keyboard."""
        if self._written.isVisible():
            self.ensureWidgetVisible(self._written)
            self.open_made.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_made(self) -> None:
        """Hand the document to the program that this computer has for its kind."""
        opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made)))
        self._no_program.setVisible(not opened)

    def _kind_card(self) -> CardWidget:
        card = CardWidget()
        self.kinds = ChoiceWidget(tr("Kind of document"), title=True)
        self.kinds.chosen.connect(self._choose_kind)
        self._words = ProseWidget("", "quiet")
        self.save = QPushButton(tr("Make the document…"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self.save_wanted)
        card.body.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        card.add(self._words)
        card.body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _choose_kind(self, key: str) -> None:
        self.kinds.mark(key)
        self.show_written("")
        self._hits.hide()
        self.pages.forget()
        self.kind_chosen.emit(int(key))

    def _cases_box(self) -> WrappingCheckBox:
        box = WrappingCheckBox(tr("With rows of cases"))
        box.setToolTip(tr(CASES))
        box.setAccessibleDescription(tr(CASES))
        box.clicked.connect(self.cases_wanted)
        return box

    def _written_card(self) -> CardWidget:
        self._written = CardWidget(tr("Your document"))
        self._written_words = ProseWidget()
        self._no_program = ProseWidget(tr(NO_PROGRAM), "attention")
        self._no_program.hide()
        self._portal = CardWidget()
        self._portal.setObjectName("plain")
        self._portal.body.setContentsMargins(0, 0, 0, 0)
        title = QPushButton(tr("Copy a title for the portal"))
        title.clicked.connect(lambda: QApplication.clipboard().setText(self._found.portal_title))
        words = QPushButton(tr("Copy a description"))
        words.clicked.connect(lambda: QApplication.clipboard().setText(self._found.portal_words))
        buttons = FlowLayout()
        buttons.add(title, words)
        self._portal.add(buttons)
        self.open_made = QPushButton(tr("Open it"))
        self.open_made.clicked.connect(self._open_made)
        self.verify_made = QPushButton(tr("Verify it"))
        self.verify_made.setToolTip(tr("See what a receiver of the document will see."))
        self.verify_made.clicked.connect(lambda: self.verify_wanted.emit(self._made))
        acts = FlowLayout()
        acts.add(self.open_made, self.verify_made)
        self._written.add(self._written_words, self._no_program, acts, self._portal)
        self._written.hide()
        return self._written


def build(session: Session) -> ExportsScreen:
    """Return the screen of this session, laying out the appraisal document."""
    screen = ExportsScreen(session.theme)
    presenter = ExportsPresenter(screen, session)
    screen.presenter = presenter
    screen.kind_chosen.connect(presenter.choose_kind)
    screen.choice_changed.connect(lambda name, value: presenter.choose(**{name: value}))
    screen.cases_wanted.connect(presenter.choose_cases)
    screen.seal.beside_wanted.connect(presenter.choose_beside)
    screen.seal.seal_wanted.connect(presenter.choose_seal)
    screen.seal.lock_given.connect(presenter.lock_with)
    screen.seal.key_given.connect(presenter.sign_with)
    screen.seal.key_dropped.connect(presenter.drop_key)
    screen.seal.password_given.connect(presenter.give_password)
    screen.seal.unlock_wanted.connect(presenter.unlock)
    screen.save_wanted.connect(presenter.save)
    screen.verify_wanted.connect(lambda path: session.take([path]))
    screen.looked_at.connect(presenter.look)
    screen.destroyed.connect(presenter.stop)
    session.keeper.follow(screen, presenter.refresh_when_shown)
    presenter.show()
    return screen
