"""The words of the window, translated where they are shown and marked where they stand.

Qt's `lupdate` finds what is written as `tr("…")` or `QT_TR_NOOP("…")`. All words share one
context, so that a sentence means the same wherever it is shown. The sentences of `core` are not
translated here: they are the audit's and the method's, and stand in signed documents.
"""

from locale import LC_NUMERIC, LC_TIME, setlocale

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

CONTEXT = ""
BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


class _Translation(QTranslator):
    """Qt reads the bytes where they lie, so they live as long as the translation does."""

    def __init__(self, words: bytes, owner: QObject) -> None:
        super().__init__(owner)
        self._words = words
        self.load(self._words)


def tr(text: str) -> str:
    """Return `text` in the language of the window; English where there is no other."""
    return QCoreApplication.translate(CONTEXT, text)


def QT_TR_NOOP(text: str) -> str:  # noqa: N802 (the name that lupdate looks for)
    """Return `text` as it is, marked to be translated once it is shown with `tr`."""
    return text


def install_translation(application: QCoreApplication, locale: QLocale) -> None:
    """Show the window in the language of `locale` where the program has it, else in English.

    Dates and numbers of Qt's own widgets are British in either case, as core's sentences are. Qt
    lets the system name the months for the whole process; in a signed page they are English.
    """
    QLocale.setDefault(BRITISH)
    for kind in (LC_TIME, LC_NUMERIC):
        setlocale(kind, "C")
    if locale.language() == QLocale.Language.English:
        return
    from core.assets import asset

    language = QLocale.languageToCode(locale.language())
    try:
        words = asset(f"translations/plumbline_{language}.qm")
    except FileNotFoundError:
        return
    application.installTranslator(_Translation(words, application))
