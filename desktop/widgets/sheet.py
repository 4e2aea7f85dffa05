"""What a screen shows, gathered in its order, for paper and for the clipboard."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from desktop.widgets.chart_canvas import ChartCanvasWidget
from desktop.widgets.chart_card import ChartCardWidget
from desktop.widgets.figures import FactsWidget, KeyFigureWidget
from desktop.widgets.reading_order import laid
from desktop.widgets.table_view import TableWidget
from desktop.widgets.taken import TakenPicture, TakenTable

HEADINGS = {"page-title": "h1", "card-title": "h2", "strong": "h3", "small": "small"}


@dataclass(frozen=True, slots=True)
class Passage:
    """Words; `kind` is h1, h2, h3, small, or empty for prose."""

    text: str
    kind: str = ""


Part = Passage | TakenPicture | TakenTable


@dataclass(frozen=True, slots=True)
class _Points:
    """The points of a chart, which may fill pages."""

    title: Passage
    table: TakenTable


def gather(widget: QWidget) -> tuple[Part, ...]:
    """Return what the widget shows, and the points of its charts as tables after all else.

    A password is never among it, nor is a label whose property `stays` is set.
    """
    parts = list(_parts(widget))
    points = [part for part in parts if isinstance(part, _Points)]
    rest = [part for part in parts if not isinstance(part, _Points)]
    return (*rest, *(part for one in points for part in (one.title, one.table)))


def plain_text(parts: tuple[Part, ...], source: str) -> str:
    """Return the parts in words, and where they are from."""
    said = [part.text if isinstance(part, Passage) else part.text() for part in parts]
    return "\n\n".join(part for part in (*said, source) if part)


def _parts(widget: QWidget) -> Iterator[Part | _Points]:
    match widget:
        case ChartCardWidget():
            yield from _chart(widget)
        case ChartCanvasWidget():
            if widget.picture is not None:
                yield widget.picture
        case TableWidget():
            yield widget.taken()
        case FactsWidget():
            yield TakenTable(("",) * max(map(len, widget.rows), default=0), widget.rows)
        case KeyFigureWidget():
            yield Passage(widget.accessibleName())
        case QLabel():
            yield from _words(widget)
        case QLineEdit() | QPlainTextEdit():
            yield from _written(widget)
        case QAbstractButton():
            yield from _ticked(widget)
        case _:
            for child in _children(widget):
                if not child.isHidden():
                    yield from _parts(child)


def _chart(card: ChartCardWidget) -> Iterator[Part | _Points]:
    yield Passage(card.title, "h1")
    yield Passage(card.subtitle)
    if card.instead is not None:
        yield from _parts(card.instead)
    elif card.canvas is not None:
        yield from _parts(card.canvas)
        title = Passage(card.table.accessibleName(), "h2")
        yield _Points(title, card.table.taken())


def _words(label: QLabel) -> Iterator[Part]:
    role = str(label.property("role") or "")
    text = label.text()
    said = label.accessibleName() if text.startswith("<p") else text
    if said.strip() and not label.property("stays"):
        yield Passage(said, HEADINGS.get(role, ""))


def _written(field: QLineEdit | QPlainTextEdit) -> Iterator[Part]:
    if isinstance(field, QPlainTextEdit):
        text = field.toPlainText()
    else:
        text = field.text() if field.echoMode() == QLineEdit.EchoMode.Normal else ""
    if text.strip():
        yield Passage(f"{field.accessibleName()}: {text}")


def _ticked(button: QAbstractButton) -> Iterator[Part]:
    if isinstance(button, QCheckBox | QRadioButton):
        yield Passage(f"{'☒' if button.isChecked() else '☐'} {' '.join(button.text().split())}")


def _children(widget: QWidget) -> Iterator[QWidget]:
    """Return the parts of a widget in the order of its layout."""
    if isinstance(widget, QScrollArea):
        yield from filter(None, [widget.widget()])
    elif isinstance(widget, QStackedWidget):
        yield from filter(None, [widget.currentWidget()])
    else:
        inside = [child for child in widget.children() if isinstance(child, QWidget)]
        layout = widget.layout()
        yield from inside if layout is None else laid(layout, inside)
