"""What-if: the cases as they would stand with some queries granted; the source is not altered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.errors import PlumblineError
from core.extract.manifest import Manifest, Outcome
from core.review.correctable import NEVER_BLANK, field_of, is_complete
from core.review.queries import Query, Value
from core.risk.attach import attach_risks

LABEL = "What-if: your own corrections, not the audit's figures"

Rows = NDArray[np.intp]

_FIXED = ("case_id", "risk.", "expected.", "excluded")
_ABSENT = "The extract holds no case of that number, so nothing was changed."
_NO_FIELD = "The correction request names no field that can be changed, so nothing was changed."
LOOKED_UP = "The right value is to be looked up at the hospital, so nothing was changed."
UNFINISHED = "The request does not say yet what should stand instead, so nothing was changed."
_NEEDED = "Every operation needs its date, so nothing was changed."
_NO_VALUE = "The proposed value is not of the field's type, so nothing was changed."
_RISK_STAYS = (
    "{label}: the case's risk stays as the audit gave it, since no model at hand gives the audit's"
    " own figure for it."
)
_REFUSED = {
    "mine_but_absent": "A case that is absent cannot be computed: its records are not at hand.",
    "joint_case": "Who is credited with a joint case is the audit's rule; the case stays counted.",
}
_REMOVED = {"not_my_case", "duplicate"}
_RISK_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Remark:
    """What was not, or not wholly, computed for one query."""

    query: str
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class WhatIf:
    """Corrected cases in the audit's order, the ids of the queries applied, and remarks."""

    cases: pd.DataFrame
    applied: tuple[str, ...]
    remarks: tuple[Remark, ...]


def not_yet(query: Query, manifest: Manifest) -> str | None:
    """Return in words why a query cannot be granted here yet; None where it can."""
    field = field_of(manifest, query.field)
    if field is not None and field.identifying:
        return LOOKED_UP
    return None if is_complete(query) else UNFINISHED


def apply(
    cases: pd.DataFrame,
    queries: Iterable[Query],
    outcomes: tuple[Outcome, ...] = (),
    models: Mapping[str, bytes] | None = None,
) -> WhatIf:
    """Return the cases with `queries` granted, in their order; results are computed again from it.

    A risk is computed again only where its outcome names a model that gives the audit's own risk
    from the audit's values; elsewhere it stays, and a remark says so. A value left blank is missing
    by the outcome's and the model's own rules. Hold the CUSUM's limits to those of the official
    cases.
    """
    change = _Change(cases)
    for query in queries:
        change.grant(query)
    change.attach(outcomes, models or {})
    return WhatIf(change.result(), tuple(change.applied), tuple(change.remarks))


class _Change:
    def __init__(self, cases: pd.DataFrame) -> None:
        self.source, self.cases = cases, cases.copy()
        self.places = {case: row for row, case in enumerate(cases["case_id"])}
        self.removed: set[int] = set()
        self.altered: dict[int, str] = {}
        self.applied: list[str] = []
        self.remarks: list[Remark] = []

    def grant(self, query: Query) -> None:
        row = self.places.get(query.case_id or "")
        refusal = _ABSENT if row is None else _REFUSED.get(query.kind)
        if query.kind == "mine_but_absent":
            refusal = _REFUSED[query.kind]
        if row is not None and refusal is None:
            refusal = self._grant(query, row)
        if refusal is None:
            self.applied.append(query.id)
        else:
            self.remarks.append(Remark(query.id, refusal))

    def _grant(self, query: Query, row: int) -> str | None:
        if query.kind in _REMOVED:
            self.removed.add(row)
        elif query.kind == "meets_exclusion":
            self._exclude(row, query.proposed_value)
        else:
            return self._correct(query, row)
        return None

    def _exclude(self, row: int, code: Value) -> None:
        before = self.source["excluded"].iloc[row] if "excluded" in self.source else None
        if "excluded" not in self.cases:
            self.cases["excluded"] = pd.Series(None, index=self.cases.index, dtype=object)
        codes = [before] if isinstance(before, str) and before else []
        codes.append(code if isinstance(code, str) and code else "query")
        self._set(row, "excluded", ";".join(codes))

    def _correct(self, query: Query, row: int) -> str | None:
        name = query.field or ""
        if name not in self.source or name.startswith(_FIXED):
            return _NO_FIELD
        if query.blank and name in NEVER_BLANK:
            return _NEEDED
        try:
            value = _typed(None if query.blank else query.proposed_value, self.source[name])
        except ValueError:
            return _NO_VALUE
        self._set(row, name, value)
        if not name.startswith("outcome."):
            self.altered[row] = query.id
        return None

    def _set(self, row: int, name: str, value: Any) -> None:
        self.cases.iat[row, list(self.cases.columns).index(name)] = value

    def attach(self, outcomes: tuple[Outcome, ...], models: Mapping[str, bytes]) -> None:
        """Compute the altered cases' risks again where that is possible."""
        rows = np.array(sorted(self.altered.keys() - self.removed), dtype=np.intp)
        for outcome in outcomes if len(rows) else ():
            prefix = "expected" if outcome.kind == "ratio" else "risk"
            name = f"{prefix}.{outcome.code}"
            if name not in self.source:
                continue
            known, again = self._predicted(rows, name, outcome, models)
            for row in rows[known]:
                self._set(int(row), name, again[row])
            words = _RISK_STAYS.format(label=outcome.label)
            self.remarks += [Remark(self.altered[int(row)], words) for row in rows[~known]]

    def _predicted(
        self, rows: Rows, name: str, outcome: Outcome, models: Mapping[str, bytes]
    ) -> tuple[NDArray[np.bool_], dict[int, float]]:
        """Say for which rows the model gives the audit's own risk, and what it gives now."""
        if outcome.kind != "binary" or outcome.risk_source == "supplied":
            return np.zeros(len(rows), dtype=bool), {}
        recorded = self.source[name].to_numpy(dtype=float)[rows]
        try:
            before = _risks(self.source.iloc[rows], name, outcome, models)
            after = _risks(self.cases.iloc[rows], name, outcome, models)
        except PlumblineError:
            return np.zeros(len(rows), dtype=bool), {}
        known = np.isclose(before, recorded, rtol=0, atol=_RISK_TOLERANCE, equal_nan=True)
        return known, dict(zip(rows.tolist(), after.tolist(), strict=True))

    def result(self) -> pd.DataFrame:
        if not self.removed:
            return self.cases
        kept = np.ones(len(self.cases), dtype=bool)
        kept[list(self.removed)] = False
        return self.cases[kept].reset_index(drop=True)


def _risks(
    cases: pd.DataFrame, name: str, outcome: Outcome, models: Mapping[str, bytes]
) -> NDArray[np.float64]:
    computed = attach_risks(cases.drop(columns=name), (outcome,), models)
    return computed[name].to_numpy(dtype=float)


def _typed(value: Value, column: "pd.Series[Any]") -> Any:
    """Return the value as the column holds it; ValueError where it cannot."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return pd.NaT if value is None else pd.Timestamp(date.fromisoformat(str(value)))
    if pd.api.types.is_numeric_dtype(column.dtype):
        number = float("nan") if value is None else float(value)
        if np.isinf(number):
            raise ValueError("not a number that a case can hold")
        return number
    return None if value is None else str(value)
