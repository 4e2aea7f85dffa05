"""Recalibration of risks on their log-odds: an intercept alone, or an intercept and a slope."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import expit, logit, ndtri, xlog1py, xlogy

from core.errors import BadNumberError, NoAnswerError
from core.statistics.cases import Floats, as_cases, as_risks

MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class Recalibration:
    """A fit of logit P(event) = intercept + slope · logit(risk), with its standard errors.

    `slope_error` and `covariance` are 0 where the slope was held at 1. `deviance` is −2 ln L.
    """

    intercept: float
    intercept_error: float
    slope: float
    slope_error: float
    covariance: float
    deviance: float

    def intercept_interval(self, level: float = 0.95) -> tuple[float, float]:
        """Wald interval of the intercept."""
        return wald_interval(self.intercept, self.intercept_error, level)

    def slope_interval(self, level: float = 0.95) -> tuple[float, float]:
        """Wald interval of the slope."""
        return wald_interval(self.slope, self.slope_error, level)

    def apply(self, risks: npt.ArrayLike) -> Floats:
        """Return the recalibrated risks; a risk of 0 or 1 stays as it is."""
        return moved(as_risks(risks), self.intercept, self.slope)


def recalibrate_intercept(risks: npt.ArrayLike, events: npt.ArrayLike) -> Recalibration:
    """Fit the intercept with the slope held at 1 (calibration in the large), by maximum likelihood.

    A case whose risk is 0 or 1 and whose outcome agrees adds nothing. NoAnswerError where no
    finite fit exists: every remaining case, or none, had the event, or a certain risk was wrong.
    Source: Cox, Biometrika 1958; 45: 562.
    """
    chances, happened = uncertain(risks, events)
    intercept = shift_to_total(chances, happened.sum())
    fitted = moved(chances, intercept, 1.0)
    error = float(1 / np.sqrt(np.sum(fitted * (1 - fitted))))
    return Recalibration(intercept, error, 1.0, 0.0, 0.0, deviance(fitted, happened))


def recalibrate(risks: npt.ArrayLike, events: npt.ArrayLike) -> Recalibration:
    """Fit intercept and slope by maximum likelihood (logistic regression on the log-odds of risk).

    Cases with a risk of 0 or 1 are taken as in `recalibrate_intercept`. NoAnswerError also where
    the slope is not determined: all risks equal, or risk separates the events from the rest.
    Source: Cox, Biometrika 1958; 45: 562.
    """
    chances, happened = uncertain(risks, events)
    score = logit(chances)
    with_event, without = score[happened == 1], score[happened == 0]
    if not (with_event.min() < without.max() and without.min() < with_event.max()):
        raise NoAnswerError("These cases do not determine a calibration slope.")
    middle, spread = float(score.mean()), float(score.std())
    (level, tilt), (a, b, ab), fit = logistic_fit((score - middle) / spread, happened)
    slope, back = tilt / spread, middle / spread
    return Recalibration(
        intercept=level - back * tilt,
        intercept_error=float(np.sqrt(a - 2 * back * ab + back**2 * b)),
        slope=slope,
        slope_error=float(np.sqrt(b)) / spread,
        covariance=(ab - back * b) / spread,
        deviance=fit,
    )


def shift_to_total(risks: npt.ArrayLike, total: float) -> float:
    """Return a such that Σ expit(logit p + a) = total: the shift that centres risks on the nation.

    Risks of 0 and 1 do not move. NoAnswerError unless the total lies strictly between what the
    certain risks give and what they give with every other case.
    """
    chances = as_risks(risks)
    free = chances[(chances > 0) & (chances < 1)]
    wanted = float(total) - float(np.sum(chances == 1))
    if not 0 < wanted < free.size:
        raise NoAnswerError("No shift of these risks gives that total.")
    score, middle = logit(free), float(logit(wanted / free.size))
    lowest, highest = middle - float(score.max()) - 1, middle - float(score.min()) + 1
    return float(brentq(lambda a: expit(score + a).sum() - wanted, lowest, highest, xtol=1e-13))


def moved(chances: Floats, intercept: float, slope: float) -> Floats:
    """Return the risks at intercept + slope · log-odds; those of 0 and 1 stay."""
    certain = (chances == 0) | (chances == 1)
    inner = np.where(certain, 0.5, chances)
    return np.where(certain, chances, expit(intercept + slope * logit(inner)))


def uncertain(risks: npt.ArrayLike, events: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return the cases with a risk strictly between 0 and 1, if both outcomes occur among them."""
    chances, happened = as_cases(risks, events)
    free = (chances > 0) & (chances < 1)
    if np.any(chances[~free] != happened[~free]):
        raise NoAnswerError("A case with a risk of 0 or 1 had the other outcome.")
    if not 0 < happened[free].sum() < free.sum():
        raise NoAnswerError("Recalibration needs cases with the event and cases without.")
    return chances[free], happened[free]


def deviance(fitted: Floats, happened: Floats) -> float:
    """Return −2 ln L of these events at these probabilities."""
    return float(-2 * np.sum(xlogy(happened, fitted) + xlog1py(1 - happened, -fitted)))


def logistic_fit(
    score: Floats, happened: Floats
) -> tuple[tuple[float, float], tuple[float, float, float], float]:
    """Fit level + tilt · score by Newton steps, halved where they overshoot.

    Return (level, tilt), their variances and covariance, and the deviance.
    """
    design = np.column_stack([np.ones_like(score), score])
    found, best, step = np.zeros(2), np.inf, np.zeros(2)
    for _ in range(MOST_STEPS):
        fitted = expit(design @ (found + step))
        value = deviance(fitted, happened)
        if value > best + 1e-12 * abs(best):
            step /= 2
            continue
        found, best = found + step, value
        information = design.T @ (design * (fitted * (1 - fitted))[:, None])
        step = np.linalg.solve(information, design.T @ (happened - fitted))
        if np.abs(step).max() < 1e-12:
            break
    else:
        raise NoAnswerError("The calibration slope did not settle.")
    spread = np.linalg.inv(information)
    variances = (float(spread[0, 0]), float(spread[1, 1]), float(spread[0, 1]))
    return (float(found[0]), float(found[1])), variances, best


def wald_interval(estimate: float, error: float, level: float) -> tuple[float, float]:
    """Return estimate ± z · error at this level of confidence."""
    if not 0 < level < 1:
        raise BadNumberError("A level of confidence lies between 0 and 1.")
    reach = float(-ndtri((1 - level) / 2)) * error
    return estimate - reach, estimate + reach
