"""What happened to the made-up patients, and when: drawn from their risks and their surgeon."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

from core.risk.library import load_model
from core.risk.predict import predict

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]

DEATH_RECALIBRATION = -0.102
BLEEDING_INTERCEPT = -3.62
BLEEDING_TERMS = {
    "age": 0.012,
    "bmi": -0.022,
    "previous_cardiac_surgery": 0.42,
    "thoracic_aorta": 0.55,
    "critical_preop": 0.48,
    "active_endocarditis": 0.36,
}


def death_risks(patients: pd.DataFrame) -> Numbers:
    """Return the nation's true chance of death in hospital: EuroSCORE II with a shifted level."""
    risks = predict(load_model("euroscore2"), patients).risks
    return np.asarray(expit(logit(risks) + DEATH_RECALIBRATION), dtype=float)


def bleeding_risks(patients: pd.DataFrame) -> Numbers:
    """Return the nation's true chance of a return to theatre for bleeding, by a made-up formula."""
    score = sum(weight * patients[name].to_numpy(float) for name, weight in BLEEDING_TERMS.items())
    return np.asarray(expit(BLEEDING_INTERCEPT + score), dtype=float)


def events(
    risks: Numbers,
    effects: Numbers,
    planted: Iterable[tuple[Mask, float]],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Return 1 for every case with the event; `effects` are log-odds added to each case's risk.

    For each pair of `planted`, the cases of the mask have exactly ratio × expected events.
    """
    drawn: Mask = rng.random(len(risks)) < expit(logit(risks) + effects)
    happened = drawn.astype(np.int64)
    for mask, ratio in planted:
        happened[mask] = _exactly(round(ratio * float(risks[mask].sum())), risks[mask], rng)
    return happened


def _exactly(count: int, risks: Numbers, rng: np.random.Generator) -> NDArray[np.int64]:
    """Mark `count` cases, each drawn without replacement with weight its odds."""
    waiting = rng.exponential(1.0, len(risks)) / (risks / (1 - risks))
    marked = np.zeros(len(risks), dtype=np.int64)
    marked[np.argsort(waiting, kind="stable")[:count]] = 1
    return marked


def stays(cases: pd.DataFrame, died: NDArray[np.int64], rng: np.random.Generator) -> pd.DataFrame:
    """Return admission, discharge, how the stay ended and the registry's date of death."""
    count = len(cases)
    operated = cases["operated_on"]
    urgent = (cases["urgency"] != "elective").to_numpy()
    before = np.where(urgent, rng.integers(0, 12, count), rng.integers(0, 2, count))
    after = np.clip(np.round(rng.lognormal(1.95, 0.5, count)), 0, 120).astype(int)
    discharged = operated + pd.to_timedelta(after, unit="D")
    return pd.DataFrame(
        {
            "admitted_on": operated - pd.to_timedelta(before, unit="D"),
            "discharged_on": discharged,
            "discharge_status": np.where(died == 1, "died", "alive"),
            "died_on": discharged.where(pd.Series(died == 1)),
        }
    )
