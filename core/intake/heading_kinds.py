"""What a heading says that its column identifies patients by, as British hospitals write it."""

import re
from collections.abc import Iterator

from core.audits.profile import IdentifierKind
from core.intake.headings import compared
from core.intake.lookalikes import as_latin

_OF = r"(?:\b|(?:patient|pat|pt) ?s? ?)"
_NO = r"(?:nos?|nr|num|nbr|numbers?|id|identifier|ref|reference)\b(?! of\b)"
_CHI = r"community health index"
_NAME_WORDS = r"(?:full|patient|pat|pt|person|client|legal|preferred|previous|birth|the|s|of)"
_HEADINGS: tuple[tuple[IdentifierKind, str], ...] = (
    ("nhs_number", rf"{_OF}nhs ?{_NO}|^{_OF}nhs$"),
    ("nhs_number", rf"{_OF}chi ?{_NO}|^{_OF}chi$|\b{_CHI}\b"),
    (
        "nhs_number",
        rf"\b(?:hc|h c|hsc|hcn|h and c|health and (?:social )?care) ?{_NO}|^{_OF}(?:hcn|h and c)$",
    ),
    (
        "birth_date",
        rf"{_OF}(?:dob|do b|birth ?(?:dates?|days?|dt)|b ?date|dates? ?of ?birth|date ?birth)\b"
        rf"|\bborn on\b|^{_OF}(?:birth|born)$",
    ),
    ("postcode", rf"(?:{_OF}|full|home)(?:post ?code|postal ?code)|\bzip ?code\b|^{_OF}p ?code$"),
    (
        "contact",
        r"address|\b(?:telephone|tel|phone|mobile|landline|e ?mail|next of kin|nok|gp practice)\b"
        r"|\b(?:contact (?:no|number|details)|house (?:no|number|name))\b|(?:tele|home)phone",
    ),
    (
        "hospital_number",
        r"\b(?:hospital|hosp|patient|pat|pt|local|case ?notes?|mrn|pas|crn)(?: ?s)? ?(?:record )?"
        rf"(?:{_NO}|(?:patient|pt) ?{_NO})|{_OF}mrn\b|^{_OF}(?:crn|pas|pid|casenotes?)$"
        r"|\bunit ?(?:no|num|number)\b(?! of\b)"
        r"|\b(?:medical|health|clinical|case|patient) ?(?:case )?record ?(?:no|number|id)\b",
    ),
    (
        "name",
        rf"{_OF}(?:surname|sur name|forenames?|fore names?|(?:first|last|family|given|middle"
        r"|maiden|christian) ?names?|initials)\b"
        r"|\b(?:patient|pat|pt|person|client) ?s? ?(?:full )?names?\b"
        r"|\bname of (?:the )?p(?:atien)?t\b|^(?:patient|pt|fname|lname|sname)$"
        rf"|^(?:{_NAME_WORDS} )*(?:full)?names?(?: {_NAME_WORDS})*$",
    ),
)
_NOT_PATIENTS = re.compile(
    r"consultant|surgeon|anaesthetist|clinician"
    r"|\b(?:hospital (?:name|identifier)|gmc|operator|doctor)\b"
    r"|\b(?:hospital|trust|provider) ?post ?code|\bpost ?code of (?:the )?(?:hospital|trust)\b"
)
_JOINTS = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])"
)
_LETTERS = re.compile(r"\b[a-z](?: [a-z])+\b")


def kind_of_heading(name: str) -> IdentifierKind | None:
    """Return what a heading says the column identifies patients by, or None.

    It is read as it stands, with its joined words apart, and with its single letters together.
    """
    readings = tuple(_readings(name))
    if any(_NOT_PATIENTS.search(words) for words in readings):
        return None
    return next(
        (
            kind
            for kind, pattern in _HEADINGS
            if any(re.search(pattern, words) for words in readings)
        ),
        None,
    )


def _readings(name: str) -> Iterator[str]:
    written = as_latin(name).replace("#", " no ").replace("&", " and ")
    yield compared(written)
    apart = compared(_JOINTS.sub(" ", written))
    yield apart
    yield _LETTERS.sub(lambda found: found.group().replace(" ", ""), apart)
