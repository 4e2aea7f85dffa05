"""The register of many documents as a workbook: one row each, what needs attention first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.report.verifying.verification import ExtractFacts, OutcomeFacts, Verification
from core.report.workbooks.cells import Column, Content, Heading, fill, new_table
from core.report.workbooks.xlsx import book_bytes, new_book

TITLE = "Register of verified documents"
CYCLE_YEARS = 5
COLUMNS = (
    Column("Needs attention", 18),
    Column("File", 30),
    Column("Doctor", 26),
    Column("GMC number", 14),
    Column("Document", 14),
    Column("Audit", 34),
    Column("Period from", 16),
    Column("Period to", 16),
    Column("Edition", 9, "0"),
    Column("1. Unchanged?", 34),
    Column("2. Signed by", 34),
    Column("3. Issued by the audit?", 34),
    Column("4. Figures equal?", 34),
    Column("Flags raised", 40),
    Column("Reflected on", 30),
    Column("Missing for the cycle", 44),
    Column("Findings", 60),
)
_FLAGS = {
    "above_alarm": "above the alarm line",
    "above_alert": "above the alert line",
    "below_alarm": "below the alarm line",
    "below_alert": "below the alert line",
}
_NOTE = (
    "Rely on the figures of the evidence, not on the pages of a document.",
    "Ratios are not here: a register that ranks doctors misleads.",
    "A flag asks for a look at the records; it is no judgement.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A document's file name and its answers."""

    name: str
    found: Verification


@dataclass(frozen=True, slots=True)
class Standing:
    """How much attention a document needs: the lower the rank, the sooner."""

    rank: int
    words: str


_FAILED = Standing(0, "Does not hold")
_UNREFLECTED = Standing(1, "Flag without reflection")
_GAPS = Standing(2, "Something is missing")
_NONE = Standing(3, "Nothing found")


def register(entries: Sequence[Entry], made_at: datetime) -> bytes:
    """Return the register as XLSX, the same bytes for the same entries and time.

    Rows: documents that do not hold, then flags without a reflection, then gaps, then the rest; by
    doctor and file within each. Never by ratio.
    """
    book = new_book(TITLE, "Plumbline", made_at)
    sheet, first = new_table(book, "Register", _heading(entries), COLUMNS)
    ordered = sorted(entries, key=_order)
    fill(sheet, first, COLUMNS, (_row(entry, entries, made_at.date()) for entry in ordered))
    return book_bytes(book)


def _heading(entries: Sequence[Entry]) -> Heading:
    fictional = any(entry.found.issued == "example" for entry in entries)
    banner = "FICTIONAL" if fictional else ""
    words = "FICTIONAL: some of these documents are a made-up example’s." if fictional else ""
    return Heading(TITLE, _NOTE, words, banner)


def standing(found: Verification) -> Standing:
    """Return how much attention a document needs."""
    if not found.holds:
        return _FAILED
    flagged = [one for one in _outcomes(found) if one.position in _FLAGS]
    if any(one.reflected is not True for one in flagged):
        return _UNREFLECTED
    return _GAPS if found.left_out else _NONE


def missing(found: Verification, others: Iterable[Verification], today: date) -> tuple[str, ...]:
    """Return what the five-year cycle of this doctor still lacks, by all documents that hold.

    A year of the last five that no period of an audit touches is named, for each audit.
    """
    covered: dict[str, set[int]] = {}
    for one in others:
        if one.gmc == found.gmc and one.gmc and one.holds:
            for extract in one.extracts:
                covered.setdefault(extract.audit, set()).update(_years(extract))
    wanted = range(today.year - CYCLE_YEARS, today.year)
    gaps = {
        audit: [str(year) for year in wanted if year not in covered.get(audit, set())]
        for audit in dict.fromkeys(extract.audit for extract in found.extracts)
    }
    return tuple(f"{audit}: {', '.join(years)}" for audit, years in gaps.items() if years)


def _years(extract: ExtractFacts) -> set[int]:
    """The calendar years that a period holds at least half of."""
    start, end = (date.fromisoformat(day) for day in extract.period)
    half = timedelta(days=182)
    return {
        year
        for year in range(start.year, end.year + 1)
        if min(end, date(year, 12, 31)) - max(start, date(year, 1, 1)) >= half
    }


def _row(entry: Entry, entries: Sequence[Entry], today: date) -> tuple[Content, ...]:
    found = entry.found
    first = found.extracts[0] if found.extracts else None
    flagged = [one for one in _outcomes(found) if one.position in _FLAGS]
    return (
        standing(found).words,
        entry.name,
        found.doctor,
        found.gmc,
        found.kind or "",
        "; ".join(dict.fromkeys(extract.audit for extract in found.extracts)),
        _day(min((extract.period[0] for extract in found.extracts), default="")),
        _day(max((extract.period[1] for extract in found.extracts), default="")),
        first.edition_number if first else None,
        found.unchanged_words,
        f"{found.signer.name}: {found.signed_by_words}" if found.signer.name else "Nobody",
        found.issued_words,
        found.figures_words,
        "\n".join(f"{one.label}: {_FLAGS[str(one.position)]}" for one in flagged) or "none",
        "\n".join(f"{one.label}: {_reflected(one)}" for one in flagged),
        "\n".join(missing(found, (one.found for one in entries), today)),
        "\n".join(found.findings),
    )


def _order(entry: Entry) -> tuple[int, str, str, str]:
    return standing(entry.found).rank, entry.found.doctor, entry.found.gmc, entry.name


def _outcomes(found: Verification) -> tuple[OutcomeFacts, ...]:
    return tuple(outcome for extract in found.extracts for outcome in extract.outcomes)


def _reflected(outcome: OutcomeFacts) -> str:
    return {True: "yes", False: "no", None: "not looked for"}[outcome.reflected]


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
