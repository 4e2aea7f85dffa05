"""One surgeon's extract of an edition: their cases, their figures, the manifest, the archive."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec
import pandas as pd

from core.audits.profile import ExclusionRule
from core.extract.manifest import (
    FORMAT,
    Exclusion,
    IssuedFigures,
    IssuedLimit,
    Manifest,
    Outcome,
    Surgeon,
)
from core.extract.writing import build_archive
from core.issuing.edition import Edition
from core.results.measure import measure
from core.results.outcome import OutcomeResult

_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")


def archive_of(edition: Edition, surgeon: Surgeon) -> bytes:
    """Return the signed archive of the surgeon's extract."""
    cases = edition.cases_of(surgeon.gmc)
    manifest = manifest_of(edition, surgeon, cases)
    national = _given_units(edition, manifest)
    return build_archive(manifest, cases, national, issuer=edition.issuer)


def file_name(edition: Edition, surgeon: Surgeon) -> str:
    """Return `AUDIT-GMC-EDITION.age`, in ASCII that every file system takes."""
    profile = edition.profile
    parts = (profile.audit.code, surgeon.gmc, str(profile.edition_number))
    return "-".join(_UNSAFE.sub("_", part) for part in parts) + ".age"


def manifest_of(edition: Edition, surgeon: Surgeon, cases: pd.DataFrame) -> Manifest:
    """Return what the audit states of the surgeon's `cases`; `files` are filled when packed."""
    profile = edition.profile
    return Manifest(
        format=FORMAT,
        audit=profile.audit,
        series=profile.series,
        edition_number=profile.edition_number,
        level=profile.level,
        surgeon=surgeon,
        period=edition.period,
        follow_up_to=edition.follow_up_to,
        issued_at=edition.issued_at,
        attribution=profile.attribution,
        outcomes=tuple(_with_figures(edition, cases, found) for found in edition.nation.outcomes),
        fields=edition.fields,
        files={},
        contact=profile.contact,
        exclusions=tuple(exclusions_counted(profile.exclusions, cases)),
        publication=profile.publication,
        self_unit=_own_unit(edition, surgeon.gmc),
        retain_until=_retain_until(edition.issued_at.date(), profile.retain_years),
    )


def _with_figures(edition: Edition, cases: pd.DataFrame, outcome: Outcome) -> Outcome:
    if outcome.kind == "continuous":
        return outcome
    spread = edition.dispersion[outcome.code]
    nation = IssuedFigures(cases=0, observed=0, expected=0.0, tau2=spread.tau2, phi=spread.phi)
    known = msgspec.structs.replace(outcome, issued=nation)
    result = measure(known, cases, edition.follow_up_to, edition.units(outcome.code))
    return msgspec.structs.replace(outcome, issued=_figures(result))


def _figures(result: OutcomeResult) -> IssuedFigures:
    return IssuedFigures(
        cases=result.cases,
        observed=result.observed,
        expected=result.expected or 0.0,
        limits=tuple(
            IssuedLimit(level=limit.level, lower=limit.lower, upper=limit.upper)
            for limit in result.limits
        ),
        position=result.position,
        p_upper=result.p_upper,
        p_lower=result.p_lower,
        tau2=result.overdispersion.tau2,
        phi=result.overdispersion.phi,
    )


def exclusions_counted(
    rules: tuple[ExclusionRule, ...], cases: pd.DataFrame
) -> Iterator[Exclusion]:
    """One for each code that may stand in the `excluded` column, with this surgeon's count."""
    for rule in rules:
        for outcome in rule.outcomes or (None,):
            code = f"{rule.code}@{outcome}" if outcome else rule.code
            count = sum(code in cell.split(";") for cell in cases["excluded"])
            concerned = (outcome,) if outcome else ()
            yield Exclusion(code=code, words=rule.words, count=count, outcomes=concerned)


def _own_unit(edition: Edition, surgeon: str) -> str | None:
    """The surgeon's unit, or None where none of their cases counts."""
    unit = edition.nation.unit_of[surgeon]
    return unit if unit in set(edition.nation.units["unit"]) else None


def _given_units(edition: Edition, manifest: Manifest) -> pd.DataFrame:
    """The nation's rows, but of an outcome with hidden peers the surgeon's own alone."""
    units = edition.nation.units
    hidden = [outcome.code for outcome in manifest.outcomes if outcome.peers == "hidden"]
    return units[~units["outcome"].isin(hidden) | (units["unit"] == manifest.self_unit)]


def _retain_until(issued_on: date, years: int) -> date:
    return (pd.Timestamp(issued_on) + pd.DateOffset(years=years)).date()
