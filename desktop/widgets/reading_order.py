"""The order in which Tab goes: that of reading, whatever was built first or built anew."""

from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget


def tab_as_one_reads(window: QWidget) -> None:
    """Let Tab go through what is shown as it is laid out: down, and along each row."""
    for before, after in pairwise(_controls(window)):
        QWidget.setTabOrder(before, after)


def enter(page: QWidget, *, at_end: bool = False) -> bool:
    """Give the keyboard to the first control of a page, or the last; return whether it has one."""
    found = [one for one in _controls(page) if one is not page and one.isEnabled()]
    if not found:
        return False
    reason = Qt.FocusReason.BacktabFocusReason if at_end else Qt.FocusReason.TabFocusReason
    found[-1 if at_end else 0].setFocus(reason)
    return True


def _controls(part: QWidget) -> Iterator[QWidget]:
    """Yield what Tab may reach in a part, in the order of its layout; then what lies over it.

    A part that hands the keyboard on to one of its own is moved by Qt as a whole.
    """
    proxy = part.focusProxy()
    handed_on = proxy is not None and part.isAncestorOf(proxy)
    if handed_on or part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield part
    if handed_on:
        return
    inside = [one for one in part.children() if isinstance(one, QWidget)]
    seen = [one for one in inside if not one.isHidden() and not one.isWindow()]
    first = dict.fromkeys(laid(part.layout(), seen))
    for one in (*first, *(other for other in seen if other not in first)):
        yield from _controls(one)


def laid(layout: QLayout | None, parts: list[QWidget]) -> Iterator[QWidget]:
    """Yield those of the parts that stand in a layout, as one reads.

    It is asked where each stands, not what stands where: an item of a layout that Python has
    asked for its widget is forgotten with it.
    """
    if layout is None:
        return
    within = [one for one in layout.children() if isinstance(one, QLayout)]
    found: list[tuple[int, QWidget | QLayout]] = [
        *((layout.indexOf(one), one) for one in parts),
        *((layout.indexOf(one), one) for one in within),
    ]
    placed = [(_place(layout, at), one) for at, one in found if at >= 0]
    for _, one in sorted(placed, key=itemgetter(0)):
        if isinstance(one, QWidget):
            yield one
        else:
            yield from laid(one, parts)


def _place(layout: QLayout, at: int) -> tuple[int, int]:
    if not isinstance(layout, QGridLayout):
        return at, 0
    row, column, *_ = cast("tuple[int, int, int, int]", layout.getItemPosition(at))
    return row, column
