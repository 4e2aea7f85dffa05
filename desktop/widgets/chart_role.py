"""Tells screen readers that a chart is a picture: Qt alone would call it a part without a kind."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

CHART = "ChartCanvasWidget"


def speak_of_pictures() -> None:
    """Give charts the role of a picture; called once, on the window's thread.

    The class is known by its name, so that no chart is imported before one is needed.
    """
    QAccessible.installFactory(_interface)


def _interface(name: str, part: QObject) -> QAccessibleInterface | None:
    if name == CHART and isinstance(part, QWidget):
        return QAccessibleWidget(part, QAccessible.Role.Graphic)
    return None
