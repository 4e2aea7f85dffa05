"""The pictures of `plumb chart`: each kind to bytes with its provenance, and its words."""

from collections.abc import Callable
from typing import Any

from matplotlib.figure import Figure

from core.charts.calibration import describe_calibration, draw_calibration
from core.charts.funnel import describe_funnel, draw_funnel
from core.charts.over_time import describe_over_time, draw_over_time
from core.charts.palette import PRINT
from core.charts.power import describe_power, draw_power
from core.charts.provenance import provenance, with_provenance
from core.charts.style import Format, render
from core.errors import NoAnswerError
from core.flow import Review
from core.results.options import Options

Picture = tuple[Figure, str]


def picture(
    review: Review, code: str, kind: str, choice: Options, form: Format
) -> tuple[bytes, str]:
    """Return the picture's bytes and its text alternative."""
    outcome = review.extract.manifest.outcome(code)
    if outcome.kind == "continuous":
        raise NoAnswerError("An average has no picture: the audit gives figures alone.")
    if kind != "funnel" and outcome.kind != "binary":
        raise NoAnswerError("This picture needs an outcome with a risk for each case.")
    figure, words = PICTURES[kind](review, code, choice)
    lines = provenance(
        review.extract.manifest, review.extract.verdict, review.measure(code, choice)
    )
    return render(with_provenance(figure, lines, PRINT), form), words


def _funnel(review: Review, code: str, choice: Options) -> Picture:
    shown = review.funnel(code, choice)
    return draw_funnel(shown, PRINT), describe_funnel(shown)


def _over_time(review: Review, code: str, _: Options) -> Picture:
    shown = review.over_time(code)
    return draw_over_time(shown, PRINT), describe_over_time(shown)


def _calibration(review: Review, code: str, _: Options) -> Picture:
    mix = review.case_mix(code)
    return draw_calibration(mix, PRINT), describe_calibration(mix)


def _power(review: Review, code: str, choice: Options) -> Picture:
    found = review.detectability(code, choice)
    if found is None:
        raise NoAnswerError("No events are expected, so there is no power to draw.")
    return draw_power(found, PRINT), describe_power(found)


PICTURES: dict[str, Callable[[Review, str, Options], Any]] = {
    "funnel": _funnel,
    "vlad": _over_time,
    "cusum": _over_time,
    "calibration": _calibration,
    "power": _power,
}
