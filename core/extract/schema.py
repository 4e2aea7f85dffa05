"""What each column of an extract's tables may hold, as data built from the manifest."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from core.extract.manifest import FieldType, Manifest, Outcome

ColumnType = FieldType | Literal["codes"]
Contracts = tuple["ColumnContract", ...]


@dataclass(frozen=True, slots=True)
class ColumnContract:
    """One column: its type, whether a cell may be empty, its codes or its range.

    A `codes` cell holds codes of `allowed` separated by semicolons, or nothing. An `optional`
    column may be absent from the table; an empty cell of a `required` one is an error.
    """

    name: str
    type: ColumnType
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    optional: bool = False


LARGEST_COUNT = 10**9
LARGEST_AMOUNT = 10**12
FIXED_CASE_COLUMNS = ("case_id", "operated_on", "procedure", "provider", "excluded")


def cases_contract(manifest: Manifest) -> Contracts:
    """Return the contracts of cases.csv: fixed columns, the manifest's fields, its outcomes."""
    exclusions = tuple(exclusion.code for exclusion in manifest.exclusions)
    fixed = (
        ColumnContract("case_id", "text", required=True),
        ColumnContract("operated_on", "date", required=True),
        ColumnContract("procedure", "text"),
        ColumnContract("provider", "text"),
        ColumnContract("excluded", "codes", allowed=exclusions, optional=True),
    )
    fields = (
        ColumnContract(
            field.name,
            field.type,
            allowed=field.allowed,
            minimum=field.minimum,
            maximum=field.maximum,
        )
        for field in manifest.fields
    )
    outcomes = (column for outcome in manifest.outcomes for column in _outcome_columns(outcome))
    return (*fixed, *fields, *outcomes)


def national_contract(manifest: Manifest) -> Contracts:
    """Return the contracts of national.csv: one row an outcome and unit, in the signed period."""
    period = f"{manifest.period.start.isoformat()}/{manifest.period.end.isoformat()}"
    codes = tuple(outcome.code for outcome in manifest.outcomes)
    return (
        ColumnContract("outcome", "code", required=True, allowed=codes),
        ColumnContract("period", "code", required=True, allowed=(period,)),
        ColumnContract("unit", "text", required=True),
        ColumnContract("cases", "integer", required=True, minimum=0, maximum=LARGEST_COUNT),
        ColumnContract("observed", "integer", required=True, minimum=0, maximum=LARGEST_COUNT),
        ColumnContract("expected", "number", required=True, minimum=0, maximum=LARGEST_COUNT),
    )


def answers_contract() -> Contracts:
    """Return the contracts of answers.csv: the audit's answers to correction requests."""
    return (
        ColumnContract("query", "text", required=True),
        ColumnContract("case_id", "text"),
        ColumnContract("field", "text"),
        ColumnContract("answered_on", "date", required=True),
        ColumnContract(
            "decision", "code", required=True, allowed=("accepted", "declined", "pending")
        ),
        ColumnContract("words", "text"),
    )


def _outcome_columns(outcome: Outcome) -> Iterator[ColumnContract]:
    code = outcome.code
    if outcome.kind == "binary":
        supplied = outcome.risk_source == "supplied" and outcome.comparison != "crude"
        yield ColumnContract(f"risk.{code}", "number", minimum=0, maximum=1, optional=not supplied)
        yield ColumnContract(f"outcome.{code}", "flag")
    elif outcome.kind == "ratio":
        yield ColumnContract(f"expected.{code}", "number", minimum=0, maximum=LARGEST_COUNT)
        yield ColumnContract(f"outcome.{code}", "integer", minimum=0, maximum=LARGEST_COUNT)
    else:
        low, high = -LARGEST_AMOUNT, LARGEST_AMOUNT
        yield ColumnContract(f"expected.{code}", "number", minimum=low, maximum=high, optional=True)
        yield ColumnContract(f"outcome.{code}", "number", minimum=low, maximum=high)
