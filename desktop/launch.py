"""`plumbline`: a window at once, then what stands in it."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.paths import settings_file
from desktop.settings import Loaded, Settings, load_settings
from desktop.start import Arguments, begin_application, dress_application, parse, remember
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.starting import StartingWidget
from desktop.window import MainWindow

if TYPE_CHECKING:
    from desktop.app import Plumbline

SET_ASIDE = QT_TR_NOOP(
    "The settings could not be read. They were set aside and the usual ones are in use."
)


def main() -> None:
    """Open the window, on FILE where one is given."""
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Return the exit code of the application with these arguments."""
    arguments = parse(words)
    application = begin_application()
    loaded = load_settings(settings_file())
    if arguments.self_check:
        return furnish(application, MainWindow(), loaded).check()
    plumbline = furnish(application, first_window(loaded.settings), loaded)
    _live(application, plumbline, loaded)
    if loaded.broken:
        plumbline.window.banner.say(tr(SET_ASIDE), attention=False)
    _open(plumbline, arguments)
    return application.exec()


def first_window(settings: Settings) -> MainWindow:
    """Show the window in its size and colours; what stands in it needs imports that take longer."""
    window = MainWindow()
    window.resize(settings.width, settings.height)
    window.setCentralWidget(StartingWidget(settings.look))
    window.show()
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return window


def furnish(application: QApplication, window: MainWindow, loaded: Loaded) -> Plumbline:
    """Give the window its looks and its first screen."""
    from desktop.app import Plumbline
    from desktop.dressing import theme_of
    from desktop.preferences import Preferences
    from desktop.window import OPEN

    dress_application(application)
    preferences = Preferences(loaded, settings_file())
    plumbline = Plumbline(theme_of(loaded.settings), window=window, preferences=preferences)
    application.aboutToQuit.connect(plumbline.shutdown)
    plumbline.go(OPEN)
    return plumbline


def _live(application: QApplication, plumbline: Plumbline, loaded: Loaded) -> None:
    """Follow the system, the settings and what fails, as long as the window stands."""
    from desktop.double_click import open_when_asked
    from desktop.idle import lock_when_left
    from desktop.problems import install_excepthook

    install_excepthook(plumbline.window)
    application.styleHints().colorSchemeChanged.connect(plumbline.dresser.follow_system)
    application.aboutToQuit.connect(lambda: remember(plumbline.settings(), loaded))
    open_when_asked(application, lambda path: plumbline.take([path]))
    idle, preferences = lock_when_left(application, plumbline.keeper.lock), plumbline.preferences
    idle.wait(preferences.values.idle_minutes)
    preferences.changed.connect(lambda: idle.wait(preferences.values.idle_minutes))
    QTimer.singleShot(0, plumbline.dresser, plumbline.dresser.heed_motion)


def _open(plumbline: Plumbline, arguments: Arguments) -> None:
    """Load what the first file will need, and open what the command line names."""
    from desktop.opening import warm_up
    from desktop.registry import SCREENS

    plumbline.runner.start(partial(warm_up, screens=[screen.key for screen in SCREENS]))
    if arguments.file is not None:
        plumbline.take([arguments.file])
    elif arguments.example:
        plumbline.opener.choose_example()


if __name__ == "__main__":
    main()
