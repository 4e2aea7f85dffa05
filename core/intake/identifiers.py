"""Columns that identify a patient, told by their heading or by what stands in them."""

import re
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.audits.profile import IdentifierKind, PatientColumn, Profile
from core.intake.headings import Sheet, compared, question_of, wordings
from core.intake.lookalikes import as_latin

MOSTLY = 0.8
SAMPLE = 500
LABELS: dict[IdentifierKind, str] = {
    "nhs_number": "NHS number",
    "name": "name of the patient",
    "birth_date": "date of birth",
    "postcode": "postcode",
    "hospital_number": "hospital number",
    "contact": "address, telephone or e-mail",
}
_HEADINGS: tuple[tuple[IdentifierKind, str], ...] = (
    ("nhs_number", r"\bnhs ?(?:no|num|number|id)\b|^nhs$|\bchi (?:no|number)\b"),
    ("birth_date", r"\b(?:dob|birth ?dates?|dates? of birth|born on)\b"),
    ("postcode", r"(?:\b|full)post ?code|\bzip ?code\b"),
    ("contact", r"\b(?:address|telephone|phone|mobile|e ?mail|next of kin|gp practice)\b"),
    (
        "hospital_number",
        r"\b(?:hospital|patient|local|case ?note|mrn|pas) ?(?:record )?"
        r"(?:no|num|number|id|identifier|patient id|patient identifier)\b|\bmrn\b"
        r"|\bpatient case record number\b",
    ),
    (
        "name",
        r"\b(?:surname|forenames?|first ?names?|last ?names?|family ?names?|given ?names?"
        r"|patient ?(?:full )?names?|name of patient|initials)\b",
    ),
)
_NOT_PATIENTS = re.compile(r"\b(?:consultant|surgeon|anaesthetist|hospital name|gmc|clinician)\b")
_POSTCODE = r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}"
_NHS = r"[0-9]{3}[\s.\-–]{0,3}[0-9]{3}[\s.\-–]{0,3}[0-9]{4}"
_WEIGHTS = range(10, 1, -1)
_LONG_DIGITS = re.compile(rf"(?<!\d){_NHS}(?!\d)|\b{_POSTCODE}\b")


@dataclass(frozen=True, slots=True)
class Identifier:
    """A column, at its place among a sheet's columns, that identifies patients, and why so."""

    column: int
    heading: str
    kind: IdentifierKind
    why: Literal["heading", "content", "audit", "hand"]


def identifiers(sheet: Sheet, profile: Profile) -> tuple[Identifier, ...]:
    """Return the identifying columns of `sheet`, in its order."""
    found = (_identifier(sheet, column, profile) for column in range(len(sheet.names)))
    return tuple(one for one in found if one is not None)


def _identifier(sheet: Sheet, column: int, profile: Profile) -> Identifier | None:
    name = sheet.names[column]
    for rule in profile.patient_columns:
        if _named(rule, column, sheet, profile):
            return Identifier(column, name, rule.kind, "audit")
    if sheet.headed and (kind := kind_of_heading(name)) is not None:
        return Identifier(column, name, kind, "heading")
    by_content = kind_of_content(sheet.cells(column, SAMPLE))
    return Identifier(column, name, by_content, "content") if by_content else None


def _named(rule: PatientColumn, column: int, sheet: Sheet, profile: Profile) -> bool:
    if not sheet.headed:
        return rule.position == column + 1 and len(sheet.names) == profile.width
    name = sheet.names[column]
    asked = rule.question is not None and question_of(name) == rule.question.lower()
    return asked or bool({compared(one) for one in rule.synonyms} & set(wordings(name)))


def kind_of_heading(name: str) -> IdentifierKind | None:
    """Return what a heading says the column identifies patients by, or None."""
    words = compared(name)
    if _NOT_PATIENTS.search(words):
        return None
    return next((kind for kind, pattern in _HEADINGS if re.search(pattern, words)), None)


def kind_of_content(cells: pd.Series) -> IdentifierKind | None:
    """Return what the cells look like: NHS numbers that pass their check digit, or postcodes."""
    filled = cells[cells != ""].map(as_latin)
    if not len(filled):
        return None
    if filled.str.fullmatch(_NHS).mean() >= MOSTLY and filled.map(is_nhs_number).mean() >= MOSTLY:
        return "nhs_number"
    return "postcode" if filled.str.fullmatch(_POSTCODE).mean() >= MOSTLY else None


def is_nhs_number(cell: str) -> bool:
    """Whether ten figures pass the NHS number's check digit (modulus 11, weights 10 to 2)."""
    digits = [int(sign) for sign in cell if sign.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(w * d for w, d in zip(_WEIGHTS, digits, strict=False)) % 11
    return digits[9] == (0 if check == 11 else check) and len(set(digits)) > 1


def holds_identifier(cell: str) -> bool:
    """Whether a text holds an NHS number or a postcode among its words."""
    return any(
        is_nhs_number(found) or not found[0].isdigit()
        for found in _LONG_DIGITS.findall(as_latin(cell))
    )
