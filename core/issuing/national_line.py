"""The national line for a file that has none: a benchmark pack, a published rate, or nothing."""

from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec
import pandas as pd

from core.audits.profile import OutcomeRule, Profile, RecalibrationRule, RiskRule
from core.errors import BadBenchmarkError, PlumblineError, RevokedBenchmarkError
from core.extract.archive import MANIFEST, unpack
from core.extract.manifest import Outcome, Period, PublishedRate, read_manifest
from core.extract.opening import Envelope, read_archive, read_tables
from core.extract.source import BenchmarkSource
from core.intake.mapping import Mapping
from core.issuing.benchmark import COLUMNS
from core.results.origin_words import pack_words
from core.results.wording import day
from core.sealing.trust import TrustState, TrustStore

PublishedRates = Lookup[str, PublishedRate]
"""A published national rate of the adverse event, by outcome code."""


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """An opened benchmark pack: national units, totals, limits and dates of an audit, no cases.

    `added_at` is when it is added to an import that was made without it.
    """

    envelope: Envelope
    units: pd.DataFrame
    digest: str
    added_at: datetime | None = None

    @property
    def source(self) -> BenchmarkSource:
        """What the manifest of an import says of the pack."""
        manifest, verdict = self.envelope.manifest, self.envelope.verdict
        return BenchmarkSource(
            digest=self.digest,
            state=str(verdict.state),
            issuer=verdict.issuer_name,
            start=manifest.period.start,
            end=manifest.period.end,
            issued_at=manifest.issued_at,
            added_at=self.added_at,
        )


def is_pack(data: bytes) -> bool:
    """Whether the bytes are a benchmark pack, told by its manifest; nothing of it is checked."""
    try:
        source = read_manifest(unpack(data)[MANIFEST]).source
    except PlumblineError:
        return False
    return source is not None and source.kind == "benchmark"


def open_pack(data: bytes, trust: TrustStore) -> Pack:
    """Return the benchmark pack in `data`, checked as an extract is.

    Raises BadBenchmarkError, and RevokedBenchmarkError where its issuer is revoked: no line is
    drawn by what an audit has withdrawn.
    """
    try:
        envelope = read_archive(data, trust)
        cases, units, _ = read_tables(envelope)
    except PlumblineError as error:
        raise BadBenchmarkError(f"The benchmark pack cannot be used: {error.message}") from None
    source = envelope.manifest.source
    if source is None or source.kind != "benchmark" or len(cases):
        raise BadBenchmarkError("The file is an extract, not a benchmark pack.")
    if envelope.verdict.state is TrustState.REVOKED:
        raise RevokedBenchmarkError("The certificate that signed the benchmark pack is revoked.")
    return Pack(envelope, units, sha256(data).hexdigest())


def with_line(
    outcome: Outcome, audit: str, line: Pack | PublishedRates | None, has_risk: bool
) -> Outcome:
    """Return the outcome with the national line that `line` gives, and what it then allows.

    `audit` is the code of the outcome's audit; BadBenchmarkError where the pack is of another.
    """
    if outcome.kind == "continuous":
        return outcome
    outcome = _from_pack(outcome, audit, line) if isinstance(line, Pack) else outcome
    rate = line.get(outcome.code) if line is not None and not isinstance(line, Pack) else None
    if rate is not None:
        outcome = msgspec.structs.replace(outcome, published=rate, centre="expected")
    given = outcome.national is not None or outcome.published is not None
    comparison = "crude" if not has_risk else "adjusted" if given else "none"
    return msgspec.structs.replace(outcome, comparison=comparison)


def under_pack(profile: Profile, line: Pack | PublishedRates | None) -> Profile:
    """Return the profile with the pack's models and recalibrations, by which its line was drawn."""
    if not isinstance(line, Pack):
        return profile
    given = {one.code: one for one in line.envelope.manifest.outcomes}
    outcomes = (_modelled(rule, given.get(rule.code)) for rule in profile.outcomes)
    return msgspec.structs.replace(profile, outcomes=tuple(outcomes))


def _modelled(rule: OutcomeRule, given: Outcome | None) -> OutcomeRule:
    if given is None or given.kind != "binary" or given.risk_source == "supplied":
        return rule
    step = given.recalibration
    return msgspec.structs.replace(
        rule,
        risk=RiskRule(model=given.risk_source),
        given_risk=None,
        recalibration=step
        and RecalibrationRule(
            intercept=step.intercept, slope=step.slope, date=step.date, source=step.source
        ),
    )


def units_of(
    line: Pack | PublishedRates | None, outcomes: tuple[Outcome, ...], period: Period
) -> pd.DataFrame:
    """Return the rows of national.csv; the pack's units stand under the extract's own period."""
    if not isinstance(line, Pack):
        return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    lined = [outcome.code for outcome in outcomes if outcome.comparison == "adjusted"]
    rows = line.units[line.units["outcome"].isin(lined)].reset_index(drop=True)
    return rows.assign(period=f"{period.start}/{period.end}")[list(COLUMNS)]


def line_words(
    line: Pack | PublishedRates | None, outcomes: tuple[Outcome, ...], period: Period
) -> Iterator[str]:
    """Yield what a reader must know of the pack: other dates, and risks of another kind."""
    if not isinstance(line, Pack):
        return
    manifest = line.envelope.manifest
    other = manifest.period
    if other != period:
        start, end = day(other.start), day(other.end)
        yield f"The national line is that of {start} to {end}, not of these dates."
    given = {one.code for one in manifest.outcomes}
    for one in outcomes:
        if one.code not in given:
            yield f"The pack has no line for “{one.label}”."
        elif one.comparison == "none":
            yield f"The pack's line for “{one.label}” rests on other risks and is not drawn."


def unused_risks(mapping: Mapping, old: Profile, new: Profile) -> Iterator[str]:
    """Yield whose risks the file gives, and the model of the pack's line replaces."""
    read = {one.target for one in mapping.columns}
    for rule, under in zip(old.outcomes, new.outcomes, strict=True):
        own = {rule.given_risk, rule.risk.column if rule.risk is not None else None}
        if own & read and under.risk is not None and under.risk.model is not None:
            yield replaced_words(rule.label, under.risk.model)


def replaced_words(label: str, model: str) -> str:
    """Say that the risks of a file give way to the model of the pack's line."""
    rests = f"the pack's line rests on the model {model}"
    return f"The file's own risks of “{label}” are not used: {rests}."


def _from_pack(outcome: Outcome, audit: str, pack: Pack) -> Outcome:
    manifest = pack.envelope.manifest
    if manifest.audit.code != audit:
        raise BadBenchmarkError("The benchmark pack is of another audit.")
    given = next((one for one in manifest.outcomes if one.code == outcome.code), None)
    if given is None:
        return outcome
    if _meaning(given) != _meaning(outcome):
        raise BadBenchmarkError(
            f"The benchmark pack defines “{outcome.label}” in another way.",
            "Choose the pack and the profile that the same audit gave out.",
        )
    if _risks(given) != _risks(outcome):
        return outcome
    return msgspec.structs.replace(
        outcome,
        national=given.national,
        limits=given.limits,
        centre=given.centre,
        minimum_cases=given.minimum_cases,
        peers=given.peers,
        issued=None,
        line_from=pack_words(pack.source),
    )


def _meaning(outcome: Outcome) -> tuple[str, str, int | None, str]:
    """What a line must have in common with the cases that are set on it."""
    words = " ".join(outcome.definition.casefold().split())
    return outcome.kind, outcome.direction, outcome.follow_up_days, words


def _risks(outcome: Outcome) -> tuple[str, tuple[float, float] | None]:
    step = outcome.recalibration
    return outcome.risk_source, (step.intercept, step.slope) if step is not None else None
