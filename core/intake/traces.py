"""What in a text gives a patient away: words of a name, numbers however spaced, a date of birth."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from core.audits.profile import IdentifierKind
from core.intake.headings import plain
from core.intake.lookalikes import as_latin
from core.intake.spelling import MONTHS

SHORTEST_NAME = 3
SHORTEST_NUMBER = 3
_TITLES = frozenset({"mrs", "miss", "mstr", "master", "sir", "dame", "lady", "lord", "rev", "prof"})
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SLASHED = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4}|[0-9]{2})(?![0-9])")
_WORDED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})[ ,-]+([0-9]{4}|[0-9]{2})")

_Day = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Traces:
    """A text seen three ways: its words, its letters and figures alone, and the dates in it.

    A date is day, month and the last two figures of the year; one of slashes stands both ways
    round. An identifying cell holds but the ways that its kind is told by.
    """

    words: frozenset[str] = frozenset()
    bare: str = ""
    days: frozenset[_Day] = frozenset()

    def shows(self, private: "Traces") -> bool:
        """Whether this text shows anything of the `private` one."""
        held = bool(private.bare) and private.bare in self.bare
        return held or bool(private.words & self.words) or bool(private.days & self.days)


def traces_of(text: str) -> Traces:
    """Return the text seen in every way."""
    text = as_latin(text)
    return Traces(frozenset(plain(text).split()), _bare(text), frozenset(_days(text)))


def traces_by_cell(cells: pd.Series, kind: IdentifierKind) -> Iterator[Traces]:
    """Yield what each cell of a column of that kind would be known by."""
    which, texts = pd.factorize(cells)
    made = [_private(text, kind) for text in texts]
    return (made[at] for at in which)


def _private(text: str, kind: IdentifierKind) -> Traces:
    text = as_latin(text)
    if kind == "birth_date":
        return Traces(days=frozenset(_days(text)))
    words = (word for word in plain(text).split() if len(word) >= SHORTEST_NAME)
    if kind == "name":
        return Traces(words=frozenset(words) - _TITLES)
    bare = _bare(text)
    return Traces(bare=bare if len(bare) >= SHORTEST_NUMBER else "")


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _days(text: str) -> Iterator[_Day]:
    for year, month, day in _ISO.findall(text):
        yield int(day), int(month), int(year) % 100
    for first, second, year in _SLASHED.findall(text):
        yield int(first), int(second), int(year) % 100
        yield int(second), int(first), int(year) % 100
    for day, month, year in _WORDED.findall(text):
        if month[:3].casefold() in MONTHS:
            yield int(day), MONTHS.index(month[:3].casefold()) + 1, int(year) % 100
