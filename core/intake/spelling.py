"""How foreign cells are spelled: codes, yes and no, numbers with units, dates; all told by rule.

Each reader takes one text and returns what the audit's table would hold ("" where the text says
that nothing is known), or `Unreadable` with a reason that never holds the text.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite

from core.intake.headings import plain
from core.intake.mapping import Assigned
from core.intake.targets import Target

NOTHING_KNOWN = frozenset(
    {
        "", "n a", "na", "null", "unknown", "not known", "not recorded", "not available", "missing",
        "not stated", "nk", "nan", "not applicable", "not done", "not measured", "blank",
    }
)  # fmt: skip
_BLANK_SIGNS = frozenset(" -–—_.?*/\t")
YES = frozenset({"yes", "y", "true", "t", "1", "present"})
NO = frozenset({"no", "n", "false", "f", "0", "none", "absent"})
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERED = re.compile(r"^\s*([0-9]{1,3})\s*[.:)=-]\s*(.+)$", re.DOTALL)
_NUMBER = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)\s*(.*)")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_TIME = r"(?:[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z| ?[AP]M)?)?"
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_TIME}", re.IGNORECASE)
_YEAR = r"([0-9]{4}|[0-9]{2})"
_SLASHED = re.compile(rf"([0-9]{{1,2}})[/.-]([0-9]{{1,2}})[/.-]{_YEAR}{_TIME}", re.IGNORECASE)
_WORDED = re.compile(rf"([0-9]{{1,2}})[ -]([A-Za-z]{{3,9}})[ ,-]+{_YEAR}{_TIME}", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"[2-6][0-9]{4}(?:\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+\s*%?")
_NO_DATE = "is no date"
_NUMBERED_ANSWERS = "is a number whose meaning is not known, since its column counts from 1"
_LONE_DAY = "is a spreadsheet's day number: format the column as dates, and save the file again"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A text that is not what its column holds, and why not."""

    why: str


Reading = str | Unreadable
Reader = Callable[[str], Reading]


def reader(target: Target, assigned: Assigned, texts: Collection[str]) -> Reader:
    """Return what reads a column as `target`; `texts` are all that stand in it."""
    if target.kind == "text":
        return _text
    if target.kind == "date":
        return lambda text: _date(text, assigned.date_order)
    if target.kind in ("code", "flag"):
        return _coded(target, assigned, texts)
    return lambda text: _number(text, target, assigned)


def unknown(text: str) -> bool:
    """Whether the text says that nothing is known."""
    bare = _NUMBERED.match(text)
    return _nothing(text) or bool(bare and _nothing(bare[2]))


def _nothing(text: str) -> bool:
    """A dash or a question mark says nothing; a tick or a word in other letters says something."""
    return plain(text) in NOTHING_KNOWN and (bool(plain(text)) or set(text) <= _BLANK_SIGNS)


def date_parts(text: str) -> tuple[int, int] | None:
    """Return the first two numbers of a date written with slashes, dots or dashes, else None."""
    found = _SLASHED.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def _text(text: str) -> str:
    return "" if unknown(text) else text


def _date(text: str, order: str) -> Reading:
    try:
        return _day(text, order).isoformat()
    except ValueError:
        if unknown(text):
            return ""
        return Unreadable(_LONE_DAY if _DAY_NUMBER.fullmatch(text) else _NO_DATE)


def _day(text: str, order: str) -> date:
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        day, month = (first, second) if order == "day first" else (second, first)
        return date(_year(found[3]), month, day)
    if found := _WORDED.fullmatch(text):
        return date(_year(found[3]), MONTHS.index(found[2][:3].casefold()) + 1, int(found[1]))
    raise ValueError


def _year(text: str) -> int:
    """A year of two figures is of this century: operations are."""
    return int(text) + (2000 if len(text) == 2 else 0)


def _number(text: str, target: Target, assigned: Assigned) -> Reading:
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(text):
        return Unreadable("has a comma for its decimal point")
    found = _NUMBER.fullmatch(text)
    if not found:
        return "" if unknown(text) else Unreadable("is no number")
    value, unit = float(found[1]), found[2].strip()
    if unit == "%" or (target.kind == "risk" and assigned.scale == "percent" and not unit):
        value = value / 100 if target.kind == "risk" else value
    elif unit and plain(unit) != plain(target.unit or ""):
        return "" if unknown(text) else Unreadable("stands in another unit")
    if target.kind == "risk" and assigned.opposite:
        value = 1 - value
    return _within(value * assigned.factor, target)


def _within(value: float, target: Target) -> Reading:
    if not isfinite(value):
        return Unreadable("is no number")
    if target.kind == "integer" and value != int(value):
        return Unreadable("is no whole number")
    if target.minimum is not None and value < target.minimum:
        return Unreadable(f"is below {target.minimum:g}")
    if target.maximum is not None and value > target.maximum:
        return Unreadable(f"is above {target.maximum:g}")
    return str(int(value)) if value == int(value) else repr(value)


def _coded(target: Target, assigned: Assigned, texts: Collection[str]) -> Reader:
    """By hand, as the profile maps it, as the code or its label, by yes and no, by its number."""
    exact = dict(target.codes) | dict(assigned.codes)
    words: dict[str, str | None] = {plain(text): code for text, code in target.codes}
    labels = zip(target.allowed, target.labels, strict=False)
    words |= {plain(label): code for code, label in labels}
    if target.kind == "flag":
        yes, no = ("0", "1") if assigned.opposite else ("1", "0")
        words = {**dict.fromkeys(YES, yes), **dict.fromkeys(NO, no), **words}
        words |= _from_one(target, assigned, texts)
    words |= {plain(code): code for code in target.allowed}
    decisive: Callable[[Collection[str]], str] = min if assigned.opposite else max
    return lambda text: _codes(text, exact, words, target, decisive)


def _from_one(
    target: Target, assigned: Assigned, texts: Collection[str]
) -> Mapping[str, str | None]:
    """What bare numbers mean in a column of yes and no that counts its answers from 1.

    There `1` is not yes: it is what the profile numbers so (`1. Male`), else nobody knows.
    """
    numbered = {found[1]: code for text, code in target.codes if (found := _NUMBERED.match(text))}
    by_profile = bool(numbered) and assigned.why != "name"
    if "0" in texts or not ("2" in texts or by_profile):
        return {}
    return {"1": None} | numbered


def _codes(
    text: str,
    exact: Mapping[str, str],
    words: Mapping[str, str | None],
    target: Target,
    decisive: Callable[[Collection[str]], str],
) -> Reading:
    """One code, or several that say the same; a flag is yes where any part says yes."""
    if ";" not in text or text in exact:
        return _code(text, exact, words, target)
    parts = [_code(part.strip(), exact, words, target) for part in text.split(";") if part.strip()]
    for part in parts:
        if isinstance(part, Unreadable):
            return part
    found = {part for part in parts if isinstance(part, str) and part}
    if len(found) <= 1 or target.kind == "flag":
        return decisive(found) if found else ""
    return Unreadable("holds several codes")


def _code(
    text: str, exact: Mapping[str, str], words: Mapping[str, str | None], target: Target
) -> Reading:
    if text in exact:
        return exact[text]
    numbered = _NUMBERED.match(text)
    bare = numbered[2] if numbered else text
    for said in (plain(text), plain(bare)):
        if said in words:
            known = words[said]
            return Unreadable(_NUMBERED_ANSWERS) if known is None else known
    if unknown(text):
        return ""
    number = numbered[1].lstrip("0") if numbered else ""
    if number in target.allowed:
        return number
    return Unreadable("is none of the codes that are known")
