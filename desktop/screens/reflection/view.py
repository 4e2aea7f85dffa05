"""The reflection screen: three questions to write under, and the actions that follow."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.review.reflection import PARTS, Part
from desktop.screens.reflection.action_card import ActionsWidget
from desktop.screens.reflection.presenter import (
    PROMPTS,
    ActionRow,
    ReflectionPage,
    ReflectionPresenter,
    Subject,
)
from desktop.session import Session
from desktop.theme import Theme
from desktop.translation import tr
from desktop.undoing import undo_by_keys
from desktop.widgets.autosave import AutosaveWidget
from desktop.widgets.card import CardWidget
from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.columns import ColumnsWidget
from desktop.widgets.page import PageWidget
from desktop.widgets.text import ProseWidget, TextWidget


class ReflectionScreen(PageWidget):
    """What was written on one outcome or on all; each part saves itself."""

    begun = Signal()
    subject_chosen = Signal(str)
    part_written = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(tr("Reflection"), theme.scale)
        self._locked = self._locked_card()
        self._columns = ColumnsWidget(theme.scale)
        self.subjects = ChoiceWidget(tr("What to reflect on"))
        self.subjects.chosen.connect(self.subject_chosen)
        self._about = ProseWidget("", "quiet")
        self.parts: dict[Part, AutosaveWidget] = {}
        self._columns.left.addWidget(self._writing())
        self.plan = ActionsWidget()
        self._columns.left.addWidget(self.plan)
        self._columns.left.addStretch(1)
        self._warning, self._waiting, self._earlier = (ProseWidget() for _ in range(3))
        self._columns.add_right(self._side())
        self.body.addWidget(self._locked)
        self.body.addWidget(self._columns)
        self.body.addStretch(1)

    def offer(self, subjects: tuple[Subject, ...], chosen: str) -> None:
        """Offer what can be reflected on."""
        self.subjects.offer(((one.code, one.label) for one in subjects), chosen)

    def show_locked(self, words: str) -> None:
        """Say that the vault is locked; nothing that was written stays here."""
        for field in self.parts.values():
            field.replace_text("")
        self.plan.show_rows((), can_write=False)
        self._why.say(words)
        self._locked.show()
        self._columns.hide()

    def show_page(self, page: ReflectionPage) -> None:
        """Show one subject's reflection, replacing only what is not being typed."""
        self._locked.hide()
        self._columns.show()
        for words, label in (
            (page.about, self._about),
            (page.warning, self._warning),
            (page.waiting, self._waiting),
            (page.earlier, self._earlier),
        ):
            label.say(words)
            label.setVisible(bool(words))
        for part, field in self.parts.items():
            field.setReadOnly(not page.can_write)
            field.show_text(page.texts[part])
        self.plan.show_rows(page.actions, can_write=page.can_write)

    def flush(self) -> bool:
        """Tell what was typed and not told yet; return whether all of it was written."""
        for field in self.parts.values():
            field.flush()
        self.plan.flush()
        return not self.plan.unsaved and not any(field.unsaved for field in self.parts.values())

    def _locked_card(self) -> CardWidget:
        card = CardWidget()
        self._why = ProseWidget()
        self.open_button = QPushButton(tr("Write a reflection"))
        self.open_button.setProperty("primary", True)
        self.open_button.clicked.connect(self.begun)
        card.add(self._why)
        card.body.addSpacing(6)
        card.body.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _writing(self) -> CardWidget:
        card = CardWidget()
        top = QHBoxLayout()
        top.addWidget(self.subjects)
        top.addStretch(1)
        card.add(top, self._about)
        for part, title in PARTS.items():
            card.add(self._part(part, title))
        return card

    def _part(self, part: Part, title: str) -> QVBoxLayout:
        field = AutosaveWidget(f"{title} {tr(PROMPTS[part])}", tr(PROMPTS[part]))
        field.settled.connect(lambda text: self.part_written.emit(part, text))
        self.parts[part] = field
        column = QVBoxLayout()
        column.setContentsMargins(0, 10, 0, 0)
        column.addWidget(TextWidget(title, "strong"))
        column.addWidget(field)
        return column

    def _side(self) -> QWidget:
        card = CardWidget(tr("Before you write"))
        card.add(self._warning, self._waiting, self._earlier)
        saved = tr("What you write saves itself as you type.")
        card.add(ProseWidget(saved, "small"))
        return card


def build(session: Session) -> ReflectionScreen:
    """Return the screen of this session, filled."""
    screen = ReflectionScreen(session.theme)
    presenter = ReflectionPresenter(screen, session)
    screen.presenter = presenter
    screen.begun.connect(presenter.begin)
    screen.subject_chosen.connect(presenter.choose)

    def write(part: Part, text: str) -> None:
        if not presenter.write(part, text):
            screen.parts[part].keep_unsaved()

    def write_action(row: ActionRow) -> None:
        if not presenter.write_action(row):
            screen.plan.keep_unsaved(row.id)

    screen.part_written.connect(write)
    screen.plan.added.connect(presenter.add_action)
    screen.plan.changed.connect(write_action)
    screen.plan.removed.connect(presenter.remove_action)
    session.keeper.follow(screen, presenter.show)
    session.keeper.follow_locking(screen, screen.flush)
    undo_by_keys(screen, session)
    presenter.show()
    return screen
