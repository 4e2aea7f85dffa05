"""Correction requests: what the surgeon asks the audit to correct, and what became of it."""

from datetime import date, datetime
from typing import Literal

import msgspec

QueryKind = Literal[
    "not_my_case",
    "joint_case",
    "mine_but_absent",
    "duplicate",
    "wrong_procedure",
    "wrong_outcome",
    "wrong_risk_factor",
    "meets_exclusion",
    "other",
]
QueryStatus = Literal["drafted", "sent", "accepted", "rejected"]
Value = str | float | None

KINDS: dict[QueryKind, str] = {
    "not_my_case": "Not my case",
    "joint_case": "Joint, assisted or trainee case",
    "mine_but_absent": "Mine but absent",
    "duplicate": "Duplicate",
    "wrong_procedure": "Wrong procedure or urgency",
    "wrong_outcome": "Wrong outcome or date of death",
    "wrong_risk_factor": "Risk factor wrong or missing",
    "meets_exclusion": "Meets an exclusion",
    "other": "Other",
}

STATUSES: dict[QueryStatus, str] = {
    "drafted": "Saved on this computer only. Not sent.",
    "sent": "Recorded as sent",
    "accepted": "Recorded as accepted by the audit",
    "rejected": "Recorded as rejected by the audit",
}


class QueryDrafted(msgspec.Struct, frozen=True, kw_only=True, tag="query_drafted"):
    """A query was begun or changed; a change of one that was sent makes it a draft again.

    `field` is a column of cases.csv; `case_id` is None where the case is absent. The audit's
    value is the one that stood there when the query was begun. `blank` asks that it be removed,
    with nothing in its place; a journal holds such a draft as a record of a kind of its own.
    """

    query: str
    extract: str
    kind: QueryKind
    case_id: str | None = None
    field: str | None = None
    audit_value: Value = None
    proposed_value: Value = None
    evidence: str = ""
    blank: bool = False


class QuerySent(msgspec.Struct, frozen=True, kw_only=True, tag="query_sent"):
    """The surgeon records when, to whom and how the query went."""

    query: str
    on: date
    to: str
    how: str


class QueryAnswered(msgspec.Struct, frozen=True, kw_only=True, tag="query_answered"):
    """The surgeon records the audit's answer."""

    query: str
    accepted: bool
    on: date
    words: str = ""


class QueryRemoved(msgspec.Struct, frozen=True, kw_only=True, tag="query_removed"):
    """A query was taken away; what was written stays in the journal."""

    query: str


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A query as it stands."""

    id: str
    extract: str
    kind: QueryKind
    case_id: str | None
    field: str | None
    audit_value: Value
    proposed_value: Value
    evidence: str
    begun_at: datetime
    changed_at: datetime
    blank: bool = False
    status: QueryStatus = "drafted"
    sent: QuerySent | None = None
    answer: QueryAnswered | None = None


def query_after(query: Query | None, event: QueryDrafted, at: datetime) -> Query:
    """Return the query as drafted; the audit's value of the same field stays the first one."""
    same = query is not None and (query.case_id, query.field) == (event.case_id, event.field)
    return Query(
        id=event.query,
        extract=event.extract,
        kind=event.kind,
        case_id=event.case_id,
        field=event.field,
        audit_value=query.audit_value if query and same else event.audit_value,
        proposed_value=event.proposed_value,
        evidence=event.evidence,
        begun_at=query.begun_at if query else at,
        changed_at=at,
        blank=event.blank,
    )


def sent(query: Query, event: QuerySent, at: datetime) -> Query:
    """Return the query once it is recorded as sent."""
    return msgspec.structs.replace(query, status="sent", sent=event, changed_at=at)


def answered(query: Query, event: QueryAnswered, at: datetime) -> Query:
    """Return the query once its answer is recorded."""
    status: QueryStatus = "accepted" if event.accepted else "rejected"
    return msgspec.structs.replace(query, status=status, answer=event, changed_at=at)
