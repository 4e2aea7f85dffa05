"""The patients of the made-up nation: procedures and risk factors that go together as they do."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]

# procedure: share, weight of the operation, thoracic aorta, mean age, share of women
_PROCEDURES = {
    "Isolated coronary bypass": (0.49, "isolated_cabg", 0, 66.5, 0.17),
    "Aortic valve replacement": (0.15, "single_non_cabg", 0, 69.0, 0.38),
    "Mitral valve surgery": (0.09, "single_non_cabg", 0, 65.5, 0.42),
    "Coronary bypass and aortic valve": (0.09, "two", 0, 72.5, 0.24),
    "Coronary bypass and mitral valve": (0.04, "two", 0, 69.5, 0.27),
    "Two valves": (0.04, "two", 0, 67.5, 0.46),
    "Thoracic aorta": (0.05, "single_non_cabg", 1, 61.0, 0.30),
    "Thoracic aorta and valve": (0.03, "two", 1, 62.0, 0.26),
    "Three or more procedures": (0.01, "three_plus", 0, 69.0, 0.35),
    "Other cardiac operation": (0.01, "single_non_cabg", 0, 58.0, 0.45),
}
_URGENCY = {"elective": 0.625, "urgent": 0.338, "emergency": 0.033, "salvage": 0.004}


def patients(count: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return `count` patients, one row each, by the names of the profile's fields."""
    frailty = rng.normal(0.0, 1.0, count)
    found = _operation(count, rng)
    kind = found["procedure"].map(lambda name: _PROCEDURES[name])
    coronary = found["procedure"].str.contains("coronary", case=False).to_numpy()
    valve = found["procedure"].str.contains("valve", case=False).to_numpy()
    mean_age = kind.str[3].to_numpy(float)
    age = np.clip(np.round(rng.normal(mean_age + 1.2 * frailty, 9.6)), 18, 94)
    found["age"] = age.astype(int)
    found["female"] = (rng.random(count) < kind.str[4].to_numpy(float)).astype(int)
    found["bmi"] = np.round(np.clip(rng.normal(28.2, 4.7, count), 15, 55), 1)
    draw = _Draw(rng, frailty + (age - 67) / 25)
    urgent = (found["urgency"] != "elective").to_numpy()
    rushed = found["urgency"].isin(["emergency", "salvage"]).to_numpy()
    found["renal"] = draw.grade(("normal", "cc_50_85", "cc_lt_50"), (0.43, 0.42), weight=1.3)
    found.loc[draw.yes(0.010) == 1, "renal"] = "dialysis"
    found["extracardiac_arteriopathy"] = draw.yes(0.09)
    found["poor_mobility"] = draw.yes(0.035, weight=1.0)
    found["previous_cardiac_surgery"] = draw.yes(np.where(coronary, 0.02, 0.085))
    found["chronic_lung_disease"] = draw.yes(0.12)
    found["active_endocarditis"] = draw.yes(np.where(valve & ~coronary, 0.045, 0.001))
    found["critical_preop"] = draw.yes(np.where(rushed, 0.35, np.where(urgent, 0.03, 0.004)))
    found["insulin_diabetes"] = draw.yes(np.where(coronary, 0.12, 0.05))
    found["nyha"] = draw.grade(("1", "2", "3", "4"), (0.22, 0.44, 0.29), weight=0.7)
    found["ccs4"] = draw.yes(np.where(coronary & urgent, 0.24, 0.02))
    found["lv"] = draw.grade(("good", "moderate", "poor", "very_poor"), (0.765, 0.185, 0.042))
    found["recent_mi"] = draw.yes(np.where(coronary & urgent, 0.52, 0.02))
    found["pasp"] = draw.grade(("lt31", "31_55", "gt55"), (0.80, 0.155), weight=0.6)
    return found


class _Draw:
    """Draws of factors that share one patient's burden of illness."""

    def __init__(self, rng: np.random.Generator, burden: Numbers) -> None:
        self._rng = rng
        self._burden = burden

    def yes(self, share: float | Numbers, weight: float = 0.5) -> NDArray[np.int64]:
        """Return 1 for about `share` of the patients, the more ill the likelier."""
        chance = expit(logit(share) + weight * self._burden - weight**2 / 2)
        drawn: NDArray[np.bool_] = self._rng.random(len(self._burden)) < chance
        return drawn.astype(np.int64)

    def grade(
        self, grades: tuple[str, ...], shares: tuple[float, ...], weight: float = 0.5
    ) -> NDArray[np.object_]:
        """Return one of the ordered `grades`; the last share is what remains."""
        noise = self._rng.normal(0.0, 1.0, len(self._burden))
        place = np.argsort(np.argsort(weight * self._burden + noise)) / len(noise)
        return np.array(grades, dtype=object)[np.searchsorted(np.cumsum(shares), place)]


def _operation(count: int, rng: np.random.Generator) -> pd.DataFrame:
    names = list(_PROCEDURES)
    shares = np.array([_PROCEDURES[name][0] for name in names])
    procedure = rng.choice(np.array(names, dtype=object), count, p=shares / shares.sum())
    urgencies, weights = list(_URGENCY), list(_URGENCY.values())
    found = pd.DataFrame({"procedure": procedure})
    found["weight"] = [_PROCEDURES[name][1] for name in procedure]
    found["thoracic_aorta"] = [_PROCEDURES[name][2] for name in procedure]
    found["urgency"] = rng.choice(np.array(urgencies, dtype=object), count, p=weights)
    found["transplant"] = 0
    return found
