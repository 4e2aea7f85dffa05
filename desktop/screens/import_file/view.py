"""The import screen: what a foreign file holds, how it is read, and what comes of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.screens.import_file.columns_card import ColumnsCard
from desktop.screens.import_file.field_words import FieldRow, FieldSaid
from desktop.screens.import_file.file_card import AuditWidget, FileWidget
from desktop.screens.import_file.file_words import AuditSaid, FileSaid, Question
from desktop.screens.import_file.making import Stated
from desktop.screens.import_file.presenter import ImportPresenter
from desktop.screens.import_file.preview_card import PreviewWidget
from desktop.screens.import_file.questions_card import QuestionsWidget
from desktop.screens.import_file.reading_words import ReadingSaid
from desktop.screens.import_file.stated_card import LineCard, StatedWidget
from desktop.session import Desk
from desktop.theme import Theme
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.page import PageWidget
from desktop.widgets.text import ProseWidget
from desktop.widgets.working import WorkingWidget
from desktop.widgets.wrapping import WrappingCheckBox

NOTHING = QT_TR_NOOP(
    "Open a workbook, a text table or an archive of your audit, and it is shown here."
)
UNSIGNED = QT_TR_NOOP(
    "The audit has not signed this file for you; that is usual. It is shown with the SHA-256 of "
    "the original file, by which the audit can confirm that it is the one it sent."
)

LINK = QT_TR_NOOP("Keep a link to hospital numbers in my vault, so that I can find a case")
LINKED = QT_TR_NOOP(
    "It holds hospital and NHS numbers, stays on this computer, encrypted in your vault, and "
    "is exported only as part of a backup of the vault."
)


class ImportScreen(PageWidget):
    """Nothing is kept of the file until it is opened, and nothing of it is written."""

    file_arrived = Signal(object, object)
    file_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Import a file"), theme.scale)
        self.nothing = self._nothing_card()
        self.progress = WorkingWidget(tr("Working"))
        self.file, self.audit = FileWidget(), AuditWidget()
        self.questions = QuestionsWidget()
        self.columns = ColumnsCard(theme)
        self.preview = PreviewWidget(theme)
        self.line, self.who = LineCard(), StatedWidget()
        self._leaving = CardWidget(tr("What is not taken over"))
        self._leaving_words = ProseWidget()
        self._leaving.add(self._leaving_words)
        self._page = self._lay_out(theme)
        for part in (self.nothing, self.progress, self._page):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_nothing(self) -> None:
        """Say that no file is chosen."""
        self.nothing.show()
        self.progress.hide()
        self._page.hide()

    def show_progress(self, done: int, total: int, label: str) -> None:
        """Show the step that runs."""
        self.nothing.hide()
        self.progress.show_step(done, total, label)
        self._page.setEnabled(False)

    def show_rest(self) -> None:
        """Show that nothing runs any more."""
        self.progress.hide()
        self._page.setEnabled(True)

    def show_file(self, said: FileSaid, audit: AuditSaid) -> None:
        """Show what the file holds and which audit fits."""
        self.nothing.hide()
        self._page.show()
        self.file.show_file(said)
        self.audit.show_audit(audit)

    def show_questions(
        self, asked: tuple[Question, ...], surgeons: tuple[str, ...], own: str | None
    ) -> None:
        """Ask what is still open, and whose cases are the surgeon's own."""
        self.questions.show_questions(asked, surgeons, own)

    def show_code(self, code: str) -> None:
        """Take the surgeon's code in the file, to be compared with the GMC number."""
        self.who.show_code(code)

    def show_fields(self, rows: tuple[FieldRow, ...], leaving: tuple[str, ...]) -> None:
        """Show which column is which, and what does not travel on."""
        self.columns.show_rows(rows)
        self._leaving_words.say("\n".join(leaving))
        self._leaving.setVisible(bool(leaving))

    def show_field(self, said: FieldSaid | None) -> None:
        """Show one column to be corrected, or none."""
        self.columns.field.show_field(said)

    def show_reading(self, said: ReadingSaid | None) -> None:
        """Show what the draft gives, or that it is being read."""
        self.preview.show_reading(said)
        self.open.setEnabled(said is not None and said.ready)
        if said is None:
            return
        self._counts.say("\n".join(said.counts))
        self._counts.setVisible(bool(said.counts))
        self.why.say(said.outcome)
        self.why.setVisible(bool(said.outcome))

    def show_line(self, outcomes: tuple[tuple[str, str], ...], pack: str) -> None:
        """Show which national rates may be typed, and the pack that was chosen."""
        self.line.show_line(outcomes, pack)

    def show_stated(self, stated: Stated) -> None:
        """Show the name, number and dates."""
        self.who.show_stated(stated)

    @property
    def rates(self) -> tuple[dict[str, str], str]:
        """The national rates as typed, by outcome, and their source."""
        return self.line.rates

    @property
    def link_wanted(self) -> bool:
        """Whether a link to hospital numbers is to be kept in the vault."""
        return self.link.isChecked()

    @property
    def stated(self) -> Stated:
        """The name, number and dates as typed."""
        return self.who.stated

    def _lay_out(self, theme: Theme) -> QWidget:
        """The file beside what leaves it; its columns and rows across; then the ways on."""
        first, last = ColumnsWidget(theme.scale), ColumnsWidget(theme.scale)
        for card in (self.file, self.audit, self.questions):
            first.left.addWidget(card)
        first.left.addStretch(1)
        first.add_right(self._leaving)
        last.left.addWidget(self.line)
        last.left.addWidget(self.who)
        last.left.addStretch(1)
        last.add_right(self._open_card())
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        for part in (first, self.columns, self.preview, last):
            column.addWidget(part)
        return page

    def _nothing_card(self) -> CardWidget:
        card = CardWidget(tr("No file is chosen"))
        choose = QPushButton(tr("Open a file…"))
        choose.setProperty("primary", True)
        choose.clicked.connect(self.file_wanted)
        card.add(ProseWidget(tr(NOTHING), "quiet"))
        card.body.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _open_card(self) -> CardWidget:
        card = CardWidget(tr("Open it"))
        self._counts, self.why = ProseWidget(), ProseWidget("", "attention")
        self.open = QPushButton(tr("Open"))
        self.open.setProperty("primary", True)
        self.open.setAccessibleName(tr("Open the imported file"))
        self.open.clicked.connect(self.open_wanted)
        self.link = WrappingCheckBox(tr(LINK))
        self.link.setAccessibleDescription(tr(LINKED))
        card.add(self._counts, self.why, ProseWidget(tr(UNSIGNED), "small"))
        card.add(self.link, ProseWidget(tr(LINKED), "small"))
        card.body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def build(desk: Desk) -> ImportScreen:
    """Return the screen."""
    screen = ImportScreen(desk.theme)
    presenter = ImportPresenter(screen, desk)
    screen.presenter = presenter
    screen.file_arrived.connect(presenter.take)
    screen.file_arrived.connect(lambda *_: screen.link.setChecked(False))
    screen.file_wanted.connect(lambda: desk.go("open", ""))
    screen.open_wanted.connect(presenter.open)
    screen.progress.stopped.connect(presenter.stop)
    screen.file.table_chosen.connect(presenter.choose_table)
    screen.file.hidden_wanted.connect(presenter.read_hidden)
    screen.audit.audit_chosen.connect(presenter.choose_audit)
    screen.audit.profile_given.connect(presenter.add_profile)
    screen.questions.answered.connect(presenter.answer)
    screen.questions.surgeon_chosen.connect(presenter.choose_surgeon)
    screen.columns.selected.connect(presenter.select)
    screen.columns.undo_wanted.connect(presenter.undo)
    screen.columns.saved_to.connect(presenter.save_mapping)
    screen.columns.loaded_from.connect(presenter.load_mapping)
    screen.columns.field.assigned.connect(presenter.assign)
    screen.columns.field.settled.connect(presenter.answer)
    screen.columns.field.code_set.connect(presenter.set_code)
    screen.columns.field.factor_set.connect(presenter.set_factor)
    screen.line.pack_chosen.connect(presenter.choose_pack)
    screen.line.pack_dropped.connect(presenter.drop_pack)
    desk.keeper.follow(screen, presenter.name_surgeon)
    return screen
