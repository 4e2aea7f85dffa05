"""What the funnel would have missed: power over true ratios, and the cases still needed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.extract.manifest import Outcome
from core.results.count_model import (
    at_rate,
    count_model,
    dispersion,
    national_line,
    true_model,
)
from core.results.inclusion import LEAST_EXPECTED, Inclusion, Numbers
from core.results.options import AUDIT_METHOD, Options
from core.statistics.power import cases_until, power

RATIOS = np.round(np.arange(1.0, 4.01, 0.1), 2)
WANTED = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Detectability:
    """The chance of crossing the alert and the alarm line at each true rate ratio.

    `cases` is the present number; `cases_until` that beyond which a doubled rate is found at
    least 80 times in 100 at the alert line (None where it cannot be worked out).
    """

    outcome: Outcome
    ratios: Numbers
    alert: Numbers
    alarm: Numbers
    cases: int
    cases_until: int | None


def detectability(
    outcome: Outcome,
    units: pd.DataFrame,
    inclusion: Inclusion,
    options: Options = AUDIT_METHOD,
) -> Detectability | None:
    """Return the power of the method at this volume; None without expected events."""
    line = national_line(outcome, inclusion)
    if line.mean <= LEAST_EXPECTED:
        return None
    spread = dispersion(outcome, units, options)
    model = count_model(outcome, line, spread, options)
    worse = [
        true_model(outcome, line, spread, options, at_rate(outcome, line, float(ratio)))
        for ratio in RATIOS
    ]
    doubled = true_model(outcome, line, spread, options, at_rate(outcome, line, 2.0))
    levels = min(outcome.limits.levels), max(outcome.limits.levels)
    alert, alarm = (np.array([power(model, true, level) for true in worse]) for level in levels)
    return Detectability(
        outcome=outcome,
        ratios=RATIOS,
        alert=alert,
        alarm=alarm,
        cases=inclusion.cases,
        cases_until=cases_until(model, doubled, inclusion.cases, levels[0], WANTED),
    )
