"""Several extracts of one surgeon, ready for one document: reviews, their words, their cycle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from core.errors import MixedSurgeonsError
from core.extract.manifest import Manifest
from core.flow import Review
from core.report.choices import Choices
from core.report.evidence import ExtractEvidence, Figure, OutcomeEvidence
from core.report.own_words import OwnWords, own_words
from core.report.pages.content import BANNERS, extract_evidence
from core.report.pages.figures import outcome_evidence
from core.results.cycle import Cycle, cycle
from core.review.state import ReviewState

PRINTED = frozenset(
    (
        "position",
        "cases",
        "observed",
        "expected",
        "ratio",
        "ratio_interval.lower",
        "ratio_interval.upper",
    )
)
"""The figures that a document of several extracts prints; the others are in its evidence alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """One extract: its review, what of the surgeon's words is shown, and its evidence."""

    review: Review
    said: OwnWords
    evidence: ExtractEvidence

    @property
    def manifest(self) -> Manifest:
        """What the audit states."""
        return self.review.extract.manifest


@dataclass(frozen=True, slots=True)
class Several:
    """The parts that count, the oldest first, and the cycle they stand in."""

    parts: tuple[Part, ...]
    cycle: Cycle

    @property
    def newest(self) -> Part:
        """The part whose period ends last."""
        return self.parts[-1]

    def at(self, place: int) -> Part:
        """Return the part that was given in that place."""
        order = [window.place for window in self.cycle.windows]
        return self.parts[order.index(place)]

    @property
    def banner(self) -> str:
        """What is said on every page: the gravest of the parts, FICTIONAL before all."""
        said = {BANNERS[part.review.extract.verdict.state] for part in self.parts}
        ordered = ("FICTIONAL", *sorted(said - {"FICTIONAL", ""}))
        return next((banner for banner in ordered if banner in said), "")


def several(
    reviews: Sequence[Review], states: Sequence[ReviewState], choices: Choices, end: date
) -> Several:
    """Return the extracts of one surgeon, put in order for the cycle that ends on `end`.

    Raises MixedSurgeonsError where the extracts name more than one GMC number.
    """
    manifests = [review.extract.manifest for review in reviews]
    if len({manifest.surgeon.gmc for manifest in manifests}) > 1:
        raise MixedSurgeonsError("The extracts are those of more than one GMC number.")
    found = cycle(manifests, end)
    parts = tuple(
        _part(reviews[window.place], states[window.place], choices) for window in found.windows
    )
    return Several(parts, found)


def _part(review: Review, state: ReviewState, choices: Choices) -> Part:
    said = own_words(review, state, choices)
    reflected = {code for code, found in said.reflections.items() if code and found.what}
    outcomes = tuple(map(_printed, outcome_evidence(review, choices, reflected)))
    embedded = not choices.small_numbers
    return Part(review, said, extract_evidence(review, outcomes, embedded=embedded))


def _printed(outcome: OutcomeEvidence) -> OutcomeEvidence:
    figures = tuple(map(_shown, outcome.figures))
    return msgspec.structs.replace(outcome, figures=figures)


def _shown(figure: Figure) -> Figure:
    return figure if figure.name in PRINTED else msgspec.structs.replace(figure, shown=None)
