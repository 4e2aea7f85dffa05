"""Finding one's way: binds the table of actions to keys, and opens palette, meanings and tour."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from desktop.actions import FIND, GO, IN_PLACE, SEE, TAKE, VAULT, Action
from desktop.session import BACK, HELP, SETTINGS, UNLOCK, Screen
from desktop.settings import LARGEST, SMALLEST
from desktop.translation import QT_TR_NOOP, tr
from desktop.window import OPEN

if TYPE_CHECKING:
    from core.flow import Review
    from desktop.app import Plumbline
    from desktop.models.commands import Command
    from desktop.tour import Tour
    from desktop.widgets.command_palette import CommandPaletteWidget
    from desktop.widgets.meanings import AskWidget

HELD_MS = 150
OFFER = QT_TR_NOOP("New to Plumbline?")
OFFER_MORE = QT_TR_NOOP("Five small cards show you round this example. It takes a minute.")
OUTCOME_SCREENS = (("funnel", QT_TR_NOOP("Funnel")), ("over_time", QT_TR_NOOP("Over time")))


class Wayfinder(QObject):
    """What can be done from anywhere in one window; `actions` is the table of it."""

    def __init__(self, plumbline: Plumbline) -> None:
        super().__init__(plumbline)
        self._to = plumbline
        self.actions: tuple[Action, ...] = IN_PLACE
        self.palette: CommandPaletteWidget | None = None
        self.tour: Tour | None = None
        self._tour_waits = False
        self._size = 0.0
        self._held = QTimer(plumbline.window)
        self._held.setSingleShot(True)
        self._held.setInterval(HELD_MS)
        self._held.timeout.connect(self._show_size)

    def furnish(self, screens: tuple[Screen, ...]) -> None:
        """Make the table for these screens of the rail, and bind its keys."""
        self._close()
        self.actions = (*self._places(screens), *self._finding(), *self._seeing(), *IN_PLACE)
        for action in self.actions:
            if action.act is not None:
                for keys in action.keys:
                    self._to.window.add_shortcut(keys, action.act)

    def act(self, name: str) -> None:
        """Do an action of the table; KeyError where none of that name acts from anywhere."""
        acts = {one.name: one.act for one in self.actions if one.act is not None}
        acts[name]()

    def arrived(self, review: Review) -> None:
        """Begin or offer the tour where the example was opened."""
        from core.sealing.trust import TrustState

        waits, self._tour_waits = self._tour_waits, False
        if review.extract.verdict.state is not TrustState.EXAMPLE:
            return
        if waits:
            self._begin_tour()
        elif not self._to.preferences.values.toured:
            banner = self._to.window.banner
            banner.offer(tr(OFFER), tr(OFFER_MORE), tr("Show me round"), self._begin_tour)
            banner.closed.connect(self._decline)

    def _places(self, screens: tuple[Screen, ...]) -> tuple[Action, ...]:
        go = self._to.go
        keyed = [f"Ctrl+{at}" for at in range(1, 10)]
        found = [
            Action(one.key, one.label, GO, tuple(keyed[at : at + 1]), partial(go, one.key))
            for at, one in enumerate(screens)
        ]
        found += [
            Action("open", QT_TR_NOOP("Open a file"), GO, ("Ctrl+O",), self._to.choose_file),
            Action(
                "settings", QT_TR_NOOP("Settings"), GO, ("Ctrl+,",), partial(self._aside, SETTINGS)
            ),
            Action("quit", QT_TR_NOOP("Close Plumbline"), GO, ("Ctrl+Q",), self._to.window.close),
        ]
        return tuple(found)

    def _finding(self) -> tuple[Action, ...]:
        window = self._to.window
        return (
            Action("palette", QT_TR_NOOP("Find anything"), FIND, ("Ctrl+K",), self.find),
            Action("help", QT_TR_NOOP("Help, and back"), FIND, ("F1",), partial(self._aside, HELP)),
            Action(
                "ask", QT_TR_NOOP("What the numbers here mean"), FIND, ("Shift+F1",), self.explain
            ),
            Action("words", QT_TR_NOOP("Words and numbers"), FIND, (), self._show_words),
            Action("tour", QT_TR_NOOP("Show me round the example"), FIND, (), self.show_round),
            Action(
                "print",
                QT_TR_NOOP("Print what this screen shows"),
                TAKE,
                ("Ctrl+P",),
                window.print_shown,
            ),
            Action(
                "copy",
                QT_TR_NOOP("Copy the words of this screen"),
                TAKE,
                ("Ctrl+Shift+C",),
                window.copy_shown,
            ),
            Action("lock", QT_TR_NOOP("Lock the vault"), VAULT, ("Ctrl+L",), self._to.keeper.lock),
            Action(
                "unlock",
                QT_TR_NOOP("Open or make the vault"),
                VAULT,
                (),
                partial(self._to.go, UNLOCK),
            ),
        )

    def _seeing(self) -> tuple[Action, ...]:
        change = self._to.preferences.change
        return (
            Action(
                "larger",
                QT_TR_NOOP("Larger text"),
                SEE,
                ("Ctrl++", "Ctrl+="),
                partial(self._resize, 0.1),
            ),
            Action(
                "smaller",
                QT_TR_NOOP("Smaller text"),
                SEE,
                ("Ctrl+-",),
                partial(self._resize, -0.1),
            ),
            Action(
                "usual",
                QT_TR_NOOP("Usual text size"),
                SEE,
                ("Ctrl+0",),
                self._use_usual_size,
            ),
            Action("light", QT_TR_NOOP("Light"), SEE, (), partial(change, look="light")),
            Action("dark", QT_TR_NOOP("Dark"), SEE, (), partial(change, look="dark")),
            Action(
                "system",
                QT_TR_NOOP("Light or dark as the system"),
                SEE,
                (),
                partial(change, look="system"),
            ),
        )

    def _resize(self, by: float) -> None:
        """Change the text size; of a key held down the first and the last press are shown."""
        now = self._size or self._to.preferences.values.text_size
        self._size = round(min(max(now + by, SMALLEST), LARGEST), 2)
        if not self._held.isActive():
            self._show_size()
        self._held.start()

    def _use_usual_size(self) -> None:
        self._size = 1.0
        self._show_size()

    def _show_size(self) -> None:
        size, self._size = self._size, 0.0
        if size:
            self._to.preferences.change(text_size=size)

    def find(self) -> None:
        """Open the command palette, or close it."""
        if self.palette is not None and self.palette.isVisible():
            self.palette.leave()
            return
        if self.palette is not None:
            self.palette.deleteLater()
        from desktop.widgets.command_palette import CommandPaletteWidget

        scale = self._to.theme.scale
        self.palette = CommandPaletteWidget(self._to.window, self._commands(), scale)
        self.palette.rise()

    def explain(self) -> None:
        """Unfold what the numbers mean where the keyboard is, else the first on the screen."""
        from desktop.widgets.meanings import AskWidget

        window = self._to.window
        screen = window.built(window.shown)
        part = QApplication.focusWidget()
        while part is not None and part is not screen:
            asking = getattr(part, "asking", None)
            if isinstance(asking, AskWidget):
                return _show_meaning(screen, asking)
            part = part.parentWidget()
        found = (one for one in screen.findChildren(AskWidget) if one.isVisible())
        asking = next(found, None)
        if asking is None:
            return self._show_words()
        return _show_meaning(screen, asking)

    def show_round(self) -> None:
        """Begin the tour; where another file or none is open, open the example first."""
        from core.sealing.trust import TrustState

        review = self._to.review
        if review is not None and review.extract.verdict.state is TrustState.EXAMPLE:
            self._begin_tour()
            return
        self._tour_waits = True
        self._to.go(OPEN)
        self._to.opener.choose_example()

    def _begin_tour(self) -> None:
        from desktop.tour import Tour

        self._close()
        self.tour = Tour(self._to.window, self._to.go, self._to.theme.scale)
        self.tour.ended.connect(self._decline)
        self.tour.begin()

    def _decline(self) -> None:
        """Never offer the tour again unless asked."""
        self._to.preferences.change(toured=True)

    def _aside(self, key: str) -> None:
        """Show help or settings, or go back from there."""
        self._to.go(BACK if self._to.window.shown == key else key)

    def _show_words(self, name: str = "") -> None:
        if self._to.window.shown != HELP:
            self._to.go(HELP)
        screen = self._to.window.built(HELP)
        if name:
            screen.word_chosen.emit(name)  # type: ignore[attr-defined]
        else:
            screen.see_words()  # type: ignore[attr-defined]

    def _commands(self) -> tuple[Command, ...]:
        from core.results.meanings import MEANINGS
        from desktop.models.commands import Command

        done = (
            Command(
                tr(one.label),
                tr("Screen") if one.group == GO else tr("Action"),
                one.act,
                one.keys[0] if one.keys else "",
            )
            for one in self.actions
            if one.act is not None and one.name != "palette"
        )
        words = (
            Command(one.label, tr("Word"), partial(self._show_words, one.name)) for one in MEANINGS
        )
        return (*done, *self._outcomes(), *words)

    def _outcomes(self) -> tuple[Command, ...]:
        from desktop.models.commands import Command

        results = self._to.review.results if self._to.review is not None else ()
        return tuple(
            Command(f"{tr(label)}: {one.label}", tr("Outcome"), partial(self._to.go, key, one.code))
            for one in results
            for key, label in OUTCOME_SCREENS
        )

    def _close(self) -> None:
        """Take away what lies over the window, before another thing does."""
        if self.palette is not None:
            self.palette.hide()
        if self.tour is not None:
            self.tour.card.hide()
            self.tour.card.ring.hide()


def _show_meaning(screen: QWidget, asking: AskWidget) -> None:
    asking.ask()
    if isinstance(screen, QScrollArea):
        screen.ensureWidgetVisible(asking, 0, 80)
