"""One table of what can be done: keys, help and command palette are all made from it."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.translation import QT_TR_NOOP

GO, FIND = QT_TR_NOOP("Go to"), QT_TR_NOOP("Find and ask")
TAKE, VAULT = QT_TR_NOOP("Take along"), QT_TR_NOOP("Your vault")
SEE, PLACE = QT_TR_NOOP("See"), QT_TR_NOOP("Where you are")


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: its name, label, keys and group.

    Label and group are marked words, shown with `tr`. One without `act` is done by the part it is
    about, which takes the keys itself.
    """

    name: str
    label: str
    group: str
    keys: tuple[str, ...] = ()
    act: Callable[[], object] | None = None


IN_PLACE = (
    Action("table", QT_TR_NOOP("Turn the chart into its table, and back"), PLACE, ("Ctrl+T",)),
    Action("points", QT_TR_NOOP("Walk the points of a chart"), PLACE, ("Left", "Right")),
    Action("own_point", QT_TR_NOOP("Go to your own point in a chart"), PLACE, ("Home",)),
    Action("copy_table", QT_TR_NOOP("Copy a table whole, for a spreadsheet"), PLACE, ("Ctrl+C",)),
    Action("find_cases", QT_TR_NOOP("Find among the cases"), PLACE, ("Ctrl+F",)),
    Action(
        "undo",
        QT_TR_NOOP("Undo the last thing written, in Corrections and in notes"),
        PLACE,
        ("Ctrl+Z",),
    ),
    Action("redo", QT_TR_NOOP("Do it again"), PLACE, ("Ctrl+Shift+Z", "Ctrl+Y")),
    Action("next", QT_TR_NOOP("Go to the next control, and back"), PLACE, ("Tab", "Shift+Tab")),
    Action("press", QT_TR_NOOP("Press the button in hand"), PLACE, ("Space",)),
    Action("leave", QT_TR_NOOP("Leave help, settings, a list or a card"), PLACE, ("Esc",)),
)


def groups(actions: tuple[Action, ...]) -> tuple[tuple[str, tuple[Action, ...]], ...]:
    """Return the actions that have keys, by group, in the order of the table."""
    keyed = [action for action in actions if action.keys]
    names = dict.fromkeys(action.group for action in keyed)
    return tuple((name, tuple(one for one in keyed if one.group == name)) for name in names)
