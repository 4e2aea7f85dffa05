"""The figures of the evidence beside those of the signed manifest, one by one."""

from collections.abc import Iterator, Mapping

from core.extract.manifest import Manifest, Outcome
from core.report.evidence import ExtractEvidence, Figure, OutcomeEvidence, Value
from core.report.recompute import Known, known_figures
from core.report.verifying.verification import Difference, Fact, OutcomeFacts
from core.results.outcome import IntervalMethod

TOLERANCE = 1e-5
"""Relative above 1, else absolute: finer than any page prints."""
_NOT_THERE = "The evidence does not mention this outcome, which the audit issued."
_NOT_ISSUED = "The evidence has an outcome that the audit did not issue."
_TWICE = "The evidence states this more than once."
_OTHER = "The evidence states another value than the audit’s."
_LACKING = "The evidence shows this outcome without this figure, which the audit issued."
_COUNTED = ("cases", "observed", "expected")
"""What a document that shows an outcome can never leave out."""
_UNFOUNDED = "It is marked as the audit’s, but does not follow from what the audit signed."


def compare(manifest: Manifest, evidence: ExtractEvidence) -> tuple[Difference, ...]:
    """Return every difference between the evidence on one extract and its manifest.

    A figure that the manifest states or implies is compared by its name, however it is marked. A
    figure marked issued or derived that the manifest does not account for is a difference too.
    """
    return (*_headings(manifest, evidence), *_outcomes(manifest, evidence))


def facts(outcome: Outcome, evidence: OutcomeEvidence | None) -> OutcomeFacts:
    """Return the fact sheet of one outcome: every figure from the manifest, none from the pages."""
    known = known_figures(outcome, _interval(evidence))
    own = evidence.figures if evidence else ()
    position = known.get("position")
    return OutcomeFacts(
        code=outcome.code,
        label=outcome.label,
        position=str(position.value) if position and position.value is not None else None,
        chosen=evidence.chosen if evidence else False,
        reflected=evidence.reflected if evidence else None,
        facts=tuple(Fact(name, one.value, one.standing) for name, one in known.items()),
        not_covered=tuple(figure.name for figure in own if figure.name not in known),
    )


def same(stated: Value, issued: Value) -> bool:
    """Whether two values agree: words and whole numbers exactly, others to the tolerance."""
    if isinstance(stated, bool) or isinstance(issued, bool):
        return stated is issued
    if isinstance(stated, int | float) and isinstance(issued, int | float):
        if isinstance(issued, int):
            return stated == issued
        return abs(stated - issued) <= TOLERANCE * max(1.0, abs(issued))
    return stated == issued


def _headings(manifest: Manifest, evidence: ExtractEvidence) -> Iterator[Difference]:
    period = manifest.period
    pairs: list[tuple[str, Value, Value]] = [
        ("audit", evidence.audit, manifest.audit.name),
        ("series", evidence.series, manifest.series),
        ("edition_number", evidence.edition_number, manifest.edition_number),
        ("period.start", evidence.period[0], period.start.isoformat()),
        ("period.end", evidence.period[1], period.end.isoformat()),
    ]
    allowed = {"audit": {manifest.audit.name, manifest.audit.code}}
    for name, stated, issued in pairs:
        if stated != issued and stated not in allowed.get(name, set()):
            yield Difference("", name, stated, issued, _OTHER)


def _outcomes(manifest: Manifest, evidence: ExtractEvidence) -> Iterator[Difference]:
    issued = {outcome.code: outcome for outcome in manifest.outcomes}
    seen: set[str] = set()
    for stated in evidence.outcomes:
        if stated.code in seen:
            yield Difference(stated.code, "", None, None, _TWICE)
        elif stated.code not in issued:
            yield Difference(stated.code, "", stated.label, None, _NOT_ISSUED)
        else:
            yield from _outcome(issued[stated.code], stated)
        seen.add(stated.code)
    for code, outcome in issued.items():
        if code not in seen:
            yield Difference(code, "", None, outcome.label, _NOT_THERE)


def _outcome(outcome: Outcome, stated: OutcomeEvidence) -> Iterator[Difference]:
    known = known_figures(outcome, _interval(stated))
    if stated.label != outcome.label:
        yield Difference(outcome.code, "label", stated.label, outcome.label, _OTHER)
    if (issued := known.get("position")) is not None and stated.position != issued.value:
        yield Difference(outcome.code, "position", stated.position, issued.value, _OTHER)
    seen: set[str] = set()
    for figure in stated.figures:
        if figure.name in seen:
            yield Difference(outcome.code, figure.name, figure.value, None, _TWICE)
        seen.add(figure.name)
        yield from _figure(outcome.code, figure, known)
    for name in _COUNTED if stated.chosen else ():
        if name in known and name not in seen:
            yield Difference(outcome.code, name, None, known[name].value, _LACKING)


def _figure(code: str, figure: Figure, known: Mapping[str, Known]) -> Iterator[Difference]:
    found = known.get(figure.name)
    if found is None:
        if figure.standing != "surgeon":
            yield Difference(code, figure.name, figure.value, None, _UNFOUNDED)
    elif not same(figure.value, found.value):
        yield Difference(code, figure.name, figure.value, found.value, _OTHER)


def _interval(evidence: OutcomeEvidence | None) -> IntervalMethod:
    named = (
        [one.value for one in evidence.figures if one.name == "interval_method"] if evidence else []
    )
    return "byar" if named[:1] == ["byar"] else "exact"
