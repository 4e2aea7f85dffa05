"""A start that ends once the window, or its first screen, is drawn: so that it can be timed."""

from desktop.launch import first_window, furnish
from desktop.settings import Loaded, Settings
from desktop.start import begin_application


def show_window() -> None:
    """Show the window as it stands before any screen is built."""
    application = begin_application()
    first_window(Settings())
    application.processEvents()


def show_screen() -> None:
    """Show the window with the screen on which a user begins."""
    application = begin_application()
    plumbline = furnish(application, first_window(Settings()), Loaded(Settings(), {}))
    application.processEvents()
    plumbline.shutdown()
