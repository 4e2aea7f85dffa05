"""The table of correction requests: filters, and a row in words for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.extract.manifest import Manifest
from core.review.answers import Answer
from core.review.correctable import field_of, value_words
from core.review.queries import KINDS, Query, QueryStatus

ABSENT = "not in the extract"
SHORT: dict[QueryStatus, str] = {
    "drafted": "Draft, not sent",
    "sent": "Sent",
    "accepted": "Accepted",
    "rejected": "Rejected",
}
FILTERS: dict[str, tuple[str, Callable[[Query], bool]]] = {
    "": ("All requests", lambda _: True),
    "drafted": ("Drafts, not sent", lambda one: one.status == "drafted"),
    "sent": ("Sent, without an answer", lambda one: one.status == "sent"),
    "accepted": ("Accepted", lambda one: one.status == "accepted"),
    "rejected": ("Rejected", lambda one: one.status == "rejected"),
}


@dataclass(frozen=True, slots=True)
class QueryRow:
    """One request in words; `id` names it."""

    id: str
    case: str
    kind: str
    field: str
    stands: str
    proposed: str
    status: str


def query_row(manifest: Manifest, query: Query, answer: Answer | None) -> QueryRow:
    """Return a request as the table shows it; a dash where there is nothing to say."""
    field = field_of(manifest, query.field)
    answered = " · the audit answered" if answer and query.answer is None else ""
    return QueryRow(
        id=query.id,
        case=query.case_id or ABSENT,
        kind=KINDS[query.kind],
        field=field.label if field else "–",
        stands=value_words(field, query.audit_value) if field else "–",
        proposed=value_words(field, query.proposed_value)
        if field and query.proposed_value is not None
        else "–",
        status=f"{SHORT[query.status]}{answered}",
    )


def name_of(query: Query) -> str:
    """Return how a request is called in a list: its case and kind."""
    return f"{query.case_id or ABSENT}: {KINDS[query.kind].lower()}"


def filter_entries(queries: Iterable[Query]) -> tuple[tuple[str, str], ...]:
    """Return the filters (key, label with its count) that hold anything, all of them first."""
    found = tuple(queries)
    counted = ((key, label, sum(map(holds, found))) for key, (label, holds) in FILTERS.items())
    return tuple(
        (key, f"{label} ({number})") for key, label, number in counted if number or not key
    )


def kept(queries: Mapping[str, Query], key: str) -> tuple[Query, ...]:
    """Return the requests that a filter lets through."""
    return tuple(one for one in queries.values() if FILTERS[key][1](one))
