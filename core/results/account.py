"""A result as a short paragraph: people, then the place, then what to do or what is missed."""

from dataclasses import dataclass

from core.results.outcome import OutcomeResult
from core.results.wording import about, count, times_in_100
from core.results.words import missed

TALK = (
    "then what the cases share; then talk it over with your clinical lead, the audit’s contact, "
    "and someone for you: a colleague you trust or your defence organisation."
)
MISSING_EVENTS = "events that were not recorded look the same as few events."


@dataclass(frozen=True, slots=True)
class Account:
    """A result as a short paragraph: people, place, then the emphasised words and the rest."""

    people: str
    place: str
    emphasis: str
    rest: str

    @property
    def text(self) -> str:
        """The paragraph without emphasis."""
        return " ".join(
            part for part in (self.people, self.place, self.emphasis, self.rest) if part
        )


def account(result: OutcomeResult) -> Account:
    """Return the paragraph that stands on the overview and on page one."""
    if result.kind == "continuous":
        return _continuous(result)
    if result.ratio is None:
        return Account(
            "No counted case of yours has both a recorded outcome and a predicted risk.",
            "No ratio, limits or position can be given.",
            "",
            "",
        )
    place = result.exact_position or "within"
    if place == "within":
        return Account(
            _people(result), _inside(result), "Inside is not proof of good results:", missed(result)
        )
    if place.startswith("above"):
        return Account(_people(result), _above(result), "Check the records first,", TALK)
    return Account(_people(result), _below(result), "Check the records first:", MISSING_EVENTS)


def _people(result: OutcomeResult) -> str:
    words = result.words
    expected = result.expected or 0.0
    if result.kind == "ratio":
        return (
            f"{count(result.observed)} {words.event if result.observed == 1 else words.events} "
            f"in your {count(result.cases)} cases; {about(expected)} would be expected nationally."
        )
    who = f"{count(result.observed)} of your {count(result.cases)} patients {words.happened}"
    return (
        f"{who}; for patients with the same risks, {about(expected)} {words.events} would be "
        "expected nationally."
    )


def _inside(result: OutcomeResult) -> str:
    if result.position == "too_few":
        return (
            f"The audit shows no position below {result.minimum_cases} cases; "
            "by the exact limits the point lies inside."
        )
    return "That lies inside the limits."


def _above(result: OutcomeResult) -> str:
    return _outside(result, "above", "this high or higher", result.p_upper)


def _below(result: OutcomeResult) -> str:
    return _outside(result, "below", "this low or lower", result.p_lower)


def _outside(result: OutcomeResult, side: str, size: str, tail: float | None) -> str:
    line = "alarm" if (result.exact_position or "").endswith("alarm") else "alert"
    said = f"That lies {side} the {line} line."
    if result.position == "too_few":
        said = (
            f"The audit shows no position below {result.minimum_cases} cases; "
            f"by the exact limits the point lies {side} the {line} line."
        )
    chance = times_in_100(tail or 0.0)
    return f"{said} A result {size} turns up {chance} for a surgeon exactly on the national line."


def _continuous(result: OutcomeResult) -> Account:
    said = f"Your average over {count(result.cases)} cases is {result.observed:.2f}."
    if result.expected is not None:
        said += f" The audit gives {result.expected:.2f} for comparison."
    place = "" if result.position else "The audit gives no limits, so no position is shown."
    return Account(said, place, "", "")
