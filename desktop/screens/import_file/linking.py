"""The link from an import's cases to its patients, kept once a vault is open."""

from core.errors import PlumblineError
from core.extract.opening import Extract
from desktop.session import Desk
from desktop.translation import QT_TR_NOOP, tr

KEPT = QT_TR_NOOP(
    "The file and its link to hospital numbers are in your vault. On the Cases screen a patient "
    "is found by number."
)


def keep_link(desk: Desk, extract: Extract, table: bytes) -> None:
    """Ask for a vault, then keep the extract and its link there; what stops it is told."""

    def keep() -> None:
        try:
            desk.keeper.keep_link(extract, table)
        except PlumblineError as error:
            desk.tell(error)
        else:
            desk.note(tr(KEPT))

    desk.keeper.ask(keep)
