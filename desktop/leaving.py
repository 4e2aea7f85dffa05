"""What becomes of words that could not be written when a screen, the vault or the window closes."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.keeping import Keeper
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.banner import BannerWidget

STEADY = {"unlock", "extracts", "import_file", "summary"}
"""Screens that may show a secret the only time, wait for keys, or hold what is not kept yet."""
UNWRITTEN = QT_TR_NOOP(
    "What you typed last could not be written. It stands where you typed it. Make room on the "
    "disk, or copy it, and try again."
)
HELD_BACK = QT_TR_NOOP(
    "What you typed last could not be written before the vault was locked. It waits, encrypted, "
    "until you open the vault in this window. Closing Plumbline loses it."
)
CLOSE_AGAIN = QT_TR_NOOP("Closing again closes without it.")
WRITTEN_LATE = QT_TR_NOOP("What could not be written before the vault was locked is written now.")


class Leaving(QObject):
    """Says what could not be written, and holds the window once before it would be lost."""

    def __init__(
        self, keeper: Keeper, banner: Callable[[], BannerWidget], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keeper, self._banner = keeper, banner
        self._warned = False
        keeper.held_back.connect(self._tell)

    def may_close(self) -> bool:
        """Stay once where something would be lost; the next time close without it."""
        if self._warned or (self.settled(closing=True) and not self._keeper.holds_back):
            return True
        if self._keeper.holds_back:
            self._banner().say(f"{tr(HELD_BACK)} {tr(CLOSE_AGAIN)}")
        self._warned = True
        return False

    def settled(self, *, closing: bool = False) -> bool:
        """Let everything typed be written; where something was not, say so."""
        written = self._keeper.settle()
        if not written:
            more = f" {tr(CLOSE_AGAIN)}" if closing else ""
            self._banner().say(f"{tr(UNWRITTEN)}{more}")
        return written

    def _tell(self, waits: bool) -> None:
        self._banner().say(tr(HELD_BACK) if waits else tr(WRITTEN_LATE), attention=waits)
