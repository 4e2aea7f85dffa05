"""The publication decision: its states, its reasons, and the words that nothing was sent."""

from datetime import date, datetime
from typing import Literal

import msgspec

from core.extract.manifest import Publication

Choice = Literal["agreed", "agreed_with_queries", "objected"]
Standing = Literal["unreviewed", "agreed", "agreed_with_queries", "objected", "lapsed"]
Reason = Literal["records", "attribution", "risk_adjustment", "too_few", "consent", "other"]

STANDINGS: dict[Standing, str] = {
    "unreviewed": "Unreviewed",
    "agreed": "Agreed",
    "agreed_with_queries": "Agreed with queries outstanding",
    "objected": "Objected",
    "lapsed": "Lapsed to default",
}

REASONS: dict[Reason, str] = {
    "records": "Records are wrong or incomplete",
    "attribution": "Cases are credited to the wrong surgeon",
    "risk_adjustment": "The risk adjustment does not describe these cases",
    "too_few": "There are too few cases",
    "consent": "Consent is not given",
    "other": "Another reason, in the surgeon's own words",
}


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


DecisionEvent = DecisionMade | DecisionWithdrawn | DecisionSent


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """The decision on one extract as it stands, with every step that led to it.

    `made` is None before any decision and after a withdrawal; `sent` is of the last change alone.
    """

    extract: str
    made: DecisionMade | None = None
    sent: DecisionSent | None = None
    steps: tuple[tuple[datetime, DecisionEvent], ...] = ()


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
    return Decision(extract=decision.extract, made=made, sent=sent, steps=steps)


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
        return f"Recorded as sent on {_day(sent_on)}. This program sent nothing."
    by = f" by {_day(deadline)}" if deadline else ""
    where = contact or "the audit (the extract gives no address)"
    return f"Saved on this computer only. Not sent. Send the file to {where}{by}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
