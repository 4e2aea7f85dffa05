"""The open screen: drop a file or choose one, or try the example."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.folders import first_folder, used
from desktop.problems import show_problem
from desktop.theme import Theme
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.banner import BannerWidget
from desktop.widgets.card import CardWidget
from desktop.widgets.drop_area import DropAreaWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.page import PageWidget
from desktop.widgets.progress import ProgressWidget
from desktop.widgets.text import ProseWidget, TextWidget

WIDTH = 640


class OpenScreen(PageWidget):
    """Four states in one place: choose, password, progress, and a word on weak protection."""

    file_chosen = Signal(Path)
    example_chosen = Signal()
    import_chosen = Signal()
    summary_chosen = Signal()
    password_given = Signal(str)
    weak_accepted = Signal()
    stopped = Signal()
    file_left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(scale=theme.scale)
        self._stack = QStackedWidget()
        self._choice = self._make_choice()
        self._password_card = self._make_password()
        self._progress_card = self._make_progress()
        self._weak_card = self._make_weak()
        parts = (self._choice, self._password_card, self._progress_card, self._weak_card)
        for part in parts:
            self._stack.addWidget(_at_top(part))
        self._problem = BannerWidget()
        column = QWidget()
        column.setMaximumWidth(theme.px(WIDTH))
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(16)
        inner.addWidget(TextWidget(tr("See where you stand"), "page-title"))
        inner.addWidget(ProseWidget(tr(INTRODUCTION), "quiet"))
        inner.addWidget(self._problem)
        inner.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(column, 4)
        row.addStretch(1)
        self.body.addSpacing(theme.px(40))
        self.body.addLayout(row, 1)

    def show_choice(self) -> None:
        """Ask for a file or the example."""
        self._problem.hide()
        self.password.clear()
        self._show(0)

    def show_password(self, file_name: str) -> None:
        """Ask for the password of the chosen file."""
        self._problem.hide()
        self._file_name.setText(file_name)
        self._show(1)
        self.password.selectAll()
        self.password.setFocus()

    def show_weak(self, file_name: str, words: str) -> None:
        """Say that nothing protects the file, and ask whether to open it."""
        self._problem.hide()
        self._weak_name.setText(file_name)
        self._weak_words.say(words)
        self._show(3)
        self.accept.setFocus()

    def show_import(self, file_name: str) -> None:
        """Offer the way back to a file that is being imported."""
        self.back.setAccessibleName(tr("Back to importing {name}").format(name=file_name))
        self.back.setToolTip(file_name)
        self.back.show()

    def show_progress(self, done: int, total: int, label: str) -> None:
        """Show the step that runs."""
        self._problem.hide()
        self._step.setText(label or tr("Starting"))
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._show(2)

    def show_problem(self, error: Exception) -> None:
        """Show what went wrong, above what can be done."""
        show_problem(error, self._problem)

    @property
    def problem(self) -> str:
        """The words of the problem that is shown, empty where there is none."""
        return "" if self._problem.isHidden() else self._problem.words

    def choose_a_file(self) -> None:
        """Ask the system for a file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("Open a file from the audit"),
            first_folder(),
            tr(KINDS),
        )
        if chosen:
            used(Path(chosen))
            self.file_chosen.emit(Path(chosen))

    def _show(self, state: int) -> None:
        self._stack.setCurrentIndex(state)

    def _make_choice(self) -> QWidget:
        area = DropAreaWidget()
        area.dropped.connect(self.file_chosen)
        choose = QPushButton(tr("Open a file…"))
        choose.setProperty("primary", True)
        choose.setToolTip(QKeySequence("Ctrl+O").toString(QKeySequence.SequenceFormat.NativeText))
        choose.clicked.connect(self.choose_a_file)
        example = QPushButton(tr("Try the example"))
        example.clicked.connect(self.example_chosen)
        summary = QPushButton(tr("Type in a summary"))
        summary.clicked.connect(self.summary_chosen)
        self.back = QPushButton(tr("Back to importing"))
        self.back.clicked.connect(self.import_chosen)
        self.back.hide()
        buttons = FlowLayout()
        buttons.add(choose, example, summary, self.back)
        area.body.addWidget(TextWidget(tr("Drop the file from the audit here"), "card-title"))
        area.body.addWidget(ProseWidget(tr(DROP_HINT), "quiet"))
        area.body.addSpacing(6)
        area.body.addLayout(buttons)
        area.body.addSpacing(6)
        area.body.addWidget(ProseWidget(tr(EXAMPLE_HINT), "small"))
        return area

    def _make_password(self) -> QWidget:
        card = CardWidget()
        self._file_name = TextWidget("", "card-title")
        self._file_name.setWordWrap(True)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(tr(PASSWORD_LABEL))
        self.password.setAccessibleDescription(tr(UNLOCK_HINT))
        self.password.returnPressed.connect(self._give)
        label = TextWidget(tr(PASSWORD_LABEL))
        label.setBuddy(self.password)
        unlock = QPushButton(tr("Open"))
        unlock.setProperty("primary", True)
        unlock.clicked.connect(self._give)
        other = QPushButton(tr("Choose another file"))
        other.clicked.connect(self.file_left)
        buttons = FlowLayout()
        buttons.add(unlock, other)
        card.add(self._file_name, label, self.password)
        card.add(ProseWidget(tr(UNLOCK_HINT), "small"), buttons)
        return card

    def _make_weak(self) -> QWidget:
        card = CardWidget()
        self._weak_name = TextWidget("", "card-title")
        self._weak_name.setWordWrap(True)
        self._weak_words = ProseWidget()
        self.accept = QPushButton(tr("Open it as it is"))
        self.accept.setProperty("primary", True)
        self.accept.clicked.connect(self.weak_accepted)
        other = QPushButton(tr("Choose another file"))
        other.clicked.connect(self.file_left)
        buttons = FlowLayout()
        buttons.add(self.accept, other)
        card.add(self._weak_name, self._weak_words, ProseWidget(tr(WEAK_HINT), "small"))
        card.add(buttons)
        return card

    def _make_progress(self) -> QWidget:
        card = CardWidget(tr("Opening"))
        self._step = TextWidget("", "quiet")
        self._bar = ProgressWidget()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        stop = QPushButton(tr("Stop"))
        stop.clicked.connect(self.stopped)
        row = QHBoxLayout()
        row.addWidget(stop)
        row.addStretch(1)
        card.add(self._step, self._bar, row)
        return card

    def _give(self) -> None:
        self.password_given.emit(self.password.text())


INTRODUCTION = QT_TR_NOOP(
    "Plumbline shows your results as your national audit adjusted them for risk, against every "
    "other surgeon’s. Everything happens on this computer; nothing is sent."
)
DROP_HINT = QT_TR_NOOP(
    "A sealed extract (.age), or the workbook, text table or archive that your audit sends: "
    ".xlsx, .csv, .zip, .7z."
)
EXAMPLE_HINT = QT_TR_NOOP(
    "The example is a made-up cardiac surgeon in a made-up audit. If you have only a summary "
    "of counts, from a portal or a report, you can type it in."
)
KINDS = QT_TR_NOOP(
    "Files from an audit (*.age *.xlsx *.xlsm *.csv *.tsv *.txt *.zip *.7z);;All files (*)"
)
WEAK_HINT = QT_TR_NOOP(
    "It can be opened. Where its figures are shown, it will be said that the file was not "
    "protected. Nothing of it is written to this computer’s disk."
)
PASSWORD_LABEL = QT_TR_NOOP("Password for this file (from the audit)")
UNLOCK_HINT = QT_TR_NOOP(
    "The audit office sends it separately from the file. It is not kept. Where a locked file "
    "stands inside another, type one password after the other."
)


def _at_top(part: QWidget) -> QWidget:
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
    return frame
