"""The road as a few short functions: sealed bytes in, a frozen Review out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from core.errors import WrongTotalsError
from core.extract.manifest import Outcome
from core.extract.opening import STEPS, Extract, open_extract
from core.extract.writing import seal
from core.results.case_mix import CaseMix, case_mix
from core.results.detectability import Detectability, detectability
from core.results.funnel import Funnel, funnel
from core.results.inclusion import Inclusion, counted, include
from core.results.issued import issued_words
from core.results.line_origin import line_origin
from core.results.measure import measure
from core.results.options import AUDIT_METHOD, Options
from core.results.outcome import OutcomeResult
from core.results.over_time import OverTime, over_time
from core.results.quality.finding import Finding
from core.results.quality.findings import quality
from core.results.subset import Subset, procedures, subset, years
from core.review.queries import Query
from core.review.what_if import Remark, apply, not_yet
from core.risk.attach import attach_risks
from core.sealing.age import Opener, X25519Identity
from core.sealing.trust import TrustStore

Report = Callable[[int, int, str], None]
OWN_STEPS = ("Attaching risks", "Checking the totals", "Computing")
ALL_STEPS = len(STEPS) + len(OWN_STEPS)


@dataclass(frozen=True, eq=False)
class Review:
    """An opened extract and what it says of each outcome; replaced whole, never changed."""

    extract: Extract
    results: tuple[OutcomeResult, ...]

    def result(self, code: str) -> OutcomeResult:
        """Return the result of the outcome `code`; KeyError where there is none."""
        for found in self.results:
            if found.code == code:
                return found
        raise KeyError(code)

    def units(self, code: str) -> pd.DataFrame:
        """Return the nation's rows for the outcome `code`: those of the signed period, if named."""
        national = self.extract.national
        rows = national[national["outcome"] == code]
        period = self.extract.manifest.period
        signed = rows[rows["period"] == f"{period.start}/{period.end}"]
        return signed if len(signed) else rows

    def funnel(self, code: str, options: Options = AUDIT_METHOD) -> Funnel:
        """Return the funnel of the outcome `code`, drawn as `options` asks."""
        outcome = self.extract.manifest.outcome(code)
        result = self.result(code) if options == AUDIT_METHOD else self.measure(code, options)
        return funnel(result, self.units(code), outcome.peers, self.extract.manifest.self_unit)

    def measure(self, code: str, options: Options) -> OutcomeResult:
        """Return the outcome `code` measured in another way than the audit's."""
        manifest = self.extract.manifest
        outcome = manifest.outcome(code)
        found = measure(
            outcome,
            self.extract.cases,
            manifest.follow_up_to,
            self.units(code),
            options,
        )
        return replace(found, level=manifest.level, line=line_origin(manifest, outcome))

    def inclusion(self, code: str) -> Inclusion:
        """Return which cases count for the outcome `code`."""
        manifest = self.extract.manifest
        return include(self.extract.cases, manifest.outcome(code), manifest.follow_up_to)

    def issued_words(self, code: str) -> str:
        """Return where the audit's signed figures differ from those computed here, or nothing."""
        return issued_words(self.extract.manifest.outcome(code).issued, self.result(code))

    def parts(self, code: str) -> tuple[Subset, ...]:
        """Return the numbers of the outcome `code` by year, then by procedure."""
        manifest, cases = self.extract.manifest, self.extract.cases
        outcome, inclusion = manifest.outcome(code), self.inclusion(code)
        named = (*years(manifest.period, cases), *procedures(cases))
        return tuple(subset(label, outcome, inclusion, rows) for label, rows in named)

    def over_time(self, code: str) -> OverTime:
        """Return VLAD and RA-CUSUM of the binary outcome `code`."""
        if code not in self._over_time:
            outcome = self.extract.manifest.outcome(code)
            charts = over_time(outcome, self.extract.cases, self.inclusion(code))
            self._over_time[code] = charts
        return self._over_time[code]

    def case_mix(self, code: str, *, published: bool = False) -> CaseMix:
        """Return the case-mix of the binary outcome `code`, or that before its recalibration."""
        outcome = self.extract.manifest.outcome(code)
        return case_mix(outcome, self.inclusion(code), published=published)

    @cached_property
    def _over_time(self) -> dict[str, OverTime]:
        """The time charts that were asked for: their limits take long to find."""
        return {}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What to check in the records, the most severe first."""
        return quality(self.extract.cases, self.extract.manifest)

    def detectability(self, code: str, options: Options = AUDIT_METHOD) -> Detectability | None:
        """Return what the funnel of the outcome `code` would have missed."""
        outcome = self.extract.manifest.outcome(code)
        if outcome.comparison != "adjusted":
            return None
        manifest, cases = self.extract.manifest, self.extract.cases
        measured = counted(cases, outcome, manifest.follow_up_to)
        return detectability(outcome, self.units(code), measured, options)


@dataclass(frozen=True, eq=False)
class WhatIfResults:
    """The results as they would stand if the queries `applied` were accepted.

    They are the surgeon's own computation, never the audit's figures: whatever shows one shows
    `core.review.what_if.LABEL` with it. `remarks` say what was not, or not wholly, computed.
    """

    results: tuple[OutcomeResult, ...]
    applied: tuple[str, ...]
    remarks: tuple[Remark, ...]

    def result(self, code: str) -> OutcomeResult:
        """Return the what-if result of that outcome; StopIteration where there is none."""
        return next(found for found in self.results if found.code == code)


def what_if_review(official: Review, queries: Iterable[Query]) -> WhatIfResults:
    """Return the results of `official` with `queries` granted; the review itself stays as it is.

    Cases are corrected on a copy and measured by the audit's own method against the nation's
    unchanged figures; signed totals are not compared, since they are of the audit's own records.
    A query that does not say yet what should stand instead, or whose value only the hospital holds,
    is left out, with a remark.
    """
    asked = tuple(queries)
    extract = official.extract
    waiting = {query.id: not_yet(query, extract.manifest) for query in asked}
    complete = [query for query in asked if waiting[query.id] is None]
    changed = apply(extract.cases, complete, extract.manifest.outcomes, extract.models)
    corrected = Review(replace(extract, cases=changed.cases), ())
    unfinished = tuple(Remark(name, why) for name, why in waiting.items() if why is not None)
    return WhatIfResults(
        tuple(corrected.measure(one.code, AUDIT_METHOD) for one in extract.manifest.outcomes),
        changed.applied,
        (*changed.remarks, *unfinished),
    )


def open_review(
    sealed: bytes, openers: Sequence[Opener], trust: TrustStore, report: Report
) -> Review:
    """Open a sealed extract, attach risks, check the totals against the signed ones, compute."""
    extract = open_extract(
        sealed, openers, trust, lambda done, total, label: report(done, ALL_STEPS, label)
    )
    return review(extract, report)


def review_made(archive: bytes, report: Report) -> Review:
    """Return the review of an archive made on this computer, through every check of opening.

    It is sealed to a key that is forgotten at once: nobody but its surgeon vouches for it.
    """
    key = X25519Identity.generate()
    return open_review(seal(archive, [key.recipient]), [key], TrustStore(), report)


def review(extract: Extract, report: Report, options: Options = AUDIT_METHOD) -> Review:
    """Return the review of an opened extract."""
    report(len(STEPS), ALL_STEPS, OWN_STEPS[0])
    outcomes = extract.manifest.outcomes
    extract = replace(extract, cases=attach_risks(extract.cases, outcomes, extract.models))
    report(len(STEPS) + 1, ALL_STEPS, OWN_STEPS[1])
    for outcome in outcomes:
        check_totals(extract, outcome)
    report(len(STEPS) + 2, ALL_STEPS, OWN_STEPS[2])
    opened = Review(extract, ())
    results = (opened.measure(outcome.code, options) for outcome in outcomes)
    opened = replace(opened, results=tuple(results))
    report(ALL_STEPS, ALL_STEPS, "Ready")
    return opened


def check_totals(extract: Extract, outcome: Outcome) -> None:
    """Compare recomputed with signed totals: counts exact, expected within 1e-6·max(1, E)."""
    issued = outcome.issued
    if issued is None or outcome.kind == "continuous":
        return
    found = include(extract.cases, outcome, extract.manifest.follow_up_to)
    counts = (found.cases, found.observed) == (issued.cases, issued.observed)
    tolerance = 1e-6 * max(1.0, issued.expected)
    if not counts or abs(found.expected - issued.expected) > tolerance:
        raise WrongTotalsError("The records do not add up to the totals that the audit states.")
