"""The distribution of the count on the national line, by the audit's setting or a reader's."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import NoAnswerError
from core.extract.manifest import LimitsModel, Outcome
from core.results.inclusion import LEAST_EXPECTED, Inclusion, Numbers
from core.results.options import AUDIT_METHOD, Options
from core.results.outcome import Dispersion
from core.statistics.counts import (
    Binomial,
    CountModel,
    NegativeBinomial,
    Poisson,
    PoissonBinomial,
)
from core.statistics.overdispersion import estimate_overdispersion
from core.statistics.recalibration import moved, shift_to_total


@dataclass(frozen=True, eq=False)
class Line:
    """What is expected on the national line: its ratio, the mean and each case's risk there."""

    ratio: float
    mean: float
    risks: Numbers


def national_ratio(outcome: Outcome) -> float | None:
    """Return O/E of the nation, or None where the manifest gives none."""
    national = outcome.national
    return national.observed / national.expected if national and national.expected > 0 else None


def national_line(outcome: Outcome, inclusion: Inclusion) -> Line:
    """Return the line: at 1 with the cases' own risks, or at c with their odds shifted to c·E."""
    ratio = (national_ratio(outcome) or 1.0) if outcome.centre == "national" else 1.0
    mean = ratio * inclusion.expected
    risks = inclusion.risks
    if ratio != 1.0 and mean > 0:
        shifts = outcome.kind == "binary" and mean < len(risks)
        risks = moved(risks, shift_to_total(risks, mean), 1.0) if shifts else risks * ratio
    if outcome.kind == "binary":
        risks, mean = np.minimum(risks, 1.0), min(mean, float(len(risks)))
    return Line(ratio, mean, risks)


def dispersion(outcome: Outcome, units: pd.DataFrame, options: Options) -> Dispersion:
    """Return τ² and φ of the nation (the manifest's where issued) and whether limits use them."""
    tau2, phi, significant = _issued(outcome) or _estimated(outcome, units)
    return Dispersion(tau2, phi, used=bool(_widens(outcome, options) and significant and tau2))


def is_audits(outcome: Outcome, options: Options) -> bool:
    """Whether the options, however chosen, come to the audit's own model and drawn lines."""
    return (
        _widens(outcome, options) == _widens(outcome, AUDIT_METHOD)
        and chosen_model(outcome, options) == chosen_model(outcome, AUDIT_METHOD)
        and options.style in (None, outcome.limits.style)
    )


def _widens(outcome: Outcome, options: Options) -> bool:
    """Whether limits are to take in over-dispersion, where the nation shows any."""
    wanted = options.overdispersion
    if wanted == "audit":
        wanted = "additive" if _audit_widens(outcome) else "none"
    chosen = options.model in (None, "negative_binomial")
    return chosen and (wanted == "additive" or options.model == "negative_binomial")


def count_model(outcome: Outcome, line: Line, spread: Dispersion, options: Options) -> CountModel:
    """Return the distribution that decides position, limits, events-to and power."""
    if spread.used and spread.tau2:
        return NegativeBinomial(line.mean, spread.tau2)
    return _named(chosen_model(outcome, options), line.risks, line.mean)


def true_model(
    outcome: Outcome, line: Line, spread: Dispersion, options: Options, risks: Numbers
) -> CountModel:
    """Return the distribution, of the same kind, were `risks` the cases' true risks."""
    return count_model(outcome, Line(line.ratio, float(risks.sum()), risks), spread, options)


def at_rate(outcome: Outcome, line: Line, times: float) -> Numbers:
    """Return each case's risk on the line times a rate ratio; a probability is at most 1."""
    risks = times * line.risks
    return np.minimum(risks, 1.0) if outcome.kind == "binary" else risks


def _named(name: LimitsModel, risks: Numbers, mean: float) -> CountModel:
    """Return the named distribution with this mean over these cases."""
    if name == "binomial":
        return Binomial(len(risks), mean)
    if name == "poisson_binomial":
        return PoissonBinomial(risks)
    return Poisson(mean)


def chosen_model(outcome: Outcome, options: Options) -> LimitsModel:
    """Return the model without over-dispersion: the reader's, else the audit's.

    A ratio outcome has Poisson alone, and so has a negative binomial without a spread.
    """
    name = "poisson" if outcome.kind == "ratio" else options.model or outcome.limits.model
    return "poisson" if name == "negative_binomial" else name


def _audit_widens(outcome: Outcome) -> bool:
    limits = outcome.limits
    return limits.overdispersion == "additive" or limits.model == "negative_binomial"


def _issued(outcome: Outcome) -> tuple[float | None, float | None, bool] | None:
    issued = outcome.issued
    if issued is None or issued.tau2 is None:
        return None
    return issued.tau2, issued.phi, issued.tau2 > 0


def _estimated(outcome: Outcome, units: pd.DataFrame) -> tuple[float | None, float | None, bool]:
    counted = units[units["expected"] > LEAST_EXPECTED]
    if len(counted) < 2:
        return None, None, False
    centre = (national_ratio(outcome) or 1.0) if outcome.centre == "national" else 1.0
    try:
        found = estimate_overdispersion(
            counted["observed"].to_numpy(float), counted["expected"].to_numpy(float), centre
        )
    except NoAnswerError:
        return None, None, False
    return found.tau2, found.phi, found.used
