"""Who operates in the made-up nation: surgeons, their hospitals, volumes and true results."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

START, END = date(2023, 4, 1), date(2026, 3, 31)
SURGEONS, HOSPITALS = 250, 34
_DAYS = (END - START).days + 1
TRUE_SPREAD = 0.15
_WEEKENDS = 5


@dataclass(frozen=True, slots=True)
class Planted:
    """A surgeon whose story is fixed: cases in the period, and ratios (None: as chance has it)."""

    cases: int
    death: float | None = None
    bleeding: float | None = None


PLANTED = (
    Planted(cases=432, death=0.81, bleeding=1.62),
    Planted(cases=720),
    Planted(cases=455, death=2.5),
    Planted(cases=690, death=0.42),
    Planted(cases=84, death=2.9),
    Planted(cases=396, death=1.1, bleeding=0.9),
)


def gmc_number(surgeon: int) -> str:
    """Return the GMC number of surgeon 1, 2, …: no real one holds letters."""
    return f"FICT{surgeon:03d}"


def surgeon_name(surgeon: int) -> str:
    """Return the name of surgeon 1, 2, …"""
    return f"Surgeon {surgeon:03d} (FICTIONAL)"


def hospital_name(hospital: int) -> str:
    """Return the name of hospital 1, 2, …"""
    return f"Hospital {hospital:02d} (FICTIONAL)"


def nation(rng: np.random.Generator) -> pd.DataFrame:
    """Return one row a surgeon: surgeon (from 1), hospital, cases, first and last day.

    `death_effect` and `bleeding_effect` are the true departures from the nation, in log-odds.
    """
    number = np.arange(1, SURGEONS + 1)
    yearly = np.clip(rng.lognormal(np.log(128), 0.42, SURGEONS), 30, 250)
    first = np.where(rng.random(SURGEONS) < 0.10, rng.integers(0, 700, SURGEONS), 0)
    last = np.where(rng.random(SURGEONS) < 0.07, rng.integers(800, _DAYS, SURGEONS), _DAYS)
    first[: len(PLANTED)], last[: len(PLANTED)] = 0, _DAYS
    cases = np.round(yearly * (last - first) / 365.25).astype(int)
    cases[: len(PLANTED)] = [planted.cases for planted in PLANTED]
    return pd.DataFrame(
        {
            "surgeon": number,
            "hospital": (number * 7) % HOSPITALS + 1,
            "cases": cases,
            "first": first,
            "last": last,
            "death_effect": _effects(rng, {17: 0.75, 88: 0.65, 141: -0.9, 203: -0.8}),
            "bleeding_effect": _effects(rng, {45: 0.7, 119: 0.6, 230: -0.8}),
        }
    )


def operations(surgeons: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return one row an operation in the order of days: surgeon, hospital, operated_on."""
    repeats = surgeons["cases"].to_numpy()
    rows = surgeons.loc[surgeons.index.repeat(repeats)].reset_index(drop=True)
    span = (rows["last"] - rows["first"]).to_numpy()
    day = rows["first"].to_numpy() + np.floor(rng.random(len(rows)) * span).astype(int)
    weekday = (day + START.weekday()) % 7
    moved = (weekday >= _WEEKENDS) & (day >= 2) & (rng.random(len(rows)) < 0.9)
    day = np.where(moved, day - 2, day)
    rows["operated_on"] = pd.Timestamp(START) + pd.to_timedelta(day, unit="D")
    return rows.sort_values("operated_on", kind="stable", ignore_index=True)


def _effects(rng: np.random.Generator, outliers: dict[int, float]) -> NDArray[np.float64]:
    effects = rng.normal(0.0, TRUE_SPREAD, SURGEONS)
    for surgeon, effect in outliers.items():
        effects[surgeon - 1] = effect
    return effects
