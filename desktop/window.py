"""The frame: rail, top bar, message, and the screen that is shown.

What only the parts in the frame need is imported with them: the window shows before them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.translation import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShortcut

    from desktop.session import Screen
    from desktop.theme import Theme
    from desktop.widgets.sheet import Part

SMALLEST = QSize(960, 600)
FIRST = QSize(1440, 900)
OPEN = "open"


class MainWindow(QMainWindow):
    """Shows one screen at a time; a screen is built when it is first shown."""

    chosen = Signal(str)
    files_dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Plumbline")
        self.setMinimumSize(SMALLEST)
        self.resize(FIRST)
        self.setAcceptDrops(True)
        self._shortcuts: list[QShortcut] = []
        self._source = ""
        self._screens: dict[str, QWidget] = {}
        self._leaving: dict[str, bool] = {}
        self._build: dict[str, Callable[[], QWidget]] = {}
        self.shown = ""
        self.may_close: Callable[[], bool] = lambda: True
        QApplication.instance().focusChanged.connect(self._let_enter_press)  # type: ignore[union-attr]

    def _let_enter_press(self, before: QWidget | None, now: QWidget | None) -> None:
        """Let Enter press a button that holds the focus, as the space bar does."""
        del before
        if isinstance(now, QPushButton):
            now.setAutoDefault(True)

    def lay_out(self, theme: Theme) -> None:
        """Build the frame anew at the theme's text size; it holds no screen yet."""
        from desktop.widgets.banner import BannerWidget
        from desktop.widgets.rail import RailWidget
        from desktop.widgets.topbar import TopBarWidget

        self.rail = RailWidget(theme.scale)
        self.rail.chosen.connect(self.chosen)
        self.top_bar = TopBarWidget(theme.scale)
        self.top_bar.hide()
        self.banner = BannerWidget()
        self.banner.setProperty("wide", True)
        self._stack = QStackedWidget()
        self._screens = {}
        frame = QWidget()
        frame.setObjectName("page")
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(self._column(), 1)
        self.setCentralWidget(frame)

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        return column

    def offer(
        self,
        offered: Iterable[Screen],
        built: Iterable[Screen],
        build: Callable[[Screen], QWidget],
    ) -> None:
        """List the screens `offered` in the rail; `build` makes one when it is first shown."""
        group: int | None = None
        for screen in offered:
            if group not in (None, screen.group):
                self.rail.add_line()
            group = screen.group
            self.rail.add(screen.key, tr(screen.label))
        screens = tuple(built)
        self._build = {screen.key: partial(build, screen) for screen in screens}
        self._leaving = {one.key: not one.free for one in screens if one.leaves or not one.free}

    def name_review(self, audit: str, period: str, trust: str, more: str) -> None:
        """Say in the top bar what is open and where it came from."""
        self.top_bar.trust.say(trust, more)
        self.top_bar.say(audit, period)
        self._source = f"{audit} · {period} · {trust}"

    def show_screen(self, key: str) -> None:
        """Show a screen, building it where this is the first time."""
        if key not in self._screens:
            self.put(key, self._build[key]())
        self._stack.setCurrentWidget(self._screens[key])
        self.rail.choose(key)
        if key != OPEN:
            self._screens[key].setFocus()
        self.banner.hide()
        self.top_bar.setVisible(bool(self.top_bar.audit))
        self.shown = key

    def put(self, key: str, screen: QWidget) -> None:
        """Add a screen that is built already."""
        self._screens[key] = screen
        self._stack.addWidget(screen)

    def take_hidden_apart(self) -> None:
        """End at once the screens that are not shown; none of their controls can be acting."""
        from shiboken6 import delete

        for key in [one for one in self._screens if one != self.shown]:
            delete(self._screens.pop(key))

    def built(self, key: str) -> QWidget:
        """Return a screen that was shown before; KeyError where it was not."""
        return self._screens[key]

    def add_shortcut(self, keys: str, act: Callable[[], object]) -> None:
        """Let a key combination act anywhere in the window."""
        from PySide6.QtGui import QKeySequence, QShortcut

        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(act)
        self._shortcuts.append(shortcut)

    def forget_shortcuts(self) -> None:
        """Take all shortcuts away, before others are added."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []

    def print_shown(self) -> None:
        """Ask for a printer, and put on paper what the screen shows."""
        if (found := self._shown_parts()) is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog

        from desktop.widgets.paper import a4_printer, print_parts

        printer = a4_printer()
        if QPrintDialog(printer, self).exec():
            pages = print_parts(*found, printer)
            said = tr("Sent to the printer: {n} pages.").format(n=pages)
            self.banner.say(said, attention=False)

    def copy_shown(self) -> None:
        """Put the words and tables that the screen shows on the clipboard."""
        if (found := self._shown_parts()) is None:
            return
        from PySide6.QtGui import QGuiApplication

        from desktop.widgets.sheet import plain_text

        QGuiApplication.clipboard().setText(plain_text(*found))
        self.banner.say(tr("The words of this screen are on the clipboard."), attention=False)

    def _shown_parts(self) -> tuple[tuple[Part, ...], str] | None:
        """Return what the shown screen holds and its source; None where it must not leave."""
        if self.shown not in self._leaving:
            said = tr("Nothing on this screen can be printed or copied.")
            self.banner.say(said, attention=False)
            return None
        from desktop.widgets.sheet import gather

        source = self._source if self._leaving[self.shown] else ""
        return gather(self._screens[self.shown]), source

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 (Qt's names)
        """Go on as one reads; from a screen that was just shown, into it."""
        from desktop.widgets.reading_order import enter, tab_as_one_reads

        tab_as_one_reads(self)
        page = self._screens.get(self.shown)
        if page is not None and self.focusWidget() is page and enter(page, at_end=not next):
            return True
        return super().focusNextPrevChild(next)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Stay open where what was typed would be lost."""
        event.setAccepted(self.may_close())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """A file may be dropped anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell of the dropped files."""
        urls = event.mimeData().urls()
        if files := [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]:
            self.files_dropped.emit(files)
