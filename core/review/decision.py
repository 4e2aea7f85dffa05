"""The publication decision: its states, its reasons, and the words that nothing was sent."""

from datetime import date, datetime
from typing import Literal

import msgspec

from core.extract.manifest import Publication
from core.results.wording import day

Choice = Literal["agreed", "agreed_with_queries", "objected"]
Standing = Literal["unreviewed", "agreed", "agreed_with_queries", "objected", "lapsed"]
Check = Literal["seen", "checked", "queried"]
Reason = Literal["records", "attribution", "risk_adjustment", "too_few", "consent", "other"]

STANDINGS: dict[Standing, str] = {
    "unreviewed": "Unreviewed",
    "agreed": "Agreed",
    "agreed_with_queries": "Agreed with queries outstanding",
    "objected": "Objected",
    "lapsed": "Lapsed to default",
}

CHECKS: dict[Check, str] = {
    "seen": "I have seen every result",
    "checked": "I have checked the records",
    "queried": "I have queried what is wrong",
}

REASONS: dict[Reason, str] = {
    "records": "Records are wrong or incomplete",
    "attribution": "Cases are credited to the wrong surgeon",
    "risk_adjustment": "The risk adjustment does not describe these cases",
    "too_few": "There are too few cases",
    "consent": "Consent is not given",
    "other": "Another reason, in the surgeon's own words",
}


WITHDRAWN = "Withdrawn"
UNSAID = "The extract does not say what follows."


class DecisionMade(msgspec.Struct, frozen=True, kw_only=True, tag="decision_made"):
    """The surgeon decided, or decided anew; an objection has a coded reason."""

    extract: str
    choice: Choice
    reason: Reason | None = None
    words: str = ""

    def __post_init__(self) -> None:
        if (self.choice == "objected") != (self.reason is not None):
            raise ValueError("an objection has a reason, and nothing else has one")


class DecisionWithdrawn(msgspec.Struct, frozen=True, kw_only=True, tag="decision_withdrawn"):
    """The decision was taken back."""

    extract: str
    words: str = ""


class DecisionSent(msgspec.Struct, frozen=True, kw_only=True, tag="decision_sent"):
    """The surgeon records when, to whom and how the decision, or its withdrawal, went."""

    extract: str
    on: date
    to: str
    how: str


class DecisionChecked(msgspec.Struct, frozen=True, kw_only=True, tag="decision_checked"):
    """The surgeon ticked a line of the checklist, or took the tick away."""

    extract: str
    check: Check
    done: bool


DecisionEvent = DecisionMade | DecisionWithdrawn | DecisionSent


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The decision on one extract as it stands, with every step that led to it.

    `made` is None before any decision and after a withdrawal; `sent` is of the last change alone.
    `checks` are the ticked lines of the checklist.
    """

    extract: str
    made: DecisionMade | None = None
    sent: DecisionSent | None = None
    steps: tuple[tuple[datetime, DecisionEvent], ...] = ()
    checks: frozenset[Check] = frozenset()


def decision_after(decision: Decision, event: DecisionEvent, at: datetime) -> Decision:
    """Return the decision once `event` is applied; a change must be sent again."""
    made, sent = decision.made, None
    if isinstance(event, DecisionMade):
        made = event
    elif isinstance(event, DecisionWithdrawn):
        made = None
    else:
        sent = event
    steps = (*decision.steps, (at, event))
    return msgspec.structs.replace(decision, made=made, sent=sent, steps=steps)


def checked(decision: Decision, event: DecisionChecked) -> Decision:
    """Return the decision with a line of the checklist ticked or not; nothing else changes."""
    one = {event.check}
    checks = decision.checks | one if event.done else decision.checks - one
    return msgspec.structs.replace(decision, checks=checks)


def standing(decision: Decision | None, publication: Publication, today: date) -> Standing:
    """Return where the decision stands; without one, a passed deadline lapses to the default."""
    if decision is not None and decision.made is not None:
        return decision.made.choice
    late = publication.deadline is not None and today > publication.deadline
    return "lapsed" if late else "unreviewed"


def sending_words(
    sent_on: date | None, contact: str | None = None, deadline: date | None = None
) -> str:
    """Return the line beside a decision or query: not sent, or when it was recorded as sent."""
    if sent_on is not None:
        return f"Recorded as sent on {day(sent_on)}. This program sent nothing."
    by = f" by {day(deadline)}" if deadline else ""
    where = contact or "the audit (the extract gives no address)"
    return f"Saved on this computer only. Not sent. Send the file to {where}{by}."


def consequence(publication: Publication, choice: Choice) -> str:
    """Return what follows from a choice, in the extract's own words, or that it says nothing."""
    return publication.consequences.get(choice) or UNSAID


def step_words(event: DecisionEvent) -> str:
    """Return one step of a decision's history."""
    if isinstance(event, DecisionMade):
        reason = f": {REASONS[event.reason]}" if event.reason else ""
        return f"{STANDINGS[event.choice]}{reason}"
    if isinstance(event, DecisionWithdrawn):
        return WITHDRAWN
    return f"Recorded as sent on {day(event.on)} to {event.to} ({event.how})"
