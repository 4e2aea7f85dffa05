"""Everything to check in the records before the results are relied on."""

from dataclasses import replace

import pandas as pd

from core.extract.manifest import Manifest
from core.results.inclusion import Inclusion, include
from core.results.quality.attribution import misattribution_hints
from core.results.quality.completeness import missing_fields, missing_results
from core.results.quality.dates import impossible_dates
from core.results.quality.duplicates import duplicates
from core.results.quality.exclusions import unmarked_exclusions
from core.results.quality.finding import Effect, Finding
from core.results.quality.status import status_conflicts
from core.results.quality.values import implausible_values
from core.results.quality.volume import volume_jumps

CHECKS = (
    status_conflicts,
    missing_results,
    impossible_dates,
    duplicates,
    unmarked_exclusions,
    misattribution_hints,
    implausible_values,
    volume_jumps,
    missing_fields,
)
SEVERITIES = ("high", "medium", "low")


def quality(cases: pd.DataFrame, manifest: Manifest) -> tuple[Finding, ...]:
    """Return the findings of an extract's cases (risks attached), the most severe first."""
    found = [finding for check in CHECKS for finding in check(cases, manifest)]
    counted = {
        outcome.code: include(cases, outcome, manifest.follow_up_to)
        for outcome in manifest.outcomes
        if outcome.kind != "continuous"
    }
    found.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    return tuple(replace(one, effect=_effect(one, counted)) for one in found)


def _effect(finding: Finding, counted: dict[str, Inclusion]) -> Effect | None:
    """Of the outcome concerned; else of the first that counts a doubtful case."""
    if not counted:
        return None
    rows = finding.doubtful
    touched = [code for code, found in counted.items() if found.included[rows].any()]
    code = next(iter([*touched, *counted]))
    if finding.outcome in counted:
        code = finding.outcome
    found = counted[code]
    kept = rows[found.included[rows]]
    observed, expected = found.event[kept].sum(), found.risk[kept].sum()
    return Effect(code, -float(observed) or 0.0, -float(expected) or 0.0)
