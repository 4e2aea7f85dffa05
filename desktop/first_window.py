"""`plumbline --first-window`: shows the first window and ends, so that a start can be timed."""

from desktop.app import Plumbline
from desktop.start import make_application
from desktop.theme import Theme, system_palette
from desktop.window import OPEN


def main() -> None:
    """Show what a user sees first, and end once it is drawn."""
    application = make_application()
    plumbline = Plumbline(Theme(system_palette()))
    plumbline.go(OPEN)
    plumbline.window.show()
    application.processEvents()
    plumbline.shutdown()
