"""The help screen: keys first, then every word and number with what it does not mean."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.screens.help.presenter import ALL, HelpPresenter, KeyGroup
from desktop.session import BACK, Desk
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget, HairlineWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.figures import FactsWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.page import PageWidget
from desktop.widgets.text import ProseWidget, TextWidget

TWO_COLUMNS = 1.25
"""The text size above which keys stand one card under the other."""
FIRST = QT_TR_NOOP(
    "Everything can be done from the keyboard. Ctrl+K finds any screen, action, outcome or word. "
    "A “?” beside a title tells what the numbers there mean and what they do not: press it, or "
    "Shift+F1 where you are."
)


class HelpScreen(PageWidget):
    """Escape leads back to where one was."""

    tour_wanted = Signal()
    searched = Signal(str)
    word_chosen = Signal(str)
    left = Signal()

    def __init__(self, scale: float) -> None:
        super().__init__(tr("Help"), scale)
        self._scale = scale
        self.search = QLineEdit()
        self._entries: dict[str, QWidget] = {}
        self._summary = TextWidget("", "small")
        self._columns = ColumnsWidget(scale)
        self.body.addWidget(self._first())
        self.body.addWidget(self._columns)
        self.body.addWidget(self._words())
        self.body.addStretch(1)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)

    def show_keys(self, keys: tuple[KeyGroup, ...]) -> None:
        """Show the keys, a card a group."""
        cards = [self._keys(group) for group in keys]
        wide = cards if self._scale > TWO_COLUMNS else [*cards[:1], *cards[1:][-1:]]
        for card in wide:
            self._columns.left.addWidget(card)
        self._columns.left.addStretch(1)
        self._columns.add_right(*(card for card in cards if card not in wide))

    def show_words(self, names: tuple[str, ...], summary: str) -> None:
        """Show these entries of the glossary alone."""
        for name, entry in self._entries.items():
            if entry.isHidden() is (name in names):
                entry.setVisible(name in names)
        self._summary.setText(summary)
        self.search.setAccessibleDescription(summary)
        if len(names) == 1:
            self.see_words(self._entries[names[0]])

    def see_words(self, part: QWidget | None = None) -> None:
        """Go to the words, with the keyboard in the field that searches them."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(part or self.search, 0, 120)

    def _see_search(self) -> None:
        self.see_words()

    def _first(self) -> CardWidget:
        card = CardWidget(tr("Where to begin"))
        tour = QPushButton(tr("Show me round the example"))
        tour.clicked.connect(self.tour_wanted)
        words = QPushButton(tr("Words and numbers"))
        words.clicked.connect(self._see_search)
        back = QPushButton(tr("Back (Esc)"))
        back.clicked.connect(self.left)
        row = FlowLayout()
        row.add(tour, words, back)
        card.add(ProseWidget(tr(FIRST)), row)
        return card

    def _keys(self, group: KeyGroup) -> CardWidget:
        card = CardWidget(group.title)
        card.add(FactsWidget(group.rows))
        card.body.addStretch(1)
        return card

    def _words(self) -> CardWidget:
        card = CardWidget(tr("Words and numbers"))
        self.search.setPlaceholderText(tr("Search the words"))
        self.search.setAccessibleName(tr("Search the words and numbers"))
        self.search.textChanged.connect(self.searched)
        card.add(self.search, self._summary)
        for one in ALL:
            entry = QWidget()
            column = QVBoxLayout(entry)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            column.addWidget(HairlineWidget())
            column.addWidget(TextWidget(one.label, "strong"))
            column.addWidget(ProseWidget(one.meaning))
            column.addWidget(ProseWidget(one.does_not, "quiet"))
            entry.setAccessibleName(one.label)
            self._entries[one.name] = entry
            card.add(entry)
        return card


def build(desk: Desk) -> HelpScreen:
    """Return the screen, filled."""
    screen = HelpScreen(desk.theme.scale)
    presenter = HelpPresenter(screen, desk.actions())
    screen.presenter = presenter
    screen.searched.connect(presenter.search)
    screen.word_chosen.connect(presenter.show_word)
    screen.tour_wanted.connect(lambda: desk.act("tour"))
    screen.left.connect(lambda: desk.go(BACK, ""))
    presenter.show()
    return screen
