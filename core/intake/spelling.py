"""How foreign cells are spelled: codes, yes and no, numbers with units, dates; all told by rule.

Each reader takes one text and returns what the audit's table would hold ("" where the text says
that nothing is known), or raises `UnreadableError` with a reason that never holds the text.
"""

import re
from collections.abc import Callable
from datetime import date

from core.intake.headings import plain
from core.intake.mapping import Assigned
from core.intake.targets import Target

Reader = Callable[[str], str]

NOTHING_KNOWN = frozenset(
    {
        "", "n a", "na", "null", "unknown", "not known", "not recorded", "not available", "missing",
        "not stated", "nk", "nan", "not applicable", "not done", "not measured", "blank",
    }
)  # fmt: skip
YES = frozenset({"yes", "y", "true", "t", "1", "present"})
NO = frozenset({"no", "n", "false", "f", "0", "none", "absent"})
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERED = re.compile(r"^\s*([0-9]{1,3})\s*[.:)=-]\s*(.+)$", re.DOTALL)
_NUMBER = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)\s*(.*)")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_TIME = r"(?:[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z| ?[AP]M)?)?"
_ISO = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_TIME}", re.IGNORECASE)
_SLASHED = re.compile(rf"([0-9]{{1,2}})[/.-]([0-9]{{1,2}})[/.-]([0-9]{{4}}){_TIME}", re.IGNORECASE)
_WORDED = re.compile(
    rf"([0-9]{{1,2}})[ -]([A-Za-z]{{3,9}})[ ,-]+([0-9]{{4}}){_TIME}", re.IGNORECASE
)


class UnreadableError(Exception):
    """A text that is not what its column holds; the argument is the reason."""


def reader(target: Target, assigned: Assigned) -> Reader:
    """Return what reads the texts of a column as `target`."""
    if target.kind == "text":
        return _text
    if target.kind == "date":
        return lambda text: _date(text, assigned.date_order)
    if target.kind in ("code", "flag"):
        return _coded(target, assigned)
    return lambda text: _number(text, target, assigned)


def unknown(text: str) -> bool:
    """Whether the text says that nothing is known."""
    bare = _NUMBERED.match(text)
    return plain(text) in NOTHING_KNOWN or bool(bare and plain(bare[2]) in NOTHING_KNOWN)


def date_parts(text: str) -> tuple[int, int] | None:
    """Return the first two numbers of a date written with slashes, dots or dashes, else None."""
    found = _SLASHED.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def _text(text: str) -> str:
    return "" if unknown(text) else text


def _date(text: str, order: str) -> str:
    if unknown(text):
        return ""
    try:
        return _day(text, order).isoformat()
    except ValueError:
        raise UnreadableError("is no date") from None


def _day(text: str, order: str) -> date:
    if found := _ISO.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SLASHED.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        day, month = (first, second) if order == "day first" else (second, first)
        return date(int(found[3]), month, day)
    if found := _WORDED.fullmatch(text):
        return date(int(found[3]), MONTHS.index(found[2][:3].casefold()) + 1, int(found[1]))
    raise ValueError


def _number(text: str, target: Target, assigned: Assigned) -> str:
    if unknown(text):
        return ""
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    found = _NUMBER.fullmatch(text)
    if not found:
        raise UnreadableError("is no number")
    value, unit = float(found[1]), found[2].strip()
    if unit == "%" or (target.kind == "risk" and assigned.scale == "percent" and not unit):
        value = value / 100 if target.kind == "risk" else value
    elif unit and plain(unit) != plain(target.unit or ""):
        raise UnreadableError("stands in another unit")
    return _within(value * assigned.factor, target)


def _within(value: float, target: Target) -> str:
    if target.kind == "integer" and value != int(value):
        raise UnreadableError("is no whole number")
    if target.minimum is not None and value < target.minimum:
        raise UnreadableError(f"is below {target.minimum:g}")
    if target.maximum is not None and value > target.maximum:
        raise UnreadableError(f"is above {target.maximum:g}")
    return str(int(value)) if value == int(value) else repr(value)


def _coded(target: Target, assigned: Assigned) -> Reader:
    """By hand, as the profile maps it, as the code or its label, by yes and no, by its number."""
    by_hand, exact = dict(assigned.codes), dict(target.codes)
    allowed = set(target.allowed) if target.kind == "code" else {"0", "1"}
    words = {plain(text): code for text, code in target.codes}
    words |= {
        plain(label): code for code, label in zip(target.allowed, target.labels, strict=False)
    }
    words |= {plain(code): code for code in allowed}

    def one(text: str) -> str:
        for known in (by_hand, exact):
            if text in known:
                return known[text]
        numbered = _NUMBERED.match(text)
        bare = numbered[2] if numbered else text
        for said in (plain(text), plain(bare)):
            if said in words:
                return words[said]
        if target.kind == "flag" and plain(bare) in YES | NO:
            return "1" if plain(bare) in YES else "0"
        if unknown(text):
            return ""
        if numbered and target.kind == "code" and numbered[1].lstrip("0") in allowed:
            return numbered[1].lstrip("0")
        raise UnreadableError("is none of the codes that are known")

    def several(text: str) -> str:
        if ";" not in text or text in by_hand or text in exact:
            return one(text)
        found = {one(part.strip()) for part in text.split(";") if part.strip()} - {""}
        if len(found) <= 1:
            return next(iter(found), "")
        if target.kind == "flag":
            return "1"
        raise UnreadableError("holds several codes")

    return several
