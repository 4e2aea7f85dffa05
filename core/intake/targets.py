"""What an audit asks of a foreign table: every column it can use, and how files call it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from core.audits.profile import Columns, DateColumn, FieldRule, Heading, OutcomeRule, Profile

TargetKind = Literal["text", "code", "flag", "integer", "number", "date", "risk"]
SURGEON, OPERATED_ON, CASE_ID, PROCEDURE, PROVIDER = (
    "surgeon",
    "operated_on",
    "case_id",
    "procedure",
    "provider",
)
USUAL_NAMES: Mapping[str, tuple[str, ...]] = {
    SURGEON: (
        "surgeon", "consultant", "consultant gmc", "surgeon gmc", "gmc number", "gmc",
        "consultant code", "surgeon code", "responsible consultant", "consultant surgeon",
        "operating surgeon", "consultant gmc number", "surgeon gmc number",
    ),
    OPERATED_ON: (
        "operated on", "operation date", "date of operation", "date of surgery", "surgery date",
        "procedure date", "date of procedure", "date and time of operation",
    ),
    CASE_ID: ("case id", "case number", "record id", "episode id", "case reference", "audit id"),
    PROCEDURE: ("procedure", "procedure name", "operation performed", "procedure performed"),
    PROVIDER: (
        "provider", "hospital", "hospital name", "site", "trust", "hospital identifier",
        "organisation code", "site code", "provider code",
    ),
}  # fmt: skip
"""Plain words that headings commonly are, beside each profile's own synonyms."""


@dataclass(frozen=True, slots=True)
class Target:
    """One column of the audit's own table: `name` there, its contract and its other names.

    `role` is one of the fixed columns' names, `field`, `outcome` or `risk`. `codes` maps what
    files write to what the audit's table holds.
    """

    name: str
    label: str
    role: str
    kind: TargetKind
    synonyms: tuple[str, ...] = ()
    question: str | None = None
    position: int | None = None
    codes: tuple[tuple[str, str], ...] = ()
    allowed: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None
    identifying: bool = False


def own_columns(profile: Profile) -> Columns:
    """Return the names of the fixed columns, the usual ones where the profile has none."""
    return profile.columns or Columns(
        surgeon=SURGEON,
        operated_on=DateColumn(column=OPERATED_ON),
        case_id=CASE_ID,
        procedure=PROCEDURE,
        provider=PROVIDER,
    )


def targets(profile: Profile) -> tuple[Target, ...]:
    """Return every column that `profile` can use, each once, the fixed ones first."""
    headings = {heading.column: heading for heading in profile.headings}
    found: dict[str, Target] = {}
    for target in (*_fixed(profile), *_fields(profile), *_outcomes(profile)):
        found.setdefault(target.name, _with_heading(target, headings.get(target.name)))
    return tuple(found.values())


def _fixed(profile: Profile) -> Iterator[Target]:
    columns = own_columns(profile)
    named = (
        (columns.surgeon, SURGEON, "Surgeon", "text"),
        (columns.operated_on.column, OPERATED_ON, "Date of operation", "date"),
        (columns.case_id, CASE_ID, "Case", "text"),
        (columns.procedure, PROCEDURE, "Procedure", "text"),
        (columns.provider, PROVIDER, "Provider", "text"),
    )
    for name, role, label, kind in named:
        yield Target(
            name=name or role,
            label=label,
            role=role,
            kind="date" if kind == "date" else "text",
            synonyms=USUAL_NAMES[role],
        )


def _fields(profile: Profile) -> Iterator[Target]:
    for rule in profile.fields:
        yield _field(rule)


def _field(rule: FieldRule) -> Target:
    return Target(
        name=rule.column or rule.name,
        label=rule.label,
        role="field",
        kind=rule.type,
        synonyms=(rule.name, rule.label, *rule.synonyms),
        question=rule.question,
        position=rule.position,
        codes=tuple(rule.codes.items()),
        allowed=rule.allowed,
        labels=rule.labels,
        minimum=rule.minimum,
        maximum=rule.maximum,
        unit=rule.unit,
        identifying=rule.identifying,
    )


def _outcomes(profile: Profile) -> Iterator[Target]:
    for rule in profile.outcomes:
        yield from _recorded(rule)
        if rule.risk is not None and rule.risk.column is not None:
            label = f"Risk: {rule.label}"
            yield Target(rule.risk.column, label, "risk", "risk", minimum=0, maximum=1)
        if rule.given_risk is not None:
            label = f"Risk of {rule.words.event}, as given"
            yield Target(rule.given_risk, label, "risk", "risk", minimum=0, maximum=1)
        if rule.expected_column is not None:
            label = f"Expected: {rule.label}"
            yield Target(rule.expected_column, label, "risk", "number", minimum=0)


def _recorded(rule: OutcomeRule) -> Iterator[Target]:
    recorded = rule.recorded
    if recorded is not None and recorded.time is not None and recorded.status is not None:
        yield Target(recorded.time, f"Days: {rule.label}", "outcome", "number", minimum=0)
        yield Target(recorded.status, rule.label, "outcome", "flag")
        return
    kinds: dict[str, TargetKind] = {"binary": "flag", "ratio": "integer", "continuous": "number"}
    yield Target(
        name=recorded.column if recorded and recorded.column else rule.code,
        label=rule.label,
        role="outcome",
        kind=kinds[rule.kind],
        synonyms=(rule.label, rule.code),
        minimum=0 if rule.kind == "ratio" else None,
    )


def _with_heading(target: Target, heading: Heading | None) -> Target:
    if heading is None:
        return target
    return replace(
        target,
        synonyms=(*heading.synonyms, *target.synonyms),
        question=heading.question or target.question,
        position=heading.position or target.position,
        codes=(*heading.codes.items(), *target.codes),
    )
