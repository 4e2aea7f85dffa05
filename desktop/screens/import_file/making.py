"""From a finished draft to the review of an unsigned extract; done by the worker."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import BadSummaryError
from core.extract.manifest import PublishedRate, Surgeon
from core.flow import review_made
from core.issuing.imported import Origin, Terms, make_extract
from core.issuing.national_line import Pack, PublishedRates, open_pack
from core.report.file_names import shown_name
from core.sealing.trust import TrustStore, shipped_entries
from core.storage import read_file
from core.typed_numbers import read_rate
from desktop.jobs import Report
from desktop.screens.import_file.draft import Draft
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.flow import Review

MAKING = QT_TR_NOOP("Making the extract")
NAMELESS = QT_TR_NOOP("Your name and GMC number are missing.")
NAME_HINT = QT_TR_NOOP("Type them under “Who and when”; they stand on everything you export.")
UNSEEN = QT_TR_NOOP("The name or GMC number contains a character that cannot be seen.")


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


def checked(stated: Stated) -> Stated:
    """Return what was typed, without spaces around it; BadSummaryError where a part is missing."""
    found = replace(stated, name=stated.name.strip(), gmc=stated.gmc.strip())
    if not found.name or not found.gmc:
        raise BadSummaryError(tr(NAMELESS), tr(NAME_HINT))
    if not (found.name + found.gmc).isprintable():
        raise BadSummaryError(tr(UNSEEN), tr("Type it again."))
    return found


def read_pack(path: Path, report: Report) -> Pack:
    """Return the benchmark pack in a file; BadBenchmarkError where it is none."""
    report(0, 1, tr("Checking the benchmark pack"))
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
        raise BadSummaryError(
            tr("The national rate lacks its source."), tr("Name where it was published.")
        )
    if not source.isprintable():
        raise BadSummaryError(
            tr("The source contains a character that cannot be seen."), tr("Type it again.")
        )
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
    report(0, 1, tr(MAKING))
    foreign, table = draft.foreign, draft.table
    said = (*foreign.remarks, *table.remarks, *draft.area)
    name, path = shown_name(foreign.name), shown_name(table.source)
    origin = Origin(name, path, foreign.digest, foreign.protection, said)
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
    report(0, 0, tr("Looking for what to check in the records"))
    _ = review.findings
    return Made(review, made.translation.link)


def _rate(text: str) -> float:
    try:
        value = read_rate(text.replace(",", "."), per_cent=True)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise BadSummaryError(
            tr("A national rate is not between 0 and 100 per cent."),
            tr("Type it in per cent, as it was published: 2.1 for 2.1 %."),
        )
    return value
