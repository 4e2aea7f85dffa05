"""Why a case has the risk it has: the contribution of each factor, in words, from the model file.

For cases of the open extract only; this is no calculator for patients being treated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from core.risk.fields import Column
from core.risk.model import RiskModel, reads
from core.risk.predict import evaluate, needed_fields, read_columns, with_defaults
from core.risk.steps import Floats
from core.risk.terms import Inputs, Term


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one factor, at its `value` in words, adds to the `score` named."""

    label: str
    value: str
    amount: float
    unit: Literal["log-odds", "points", "risk"]
    score: str


def contributions(
    model: RiskModel, case: Mapping[str, object], *, use_defaults: bool = False
) -> tuple[Contribution, ...]:
    """Return what each factor of `case` adds, the model's result first, then the scores in it.

    The intercept is `model.top.intercept`. Terms of one label are one contribution. Empty where
    the case has no risk; `predict` says why.
    """
    cases = pd.DataFrame([dict(case)], dtype=object)
    return tuple(_explained(model, _columns(model, cases, use_defaults)))


def amounts(
    model: RiskModel, cases: pd.DataFrame, *, use_defaults: bool = False
) -> dict[str, Floats]:
    """Return, by label, what each term of the model's result adds for every case."""
    inputs = evaluate(model, _columns(model, cases, use_defaults), {})
    found: dict[str, Floats] = {}
    for term in model.top.terms:
        amount = term.contribution(inputs)
        found[term.label] = found[term.label] + amount if term.label in found else amount
    return found


def _columns(model: RiskModel, cases: pd.DataFrame, use_defaults: bool) -> dict[str, Column]:
    columns = read_columns(model, cases)
    if not use_defaults:
        return columns
    needed = needed_fields(model, columns, np.ones(len(cases), bool))
    return with_defaults(model, columns, needed)[0]


def _explained(model: RiskModel, columns: Mapping[str, Column]) -> Iterator[Contribution]:
    inputs = evaluate(model, columns, {})
    if not np.isfinite(inputs.numbers[model.result][0]):
        return
    for name in reversed(model.order):
        score = model.scores.get(name)
        if score is None or (score.given is not None and not columns[name].missing[0]):
            continue
        if score.model is not None:
            yield from _explained(model.parts[score.model], columns)
        yield from _of_score(model, name, inputs)


def _of_score(model: RiskModel, name: str, inputs: Inputs) -> Iterator[Contribution]:
    score = model.scores[name]
    merged: dict[str, Contribution] = {}
    for term in score.terms:
        amount = float(term.contribution(inputs)[0])
        if term.label in merged:
            earlier = merged[term.label]
            merged[term.label] = replace(earlier, amount=earlier.amount + amount)
        else:
            words = _value(model, term, inputs)
            merged[term.label] = Contribution(term.label, words, amount, score.unit, score.label)
    yield from merged.values()


def _value(model: RiskModel, term: Term, inputs: Inputs) -> str:
    roots = dict.fromkeys(model.root(name) for name in reads(term))
    return ", ".join(_words(model, name, inputs) for name in roots)


def _words(model: RiskModel, name: str, inputs: Inputs) -> str:
    value = float(inputs.numbers[name][0])
    if name in model.fields:
        return model.fields[name].words(value, inputs.columns[name])
    score = model.scores[name]
    part = model.parts.get(score.model or "")
    points = score.form == "points" if part is None else part.scale == "points"
    return f"{value:g}" if points else f"{100 * value:.2f} %"
