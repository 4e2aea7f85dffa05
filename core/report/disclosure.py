"""Disclosure control on all that leaves: identifiers in words, small numbers, rows of cases."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.extract.manifest import Field
from core.extract.opening import Extract
from core.intake.nhs_numbers import nhs_spans

HitKind = Literal[
    "case_id", "extract_value", "nhs_number", "email", "date", "phone", "postcode", "name", "number"
]
HIT_KINDS: dict[HitKind, str] = {
    "case_id": "case number of the extract",
    "extract_value": "identifying value of the extract",
    "nhs_number": "NHS number",
    "email": "e-mail address",
    "date": "full date",
    "phone": "telephone number",
    "postcode": "postcode",
    "name": "name of a person",
    "number": "number like a hospital number",
}
"""In order of precedence: what is two kinds at once is told as the first."""
NEVER_LEAVE: frozenset[HitKind] = frozenset({"case_id", "extract_value", "nhs_number"})
SMALL_NUMBERS = (
    "Small-number rule of the HES analysis guide (2018): counts of 1 to 7 are shown as *, other "
    "counts are rounded to the nearest 5; rates, ratios and intervals are exempt."
)
STAR = "*"

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = "|".join(
    (
        rf"(?<!\d){_DAY}\s?[-/.]\s?{_DAY}\s?[-/.]\s?(?:\d{{4}}|\d{{2}})(?!\d)",
        rf"(?<!\d){_DAY} {_DAY} (?:19|20)\d{{2}}(?!\d)",
        rf"(?<!\d)(?:18|19|20)\d{{2}}[-/. ]\d{{1,2}}[-/. ]{_DAY}(?!\d)",
        rf"(?<!\d){_DAY}(?:st|nd|rd|th)?(?:\s{{1,3}}of)?[\s.,-]{{0,4}}{_MONTH}[\s.,'-]{{0,4}}(?:\d{{4}}|\d{{2}})(?!\d)",
        rf"\b{_MONTH}[\s.-]{{0,4}}{_DAY}(?:st|nd|rd|th)?[\s,-]{{1,4}}\d{{4}}(?!\d)",
        r"\b(?:dob|d\.o\.b|date of birth|born on)\W{0,4}\d\w{0,9}(?:[\s/.,-]{1,2}\w{1,9}){0,2}",
    )
)
_LABELLED = (
    r"\b(?:mrn|(?:hospital|patient|record|case|nhs|chi|unit|pas)\s*(?:number|no|num|id|ref)\b)"
    r"\W{0,3}[a-z]{0,4}[-/ ]?\d[\d/ -]{0,20}\d\w{0,9}"
)
_SURNAME = (
    r"(?:(?:[A-Z]\.?[\s-]{0,3}){0,3}(?:(?:de|van|von|der|la|le|du|di|al|el|bin)[\s-]{1,3}){0,2})"
)
_PATTERNS: tuple[tuple[HitKind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"(?<![\w.+%'-])[\w.+%'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")),
    ("date", re.compile(_DATE, re.IGNORECASE)),
    ("phone", re.compile(r"(?<![\w+])(?:\+\d{1,3}|\(?0\d)(?:[\s().-]{0,3}\d){8,12}(?!\d)")),
    (
        "postcode",
        re.compile(
            r"\b(?:[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?\s{0,2}\d[ABD-HJLNP-UW-Z]{2}|GIR\s?0AA)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "name",
        re.compile(
            r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Sister|Nurse|Rev|Revd)"
            rf"\.?\s{{1,3}}{_SURNAME}(?P<first>[A-Z][\w'’-]+)(?:\s{{1,3}}(?P<second>[A-Z][\w'’-]+))?"
            r"|\b(?:mr|mrs|dr|prof)\.?\s{1,3}(?P<small>[a-z][\w'’-]+)"
            r"|\b(?:MR|MRS|MISS|DR|PROF)\.?\s{1,3}(?P<capital>[A-Z][A-Z'’-]{2,})\b"
        ),
    ),
    ("number", re.compile(r"(?<![\w.,])[A-Za-z]{0,3}-?\d{6,14}[A-Za-z]?(?![\w]|[.,]\d)")),
    ("number", re.compile(r"(?<!\w)[A-Z]{1,4}-?\d{4,}[A-Z]?(?!\w)")),
    ("number", re.compile(_LABELLED, re.IGNORECASE)),
)
_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s./_-]{1,3}")
_TOLD_AS_ID = re.compile(r"(?:case|patient|record|number|no|id|ref)[\W_]{0,3}$", re.IGNORECASE)
_LONGEST = 12
_WEIGHTS = range(10, 1, -1)
_NAME_WORDS = 4
_IDENTIFIER = re.compile(
    r"(?<![a-z])(?:nhs|mrn|chi|gmc|dob|birth|postcode|post code|address|surname|forename"
    r"|(?:patient|first|last|full|family|given) ?name"
    r"|(?:hospital|record|patient|case) (?:number|no|id)"
    r"|consultant|surgeon|anaesthetist|assistant|phone|telephone|email|identifier)(?![a-z])"
)

Span = tuple[int, int, HitKind]


@dataclass(frozen=True, slots=True)
class Hit:
    """What looks like an identifier: `where` it stands, from `start` to before `end`.

    `shown` is masked: no part but its first letter or digit, so that a list of hits gives nothing
    away.
    """

    where: str
    start: int
    end: int
    kind: HitKind
    shown: str


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """What an extract holds that must not leave, ready to be looked for; `own` is allowed.

    `values` are by their letters and digits alone; `exact` as they are written; `words` are the
    parts of names.
    """

    values: Mapping[str, HitKind]
    exact: frozenset[str]
    words: frozenset[str]
    own: frozenset[str]


def known(extract: Extract) -> Known:
    """Return the case ids and the values of identifying fields of `extract`."""
    manifest, cases = extract.manifest, extract.cases
    own = frozenset(_words(manifest.surgeon.name)) | {_key(manifest.surgeon.gmc)}
    values: dict[str, HitKind] = {}
    exact: set[str] = set()
    words: set[str] = set()
    for name in (field.name for field in manifest.fields if identifies(field)):
        for value in _texts(cases[name]) if name in cases else ():
            values[_key(value)] = "extract_value"
            exact.add(value.strip())
            parts = _words(value)
            words.update(parts if 1 < len(parts) <= _NAME_WORDS else ())
    for value in _texts(cases["case_id"]):
        values[_key(value)] = "case_id"
    values = {key: kind for key, kind in values.items() if len(key) > 1 and key not in own}
    names = frozenset(word for word in words - own if len(word) > 2 and word.isalpha())
    return Known(values, frozenset(exact), names, own)


def scan(texts: Sequence[tuple[str, str]], against: Extract | Known) -> tuple[Hit, ...]:
    """Return what looks like an identifier in `texts`, pairs of where a text stands and the text.

    NHS numbers are told by their check digit (modulus 11), however they are spaced. The surgeon's
    own name and GMC number are let be. A name without a title that the extract does not hold is
    not found: nothing can tell it from another word.
    """
    wanted = against if isinstance(against, Known) else known(against)
    return tuple(hit for where, text in texts for hit in _hits(where, text, wanted))


def redact(text: str, hits: Sequence[Hit]) -> str:
    """Return `text` with each of its `hits` taken out and its kind said in its place."""
    for hit in sorted(hits, key=lambda one: one.start, reverse=True):
        text = f"{text[: hit.start]}[{HIT_KINDS[hit.kind]} removed]{text[hit.end :]}"
    return text


def without_identifiers(text: str, against: Known) -> str:
    """Return `text` without what never leaves: case ids, identifying values and NHS numbers."""
    found = scan([("", text)], against)
    return redact(text, [hit for hit in found if hit.kind in NEVER_LEAVE])


def withhold(number: float) -> float | str:
    """Return a count under the small-number rule (SMALL_NUMBERS)."""
    if 0 < number < 8:
        return STAR
    return 5.0 * ((number + 2.5) // 5)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits bear the check digit of NHS, CHI and H&C numbers (modulus 11)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return len(digits) == 10 and (11 - weighted % 11) % 11 == int(digits[9])


def identifies(field: Field) -> bool:
    """Whether a field must not leave: the audit says so, or its name does."""
    named = f"{field.name} {field.label}".lower().replace("_", " ")
    return field.identifying or bool(_IDENTIFIER.search(named))


def _hits(where: str, text: str, wanted: Known) -> list[Hit]:
    folded, places = _fold(text)
    spans = [*_value_spans(folded, wanted), *_nhs_spans(folded), *_pattern_spans(folded, wanted)]
    hits = []
    for start, end, kind in _joined(spans):
        first, last = places[start], places[end - 1] + 1
        hits.append(Hit(where, first, last, kind, _mask(text[first:last])))
    return hits


def _joined(spans: list[Span]) -> list[Span]:
    """Return spans of which none overlap: those that did are one, of the first of their kinds."""
    order = list(HIT_KINDS)
    kept: list[Span] = []
    for start, end, kind in sorted(spans):
        if kept and start < kept[-1][1]:
            begun, until, told = kept.pop()
            kept.append((begun, max(end, until), min(told, kind, key=order.index)))
        else:
            kept.append((start, end, kind))
    return kept


def _fold(text: str) -> tuple[str, list[int]]:
    """Return `text` without accents and invisible signs, digits 0–9, and where each sign stood."""
    if text.isascii():
        return text, list(range(len(text)))
    letters, places = [], []
    for place, sign in enumerate(text):
        for letter in unicodedata.normalize("NFKD", sign):
            category = unicodedata.category(letter)
            if category in {"Cf", "Mn"}:
                continue
            plain = {"Nd": str(unicodedata.digit(letter, 0)), "Pd": "-", "Zs": " "}
            letters.append(plain.get(category, letter))
            places.append(place)
    return "".join(letters), places


def _key(value: str) -> str:
    return "".join(_TOKEN.findall(_fold(value)[0])).casefold()


def _words(value: str) -> list[str]:
    return [word.casefold() for word in _TOKEN.findall(_fold(value)[0])]


def _texts(column: pd.Series) -> Iterator[str]:
    for value in column.dropna().unique():
        if isinstance(value, str):
            yield value
        elif isinstance(value, float):
            yield f"{value:.15g}"


def _value_spans(text: str, wanted: Known) -> Iterator[Span]:
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    for first, (start, _) in enumerate(tokens):
        key, before = "", start
        for begin, end in tokens[first : first + _LONGEST]:
            if begin > before and not _GAP.fullmatch(text, before, begin):
                break
            key, before = key + text[begin:end].casefold(), end
            kind = wanted.values.get(key)
            if kind and _stands(text, start, end, key, wanted):
                yield start, end, kind
        word = text[start : tokens[first][1]]
        if word[0].isupper() and word.casefold() in wanted.words:
            yield start, tokens[first][1], "extract_value"


def _stands(text: str, start: int, end: int, key: str, wanted: Known) -> bool:
    """Whether a value found is meant: words with a capital, short numbers where called a case."""
    if key.isalpha():
        written = text[start:end]
        capital = written.isupper() if len(key) < 4 else written[0].isupper()
        return capital or written in wanted.exact or not written.isalpha()
    shortest = 5 if key.isdigit() else 4
    return len(key) >= shortest or bool(_TOLD_AS_ID.search(text, max(0, start - 12), start))


def _nhs_spans(text: str) -> Iterator[Span]:
    for start, end in nhs_spans(text):
        yield start, end, "nhs_number"
    groups = [match.span() for match in re.finditer(r"\d+", text)]
    for first, (start, _) in enumerate(groups):
        digits, before = "", start
        for begin, end in groups[first : first + 10]:
            if begin > before and not _GAP.fullmatch(text, before, begin):
                break
            digits, before = digits + text[begin:end], end
            if len(digits) == 10 and is_nhs_number(digits):
                yield start, end, "nhs_number"


def _pattern_spans(text: str, wanted: Known) -> Iterator[Span]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            said = [part for part in match.groups() if part] if kind == "name" else [match.group()]
            if not all(_key(part) in wanted.own for part in said):
                yield *match.span(), kind


def _mask(found: str) -> str:
    letters = [place for place, sign in enumerate(found) if sign.isalnum()]
    shown = letters[0] if len(letters) > 2 else -1
    return "".join(
        "•" if sign.isalnum() and place != shown else sign for place, sign in enumerate(found)
    )
