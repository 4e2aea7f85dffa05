"""What the help screen says: the keys of the table of actions, and the words of the glossary."""

from dataclasses import dataclass
from functools import reduce
from typing import Protocol

from core.results.meanings import MEANINGS, found_words, meaning_of
from desktop.actions import Action, groups
from desktop.translation import QT_TR_NOOP, tr

ALL = tuple(sorted(MEANINGS, key=lambda one: one.label.casefold()))
SAID = {"Left": "←", "Right": "→"}
WITH_SIGNS = {"Ctrl++": QT_TR_NOOP("Ctrl and +"), "Ctrl+-": QT_TR_NOOP("Ctrl and −")}


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that belong together: what is done, and the keys that do it."""

    title: str
    rows: tuple[tuple[str, str], ...]


class HelpView(Protocol):
    """What the presenter needs of the screen."""

    def show_keys(self, keys: tuple[KeyGroup, ...]) -> None:
        """Show the keys."""

    def show_words(self, names: tuple[str, ...], summary: str) -> None:
        """Show these entries of the glossary alone."""


class HelpPresenter:
    """Lists the keys and searches the words."""

    def __init__(self, view: HelpView, actions: tuple[Action, ...]) -> None:
        self._view = view
        self._actions = actions

    def show(self) -> None:
        """Fill the screen."""
        self._view.show_keys(key_groups(self._actions))
        self.search("")

    def search(self, text: str) -> None:
        """Show the words that hold all that was typed."""
        found = found_words(text)
        summary = shown_of(len(found)) if found else tr("No word or number has that in it.")
        self._view.show_words(tuple(one.name for one in found), summary)

    def show_word(self, name: str) -> None:
        """Show one entry alone."""
        self._view.show_words((meaning_of(name).name,), shown_of(1))


def key_groups(actions: tuple[Action, ...]) -> tuple[KeyGroup, ...]:
    """Return the keys as the screen lists them."""
    return tuple(
        KeyGroup(
            tr(members[0].group),
            tuple((tr(one.label), said_keys(one.keys)) for one in members),
        )
        for _, members in groups(actions)
    )


def shown_of(found: int) -> str:
    """Return how many entries of the glossary are shown."""
    return tr("{n} of {total}").format(n=found, total=len(ALL))


def said_keys(keys: tuple[str, ...]) -> str:
    """Return keys as they stand on a keyboard."""
    return reduce(_either, map(_said_key, keys))


def _either(key: str, other: str) -> str:
    return tr("{key} or {other}").format(key=key, other=other)


def _said_key(key: str) -> str:
    return tr(WITH_SIGNS[key]) if key in WITH_SIGNS else SAID.get(key, key)
