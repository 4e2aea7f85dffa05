"""Where a file is looked for first: the last folder used, kept while the program runs alone."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from desktop.paths import documents

_NAME = "last_folder"


def first_folder() -> str:
    """Return the last folder used since the program began, else that of documents."""
    application = QCoreApplication.instance()
    last = application.property(_NAME) if application is not None else None
    return str(last or documents())


def used(path: Path) -> None:
    """Begin in this file's folder the next time; nothing of it is written."""
    application = QCoreApplication.instance()
    if application is not None:
        application.setProperty(_NAME, str(path.parent))
