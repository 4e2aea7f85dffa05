"""The recovery sheet: the secret shown once, to be printed or written down, and confirmed."""

from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF, Signal
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QPushButton

from core.errors import PlumblineError
from core.storage import replace_file
from desktop.paths import documents
from desktop.translation import QT_TR_NOOP, tr
from desktop.widgets.card import CardWidget
from desktop.widgets.flow import FlowLayout
from desktop.widgets.text import ProseWidget, TextWidget
from desktop.widgets.wrapping import WrappingCheckBox

PDF = QT_TR_NOOP("Plumbline recovery sheet.pdf")
MARGIN_MM = 25.0


class RecoverySheetWidget(CardWidget):
    """Shows the secret; `confirmed` once the surgeon says that they hold it."""

    confirmed = Signal()
    failed = Signal(object)

    def __init__(self, secret: str, name: str, gmc: str) -> None:
        super().__init__(tr("Your recovery sheet"))
        self._secret, self._name, self._gmc = secret, name, gmc
        shown = TextWidget("\n".join(_lines(secret)), "key")
        shown.setAccessibleName(tr("Recovery secret: {secret}").format(secret=secret))
        self.print = QPushButton(tr("Print…"))
        self.print.setProperty("primary", True)
        self.print.clicked.connect(self._print)
        self.save = QPushButton(tr("Save as PDF…"))
        self.save.clicked.connect(self._choose_pdf)
        self.held = WrappingCheckBox(tr("I hold this secret on paper or in a safe place"))
        self.done = QPushButton(tr("Continue"))
        self.done.setEnabled(False)
        self.held.toggled.connect(self.done.setEnabled)
        self.done.clicked.connect(self.confirmed)
        buttons, last = FlowLayout(), FlowLayout()
        buttons.add(self.print, self.save)
        last.add(self.done)
        self.add(ProseWidget(tr(WHY), "quiet"), shown, ProseWidget(tr(ONCE)), buttons)
        self.add(self.held, last)
        self.first = self.print

    def pdf(self) -> bytes:
        """Return the sheet as a PDF of one A4 page."""
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(tr("Plumbline recovery sheet"))
        writer.setPageLayout(_a4())
        self._document().print_(writer)
        del writer
        return bytes(buffer.data().data())

    def save_pdf(self, path: Path) -> None:
        """Put the PDF where the surgeon chose; `failed` tells where that cannot be."""
        try:
            replace_file(path, self.pdf())
        except PlumblineError as error:
            self.failed.emit(error)

    def _choose_pdf(self) -> None:
        title = tr("Save the recovery sheet")
        chosen, _ = QFileDialog.getSaveFileName(
            self, title, str(documents() / tr(PDF)), tr("PDF (*.pdf)")
        )
        if chosen:
            self.save_pdf(Path(chosen))

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(_a4())
        if QPrintDialog(printer, self).exec():
            self._document().print_(printer)

    def _document(self) -> QTextDocument:
        document = QTextDocument()
        document.setDefaultFont(printed_font(self.font()))
        document.setDefaultStyleSheet(
            "* { color: black } pre { font-size: 22pt } p { margin: 8pt }"
        )
        title, number = tr("Plumbline recovery sheet"), tr("GMC number")
        document.setHtml(
            f"<h1>{escape(title)}</h1>"
            f"<p>{escape(self._name)} · {escape(number)} {escape(self._gmc)}</p>"
            f"<pre>{'<br>'.join(_lines(self._secret))}</pre>"
            f"<p>{escape(tr(WHY))}</p><p>{escape(tr(KEEP))}</p>"
        )
        return document


WHY = QT_TR_NOOP(
    "If you forget the passphrase, this secret opens the vault: on the unlock screen, choose "
    "“Use the recovery sheet”."
)
ONCE = QT_TR_NOOP(
    "It is shown this once and is saved nowhere by Plumbline. Print it or write it down, and keep "
    "it away from this computer. A PDF on this computer would open the vault to whoever finds it."
)
KEEP = QT_TR_NOOP(
    "Keep this sheet as you would keep a key, away from the computer. Letters are capitals."
)


def _lines(secret: str) -> tuple[str, str]:
    groups = secret.split("-")
    half = len(groups) // 2
    return "-".join(groups[:half]) + "-", "-".join(groups[half:])


def printed_font(font: QFont) -> QFont:
    """Return the font without tabular figures, which a PDF would not give back as digits."""
    printed = QFont(font)
    printed.setFeature(QFont.Tag("tnum"), 0)
    return printed


def _a4() -> QPageLayout:
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    portrait = QPageLayout.Orientation.Portrait
    return QPageLayout(size, portrait, margins, QPageLayout.Unit.Millimeter)
