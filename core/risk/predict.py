"""One model and a table of cases to one risk per case, with what was missing or refused."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from core.risk.fields import Column, Field, Mask, NumberField
from core.risk.model import RiskModel, Score
from core.risk.steps import Clamp, Floats
from core.risk.terms import Inputs


@dataclass(frozen=True, slots=True)
class Predictions:
    """The risk (or points) of each case, in the table's order; NaN where not computable.

    `missing` and `refused` name, for each field that has any, the cases concerned;
    `clamped` and `defaulted` count cases by field.
    """

    model: RiskModel
    risks: Floats
    missing: Mapping[str, Mask]
    refused: Mapping[str, Mask]
    clamped: Mapping[str, int]
    defaulted: Mapping[str, int]

    def why_missing(self, row: int) -> str:
        """Return in words why the case in position `row` has no risk; empty where it has one."""
        if not np.isnan(self.risks[row]):
            return ""
        reasons = [f"{name} is missing" for name, mask in self.missing.items() if mask[row]]
        reasons += [
            f"{name} must be {rule(self.model, name)}"
            for name, mask in self.refused.items()
            if mask[row]
        ]
        return "; ".join(reasons) or "the formula has no value for these numbers"


def rule(model: RiskModel, name: str) -> str:
    """Return in words what a cell of the field or given score `name` must be."""
    return _readable(model)[name].rule()


def predict(model: RiskModel, cases: pd.DataFrame, *, use_defaults: bool = False) -> Predictions:
    """Return the risk of every row of `cases` by `model`.

    Columns are found by field name or synonym. A case that lacks a needed field, or holds a
    value outside its range, gets no risk and is counted; with `use_defaults` a missing field
    takes the default its authors document, where there is one, and is counted by name.
    """
    columns = read_columns(model, cases)
    needed = needed_fields(model, columns, np.ones(len(cases), bool))
    defaulted: dict[str, int] = {}
    if use_defaults:
        columns, defaulted = with_defaults(model, columns, needed)
    clamped: dict[str, int] = {}
    risks = evaluate(model, columns, clamped).numbers[model.result]
    return Predictions(
        model=model,
        risks=np.where(np.isfinite(risks), risks, np.nan),
        missing=_concerned(needed, {name: columns[name].missing for name in model.fields}),
        refused=_concerned(needed, {name: one.refused for name, one in columns.items()}),
        clamped=clamped,
        defaulted=defaulted,
    )


def read_columns(model: RiskModel, cases: pd.DataFrame) -> dict[str, Column]:
    """Return every field and given score that `model` may read, NaN where unusable."""
    return {name: _read(cases, name, field) for name, field in _readable(model).items()}


def evaluate(model: RiskModel, columns: Mapping[str, Column], clamped: dict[str, int]) -> Inputs:
    """Return the number of every field, quantity and score of `model` for every case.

    Counts the cases that a clamp holds in `clamped`, by the field (or score) behind it.
    """
    numbers = {name: columns[name].values for name in model.fields}
    inputs = Inputs(numbers, columns, model.fields)
    with np.errstate(all="ignore"):
        for name in model.order:
            if name in model.quantities:
                numbers[name] = _quantity(model, name, numbers, clamped)
            else:
                numbers[name] = _score(model, name, inputs, clamped)
    return inputs


def needed_fields(model: RiskModel, columns: Mapping[str, Column], cases: Mask) -> dict[str, Mask]:
    """Return, for each field, the cases whose result depends on it: not those given ready made."""
    needed: dict[str, Mask] = {model.result: cases}
    for name in reversed(model.order):
        wanted = needed.get(name)
        if wanted is None:
            continue
        score = model.scores.get(name)
        if score is not None and score.given is not None:
            wanted = wanted & columns[name].missing
        sources = dict.fromkeys(model.made_of(name), wanted)
        if score is not None and score.model is not None:
            sources = needed_fields(model.parts[score.model], columns, wanted)
        for source, mask in sources.items():
            needed[source] = needed[source] | mask if source in needed else mask
    return {name: mask for name, mask in needed.items() if name in columns}


def with_defaults(
    model: RiskModel, columns: Mapping[str, Column], needed: Mapping[str, Mask]
) -> tuple[dict[str, Column], dict[str, int]]:
    """Return the columns with documented defaults where needed and missing, and their counts."""
    filled, counts = dict(columns), {}
    for name, field in model.fields.items():
        default, column = field.default_value(), columns[name]
        lacking = column.missing & needed.get(name, np.zeros(1, bool))
        if default is not None and lacking.any():
            counts[name] = int(lacking.sum())
            values = np.where(lacking, default, column.values)
            filled[name] = Column(values, column.missing & ~lacking, column.refused)
    return filled, counts


def _readable(model: RiskModel) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for part in model.parts.values():
        found |= _readable(part)
    for name, score in model.scores.items():
        if score.given is not None:
            found[name] = NumberField(label=score.label, range=score.given)
    return found | dict(model.fields)


def _read(cases: pd.DataFrame, name: str, field: Field) -> Column:
    for column in (name, *field.synonyms):
        if column in cases.columns:
            return field.read(cases[column])
    absent = np.ones(len(cases), bool)
    return Column(np.full(len(cases), np.nan), absent, ~absent)


def _concerned(needed: Mapping[str, Mask], masks: Mapping[str, Mask]) -> dict[str, Mask]:
    both = {name: mask & needed[name] for name, mask in masks.items() if name in needed}
    return {name: mask for name, mask in both.items() if mask.any()}


def _quantity(
    model: RiskModel, name: str, numbers: Mapping[str, Floats], clamped: dict[str, int]
) -> Floats:
    quantity, root = model.quantities[name], model.root(name)
    x = numbers[quantity.of]
    for step in quantity.steps:
        if isinstance(step, Clamp):
            held = int(((x < step.low) | (x > step.high)).sum())
            if held:
                clamped[root] = max(held, clamped.get(root, 0))
        x = step.apply(x)
    return x


def _score(model: RiskModel, name: str, inputs: Inputs, clamped: dict[str, int]) -> Floats:
    score = model.scores[name]
    if score.model is not None:
        part = model.parts[score.model]
        total = evaluate(part, inputs.columns, clamped).numbers[part.result]
    else:
        total = _sum(score, inputs)
    if score.given is None:
        return total
    given = inputs.columns[name]
    return np.where(given.missing, total, given.values)


def _sum(score: Score, inputs: Inputs) -> Floats:
    total = score.intercept + sum(term.contribution(inputs) for term in score.terms)
    return np.asarray(expit(total) if score.form == "logistic" else total)
