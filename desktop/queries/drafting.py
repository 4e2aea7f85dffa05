"""New correction requests: for a case, for a case that is absent, for the cases of a finding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.extract.manifest import Field, Manifest
from core.results.quality.finding import Finding
from core.results.quality.words import TITLES
from core.review.correctable import EXCLUDED, audit_value, correctable, field_of
from core.review.events import new_id
from core.review.queries import Query, QueryDrafted, QueryKind

if TYPE_CHECKING:
    from core.flow import Review

FIRST_KIND: QueryKind = "other"


def for_case(extract: str, case_id: str) -> QueryDrafted:
    """Return a new request about a case; what is wrong with it is still to be said."""
    return QueryDrafted(query=new_id(), extract=extract, kind=FIRST_KIND, case_id=case_id)


def for_absent(extract: str) -> QueryDrafted:
    """Return a new request about a case that the extract does not hold."""
    return QueryDrafted(query=new_id(), extract=extract, kind="mine_but_absent")


def for_finding(
    review: Review, extract: str, finding: Finding, queries: Iterable[Query]
) -> tuple[QueryDrafted, ...]:
    """Return one request for each doubtful case of a finding, without those asked for already."""
    if finding.query == "mine_but_absent":
        return (for_absent(extract),)
    manifest, cases = review.extract.manifest, review.extract.cases
    field = named_field(manifest, finding)
    name = field.name if field else None
    asked = {(one.case_id, one.kind, one.field) for one in queries if one.extract == extract}
    drafts = (
        QueryDrafted(
            query=new_id(),
            extract=extract,
            kind=finding.query,
            case_id=str(cases["case_id"].iat[row]),
            field=name,
            audit_value=audit_value(cases, row, field) if field else None,
            proposed_value=_exclusion(manifest, finding),
            evidence=_evidence(manifest, finding),
        )
        for row in finding.doubtful.tolist()
    )
    return tuple(one for one in drafts if (one.case_id, one.kind, one.field) not in asked)


def _evidence(manifest: Manifest, finding: Finding) -> str:
    """Return the finding's title and field: what to confirm, before the surgeon's own words."""
    title, about = TITLES[finding.code], field_of(manifest, finding.field)
    if about is None or about.label.casefold() in title.casefold():
        return f"{title}."
    return f"{title}: {about.label}."


def named_field(manifest: Manifest, finding: Finding) -> Field | None:
    """Return the field that a finding is about, where a request of its kind may name it."""
    offered = correctable(manifest, finding.query)
    names = {field.name for field in offered}
    outcome = f"outcome.{finding.outcome}" if finding.outcome else None
    wanted = (EXCLUDED, finding.field, outcome)
    return field_of(manifest, next((name for name in wanted if name in names), None))


def field_after(
    manifest: Manifest, query: Query, kind: QueryKind, name: str | None
) -> Field | None:
    """Return the field once kind or field is chosen; without a name it stays where it may.

    Where the kind takes one field alone, that is it.
    """
    offered = {one.name: one for one in correctable(manifest, kind)}
    if len(offered) == 1:
        return next(iter(offered.values()))
    return offered.get((query.field if name is None else name) or "")


def _exclusion(manifest: Manifest, finding: Finding) -> str | None:
    """Return the one exclusion whose words the finding quotes."""
    if finding.query != "meets_exclusion":
        return None
    quoted = [one.code for one in manifest.exclusions if finding.message.endswith(one.words)]
    return quoted[0] if len(quoted) == 1 else None
