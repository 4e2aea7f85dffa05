"""A risk for every case of the nation, from where the profile says it comes."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.special import expit

from core.audits.profile import Logistic, OutcomeRule, Profile, RecalibrationRule, RiskRule
from core.intake.cases import NationalCases
from core.intake.cells import Numbers, numbers
from core.intake.table import column, refuse
from core.risk.library import load_model
from core.risk.predict import predict
from core.risk.recalibrate import Recalibration


def with_risks(national: NationalCases, profile: Profile) -> NationalCases:
    """Return `national` with `risk.<outcome>` (`expected.<outcome>` for a ratio) in its cases.

    A supplied risk, unless its rule says otherwise, and a logistic formula are of the outcome as
    recorded; a shipped model is of the adverse event, so a favourable outcome takes its
    complement. A case that lacks a factor its model needs has no risk; it is counted as such, not
    guessed.
    """
    cases = national.cases.copy()
    for rule in profile.outcomes:
        prefix = "risk" if rule.kind == "binary" else "expected"
        cases[f"{prefix}.{rule.code}"] = _of_outcome(national, rule)
    return replace(national, cases=cases)


def risk_source(rule: OutcomeRule) -> str:
    """Return the manifest's word for where the risk comes from: `supplied` or a model's id."""
    return rule.risk.model if rule.risk and rule.risk.model else "supplied"


def _of_outcome(national: NationalCases, rule: OutcomeRule) -> Numbers:
    if rule.kind != "binary":
        return _expected(national.source, rule)
    risks = _of_rule(national, rule.risk) if rule.risk else np.full(len(national.cases), np.nan)
    risks = _recalibrated(risks, rule.recalibration) if rule.recalibration else risks
    of_event = rule.risk is not None and (rule.risk.model is not None or rule.risk.of_event)
    return 1 - risks if of_event and rule.direction == "favourable" else risks


def _expected(source: pd.DataFrame, rule: OutcomeRule) -> Numbers:
    if rule.expected_column is None:
        return np.full(len(source), np.nan)
    cells = column(source, rule.expected_column)
    found = numbers(cells)
    refuse(found < 0, cells.name, "must be 0 or more")
    return found


def _of_rule(national: NationalCases, rule: RiskRule) -> Numbers:
    if rule.model is not None:
        return np.asarray(predict(load_model(rule.model), national.cases).risks, dtype=float)
    if rule.logistic is not None:
        return _logistic(national, rule.logistic)
    if rule.column is None:
        return np.full(len(national.cases), np.nan)
    return _supplied(column(national.source, rule.column), rule)


def _supplied(cells: pd.Series, rule: RiskRule) -> Numbers:
    found = numbers(cells)
    top = 100.0 if rule.scale == "percent" else 1.0
    refuse((found < 0) | (found > top), cells.name, f"must be a risk from 0 to {top:g}")
    return found / top


def _logistic(national: NationalCases, rule: Logistic) -> Numbers:
    """Terms name a field, read as typed, or a column of the table, read as numbers."""
    total = np.full(len(national.cases), rule.intercept)
    for name, coefficient in rule.terms.items():
        typed = national.cases.get(name)
        values = numbers(column(national.source, name)) if typed is None else typed.to_numpy(float)
        total = total + coefficient * values
    return np.asarray(expit(total), dtype=float)


def _recalibrated(risks: Numbers, rule: RecalibrationRule) -> Numbers:
    step = Recalibration(rule.intercept, rule.slope, rule.date, rule.source)
    return np.asarray(step.apply(risks), dtype=float)
