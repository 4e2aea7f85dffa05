"""An unsigned extract from a foreign table: the audit office's road, for one surgeon's own file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

import msgspec
import pandas as pd

from core.audits.profile import Profile
from core.errors import BadSummaryError, NothingToImportError
from core.extract.manifest import (
    FORMAT,
    Manifest,
    Outcome,
    Period,
    Surgeon,
)
from core.extract.source import Source
from core.extract.writing import build_archive
from core.intake.cases import NationalCases, cases_from
from core.intake.headings import Sheet
from core.intake.mapping import Mapping
from core.intake.mapping_file import mapping_bytes
from core.intake.targets import own_columns
from core.intake.translation import Translation, translate
from core.issuing.benchmark import manifest_outcome
from core.issuing.borrowed_rules import rules_for, unread_exclusions
from core.issuing.edition import fields_of
from core.issuing.extracts import exclusions_counted
from core.issuing.national_line import (
    Pack,
    PublishedRates,
    line_words,
    under_pack,
    units_of,
    unused_risks,
    with_line,
)
from core.issuing.risks import with_risks

MOST_REMARKS = 40
GMC = re.compile(r"[0-9]{7}")


@dataclass(frozen=True, slots=True)
class Origin:
    """Whence the table is: the file's name, the table's path inside, the SHA-256 of the file."""

    file: str
    table: str
    digest: str
    protection: str = "none"
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What the surgeon states of the extract; dates left out are the file's own.

    `key` makes study numbers: 32 random bytes, the same again to tell the same patients.
    """

    surgeon: Surgeon
    key: bytes
    made_at: datetime
    start: date | None = None
    end: date | None = None
    follow_up_to: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """The archive of an unsigned extract, its manifest, what was marked, and the link table.

    `translation.link` is for the vault alone.
    """

    archive: bytes
    manifest: Manifest
    translation: Translation


def make_extract(
    sheet: Sheet,
    mapping: Mapping,
    profile: Profile,
    origin: Origin,
    terms: Terms,
    line: Pack | PublishedRates | None = None,
    *,
    link: bool = False,
) -> Imported:
    """Return the extract of the surgeon's own cases in `sheet`, read as `mapping` says.

    It has no signature, and is otherwise as an issued one. `line` is where the national line comes
    from. Raises the errors of translation, of the profile and of opening.
    """
    own_rules, profile = profile, under_pack(profile, line)
    latest = terms.made_at.date()
    translation = translate(sheet, mapping, profile, terms.key, link=link, latest=latest)
    rules, left_out = rules_for(profile, mapping, translation.mapped)
    national = with_risks(cases_from(translation.table, rules), rules)
    period, follow_up_to = _window(national.cases, terms)
    inside = _inside(national, period)
    outcomes = tuple(_outcomes(rules, national, line))
    cases = _without_empty_risks(inside, outcomes)
    outside = len(national.cases) - len(inside)
    said = (
        *translation.warnings,
        *_guesses(mapping),
        *_turned(mapping),
        *left_out,
        *_without_risks(rules, outcomes),
        *unused_risks(mapping, own_rules, profile),
        *unread_exclusions(rules, mapping, translation),
        *_surgeon_words(mapping, rules, terms),
        *line_words(line, outcomes, period),
        *translation.remarks,
        *origin.remarks,
    )
    source = _source(sheet, mapping, profile, origin, translation, said)
    source = msgspec.structs.replace(source, outside=outside)
    if isinstance(line, Pack):
        source = msgspec.structs.replace(source, benchmark=line.source)
    manifest = _manifest(rules, cases, outcomes, terms, period, follow_up_to, source)
    if own_columns(profile).surgeon not in {one.target for one in mapping.columns}:
        manifest = msgspec.structs.replace(manifest, level=profile.level)
    archive = build_archive(manifest, cases, units_of(line, outcomes, period))
    return Imported(archive, manifest, translation)


def _window(cases: pd.DataFrame, terms: Terms) -> tuple[Period, date]:
    days = cases["operated_on"]
    start = terms.start or days.min().date()
    end = terms.end or days.max().date()
    if start > end:
        raise BadSummaryError("The period ends before it starts.")
    return Period(start=start, end=end), terms.follow_up_to or terms.made_at.date()


def _inside(national: NationalCases, period: Period) -> pd.DataFrame:
    days = national.cases["operated_on"]
    inside = (days >= pd.Timestamp(period.start)) & (days <= pd.Timestamp(period.end))
    if not inside.any():
        raise NothingToImportError("No row of the file lies within the period.")
    return national.cases[inside].reset_index(drop=True)


def _outcomes(
    rules: Profile, national: NationalCases, line: Pack | PublishedRates | None
) -> Iterator[Outcome]:
    for rule in rules.outcomes:
        prefix = "risk" if rule.kind == "binary" else "expected"
        risks = national.cases.get(f"{prefix}.{rule.code}")
        has_risk = risks is not None and bool(risks.notna().any())
        yield with_line(manifest_outcome(rule), rules.audit.code, line, has_risk)


def _without_empty_risks(cases: pd.DataFrame, outcomes: tuple[Outcome, ...]) -> pd.DataFrame:
    """A crude outcome has no column of risks, so that none is computed on opening."""
    crude = [
        f"risk.{outcome.code}"
        for outcome in outcomes
        if outcome.comparison == "crude" and outcome.kind == "binary"
    ]
    return cases.drop(columns=crude)


def _without_risks(rules: Profile, outcomes: tuple[Outcome, ...]) -> Iterator[str]:
    for rule, outcome in zip(rules.outcomes, outcomes, strict=True):
        given = rule.risk is not None or rule.expected_column is not None
        if given and outcome.comparison == "crude":
            yield f"“{rule.label}” is not adjusted for risk: no case has a risk."


def _surgeon_words(mapping: Mapping, rules: Profile, terms: Terms) -> Iterator[str]:
    """Say where the file's own code of a surgeon is another GMC number than the one stated."""
    code, stated = mapping.surgeon or "", terms.surgeon.gmc
    column = mapping.of(own_columns(rules).surgeon)
    if column is not None and GMC.fullmatch(code) and GMC.fullmatch(stated) and code != stated:
        yield f"Column {column.heading!r} holds another GMC number than the one that was stated."


def _source(
    sheet: Sheet,
    mapping: Mapping,
    profile: Profile,
    origin: Origin,
    translation: Translation,
    said: tuple[str, ...],
) -> Source:
    return Source(
        kind="import",
        profile=f"{profile.audit.code} · {profile.series}",
        file=_visible(origin.file),
        table=_visible(origin.table),
        digest=origin.digest,
        protection=origin.protection,
        mapping=sha256(mapping_bytes(mapping)).hexdigest(),
        rows=len(sheet.records),
        unread=translation.unread,
        others=translation.others,
        unnamed=translation.unnamed,
        problems=len(translation.problems),
        remarks=_remarks(said),
    )


def _remarks(said: tuple[str, ...]) -> tuple[str, ...]:
    """As many as a reader takes in, what bears on the figures first; the rest is counted."""
    told = [_visible(words) for words in dict.fromkeys(said) if words]
    more = len(told) - MOST_REMARKS
    return (*told[:MOST_REMARKS], *((f"Further remarks on the file: {more}.",) if more > 0 else ()))


def _guesses(mapping: Mapping) -> Iterator[str]:
    """What was taken without an answer; it stands with the figures until it is confirmed."""
    for one in mapping.columns:
        taken = {"date order": one.date_order, "scale": one.scale, "column": one.target}
        taken["sense"] = "the opposite" if one.opposite else "as it stands"
        for asked in one.asked:
            yield f"Guessed and not confirmed, column {one.heading!r}: {asked}, {taken[asked]}."


def _turned(mapping: Mapping) -> Iterator[str]:
    """Which columns record the opposite of what the audit asks, and were read so."""
    for one in mapping.columns:
        if one.opposite:
            yield f"Column {one.heading!r} records the opposite and was read the other way round."


def _visible(text: str) -> str:
    """A file's name may hold what cannot be seen; a manifest may not."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _manifest(
    rules: Profile,
    cases: pd.DataFrame,
    outcomes: tuple[Outcome, ...],
    terms: Terms,
    period: Period,
    follow_up_to: date,
    source: Source,
) -> Manifest:
    return Manifest(
        format=FORMAT,
        audit=rules.audit,
        series=rules.series,
        edition_number=0,
        level="surgeon",
        surgeon=terms.surgeon,
        period=period,
        follow_up_to=follow_up_to,
        issued_at=terms.made_at,
        attribution=rules.attribution,
        outcomes=outcomes,
        fields=fields_of(rules, {}),
        files={},
        contact=rules.contact,
        exclusions=tuple(exclusions_counted(rules.exclusions, cases)),
        publication=rules.publication,
        source=source,
    )
