"""From a finished draft to the review of an unsigned extract; done by the worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadSummaryError
from core.extract.manifest import PublishedRate, Surgeon
from core.flow import review_made
from core.issuing.imported import Origin, Terms, make_extract
from core.issuing.national_line import Pack, PublishedRates, open_pack
from core.sealing.trust import TrustStore, shipped_entries
from core.storage import read_file
from desktop.jobs import Report
from desktop.screens.import_file.draft import Draft

if TYPE_CHECKING:
    from core.flow import Review

MAKING = "Making the extract"


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """The review of an import, and which case is which patient where that was asked for."""

    review: Review
    link: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stated:
    """What the surgeon states: who they are, and dates where they are not the file's own."""

    name: str = ""
    gmc: str = ""
    start: date | None = None
    end: date | None = None
    follow_up_to: date | None = None


def read_pack(path: Path, report: Report) -> Pack:
    """Return the benchmark pack in a file; BadBenchmarkError where it is none."""
    report(0, 1, "Checking the benchmark pack")
    return open_pack(read_file(path), TrustStore(shipped_entries()))


def published(rates: dict[str, str], source: str) -> PublishedRates:
    """Return the rates that were typed in per cent, by outcome; what is empty is none.

    BadSummaryError where one is no rate or the source lacks.
    """
    found = {
        code: PublishedRate(rate=_rate(text), source=source.strip())
        for code, text in rates.items()
        if text.strip()
    }
    if found and not source.strip():
        raise BadSummaryError("The national rate lacks its source.", "Name where it was published.")
    if not source.isprintable():
        raise BadSummaryError("The source holds what cannot be seen.", "Type it anew.")
    return found


def make(
    draft: Draft,
    stated: Stated,
    line: Pack | PublishedRates | None,
    made_at: datetime,
    report: Report,
    *,
    link: bool = False,
) -> Made:
    """Return the review of the extract that the draft gives, with its link where asked for."""
    report(0, 1, MAKING)
    foreign, table = draft.foreign, draft.table
    said = (*foreign.remarks, *table.remarks, *draft.area)
    origin = Origin(foreign.name, table.source, foreign.digest, foreign.protection, said)
    terms = Terms(
        surgeon=Surgeon(name=stated.name, gmc=stated.gmc),
        key=draft.key,
        made_at=made_at,
        start=stated.start,
        end=stated.end,
        follow_up_to=stated.follow_up_to,
    )
    made = make_extract(draft.sheet, draft.mapping, draft.profile, origin, terms, line, link=link)
    review = review_made(made.archive, report)
    report(0, 0, "Looking for what to check in the records")
    _ = review.findings
    return Made(review, made.translation.link)


def _rate(text: str) -> float:
    try:
        value = float(text.strip().removesuffix("%").replace(",", ".")) / 100
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise BadSummaryError(
            "A national rate is not between 0 and 100 per cent.",
            "Type it in per cent, as it was published: 2.1 for 2.1 %.",
        )
    return value
