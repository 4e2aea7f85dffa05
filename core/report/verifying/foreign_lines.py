"""What a receiver is told of national lines that stand in no audit's extract."""

from core.extract.manifest import Manifest
from core.report.evidence import ExtractEvidence
from core.results.line_origin import LineState, line_origin

RESTS = "its limits, its position and any recalibration of its risks rest on that"
SAID: dict[LineState, str] = {
    "trusted": "a benchmark pack that was found signed by a trusted audit when it was read; this "
    "document cannot show it",
    "fictional": "a made-up benchmark pack (FICTIONAL), whose key is public",
    "unvouched": "a benchmark pack that no trusted audit vouches for",
    "revoked": "a benchmark pack whose issuer’s certificate is revoked",
    "typed": "figures that the surgeon typed in",
}


def line_findings(evidence: ExtractEvidence, manifest: Manifest | None) -> tuple[str, ...]:
    """Return one sentence a kind of line, with its outcomes; none where the audit issued it.

    The manifest decides where there is one; without it, what the evidence states.
    """
    found = _by_manifest(manifest) if manifest is not None else _by_evidence(evidence)
    named: dict[LineState, list[str]] = {}
    for label, state in found:
        named.setdefault(state, []).append(label)
    return tuple(
        f"{', '.join(labels)}: the national line is from {SAID[state]}; {RESTS}."
        for state, labels in named.items()
        if state in SAID
    )


def _by_manifest(manifest: Manifest) -> list[tuple[str, LineState]]:
    return [(one.label, line_origin(manifest, one).state) for one in manifest.outcomes]


def _by_evidence(evidence: ExtractEvidence) -> list[tuple[str, LineState]]:
    labels = {one.code: one.label for one in evidence.outcomes}
    return [(labels.get(code, code), state) for code, state in evidence.lines.items()]
