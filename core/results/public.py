"""What the public would see of a surgeon, under the extract's own rules and in the third person."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.extract.manifest import Manifest, Regime
from core.results.outcome import OutcomeResult
from core.results.wording import about, cases, count, operations
from core.results.words import position_alone

REGIMES: dict[Regime, str] = {
    "consent": "This audit publishes results by name where you agree.",
    "presumed": "This audit publishes results by name unless you object.",
    "not_published": "This audit does not publish results by name.",
}
UNSAID = "The extract does not say what will be shown."
PREVIEW = (
    "This preview follows the extract’s own rules on minimum numbers and on limits. The audit’s "
    "page may be laid out in another way."
)


@dataclass(frozen=True, slots=True)
class PublicOutcome:
    """One outcome as the public would read it; `position` is empty where it is not shown."""

    code: str
    label: str
    facts: str
    sentence: str
    position: str


@dataclass(frozen=True, slots=True)
class PublicView:
    """Everything the public would see; `states` is what the extract itself says of it."""

    states: str
    who: str
    outcomes: tuple[PublicOutcome, ...]


def public_view(manifest: Manifest, results: Iterable[OutcomeResult]) -> PublicView:
    """Return what would be shown of these results."""
    surgeon = manifest.surgeon
    return PublicView(
        states=manifest.publication.shown or UNSAID,
        who=f"{surgeon.name} · GMC {surgeon.gmc} · {manifest.audit.name}",
        outcomes=tuple(_public(result) for result in results),
    )


def _public(result: OutcomeResult) -> PublicOutcome:
    facts = operations(result.cases)
    if result.position == "too_few" or result.cases < result.minimum_cases:
        hidden = f"Not shown: below the audit’s minimum of {cases(result.minimum_cases)}."
        return PublicOutcome(result.code, result.label, facts, hidden, "")
    label = position_alone(result).removesuffix(" · too few cases to tell")
    return PublicOutcome(result.code, result.label, facts, _sentence(result), label)


def _sentence(result: OutcomeResult) -> str:
    if result.kind == "continuous":
        return (
            f"The average was {result.observed:.2f}." if result.cases else "No value is recorded."
        )
    if result.expected is None:
        return "No expected number can be given."
    words = result.words
    said = f"{about(result.expected)} {words.events} would be expected"
    if result.kind == "ratio":
        events = words.event if result.observed == 1 else words.events
        return f"{count(result.observed)} {events} in {cases(result.cases)}; {said}."
    patients = f"{count(result.observed)} of {count(result.cases)} patients {words.happened}"
    return f"{patients}; for patients with the same risks, {said}."
