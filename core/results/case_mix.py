"""The surgeon's case-mix: predicted risks against the nation's, and whether the risks fit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import NoAnswerError
from core.extract.manifest import Outcome
from core.results.inclusion import Inclusion, Numbers, with_risks_only
from core.statistics.discrimination import (
    Band,
    area_under_curve,
    brier_score,
    calibration_bands,
)
from core.statistics.intervals import wilson
from core.statistics.recalibration import moved

BANDS = 5
RISKIEST = 20
HIGH_RISKS = (0.05, 0.1, 0.2)


@dataclass(frozen=True, slots=True)
class CalibrationBand:
    """A fifth of the cases by risk: its cases, events, mean risk and observed rate's interval."""

    band: Band
    mean_risk: float
    rate: float
    rate_interval: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class CaseMix:
    """Risks and their fit; `auc` is None where no event, or nothing but events, was seen.

    `national` are the nation's 1st to 99th percentiles of risk, empty where the extract gives
    none. `riskiest` are positions in the extract's cases, highest risk first. `high` is the share
    of own cases above each of HIGH_RISKS, and of the nation's where known.
    """

    outcome: Outcome
    risks: Numbers
    national: tuple[float, ...]
    bands: tuple[CalibrationBand, ...]
    auc: float | None
    brier: float | None
    riskiest: NDArray[np.intp]
    high: tuple[tuple[float, float, float | None], ...]

    @property
    def median(self) -> float | None:
        """The middle predicted risk of the included cases."""
        return float(np.median(self.risks)) if len(self.risks) else None

    @property
    def national_median(self) -> float | None:
        """The nation's middle predicted risk, where known."""
        return self.national[49] if len(self.national) == 99 else None


def case_mix(outcome: Outcome, inclusion: Inclusion, *, published: bool = False) -> CaseMix:
    """Return the case-mix of a binary outcome, over its included cases.

    `published` takes the audit's stated recalibration back, own and national risks alike.
    """
    inclusion = with_risks_only(inclusion, outcome)
    risks, events = inclusion.risks, inclusion.events
    rows = np.flatnonzero(inclusion.included)
    national = outcome.national.risk_percentiles if outcome.national else ()
    if published:
        risks = as_published(outcome, risks)
        national = tuple(as_published(outcome, np.array(national)).tolist())
    bands = calibration_bands(risks, events, BANDS) if len(risks) else ()
    return CaseMix(
        outcome=outcome,
        risks=risks,
        national=national,
        bands=tuple(_band(band) for band in bands),
        auc=_auc(risks, events),
        brier=brier_score(risks, events) if len(risks) else None,
        riskiest=rows[np.argsort(-risks, kind="stable")[:RISKIEST]],
        high=tuple(
            (edge, _share(risks, edge), _national_share(national, edge)) for edge in HIGH_RISKS
        ),
    )


def as_published(outcome: Outcome, risks: Numbers) -> Numbers:
    """Return adverse risks before the recalibration that the audit states, if it states one.

    The step was made on the risk as the model or the audit gave it: logit p′ = a + b·logit p. A
    supplied risk of a favourable outcome was that of survival, whose log-odds have the other sign.
    """
    step = outcome.recalibration
    if step is None:
        return risks
    of_survival = outcome.direction == "favourable" and outcome.risk_source == "supplied"
    intercept = -step.intercept if of_survival else step.intercept
    return moved(risks, -intercept / step.slope, 1 / step.slope)


def _band(band: Band) -> CalibrationBand:
    lower, upper = wilson(band.observed, band.cases, 0.95)
    return CalibrationBand(
        band=band,
        mean_risk=band.expected / band.cases,
        rate=band.observed / band.cases,
        rate_interval=(float(lower), float(upper)),
    )


def _auc(risks: Numbers, events: Numbers) -> float | None:
    try:
        return area_under_curve(risks, events)
    except NoAnswerError:
        return None


def _share(risks: Numbers, edge: float) -> float:
    return float(np.mean(risks > edge)) if len(risks) else 0.0


def _national_share(percentiles: tuple[float, ...], edge: float) -> float | None:
    """The nation's share above `edge`, to the nearest percentile."""
    if len(percentiles) != 99:
        return None
    return 1 - float(np.interp(edge, percentiles, np.arange(1, 100) / 100, left=0.0, right=1.0))
