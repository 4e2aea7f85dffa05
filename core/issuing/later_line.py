"""A benchmark pack added to an import that was made without a national line."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import msgspec
import pandas as pd

from core.errors import BadBenchmarkError
from core.extract.manifest import Manifest, Outcome
from core.extract.opening import Extract, read_archive, read_tables
from core.extract.writing import build_archive
from core.issuing.national_line import Pack, line_words, replaced_words, units_of, with_line
from core.risk.attach import attach_risks
from core.sealing.trust import TrustStore

NOT_LACKING = "Only an import without a national line takes a benchmark pack."
NO_LINE = "The benchmark pack has no line for these outcomes and their risks."


def lacks_line(manifest: Manifest) -> bool:
    """Whether the extract is an import without a pack, and an outcome of it has no line or rate."""
    source = manifest.source
    if source is None or source.kind != "import" or source.benchmark is not None:
        return False
    return any(_lacks_line(outcome) for outcome in manifest.outcomes)


def add_pack(extract: Extract, pack: Pack, added_at: datetime) -> bytes:
    """Return the archive of the import with the pack's line; `extract` itself stays as it is.

    It is another unsigned extract, of the same cases and the same file, whose source says when the
    pack was added. A published rate that was typed in stays. Where the pack names a model, the
    risks are computed by it, as at an import with the pack. Raises BadBenchmarkError where nothing
    is gained, or the pack is of another audit or means another outcome.
    """
    manifest, source = extract.manifest, extract.manifest.source
    if source is None or not lacks_line(manifest):
        raise BadBenchmarkError(NOT_LACKING, "Import the file again, with this pack.")
    pack = replace(pack, added_at=added_at)
    cases, _, answers = read_tables(read_archive(extract.archive, TrustStore()))
    outcomes: list[Outcome] = []
    for outcome in manifest.outcomes:
        lined, cases = _lined(outcome, cases, extract, pack)
        outcomes.append(lined)
    given = tuple(outcome for outcome in outcomes if outcome.national is not None)
    if not given:
        raise BadBenchmarkError(NO_LINE, "Choose the pack of the audit the file is from.")
    said = (
        *source.remarks,
        *_replaced(manifest.outcomes, given),
        *line_words(pack, tuple(outcomes), manifest.period),
    )
    later = msgspec.structs.replace(
        manifest,
        outcomes=tuple(outcomes),
        source=msgspec.structs.replace(source, benchmark=pack.source, remarks=said),
        files={},
    )
    units = units_of(pack, given, manifest.period)
    return build_archive(later, cases, units, extract.models, answers)


def _lacks_line(outcome: Outcome) -> bool:
    return outcome.kind != "continuous" and outcome.national is None and outcome.published is None


def _lined(
    outcome: Outcome, cases: pd.DataFrame, extract: Extract, pack: Pack
) -> tuple[Outcome, pd.DataFrame]:
    """Return the outcome with the pack's line, and the cases with the risks it rests on."""
    if not _lacks_line(outcome):
        return outcome, cases
    under = _under(outcome, pack)
    risked = cases if under == outcome else _with_risks(under, cases, extract)
    has_risk = _has_risk(under, risked)
    if under != outcome and not has_risk:
        under, risked, has_risk = outcome, cases, _has_risk(outcome, cases)
    lined = with_line(under, extract.manifest.audit.code, pack, has_risk)
    return (outcome, cases) if lined.national is None else (lined, risked)


def _under(outcome: Outcome, pack: Pack) -> Outcome:
    """Return the outcome with the model and recalibration by which the pack's line was drawn."""
    given = next((o for o in pack.envelope.manifest.outcomes if o.code == outcome.code), None)
    if given is None or given.kind != "binary" or given.risk_source == "supplied":
        return outcome
    step, source = given.recalibration, given.risk_source
    return msgspec.structs.replace(outcome, risk_source=source, recalibration=step)


def _with_risks(outcome: Outcome, cases: pd.DataFrame, extract: Extract) -> pd.DataFrame:
    bare = cases.drop(columns=f"risk.{outcome.code}", errors="ignore")
    return attach_risks(bare, (outcome,), extract.models)


def _has_risk(outcome: Outcome, cases: pd.DataFrame) -> bool:
    prefix = "risk" if outcome.kind == "binary" else "expected"
    risks = cases.get(f"{prefix}.{outcome.code}")
    return risks is not None and bool(risks.notna().any())


def _replaced(before: tuple[Outcome, ...], given: tuple[Outcome, ...]) -> Iterator[str]:
    models = {one.code: one.risk_source for one in given if one.risk_source != "supplied"}
    for old in before:
        if old.code in models and old.risk_source == "supplied" and old.comparison != "crude":
            yield replaced_words(old.label, models[old.code])
