"""The application: builds the worker and the screens, connects them, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.dressing import Dresser
from desktop.jobs import JobRunner, Report
from desktop.keeping import Keeper
from desktop.leaving import STEADY, Leaving
from desktop.opening import open_chosen, open_example, read_chosen
from desktop.paths import vault_folder
from desktop.preferences import Preferences
from desktop.problems import show_problem
from desktop.registry import SCREENS
from desktop.screens.open.presenter import Ends, OpenPresenter, Roads
from desktop.screens.open.view import OpenScreen
from desktop.session import BACK, HELP, LOCK, SETTINGS, UNLOCK, Desk, Session
from desktop.settings import Settings
from desktop.theme import Theme, apply_theme
from desktop.translation import tr
from desktop.wayfinding import Wayfinder
from desktop.window import OPEN, MainWindow

if TYPE_CHECKING:
    from core.flow import Review
    from core.intake.reading.foreign import Foreign
    from core.sealing.age import Opener

ASIDE = (UNLOCK, HELP, SETTINGS)
REVIEWED = tuple(screen.key for screen in SCREENS if not screen.free)
ROADS = Roads(read_chosen, open_chosen, open_example)


class Plumbline(QObject):
    """The application behind the window; holds the current Review."""

    def __init__(
        self,
        theme: Theme,
        roads: Roads = ROADS,
        preferences: Preferences | None = None,
        window: MainWindow | None = None,
    ) -> None:
        super().__init__()
        self.review: Review | None = None
        self.theme = theme
        self.runner = JobRunner(self)
        self.keeper = Keeper(vault_folder(), parent=self)
        self.window = window or MainWindow()
        self.preferences = preferences or Preferences()
        self.dresser = Dresser(self.preferences, lambda: self.theme, self.restyle, self)
        self.ways = Wayfinder(self)
        self._place = self.preferences.values.last_screen
        self._roads = roads
        self._before = OPEN
        self._stale = False
        self.window.chosen.connect(self.go)
        self.leaving = Leaving(self.keeper, lambda: self.window.banner, self)
        self.window.may_close = self.leaving.may_close
        self.keeper.wanted.connect(lambda: self.go(UNLOCK))
        self.keeper.changed.connect(self._name_entries)
        self.window.files_dropped.connect(self.take)
        self._dress()
        self._furnish()

    def go(self, key: str, outcome: str = "") -> None:
        """Show a screen, and the outcome there where one is named; or lock the vault."""
        if key == LOCK:
            self.keeper.lock()
            return
        if key in ASIDE and self.window.shown not in ASIDE:
            self._before = self.window.shown
        if self._stale and key not in STEADY and not self.keeper.resting:
            self._furnish()
        self.window.show_screen(self._before if key == BACK else key)
        if key in REVIEWED:
            self.preferences.remember(last_screen=key)
        if outcome:
            self.window.built(key).outcome_chosen.emit(outcome)  # type: ignore[attr-defined]

    def see(self, finding: int) -> None:
        """Show the cases of a finding."""
        self.go("cases")
        self.window.built("cases").finding_chosen.emit(finding)  # type: ignore[attr-defined]

    def take(self, paths: list[Path]) -> None:
        """Verify documents that were dropped; open the first file of another kind."""
        documents = [path for path in paths if path.suffix.lower() == ".pdf"]
        if documents:
            self.go("verify")
            self.window.built("verify").files_chosen.emit(documents)  # type: ignore[attr-defined]
        else:
            self.open_file(paths[0])

    def open_file(self, path: Path) -> None:
        """Open a file as if it had been chosen."""
        self.go(OPEN)
        self.opener.choose_file(path)

    def choose_file(self) -> None:
        """Ask the system for a file; where none is chosen, stay where one is."""
        self.window.built(OPEN).choose_a_file()  # type: ignore[attr-defined]

    def show_review(self, review: Review) -> None:
        """Replace the review that is open, and show where the surgeon stands."""
        from core.sealing.trust import TrustState

        if not self.leaving.settled():
            return
        self.review = review
        practice = review.extract.verdict.state is TrustState.EXAMPLE
        self.keeper.use(vault_folder(practice=practice))
        self._furnish()
        place, self._place = self._place, ""
        there = place in REVIEWED and place in set(self.window.rail.keys())
        self.go(place if there else REVIEWED[0])
        self.ways.arrived(review)

    def show_foreign(self, foreign: Foreign, again: Callable[[Report], object]) -> None:
        """Show what a file holds that is no extract, and how it may become one."""
        self.go("import_file")
        screen = self.window.built("import_file")
        screen.file_arrived.emit(foreign, again)  # type: ignore[attr-defined]

    def restyle(self, theme: Theme) -> None:
        """Dress everything anew, staying on the screen that is shown.

        A screen whose forms must not be lost is laid out anew when it is left. What is hidden
        would be dressed only to be taken away, which takes longer than all the rest.
        """
        shown, held = self.window.shown, self.window.focusWidget()
        self.theme = theme
        if shown in STEADY or self.keeper.resting or not self.leaving.settled():
            self._dress()
            self._stale = True
            return
        name = held.accessibleName() if held is not None else ""
        self.window.take_hidden_apart()
        self._dress()
        self._furnish()
        self.go(shown)
        self._hold_again(name)

    def check(self) -> int:
        """Open the example, draw and show it, and say so."""
        from desktop.self_check import self_check

        try:
            return self_check(self.show_review)
        finally:
            self.shutdown()

    def settings(self) -> Settings:
        """The settings in use, for the next run."""
        size = self.window.size()
        self.preferences.remember(width=size.width(), height=size.height())
        return self.preferences.values

    def shutdown(self) -> None:
        """Lock the vault and stop the worker; a vault that rests is locked once it has ended."""
        self.keeper.lock()
        self.runner.shutdown()
        if self.keeper.resting:
            QCoreApplication.sendPostedEvents()

    def _dress(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, self.theme)

    def _furnish(self) -> None:
        """Lay out the window for what is open, once what was typed is written."""
        if not self.leaving.settled():
            return
        self._stale = False
        self.window.lay_out(self.theme)
        self.window.forget_shortcuts()
        self._add_opening()
        self._add_screens()

    def _add_opening(self) -> None:
        screen = OpenScreen(self.theme)
        ends = Ends(self.show_review, self.show_foreign, self._keys)
        self.opener = OpenPresenter(screen, self.runner, self._roads, ends)
        screen.file_chosen.connect(self.open_file)
        screen.example_chosen.connect(self.opener.choose_example)
        screen.import_chosen.connect(lambda: self.go("import_file"))
        screen.summary_chosen.connect(lambda: self.go("summary"))
        screen.password_given.connect(self.opener.give_password)
        screen.weak_accepted.connect(self.opener.accept_weak)
        screen.stopped.connect(self.opener.stop)
        screen.file_left.connect(self.opener.leave_file)
        self.window.put(OPEN, screen)

    def _add_screens(self) -> None:
        listed = [screen for screen in SCREENS if screen.free or self.review is not None]
        desk = self._desk()
        offered = [screen for screen in listed if screen.offered(desk)]
        self.window.offer(offered, listed, lambda screen: screen.build(desk))
        self.window.rail.add_foot(OPEN, tr("Open a file"), "Ctrl+O")
        self.window.rail.add_foot(SETTINGS, tr("Settings"), "Ctrl+,")
        self.window.rail.add_foot(HELP, tr("Help"), "F1")
        self.window.rail.add_foot(LOCK, tr("Lock"), "Ctrl+L")
        self.window.rail.add_foot(UNLOCK, tr("Unlock"), "")
        self.ways.furnish(tuple(offered))
        if self.review is not None:
            from desktop.heading import heading

            self.window.name_review(*astuple(heading(self.review)))
        self._name_entries()

    def _keys(self) -> tuple[Opener, ...]:
        """The open vault's keys, to which an audit may have sealed a file."""
        vault = self.keeper.vault
        return () if vault is None else vault.keys.openers

    def _desk(self) -> Desk:
        desk = Desk(
            theme=self.theme,
            runner=self.runner,
            keeper=self.keeper,
            go=self.go,
            open_review=self.show_review,
            take=self.take,
            tell=self._tell,
            note=self._note,
            preferences=self.preferences,
            actions=lambda: self.ways.actions,
            act=self.ways.act,
        )
        return desk if self.review is None else self._session(desk, self.review)

    def _session(self, desk: Desk, review: Review) -> Session:
        from core.review.kept import archive_id

        ways = {field.name: getattr(desk, field.name) for field in fields(desk)}
        return Session(**ways, review=review, extract=archive_id(review.extract), see=self.see)

    def _name_entries(self) -> None:
        """Show the counts in the rail, and Lock where there is something to lock."""
        desk = self._desk()
        for screen in SCREENS:
            if screen.free or self.review is not None:
                self.window.rail.say(screen.key, screen.badge(desk))
        self.window.rail.show_foot(LOCK, self.keeper.is_open)
        self.window.rail.show_foot(UNLOCK, self.keeper.exists and not self.keeper.is_open)

    def _hold_again(self, name: str) -> None:
        """Give the keyboard back to the control of that name on the screen that is shown."""
        screen = self.window.built(self.window.shown)
        named = (one for one in screen.findChildren(QWidget) if one.accessibleName() == name)
        if name and (found := next(named, None)) is not None:
            found.setFocus()

    def _tell(self, error: Exception) -> None:
        show_problem(error, self.window.banner)

    def _note(self, news: str) -> None:
        self.window.banner.say(news, attention=False)
