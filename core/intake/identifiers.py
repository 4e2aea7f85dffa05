"""Columns that identify a patient, told by their heading or by what stands in them."""

import re
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from core.audits.profile import IdentifierKind, PatientColumn, Profile
from core.intake.heading_kinds import kind_of_heading
from core.intake.headings import Sheet, compared, question_of, wordings
from core.intake.lookalikes import as_latin
from core.intake.nhs_numbers import is_written_as_one, nhs_spans

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
_POSTCODE = r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}"
_POSTCODES = re.compile(rf"\b{_POSTCODE}\b")


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


def kind_of_content(cells: pd.Series) -> IdentifierKind | None:
    """Return what the cells look like: NHS numbers that pass their check digit, or postcodes."""
    filled = cells[cells != ""].map(as_latin)
    if not len(filled):
        return None
    if filled.map(is_written_as_one).mean() >= MOSTLY:
        return "nhs_number"
    return "postcode" if filled.str.fullmatch(_POSTCODE).mean() >= MOSTLY else None


def holds_identifier(cell: str) -> bool:
    """Whether a text holds an NHS number or a postcode among its words."""
    text = as_latin(cell)
    return any(True for _ in nhs_spans(text)) or bool(_POSTCODES.search(text))
