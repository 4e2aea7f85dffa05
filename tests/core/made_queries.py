"""A review with something to correct, and queries on it, for the tests of what-if and of fields."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import msgspec
import pandas as pd

from core.extract.manifest import Exclusion, Field
from core.flow import Review, review
from core.review.queries import Query, QueryKind, Value
from tests.desktop.made_up import made_up_review

AT = datetime(2026, 11, 22, tzinfo=UTC)
FIELDS = (
    Field(name="age", label="Age", type="integer", unit="years", minimum=0, maximum=120),
    Field(
        name="urgency",
        label="Urgency",
        type="code",
        allowed=("1", "2"),
        labels=("elective", "urgent"),
        risk_factor=True,
    ),
    Field(name="weight", label="Weight", type="number", unit="kg", risk_factor=True),
    Field(name="died_on", label="Date of death", type="date"),
    Field(name="nhs", label="Patient number", type="text", identifying=True),
)
EXCLUSIONS = (Exclusion(code="emergency", words="Emergencies are not counted.", count=0),)


@cache
def official_review() -> Review:
    """Return the made-up review with fields of every type, an identifying one among them."""
    made = made_up_review()
    cases = made.extract.cases.assign(
        age=60.0, urgency="1", weight=80.5, died_on=pd.Timestamp("2024-01-02"), nhs="SECRET"
    )
    manifest = msgspec.structs.replace(made.extract.manifest, fields=FIELDS, exclusions=EXCLUSIONS)
    return review(replace(made.extract, cases=cases, manifest=manifest), lambda *_: None)


def query(
    kind: QueryKind,
    case: str | None,
    field: str | None = None,
    proposed: Value = None,
    *,
    blank: bool = False,
) -> Query:
    """Return a draft of that kind on a case of it."""
    return Query(
        id=f"{kind}-{case}",
        extract="x",
        kind=kind,
        case_id=case,
        field=field,
        audit_value=None,
        proposed_value=proposed,
        evidence="",
        begun_at=AT,
        changed_at=AT,
        blank=blank,
    )
