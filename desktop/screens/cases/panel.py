"""The panel of one case: every field in words, its risk, its place in time."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.screens.cases.case_page import CasePage, FactorRow
from desktop.theme import Theme
from desktop.translation import tr
from desktop.widgets.card import CardWidget
from desktop.widgets.figures import FactsWidget
from desktop.widgets.text import ProseWidget, TextWidget

WIDTH = 344
BAR_HEIGHT = 8
LEAST_HEIGHT = 240
NARROWEST_VALUE = 1.5
_ANY_WIDTH = 16777215


class CasePanelWidget(QScrollArea):
    """One case, or the word that none is chosen."""

    reveal_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setWidgetResizable(True)
        self.fold(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setObjectName("chosen")
        self.setAccessibleName(tr("The chosen case"))
        self._cards: list[QWidget] = []
        self._parts: list[tuple[QWidget, Callable[[str], None]]] = []
        self._shown = ""
        self._column = self._ground()
        self.show_nothing()

    def fold(self, folded: bool) -> None:
        """Stand under the table, as wide as it is, or in a column of its own."""
        self.setMinimumWidth(0 if folded else self._theme.px(WIDTH))
        self.setMaximumWidth(_ANY_WIDTH if folded else self._theme.px(WIDTH))
        self.setMinimumHeight(self._theme.px(LEAST_HEIGHT) if folded else 0)

    def add_part(self, card: QWidget, show_case: Callable[[str], None]) -> None:
        """Let a card stand after the head of every case; `show_case` tells it which.

        There it may hide itself.
        """
        self._parts.append((card, show_case))
        self._column.insertWidget(len(self._parts), card)
        card.hide()

    def show_nothing(self) -> None:
        """Show that no case is chosen."""
        for part, _ in self._parts:
            part.hide()
        card = CardWidget(tr("No case chosen"))
        words = tr("Choose a case in the table to see its fields and where its risk is from.")
        card.add(ProseWidget(words, "quiet"))
        self._show(card)

    def show_page(self, page: CasePage) -> None:
        """Show one case."""
        head = CardWidget(page.title)
        head.add(ProseWidget(page.subtitle, "quiet"), FactsWidget(page.result))
        head.add(ProseWidget(page.place, "small"))
        cards = [head]
        if page.checks:
            checks = CardWidget(tr("To check"))
            checks.add(*(ProseWidget(said) for said in page.checks))
            cards.append(checks)
        cards += [self._risk(page), self._fields(page)]
        self._show(*cards)
        for part, show_case in self._parts:
            part.show()
            show_case(page.title)

    def _show(self, *cards: CardWidget) -> None:
        """Put the cards in place of those before: the first, the lasting parts, the others."""
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.setParent(None)
            card.deleteLater()
        self._cards = list(cards)
        for at, card in enumerate(cards):
            self._column.insertWidget(at and at + len(self._parts), card)
        if self._shown != self._cards[0].accessibleName():
            self.verticalScrollBar().setValue(0)
        self._shown = self._cards[0].accessibleName()

    def _ground(self) -> QVBoxLayout:
        ground = QWidget()
        ground.setObjectName("page")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(14)
        column.addStretch(1)
        self.setWidget(ground)
        return column

    def _risk(self, page: CasePage) -> CardWidget:
        card = CardWidget(tr("Where the risk comes from"))
        for factor in page.factors:
            card.add(_factor(factor), FactorBarWidget(factor, self._theme))
            card.body.addSpacing(4)
        card.add(*(ProseWidget(said, "small") for said in page.risk_words))
        if page.note:
            card.add(ProseWidget(page.note, strong=page.note))
        card.explain("risk", "expected", "vlad")
        return card

    def _fields(self, page: CasePage) -> CardWidget:
        card = CardWidget(tr("All fields"))
        for label, words in page.fields:
            card.add(TextWidget(label, "small"), ProseWidget(words))
        if page.identifying:
            shown = tr("Hide identifying fields")
            hidden = tr("Show identifying fields")
            button = QPushButton(shown if page.revealed else hidden)
            button.clicked.connect(self.reveal_wanted)
            card.add(button)
        return card


def _factor(factor: FactorRow) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(ProseWidget(factor.label), 1)
    row.addWidget(TextWidget(factor.effect), 0, Qt.AlignmentFlag.AlignTop)
    return row


class FactorBarWidget(QWidget):
    """A bar from the middle: to the right where the factor raises the risk, to the left if not."""

    def __init__(self, factor: FactorRow, theme: Theme) -> None:
        super().__init__()
        self._bar = factor.bar
        self._palette = theme.palette
        self.setFixedHeight(theme.px(BAR_HEIGHT))
        self.setAccessibleName(f"{factor.label}: {factor.effect}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the bar and the middle."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, height = self.width() / 2, float(self.height())
        length = max(abs(self._bar) * middle, NARROWEST_VALUE)
        painter.setBrush(QColor(self._palette.own if self._bar > 0 else self._palette.quiet))
        left = middle if self._bar > 0 else middle - length
        painter.drawRect(QRectF(left, 0, length, height))
        painter.setBrush(QColor(self._palette.quiet))
        painter.drawRect(QRectF(middle - 0.5, 0, 1, height))
        painter.end()
