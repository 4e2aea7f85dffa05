"""A screen on paper: black on white, its source and the page's number on every page."""

from html import escape

from PySide6.QtCore import QMarginsF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QTextDocument,
)
from PySide6.QtPrintSupport import QPrinter

from core.charts.style import FAMILIES
from desktop.translation import tr
from desktop.widgets.sheet import Part, Passage
from desktop.widgets.taken import TakenTable

DOTS_AN_INCH = 96
FOOT = 44
MARGINS_MM = QMarginsF(18, 16, 18, 14)
INK, QUIET = "#1B2A33", "#51616C"
STYLE = f"""
body {{ color: {INK} }}
h1 {{ font-size: 21px }} h2 {{ font-size: 17px }} h3 {{ font-size: 13px }}
table {{ font-size: 12px }} .small {{ font-size: 11px; color: {QUIET} }}
"""


def a4_printer() -> QPrinter:
    """Return the usual printer, set to upright A4."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, upright, MARGINS_MM, QPageLayout.Unit.Millimeter))
    return printer


def print_parts(parts: tuple[Part, ...], source: str, printer: QPrinter) -> int:
    """Print the parts; return the number of pages. `source` stands at the foot of each."""
    shrink = printer.logicalDpiX() / DOTS_AN_INCH
    page = printer.pageLayout().paintRectPixels(printer.resolution())
    width, height = page.width() / shrink, page.height() / shrink - FOOT
    document = _document(parts, width, height)
    painter = QPainter(printer)
    painter.scale(shrink, shrink)
    pages = document.pageCount()
    for number in range(pages):
        if number:
            printer.newPage()
        _body(painter, document, QRectF(0, number * height, width, height))
        room = QRectF(0, height + 8, width, FOOT - 8)
        place = tr("Page {n} of {total}").format(n=number + 1, total=pages)
        _foot(painter, room, source, place)
    painter.end()
    return pages


def _body(painter: QPainter, document: QTextDocument, part: QRectF) -> None:
    """Draw a page of the document, in ink whatever the screen's colours are."""
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, QColor(INK))
    context.clip = part
    painter.save()
    painter.translate(0, -part.top())
    painter.setClipRect(part)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _document(parts: tuple[Part, ...], width: float, height: float) -> QTextDocument:
    document = QTextDocument()
    document.setUseDesignMetrics(True)
    document.setDefaultFont(_font(10))
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(STYLE)
    document.setPageSize(QRectF(0, 0, width, height).size())
    document.setHtml("".join(_html(part, document, at, width) for at, part in enumerate(parts)))
    return document


def _html(part: Part, document: QTextDocument, at: int, width: float) -> str:
    if isinstance(part, TakenTable):
        return part.html()
    if isinstance(part, Passage):
        tag = part.kind if part.kind.startswith("h") else "p"
        kind = " class='small'" if part.kind == "small" else ""
        return f"<{tag}{kind}>{escape(part.text).replace(chr(10), '<br>')}</{tag}>"
    name = f"picture-{at}"
    document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), part.image())
    return f"<p><img src='{name}' width='{int(width)}'></p>"


def _font(points: float) -> QFont:
    """Return the text font without tabular figures, which a PDF would not give back as digits."""
    font = QFont(FAMILIES)
    font.setFeature(QFont.Tag("tnum"), 0)
    font.setPixelSize(round(points * DOTS_AN_INCH / 72))
    return font


def _foot(painter: QPainter, room: QRectF, source: str, number: str) -> None:
    painter.save()
    painter.setFont(_font(7.5))
    painter.setPen(QColor(QUIET))
    left = room.adjusted(0, 0, -80, 0)
    painter.drawText(left, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, source)
    painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, number)
    painter.restore()
