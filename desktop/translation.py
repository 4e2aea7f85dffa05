"""The words of the window, translated where they are shown and marked where they stand.

Qt's `lupdate` finds what is written as `tr("…")` or `QT_TR_NOOP("…")`. All words share one
context, so that a sentence means the same wherever it is shown. The sentences of `core` are not
translated here: they are the audit's and the method's, and stand in signed documents.
"""

from PySide6.QtCore import QCoreApplication

CONTEXT = ""


def tr(text: str) -> str:
    """Return `text` in the language of the window; English where there is no other."""
    return QCoreApplication.translate(CONTEXT, text)


def QT_TR_NOOP(text: str) -> str:  # noqa: N802 (the name that lupdate looks for)
    """Return `text` as it is, marked to be translated once it is shown with `tr`."""
    return text
