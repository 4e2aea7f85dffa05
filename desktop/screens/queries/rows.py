"""The table of correction requests: filters, and a row in words for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.extract.manifest import Manifest
from core.review.answers import Answer
from core.review.correctable import audit_words, field_of, proposed_words
from core.review.queries import KINDS, Query, QueryStatus
from desktop.queries.naming import ABSENT
from desktop.translation import QT_TR_NOOP, tr

SHORT: dict[QueryStatus, str] = {
    "drafted": QT_TR_NOOP("Draft, not sent"),
    "sent": QT_TR_NOOP("Sent"),
    "accepted": QT_TR_NOOP("Accepted"),
    "rejected": QT_TR_NOOP("Rejected"),
}
FILTERS: dict[str, tuple[str, Callable[[Query], bool]]] = {
    "": (QT_TR_NOOP("All requests"), lambda _: True),
    "drafted": (QT_TR_NOOP("Drafts, not sent"), lambda one: one.status == "drafted"),
    "sent": (QT_TR_NOOP("Sent, without an answer"), lambda one: one.status == "sent"),
    "accepted": (QT_TR_NOOP("Accepted"), lambda one: one.status == "accepted"),
    "rejected": (QT_TR_NOOP("Rejected"), lambda one: one.status == "rejected"),
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
    return QueryRow(
        id=query.id,
        case=query.case_id or tr(ABSENT),
        kind=KINDS[query.kind],
        field=field.label if field else "–",
        stands=audit_words(field, query) if field else "–",
        proposed=(proposed_words(field, query) if field else "") or "–",
        status=status_words(query, answer),
    )


def status_words(query: Query, answer: Answer | None) -> str:
    """Return where a request stands, and that the audit answered where nobody recorded it."""
    said = tr(SHORT[query.status])
    if answer is None or query.answer is not None:
        return said
    return tr("{status} · the audit answered").format(status=said)


def filter_entries(queries: Iterable[Query]) -> tuple[tuple[str, str], ...]:
    """Return the filters (key, label with its count) that hold anything, all of them first."""
    found = tuple(queries)
    counted = ((key, sum(map(FILTERS[key][1], found))) for key in FILTERS)
    return tuple(
        (key, f"{tr(FILTERS[key][0])} ({number})") for key, number in counted if number or not key
    )


def kept(queries: Mapping[str, Query], key: str) -> tuple[Query, ...]:
    """Return the requests that a filter lets through."""
    return tuple(one for one in queries.values() if FILTERS[key][1](one))
