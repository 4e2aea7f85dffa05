"""Which fields of a case a query may name, and their values as a query keeps and says them."""

from datetime import date
from typing import Any

import pandas as pd

from core.extract.manifest import Field, FieldType, Kind, Manifest
from core.intake.identifiers import LABELS
from core.results.case_words import MISSING, cell_words
from core.review.queries import Query, QueryKind, Value
from core.typed_numbers import read_amount

WHOLE: frozenset[QueryKind] = frozenset(
    {"not_my_case", "joint_case", "mine_but_absent", "duplicate"}
)
"""Kinds that are about the case as a whole, so that no field is named."""

EXCLUDED = "excluded"
BLANK = "leave blank"
WITHHELD = "not kept, since it could identify a patient"
AT_THE_HOSPITAL = "to be looked up at the hospital"
NEVER_BLANK = frozenset({"operated_on", EXCLUDED})
_FIXED = (
    Field(name="operated_on", label="Date of operation", type="date"),
    Field(name="procedure", label="Procedure", type="text"),
    Field(name="provider", label="Provider", type="text"),
)
_OF_THE_PATIENT = tuple(
    Field(
        name=f"patient.{kind}", label=label[:1].upper() + label[1:], type="text", identifying=True
    )
    for kind, label in LABELS.items()
)
"""What an audit may have recorded wrongly of a patient, also where the extract holds none of it."""
_RECORDED: dict[Kind, FieldType] = {"binary": "flag", "ratio": "integer", "continuous": "number"}


def correctable(manifest: Manifest, kind: QueryKind) -> tuple[Field, ...]:
    """Return the fields a query of that kind may name, none where it is about the whole case.

    One that could identify a patient is named alone: no value of it is kept, proposed or exported,
    since a query leaves the vault.
    """
    fields = manifest.fields
    factors = tuple(field for field in fields if field.risk_factor)
    if kind in WHOLE:
        return ()
    if kind == "meets_exclusion":
        return (_exclusion(manifest),) if manifest.exclusions else ()
    if kind == "wrong_outcome":
        return (*_outcomes(manifest), *(field for field in fields if not field.risk_factor))
    if kind == "wrong_risk_factor" and factors:
        return factors
    if kind == "wrong_procedure":
        return (*_FIXED, *(field for field in fields if field.type == "code"))
    return (*_FIXED, *fields, *_outcomes(manifest), *_of_the_patient(manifest))


def field_of(manifest: Manifest, name: str | None) -> Field | None:
    """Return the field of that name, as labels and types describe it; None for no such field."""
    own = (*_FIXED, *manifest.fields, *_outcomes(manifest), _exclusion(manifest))
    known = (*own, *_OF_THE_PATIENT)
    return next((field for field in known if field.name == name), None)


def audit_value(cases: pd.DataFrame, row: int, field: Field) -> Value:
    """Return what the audit recorded, as a query keeps it: a number, words, an ISO date, None.

    It is None for what could identify a patient, too.
    """
    if field.identifying:
        return None
    cell: Any = cases[field.name].iat[row] if field.name in cases else None
    if pd.isna(cell) or cell == "":
        return None
    if field.type == "date":
        return pd.Timestamp(cell).date().isoformat()
    return str(cell) if field.type in ("text", "code") else float(cell)


def value_words(field: Field | None, value: Value) -> str:
    """Return a value as a surgeon reads it, with its unit or the label of its code."""
    if field is not None and field.name == EXCLUDED and value is None:
        return "none"
    if field is None or value is None:
        return MISSING if value is None else str(value)
    return cell_words(field, value)


def audit_words(field: Field, query: Query) -> str:
    """Return what stands in the audit's records, as a surgeon reads it."""
    return WITHHELD if field.identifying else value_words(field, query.audit_value)


def proposed_words(field: Field | None, query: Query) -> str:
    """Return what a query asks to stand there, as a surgeon reads it; empty for nothing."""
    if field is not None and field.identifying:
        return AT_THE_HOSPITAL
    if query.blank:
        return BLANK
    return "" if query.proposed_value is None else value_words(field, query.proposed_value)


def may_be_blank(field: Field) -> bool:
    """Whether a query may ask that the field be left blank: every operation needs its date."""
    return field.name not in NEVER_BLANK


def read_number(field: Field, text: str) -> float:
    """Return the number typed for `field`; ValueError says in words why it cannot stand there."""
    unit = f" in {field.unit}" if field.unit else ""
    try:
        number = read_amount(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"Write a number{unit}.") from None
    if field.type == "integer" and not number.is_integer():
        raise ValueError(f"Write a whole number{unit}.")
    low, high = field.minimum, field.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        ends = [
            f"from {low:g}" if low is not None else "",
            f"to {high:g}" if high is not None else "",
        ]
        raise ValueError(f"The audit takes values {' '.join(end for end in ends if end)}{unit}.")
    return number


def read_date(value: Value) -> date | None:
    """Return the day a query keeps, or None."""
    return date.fromisoformat(value) if isinstance(value, str) else None


def is_complete(query: Query) -> bool:
    """Whether a query says what should stand instead, so that a what-if can be computed."""
    if query.kind in WHOLE or query.kind == "meets_exclusion":
        return True
    return query.field is not None and (query.blank or query.proposed_value is not None)


def _of_the_patient(manifest: Manifest) -> tuple[Field, ...]:
    """Return those the extract has no field of its own for, whatever more its label says."""
    held = {field.label.casefold() for field in manifest.fields}
    own = [_words(field) for field in manifest.fields if field.identifying]
    return tuple(
        field
        for field in _OF_THE_PATIENT
        if field.label.casefold() not in held and not any(_words(field) <= more for more in own)
    )


def _words(field: Field) -> set[str]:
    return set(field.label.casefold().split())


def _outcomes(manifest: Manifest) -> tuple[Field, ...]:
    return tuple(
        Field(name=f"outcome.{one.code}", label=one.label, type=_RECORDED[one.kind])
        for one in manifest.outcomes
    )


def _exclusion(manifest: Manifest) -> Field:
    return Field(
        name=EXCLUDED,
        label="Exclusion",
        type="code",
        allowed=tuple(one.code for one in manifest.exclusions),
        labels=tuple(one.words for one in manifest.exclusions),
    )
