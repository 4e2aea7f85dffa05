"""What goes wrong in the made-up records: gaps everywhere, and findings planted in one extract."""

from typing import Any

import numpy as np
import pandas as pd

from core.issuing.example_nation import HOSPITALS, hospital_name

# column: share of cases in which it was not recorded
_GAPS = {"bmi": 0.011, "lv": 0.003, "renal": 0.002, "died": 0.003, "returned_for_bleeding": 0.004}

# one case each, in this order
_ODD = (
    ("age", 103),
    ("bmi", 68.4),
    ("procedure", "Heart transplantation"),
    ("provider", hospital_name(HOSPITALS)),
    ("provider", hospital_name(HOSPITALS)),
    ("lv", None),
    ("lv", None),
    ("renal", None),
    ("died", None),
    ("died", None),
    ("returned_for_bleeding", None),
    ("bmi", None),
    ("bmi", None),
)


def with_gaps(cases: pd.DataFrame, spared: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return the cases with values missing as they do, but none of the surgeon `spared`."""
    found = cases.copy()
    other = (cases["surgeon"] != spared).to_numpy()
    for name, share in _GAPS.items():
        missing = (rng.random(len(cases)) < share) & other
        found[name] = found[name].astype(object).where(~missing, None)
    return found


def with_findings(cases: pd.DataFrame, surgeon: int) -> pd.DataFrame:
    """Return the cases with data-quality findings planted among those of `surgeon`.

    A case twice and one nearly twice; a discharge and a death before the operation; a hospital
    that says alive where the outcome says died, and a registry death on the ward said alive; an
    implausible age and body mass index; a transplant not marked as one; two cases at a hospital
    where the surgeon works at no other time; missing factors, outcomes and so risks.
    """
    found = cases.copy()
    own = found[found["surgeon"] == surgeon]
    plain = own[(own["died"] == 0) & (own["returned_for_bleeding"] == 0)]
    row = iter(plain.index[(plain["urgency"] == "elective").to_numpy()][4::9])
    died = own.index[own["died"] == 1][0]
    _move(found, next(row), "discharged_on", -3)
    _move(found, next(row), "died_on", -20)
    _move(found, next(row), "died_on", 2)
    _set(found, died, "discharge_status", "alive")
    _set(found, died, "died_on", pd.NaT)
    for name, cell in _ODD:
        _set(found, next(row), name, cell)
    again, nearly = found.loc[[next(row)]], found.loc[[next(row)]]
    later = nearly["operated_on"] + pd.Timedelta(days=1)
    nearly = nearly.assign(operated_on=later, age=nearly["age"] + 1)
    together = pd.concat([found, again, nearly], ignore_index=True)
    return together.sort_values("operated_on", kind="stable", ignore_index=True)


def _move(cases: pd.DataFrame, row: int, name: str, days: int) -> None:
    """Put the date `name` so many days after the operation."""
    _set(cases, row, name, cases["operated_on"].loc[row] + pd.Timedelta(days=days))


def _set(cases: pd.DataFrame, row: int, name: str, cell: Any) -> None:
    cases.loc[row, name] = cell
