"""A result as a short paragraph: people, then the place, then what to do or what is missed."""

from dataclasses import dataclass

from core.results.line_words import NO_LINE, NOT_ADJUSTED, people_words, unvouched_sentence
from core.results.outcome import OutcomeResult
from core.results.wording import WHOSE, about, cases, count, times_in_100
from core.results.words import (
    CENTRE_TOLERANCE,
    average_words,
    left_out_words,
    missed,
    place_words,
)

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
    if result.comparison != "adjusted" and result.cases:
        why = NOT_ADJUSTED if result.comparison == "crude" else NO_LINE
        return Account(people_words(result), "No position can be given.", "", why)
    if result.ratio is None:
        return _without_ratio(result)
    place = result.exact_position or "within"
    said = {"within": _inside, "above": _above, "below": _below}[place.split("_")[0]](result)
    return Account(
        _people(result),
        f"{said} {unvouched_sentence(result)}".strip(),
        *_counsel(place, missed(result)),
    )


def _counsel(place: str, miss: str) -> tuple[str, str]:
    """What follows from the place: the words to emphasise, and the rest."""
    if place.startswith("above"):
        return "Check the records first,", TALK
    if place.startswith("below"):
        return "Check the records first:", MISSING_EVENTS
    return "Inside is not proof of good results:", miss


def _without_ratio(result: OutcomeResult) -> Account:
    nothing = "No ratio, limits or position can be given."
    if result.cases:
        impossible = result.observed > 0
        return Account(
            f"{_who(result)}; the predicted risks expect no {result.words.events} at all.",
            nothing,
            "Check the records first:" if impossible else "",
            "by these risks it could not have happened." if impossible else "",
        )
    why = f" ({left_out_words(result)})" if result.left_out.total else ""
    return Account(
        f"None of {WHOSE[result.level]} cases counts for this outcome{why}.", nothing, "", ""
    )


def _people(result: OutcomeResult) -> str:
    same = "" if result.kind == "ratio" else "for patients with the same risks, "
    return f"{_who(result)}; {same}{_expectation(result)}."


def _who(result: OutcomeResult) -> str:
    words, whose = result.words, WHOSE[result.level]
    if result.kind == "ratio":
        events = words.event if result.observed == 1 else words.events
        return f"{count(result.observed)} {events} in {whose} {cases(result.cases)}"
    patients = "patient" if result.cases == 1 else "patients"
    return f"{count(result.observed)} of {whose} {count(result.cases)} {patients} {words.happened}"


def _expectation(result: OutcomeResult) -> str:
    """What would be expected: nationally, unless the nation itself departs from the risks."""
    expected = f"{about(result.expected or 0.0)} {result.words.events} would be expected"
    if abs((result.national_ratio or 1.0) - 1) <= CENTRE_TOLERANCE:
        return f"{expected} nationally"
    if result.centre == "national" and result.mean is not None:
        return f"{expected} from the risks alone, and {about(result.mean)} on the national line"
    return f"{expected} from the risks alone"


def _inside(result: OutcomeResult) -> str:
    if result.position == "too_few":
        return (
            f"The audit shows no position below {result.minimum_cases} cases; "
            f"by the exact limits the point lies inside{_tail(result)}."
        )
    return "That lies inside the limits."


def _tail(result: OutcomeResult) -> str:
    if result.p_upper is None:
        return ""
    return f" (this many or more turn up {times_in_100(result.p_upper)} on the national line)"


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
    whoever = f"a {result.level} exactly on the national line"
    return f"{said} A result {size} turns up {chance} for {whoever}."


def _continuous(result: OutcomeResult) -> Account:
    said = average_words(result)
    if result.position is None:
        place = "The audit gives no limits, so no position is shown."
        return Account(said, place, "", "")
    return Account(said, place_words(result), *_counsel(result.position, missed(result)))
