"""An unsigned extract without cases, from the totals a surgeon copied from a summary."""

from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from datetime import timedelta

import msgspec
import pandas as pd

from core.audits.profile import OutcomeRule, Profile
from core.errors import BadSummaryError
from core.extract.manifest import (
    FORMAT,
    MOST_TYPED_CASES,
    Manifest,
    Outcome,
    Period,
    PublishedRate,
    Surgeon,
    TypedTotals,
)
from core.extract.schema import cases_contract
from core.extract.source import Source
from core.extract.writing import build_archive
from core.intake.lookalikes import as_latin
from core.intake.nhs_numbers import nhs_spans
from core.issuing.benchmark import COLUMNS, manifest_outcome
from core.issuing.imported import Terms
from core.sealing.identities import is_gmc_number

LONGEST_SOURCE = 300
LONGEST_NAME = 200
FURTHEST = 20


@dataclass(frozen=True, slots=True)
class TypedFigures:
    """What a summary states of one outcome; counts and rates are those of the adverse event.

    `source` names the summary and its date. Without `expected` there is a crude rate alone;
    without `national_rate` there is no national line.
    """

    cases: int
    observed: int
    expected: float | None
    national_rate: float | None
    source: str


def summary_extract(
    figures: Lookup[str, TypedFigures], profile: Profile, terms: Terms
) -> tuple[bytes, Manifest]:
    """Return the archive of an extract that holds `figures` by outcome code, and its manifest.

    `terms` must state the period. BadSummaryError names the outcome and what is wrong.
    """
    period = _period(terms)
    _check_surgeon(terms.surgeon)
    rules = {rule.code: rule for rule in profile.outcomes}
    if not figures or not set(figures) <= set(rules):
        raise BadSummaryError("The figures are of an outcome that this audit does not have.")
    outcomes = tuple(_outcome(rules[code], found) for code, found in figures.items())
    manifest = Manifest(
        format=FORMAT,
        audit=profile.audit,
        series=profile.series,
        edition_number=0,
        level="surgeon",
        surgeon=terms.surgeon,
        period=period,
        follow_up_to=terms.follow_up_to or period.end,
        issued_at=terms.made_at,
        attribution=profile.attribution,
        outcomes=outcomes,
        fields=(),
        files={},
        contact=profile.contact,
        publication=profile.publication,
        source=Source(
            kind="summary",
            profile=f"{profile.audit.code} · {profile.series}",
            remarks=tuple(f"{one.label}: {figures[one.code].source}" for one in outcomes),
        ),
    )
    names = [one.name for one in cases_contract(manifest) if not one.optional]
    return build_archive(manifest, _empty(names), _empty(COLUMNS)), manifest


def _period(terms: Terms) -> Period:
    if terms.start is None or terms.end is None or terms.start > terms.end:
        raise BadSummaryError("A summary needs the first and the last day of its period.")
    if terms.end > terms.made_at.date() + timedelta(days=1):
        raise BadSummaryError("The period ends in the future.", "Check its last day.")
    return Period(start=terms.start, end=terms.end)


def _check_surgeon(surgeon: Surgeon) -> None:
    if not surgeon.name or len(surgeon.name) > LONGEST_NAME or not surgeon.name.isprintable():
        raise BadSummaryError(
            "The surgeon’s name is missing, too long, or holds what cannot be seen.",
            "Give the name alone.",
        )
    if not is_gmc_number(surgeon.gmc):
        raise BadSummaryError(
            "A GMC number holds 1 to 64 letters and digits only.", "Give the number alone."
        )


def _outcome(rule: OutcomeRule, found: TypedFigures) -> Outcome:
    _check(rule, found)
    rate = found.national_rate
    comparison = "crude" if found.expected is None else "none" if rate is None else "adjusted"
    return msgspec.structs.replace(
        manifest_outcome(rule),
        risk_source="supplied",
        recalibration=None,
        centre="expected",
        comparison=comparison,
        limits=msgspec.structs.replace(rule.limits, model="poisson", overdispersion="none"),
        published=None if rate is None else PublishedRate(rate=rate, source=found.source),
        typed=TypedTotals(cases=found.cases, observed=found.observed, expected=found.expected),
    )


def _check(rule: OutcomeRule, found: TypedFigures) -> None:
    expected = 0.0 if found.expected is None else found.expected
    rate = 0.0 if found.national_rate is None else found.national_rate
    binary = rule.kind == "binary"
    wrong = {
        "a mean cannot be typed in": rule.kind == "continuous",
        f"the number of cases is not from 1 to {MOST_TYPED_CASES:,}": (
            not 0 < found.cases <= MOST_TYPED_CASES
        ),
        f"the observed events are not from 0 to {MOST_TYPED_CASES:,}": (
            not 0 <= found.observed <= MOST_TYPED_CASES
        ),
        "more events than cases": binary and found.observed > found.cases,
        "the expected events are below 0, or no number": (not 0 <= expected <= MOST_TYPED_CASES),
        "more events expected than cases": binary and expected > found.cases,
        "events happened though none were expected": found.expected == 0 and found.observed > 0,
        "the national rate is not from 0 to 1": not 0 <= rate <= 1,
        "a national rate of 0 % or 100 % leaves no line to set expected events against": (
            found.expected is not None
            and (found.national_rate == 0 or (binary and found.national_rate == 1))
        ),
        "the expected events and the national rate do not fit; is one of them a percentage?": (
            binary and _far_apart(expected / max(1, found.cases), rate)
        ),
        "the source is missing": not found.source.strip(),
        "the source is too long or holds what cannot be seen": len(found.source) > LONGEST_SOURCE
        or not found.source.isprintable(),
        "the source holds an NHS number": any(nhs_spans(as_latin(found.source))),
    }
    for words, holds in wrong.items():
        if holds:
            raise BadSummaryError(f"“{rule.label}”: {words}.")


def _far_apart(mean_risk: float, rate: float) -> bool:
    """Whether one is more than twenty times the other; 0 stands for what is not given."""
    low, high = sorted((mean_risk, rate))
    return 0 < low < high / FURTHEST


def _empty(names: list[str] | tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=object) for name in names})
