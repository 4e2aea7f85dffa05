"""How to read a funnel, told in the surgeon's own numbers."""

from dataclasses import dataclass

from core.results.funnel import Funnel
from core.results.outcome import OutcomeResult
from core.results.wording import (
    THIN,
    WHO,
    WHOSE,
    cases,
    count,
    expected_count,
    ratio,
)
from core.results.words import NOT_A_MARGIN, missed

LEFT_TO_RIGHT = (
    "The limits are wide at the left and narrow at the right: the fewer events are expected, the "
    "more chance alone moves a ratio."
)
OWN_TICKS = "The short lines at your point are its limits, exact for your own patients’ risks."
NO_RANK = "How high one lies beside another says nothing: each is compared with the line alone."
NOT_DRAWN = "It is not in the picture: it belongs to what was observed, the limits to the expected."


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to look at: where, and what is seen there."""

    where: str
    words: str


def how_to_read(funnel: Funnel) -> tuple[Step, ...]:
    """Return the steps in the order of looking; none where the funnel places no own point."""
    result = funnel.result
    placed = result.ratio is not None and result.expected and result.kind != "continuous"
    if not placed or result.comparison != "adjusted":
        return ()
    steps = (
        Step("Left to right", _across(result)),
        Step("Bottom to top", _up(result)),
        Step("The line", _line(result)),
        Step("The limits", _limits(result)),
        Step("Your point", _point(result)),
        Step("What it would miss", _capital(missed(result))),
        Step("The other dots", f"Each is another {result.level}. {NO_RANK}"),
    )
    return steps if len(funnel.unit_expected) else steps[:-1]


def _across(result: OutcomeResult) -> str:
    whose = WHOSE[result.level]
    return (
        f"How many {result.words.events} the risks predict. The risks of {whose} "
        f"{cases(result.cases)} add up to {expected_count(result.expected or 0.0)}, so the "
        "diamond stands there."
    )


def _up(result: OutcomeResult) -> str:
    return (
        "Observed divided by expected. "
        f"{WHO[result.level]} had {_events(result, result.observed)}; "
        f"{count(result.observed)} ÷ {expected_count(result.expected or 0.0)} is "
        f"{ratio(result.ratio or 0.0)}, the height of the diamond."
    )


def _line(result: OutcomeResult) -> str:
    if result.centre == "national":
        return (
            f"It lies at {ratio(result.centre_ratio)}, where the nation itself lies: a point on it "
            "had as many events as the nation has in patients with these risks."
        )
    return "It lies at 1: a point on it had exactly as many events as the risks predict."


def _limits(result: OutcomeResult) -> str:
    shape = OWN_TICKS if result.limits_model == "poisson_binomial" else LEFT_TO_RIGHT
    if result.events_to_alert is None:
        return f"{shape} No number of events at this caseload could cross the upper lines."
    at = expected_count(result.expected or 0.0)
    said = f"{_events(result, result.events_to_alert)} or more would lie above the alert line"
    if result.events_to_alarm is not None:
        said += f", {count(result.events_to_alarm)} or more above the alarm line"
    return f"{shape} At {at} expected, {said}. {NOT_A_MARGIN}"


def _point(result: OutcomeResult) -> str:
    place = (result.exact_position or result.position or "within").replace("_", " the ")
    where = "lies within both limits" if place == "within" else f"lies {place} line"
    said = f"{ratio(result.ratio or 0.0)} {where}."
    if result.position == "too_few":
        said += f" The audit shows no position below {result.minimum_cases} cases."
    if result.ratio_interval is None:
        return said
    low, high = result.ratio_interval
    return f"{said} Its 95{THIN}% interval is {ratio(low)} to {ratio(high)}. {NOT_DRAWN}"


def _events(result: OutcomeResult, number: float) -> str:
    return f"{count(number)} {result.words.event if number == 1 else result.words.events}"


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
