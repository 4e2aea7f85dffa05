"""One table of what can be done: keys, help and command palette are all made from it."""

from collections.abc import Callable
from dataclasses import dataclass

GO, FIND, TAKE, VAULT = "Go to", "Find and ask", "Take along", "Your vault"
SEE, PLACE = "See", "Where you are"


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: its name, label, keys and group.

    One without `act` is done by the part it is about, which takes the keys itself.
    """

    name: str
    label: str
    group: str
    keys: tuple[str, ...] = ()
    act: Callable[[], object] | None = None


IN_PLACE = (
    Action("table", "Turn the chart into its table, and back", PLACE, ("Ctrl+T",)),
    Action("points", "Walk the points of a chart", PLACE, ("Left", "Right")),
    Action("own_point", "Go to your own point in a chart", PLACE, ("Home",)),
    Action("copy_table", "Copy a table whole, for a spreadsheet", PLACE, ("Ctrl+C",)),
    Action("find_cases", "Find among the cases", PLACE, ("Ctrl+F",)),
    Action("undo", "Undo the last thing written, in Corrections and in notes", PLACE, ("Ctrl+Z",)),
    Action("redo", "Do it again", PLACE, ("Ctrl+Shift+Z",)),
    Action("next", "Go to the next control, and back", PLACE, ("Tab", "Shift+Tab")),
    Action("press", "Press the button in hand", PLACE, ("Space",)),
    Action("leave", "Leave help, settings, a list or a card", PLACE, ("Esc",)),
)


def groups(actions: tuple[Action, ...]) -> tuple[tuple[str, tuple[Action, ...]], ...]:
    """Return the actions that have keys, by group, in the order of the table."""
    keyed = [action for action in actions if action.keys]
    names = dict.fromkeys(action.group for action in keyed)
    return tuple((name, tuple(one for one in keyed if one.group == name)) for name in names)
