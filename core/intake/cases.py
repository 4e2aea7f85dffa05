"""A national table and its audit's profile to typed cases of every surgeon."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.audits.profile import Columns, FieldRule, Profile
from core.errors import BadProfileError
from core.intake.cells import dates, typed
from core.intake.exclusions import excluded_codes
from core.intake.recorded import recorded_outcome
from core.intake.table import column, refuse


@dataclass(frozen=True, eq=False)
class NationalCases:
    """All surgeons' cases, in the table's order; the three parts have one index.

    `surgeons` is the surgeon code of each case; `cases` the contract's columns without risks;
    `source` the table as text, for risks that read columns of it.
    """

    surgeons: pd.Series
    cases: pd.DataFrame
    source: pd.DataFrame


def cases_from(table: pd.DataFrame, profile: Profile) -> NationalCases:
    """Return the typed cases of `table`; BadTableError names row and column, never the value."""
    if profile.columns is None:
        raise BadProfileError("The profile does not say which columns a national table has.")
    surgeons = column(table, profile.columns.surgeon)
    refuse((surgeons == "").to_numpy(dtype=bool), surgeons.name, "must not be empty")
    found = _fixed(table, profile.columns)
    refuse(_repeated(surgeons, found["case_id"]), profile.columns.case_id, "must be unique")
    for rule in profile.fields:
        found[rule.name] = typed(_cells(table, rule), rule, profile.columns.operated_on)
    cases = pd.DataFrame(found, index=table.index)
    for outcome in profile.outcomes:
        cases[f"outcome.{outcome.code}"] = recorded_outcome(table, outcome)
    if profile.exclusions:
        cases.insert(4, "excluded", excluded_codes(cases, profile.exclusions))
    return NationalCases(surgeons, cases, table)


def _fixed(table: pd.DataFrame, columns: Columns) -> dict[str, pd.Series]:
    numbered = pd.Series([str(row) for row in range(1, len(table) + 1)], dtype=object)
    case_id = column(table, columns.case_id) if columns.case_id else numbered
    refuse((case_id == "").to_numpy(dtype=bool), case_id.name, "must not be empty")
    day = column(table, columns.operated_on.column)
    operated_on = dates(day, columns.operated_on)
    refuse(operated_on.isna().to_numpy(), day.name, "must not be empty")
    return {
        "case_id": case_id,
        "operated_on": operated_on,
        "procedure": _optional(table, columns.procedure),
        "provider": _optional(table, columns.provider),
    }


def _optional(table: pd.DataFrame, name: str | None) -> pd.Series:
    if name is None:
        return pd.Series(None, index=table.index, dtype=object)
    cells = column(table, name)
    return cells.where(cells != "", None)


def _cells(table: pd.DataFrame, rule: FieldRule) -> pd.Series:
    return column(table, rule.column or rule.name, *rule.synonyms)


def _repeated(surgeons: pd.Series, case_id: pd.Series) -> NDArray[np.bool_]:
    return pd.DataFrame({"a": surgeons, "b": case_id}).duplicated().to_numpy(dtype=bool)
