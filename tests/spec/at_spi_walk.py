"""Run by the system's Python: visits every screen of the running window, and prints what it reads.

One line of JSON for each screen: its parts as a screen reader is given them, tables cut to
three rows.
"""

import json
import sys
import time
from contextlib import suppress

import pyatspi
from gi.repository import GLib

CELLS = {"table cell", "table column header", "column header"}
ROWS, LIMIT = 3, 60


def main() -> None:
    """Open the example by its button, then press each entry of the rail in turn."""
    pyatspi.setTimeout(20_000, 60_000)
    window = until(lambda: main_window("plumbline"))
    press(until(lambda: part(window, "Try the example")))
    until(lambda: part(window, "Overview"))
    for name in [node.name.split(",")[0] for node in entries(window)]:
        press(part(window, name))
        until(lambda name=name: is_checked(part(window, name)))
        time.sleep(0.5)
        print(json.dumps({"screen": name, "parts": [read(node) for node in walk(window)]}))
        sys.stdout.flush()
    twin(window)


def twin(window) -> None:
    """Turn the first chart into its table by the button, and read it."""
    entry = next(node for node in entries(window) if node.name.startswith("Funnel"))
    press(entry)
    button = until(lambda: part(window, "Table"))
    press(button)
    until(lambda: is_checked(part(window, "Table")))
    time.sleep(0.5)
    print(json.dumps({"screen": "twin", "parts": [read(node) for node in walk(window)]}))


def main_window(name):
    """Return the frame of the application of that name, or None."""
    desktop = pyatspi.Registry.getDesktop(0)
    found = next((one for one in desktop if one is not None and one.name.lower() == name), None)
    return found.getChildAtIndex(0) if found is not None and found.childCount else None


def walk(node):
    """Yield every part that shows, in the order given; of a table its first cells."""
    yield node
    table = node.getRoleName() in {"table", "tree table"}
    count = min(node.childCount, table_cells(node)) if table else node.childCount
    for at in range(count):
        child = node.getChildAtIndex(at)
        if child is not None and (table or shows(child)):
            yield from walk(child)


def table_cells(node):
    """Return how many cells the headings and the first rows have."""
    return (node.queryTable().nColumns + 1) * (ROWS + 1)


def shows(node):
    """Whether it is on screen."""
    return node.getState().contains(pyatspi.STATE_SHOWING)


def is_checked(node):
    """Whether it is marked as chosen."""
    return node is not None and node.getState().contains(pyatspi.STATE_CHECKED)


def read(node):
    """Return what a screen reader is told of a part."""
    state = node.getState()
    return {
        "role": node.getRoleName(),
        "name": node.name,
        "description": node.description,
        "focusable": state.contains(pyatspi.STATE_FOCUSABLE),
        "enabled": state.contains(pyatspi.STATE_ENABLED),
    }


def part(window, name):
    """Return the showing part of that name that can be pressed, or None."""
    return next((node for node in buttons(window) if node.name.split(",")[0] == name), None)


def buttons(window):
    """Return everything that shows and can be pressed."""
    roles = {"push button", "check box", "radio button", "toggle button", "button"}
    return [node for node in walk(window) if node.getRoleName() in roles and shows(node)]


def entries(window):
    """Return the entries of the rail."""
    found = buttons(window)
    first = next(at for at, node in enumerate(found) if node.name == "Overview")
    last = next(at for at, node in enumerate(found) if node.name.startswith("Open a file"))
    return found[first:last]


def press(node) -> None:
    """Press it as a screen reader does."""
    actions = node.queryAction()
    names = [actions.getName(at) for at in range(actions.nActions)]
    wanted = next(name for name in ("Press", "Toggle", "press") if name in names)
    actions.doAction(names.index(wanted))


def until(found):
    """Wait for it; TimeoutError after a minute. Parts may vanish while they are read."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        with suppress(GLib.Error, AttributeError, NotImplementedError, StopIteration):
            if answer := found():
                return answer
        time.sleep(0.2)
    raise TimeoutError


main()
