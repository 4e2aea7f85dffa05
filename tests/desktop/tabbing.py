"""Tab pressed as a hand presses it, and what should come of it."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.window import MainWindow

MOST = 400


def tab(window: MainWindow, *, back: bool = False) -> QWidget | None:
    """Press Tab, or Shift+Tab, and return what holds the keyboard then."""
    shift = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier.NoModifier
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    QTest.keyClick(window.windowHandle(), key, shift)
    return QApplication.focusWidget()


def round_trip(window: MainWindow, *, back: bool = False) -> list[QWidget]:
    """Return what Tab reaches, in turn, until it reaches the first again."""
    first = tab(window, back=back)
    assert first is not None
    found = [first]
    while (now := tab(window, back=back)) is not None and now is not first:
        assert len(found) < MOST, "a trap"
        assert now not in found, f"{now} holds the keyboard twice"
        found.append(now)
    assert now is first
    return found


def tabbable(window: MainWindow) -> set[QWidget]:
    """Return every control that can be seen, is enabled and takes the keyboard by Tab."""
    parts = window.findChildren(QWidget)
    return {one for one in parts if one.isVisible() and _takes_tab(one)}


def _takes_tab(part: QWidget) -> bool:
    wants = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return wants and part.isEnabled() and part.focusProxy() is None


def place(part: QWidget, ground: QWidget) -> QRect:
    """Return where a part stands on its ground."""
    return QRect(part.mapTo(ground, QPoint(0, 0)), part.size())


def goes_back(one: QRect, other: QRect) -> bool:
    """Whether going from the first place to the other is not as one reads.

    That is up within a column, to the left within a row, or to a column at the left.
    """
    above = other.bottom() <= one.top() and other.left() <= one.right()
    same_row = other.top() <= one.bottom() and other.bottom() >= one.top()
    return above or (same_row and other.right() <= one.left())


def spoken(part: QWidget) -> str:
    """Return what a screen reader calls a part."""
    text = getattr(part, "text", None)
    return (part.accessibleName() or (text() if callable(text) else "")).strip()
