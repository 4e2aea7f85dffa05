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
    Column("Data as at", 16),
    Column("Follow-up to", 16),
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
_UNSHOWN = Standing(1, "Not shown to hold")
_UNREFLECTED = Standing(2, "Flag without reflection")
_GAPS = Standing(3, "Something is missing")
_NONE = Standing(4, "Nothing found")
_UNKNOWN = "not known: no audit’s statement to rely on"


def register(entries: Sequence[Entry], made_at: datetime) -> bytes:
    """Return the register as XLSX, the same bytes for the same entries and time.

    Rows: documents that do not hold, then those not shown to, then flags without a reflection, then
    gaps, then the rest; by doctor and file within each. Never by ratio.
    """
    book = new_book(TITLE, "Plumbline", made_at)
    sheet, first = new_table(book, "Register", _heading(entries), COLUMNS)
    found = [entry.found for entry in entries]
    gaps = [missing(one, found, made_at.date()) for one in found]
    rows = sorted(zip(entries, gaps, strict=True), key=lambda row: _order(*row))
    fill(sheet, first, COLUMNS, (_row(entry, lacking) for entry, lacking in rows))
    return book_bytes(book)


def _heading(entries: Sequence[Entry]) -> Heading:
    fictional = any(entry.found.issued == "example" for entry in entries)
    banner = "FICTIONAL" if fictional else ""
    words = "FICTIONAL: some of these documents are a made-up example’s." if fictional else ""
    return Heading(TITLE, _NOTE, words, banner)


def standing(found: Verification, gaps: Sequence[str] = ()) -> Standing:
    """Return how much attention a document needs; `gaps` are those of its doctor's cycle.

    One that is not shown to hold speaks against nothing: its seal is lost while the figures still
    match, or there is no statement, by an audit that is trusted here, to compare with.
    """
    if not found.holds:
        return _FAILED if _speaks_against(found) else _UNSHOWN
    flagged = [one for one in _outcomes(found) if one.position in _FLAGS]
    if any(one.reflected is not True for one in flagged):
        return _UNREFLECTED
    return _GAPS if found.left_out or gaps else _NONE


def _speaks_against(found: Verification) -> bool:
    return (
        found.unchanged in ("no", "refused")
        or found.issued in ("no", "revoked")
        or found.figures == "no"
        or found.signer.remembered == "changed"
        or found.other_key
    )


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


def _row(entry: Entry, gaps: Sequence[str]) -> tuple[Content, ...]:
    found = entry.found
    first = found.extracts[0] if found.extracts else None
    return (
        standing(found, gaps).words,
        entry.name,
        found.doctor,
        found.gmc,
        found.kind or "",
        "; ".join(dict.fromkeys(extract.audit for extract in found.extracts)),
        _day(min((extract.period[0] for extract in found.extracts), default="")),
        _day(max((extract.period[1] for extract in found.extracts), default="")),
        first.edition_number if first else None,
        _day(first.issued_at[:10] if first else ""),
        _day(first.follow_up_to if first else ""),
        found.unchanged_words,
        "Nobody" if found.signed_by == "nobody" else found.signed_by_words,
        found.issued_words,
        found.figures_words,
        *_flags(found),
        "\n".join(gaps),
        "\n".join(found.findings),
    )


def _flags(found: Verification) -> tuple[str, str]:
    """The flags raised, and whether each was reflected on; "none" only where an audit says so."""
    lines = [words for extract in found.extracts for words in extract.lines]
    if not found.extracts or not all(extract.outcomes for extract in found.extracts):
        return "\n".join((_UNKNOWN, *lines)), ""
    flagged = [one for one in _outcomes(found) if one.position in _FLAGS]
    said = [f"{one.label}: {_FLAGS[str(one.position)]}" for one in flagged]
    said += [f"{one.label}: no position stated" for one in _outcomes(found) if not one.position]
    return "\n".join((*said, *lines)) or "none", "\n".join(
        f"{one.label}: {_reflected(one)}" for one in flagged
    )


def _order(entry: Entry, gaps: Sequence[str]) -> tuple[int, str, str, str]:
    found = entry.found
    return standing(found, gaps).rank, found.doctor, found.gmc, entry.name


def _outcomes(found: Verification) -> tuple[OutcomeFacts, ...]:
    return tuple(outcome for extract in found.extracts for outcome in extract.outcomes)


def _reflected(outcome: OutcomeFacts) -> str:
    return {True: "yes", False: "no", None: "not looked for"}[outcome.reflected]


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
