"""The link from an import's cases to its patients, kept once a vault is open."""

from core.errors import PlumblineError
from core.extract.opening import Extract
from desktop.session import Desk

KEPT = "The file and its link to hospital numbers are in your vault. Cases finds a patient."


def keep_link(desk: Desk, extract: Extract, table: bytes) -> None:
    """Ask for a vault, then keep the extract and its link there; what stops it is told."""

    def keep() -> None:
        try:
            desk.keeper.keep_link(extract, table)
        except PlumblineError as error:
            desk.tell(error)
        else:
            desk.note(KEPT)

    desk.keeper.ask(keep)
