"""The words by which an audit is told from others: those of its profile, met again in a table."""

import re
from collections.abc import Iterator

from core.audits.profile import Profile
from core.intake.headings import Sheet, compared

_WORD = re.compile(r"[a-z]{4,}")
_OPERATIONS = re.compile(r"\b(?:procedures?|operations?|surgery)\b")
_NO_OPERATIONS = re.compile(r"\b(?:date|time|day|surgeon|consultant|urgency|mode)\b")
_RECORDS = 60


def words_of(profile: Profile) -> frozenset[str]:
    """Return the words of four letters and more that the profile uses of its subject."""
    said = " ".join(compared(text) for text in _texts(profile))
    return frozenset(_WORD.findall(said))


def words_in(sheet: Sheet) -> frozenset[str]:
    """Return the words of the headings, and of the first cells of columns that name operations."""
    said = [compared(name) for name in sheet.names]
    for column, name in enumerate(tuple(said)):
        if _OPERATIONS.search(name) and not _NO_OPERATIONS.search(name):
            said += [compared(text) for text in sheet.cells(column, _RECORDS).unique()]
    return frozenset(_WORD.findall(" ".join(said)))


def _texts(profile: Profile) -> Iterator[str]:
    yield from (profile.specialty, profile.series)
    for rule in profile.outcomes:
        yield from (rule.label, rule.risk_words or "", rule.usual_model or "")
    for field in profile.fields:
        yield from (field.name, field.label, *field.synonyms, *field.allowed, *field.labels)
