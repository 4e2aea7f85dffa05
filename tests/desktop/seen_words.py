"""What a person sees or hears of a window: its words, and those that have too little room."""

import html
import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from desktop.widgets.choice import ChoiceWidget
from desktop.widgets.wrapping import WrappingCheckBox, WrappingRadioButton

TAG = re.compile(r"<[^>]+>")
ROWS = 20
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


def seen(window: QWidget) -> set[str]:
    """Return every text of the parts that are visible."""
    parts = (window, *window.findChildren(QWidget))
    found = {text for part in parts if part.isVisible() for text in _said(part)}
    return {html.unescape(TAG.sub("", text)).strip() for text in found} - {""}


def _said(part: QWidget) -> Iterator[str]:
    yield from (part.windowTitle() if part.isWindow() else "", part.toolTip())
    yield from (part.accessibleName(), part.accessibleDescription(), part.statusTip())
    if isinstance(part, QLabel | QAbstractButton) and not isinstance(part, ChoiceWidget):
        yield part.text()
    if isinstance(part, QLineEdit | QPlainTextEdit):
        yield part.placeholderText()
    if isinstance(part, QPlainTextEdit) and part.isReadOnly():
        yield from part.toPlainText().splitlines()
    if isinstance(part, QPushButton) and part.menu() is not None:
        yield from (action.text() for action in part.menu().actions())
    if isinstance(part, QComboBox):
        yield from (part.itemText(at) for at in range(part.count()))
    if isinstance(part, QAbstractItemView) and part.model() is not None:
        yield from _cells(part.model(), headed=isinstance(part, QTableView))


def _cells(model: QAbstractItemModel, *, headed: bool) -> Iterator[str]:
    for column in range(model.columnCount()):
        if headed:
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(ROWS, model.rowCount())):
            for role in ROLES:
                said = model.index(row, column).data(role)
                yield said if isinstance(said, str) else ""


def narrow(screen: QWidget) -> list[str]:
    """Return the one-line labels that are wider than their place; a picture has no words."""
    lines = [one for one in screen.findChildren(QLabel) if one.text() and not one.wordWrap()]
    return [one.text() for one in lines if one.isVisible() and one.width() < one.sizeHint().width()]


def low(screen: QWidget) -> list[str]:
    """Return the tick boxes and radio buttons whose lines do not stand whole."""
    ticks = (*screen.findChildren(WrappingCheckBox), *screen.findChildren(WrappingRadioButton))
    return [
        part.words
        for part in ticks
        if part.isVisible() and part.height() < part.minimumSizeHint().height()
    ]


def cramped(screen: QWidget) -> list[str]:
    """Return the buttons whose words are wider than they are; a choice may shorten its own."""
    return [
        part.text()
        for part in screen.findChildren(QPushButton)
        if part.isVisible()
        and not isinstance(part, ChoiceWidget)
        and part.width() < part.sizeHint().width()
    ]
