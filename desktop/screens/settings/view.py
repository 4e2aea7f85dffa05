"""The settings screen: choices at the left, about Plumbline at the right, the report below."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout

from desktop.paths import chart_cache, seen_folder, settings_file, vault_folder
from desktop.screens.settings.diagnostic import diagnostic_report
from desktop.screens.settings.presenter import Choice, SettingsPage, SettingsPresenter
from desktop.session import BACK, Desk
from desktop.theme import Theme
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget, HairlineWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.folded import FoldedCardWidget
from desktop.widgets.page import PageWidget
from desktop.widgets.text import ProseWidget, TextWidget

KEPT = QT_TR_NOOP(
    "No file is put beside the program, and nothing is sent. An extract is kept only when you keep "
    "it in your vault; the settings hold no name and no place of a file."
)
SENDING = QT_TR_NOOP(
    "Read it before you send it. Plumbline sends nothing: copy it into a message to those who keep "
    "Plumbline for you."
)
REPORT_LINES = 13


class SettingsScreen(PageWidget):
    """Every choice takes effect and is kept at once; Escape leads back to where one was."""

    chosen = Signal(str, str)
    tour_wanted = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Settings"), theme.scale)
        self._scale = theme.scale
        self.buttons: dict[str, ChoiceWidget] = {}
        self.report = QPlainTextEdit()
        self._columns = ColumnsWidget(theme.scale)
        self.body.addWidget(self._columns)
        self.body.addStretch(1)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)

    def show_page(self, page: SettingsPage) -> None:
        """Show everything."""
        self._columns.left.addWidget(self._choices(page.choices))
        self._columns.left.addWidget(self._places(page.places))
        self._columns.left.addWidget(self._diagnostic(page.report))
        self._columns.left.addStretch(1)
        self._columns.add_right(self._tour(), self._about(page), self._licences(page))

    def show_chosen(self, choices: tuple[Choice, ...]) -> None:
        """Mark what is chosen now."""
        for one in choices:
            self.buttons[one.name].mark(one.chosen)

    def _choices(self, choices: tuple[Choice, ...]) -> CardWidget:
        card = CardWidget(tr("How it looks and when it locks"))
        for one in choices:
            button = ChoiceWidget(one.label)
            button.chosen.connect(partial(self.chosen.emit, one.name))
            self.buttons[one.name] = button
            said = QVBoxLayout()
            said.setSpacing(2)
            said.addWidget(TextWidget(one.label, "strong"))
            said.addWidget(ProseWidget(one.note, "small"))
            row = QHBoxLayout()
            row.setSpacing(16)
            row.addLayout(said, 1)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            card.add(HairlineWidget(), row)
            button.offer(one.entries, one.chosen)
        return card

    def _places(self, places: tuple[tuple[str, str], ...]) -> CardWidget:
        card = CardWidget(tr("What is kept on this computer, and where"))
        card.add(ProseWidget(tr(KEPT), "quiet"))
        for name, path in places:
            where = ProseWidget(path.replace("/", "/\u200b").replace("\\", "\\\u200b"), "small")
            where.setAccessibleName(f"{name}: {path}")
            card.add(HairlineWidget(), TextWidget(name, "strong"), where)
        return card

    def _diagnostic(self, report: str) -> CardWidget:
        card = CardWidget(tr("Diagnostic report"))
        self.report.setPlainText(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(tr("Diagnostic report"))
        self.report.setMinimumHeight(self.report.fontMetrics().lineSpacing() * REPORT_LINES)
        copy = QPushButton(tr("Copy the report"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report.toPlainText()))
        row = FlowLayout()
        row.add(copy)
        card.add(ProseWidget(tr(SENDING), "quiet"), self.report, row)
        return card

    def _tour(self) -> CardWidget:
        card = CardWidget(tr("The tour"))
        again = QPushButton(tr("Show me round"))
        again.clicked.connect(self.tour_wanted)
        row = FlowLayout()
        row.add(again)
        card.add(ProseWidget(tr("Five cards, on the made-up example."), "quiet"), row)
        return card

    def _about(self, page: SettingsPage) -> CardWidget:
        card = CardWidget(tr("About Plumbline"))
        for name, words in page.about:
            card.add(HairlineWidget(), TextWidget(name, "small"), ProseWidget(words))
        card.body.addStretch(1)
        return card

    def _licences(self, page: SettingsPage) -> CardWidget:
        said = (
            ProseWidget(f"{name} {version}: {licence}", "small")
            for name, version, licence in page.licences
        )
        return FoldedCardWidget(tr("What it is made with"), *said)


def places() -> tuple[tuple[str, str], ...]:
    """Return what stands where, for this user of this computer."""
    return (
        (tr("Your vault"), str(vault_folder())),
        (tr("The example’s practice vault"), str(vault_folder(practice=True))),
        (tr("Certificates of documents you verified"), str(seen_folder())),
        (tr("These settings"), str(settings_file())),
        (tr("A list of fonts, for charts"), str(chart_cache())),
    )


def build(desk: Desk) -> SettingsScreen:
    """Return the screen, filled."""
    screen = SettingsScreen(desk.theme)
    presenter = SettingsPresenter(screen, desk.preferences, places(), diagnostic_report(desk))
    screen.presenter = presenter
    screen.chosen.connect(presenter.choose)
    screen.tour_wanted.connect(lambda: desk.act("tour"))
    screen.left.connect(lambda: desk.go(BACK, ""))
    presenter.show()
    return screen
