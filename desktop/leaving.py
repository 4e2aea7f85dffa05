"""What becomes of words that could not be written when a screen, the vault or the window closes."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.keeping import Keeper
from desktop.widgets.banner import BannerWidget

STEADY = {"unlock", "extracts", "import_file", "summary"}
"""Screens that may show a secret the only time, wait for keys, or hold what is not kept yet."""
UNWRITTEN = (
    "What you typed last could not be written. It stands where you typed it. Make room on the "
    "disk, or copy it, and try again."
)
CLOSE_WITHOUT = f"{UNWRITTEN} Closing again closes without it."
HELD_BACK = (
    "What you typed last could not be written before the vault was locked. It waits, encrypted, "
    "until you open the vault in this window. Closing Plumbline loses it."
)
CLOSE_LOSES = f"{HELD_BACK} Closing again closes without it."
WRITTEN_LATE = "What could not be written before the vault was locked is written now."


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
        if self._warned or (self.settled(CLOSE_WITHOUT) and not self._keeper.holds_back):
            return True
        if self._keeper.holds_back:
            self._banner().say(CLOSE_LOSES)
        self._warned = True
        return False

    def settled(self, otherwise: str = UNWRITTEN) -> bool:
        """Let everything typed be written; where something was not, say so."""
        written = self._keeper.settle()
        if not written:
            self._banner().say(otherwise)
        return written

    def _tell(self, waits: bool) -> None:
        self._banner().say(HELD_BACK if waits else WRITTEN_LATE, attention=waits)
