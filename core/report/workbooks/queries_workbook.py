"""Correction requests as a workbook for the audit: it names cases, so it travels encrypted."""

from collections.abc import Iterator
from datetime import datetime

from core.errors import NoQueriesError, NoRecipientError
from core.extract.manifest import Contact, Manifest
from core.extract.opening import Extract
from core.report.disclosure import NEVER_LEAVE, Known, known, redact, scan
from core.report.pages.content import BANNERS, footer
from core.report.workbooks.cells import Column, Content, Heading, Line, fill, new_table
from core.report.workbooks.xlsx import book_bytes, new_book
from core.review.correctable import AT_THE_HOSPITAL, BLANK, WITHHELD, field_of
from core.review.decision import sending_words
from core.review.kept import archive_id
from core.review.queries import KINDS, STATUSES, Query, Value
from core.review.state import ReviewState
from core.sealing.age import Recipient, X25519Recipient, encrypt

NAME = "Correction requests"
NAMES_CASES = (
    "This workbook names cases. Keep it encrypted, and send it to the audit or the trust alone."
)
SOURCE = "The audit’s value is the one in the extract; nothing in the extract was altered."
COLUMNS = (
    Column("Number", 9, "0"),
    Column("Case", 22),
    Column("Kind", 30),
    Column("Field", 30),
    Column("Field’s code", 22),
    Column("Audit’s value", 22),
    Column("Proposed value", 22),
    Column("Evidence", 60),
    Column("Status", 34),
)
FIXED = {
    "case_id": "Case",
    "operated_on": "Date of operation",
    "procedure": "Procedure",
    "provider": "Provider",
    "excluded": "Exclusions",
}
UNKNOWN = "A field that the extract does not have"
PARTS = {"risk": "predicted risk", "expected": "expected", "outcome": "as recorded"}


def queries_workbook(extract: Extract, state: ReviewState, made_at: datetime) -> bytes:
    """Return the XLSX of the correction requests on `extract`, in the clear.

    Those not yet sent come first. NoQueriesError where there are none.
    """
    manifest, verdict = extract.manifest, extract.verdict
    queries = queries_of(extract, state)
    if not queries:
        raise NoQueriesError("No correction request on this extract is recorded.")
    banner = BANNERS[verdict.state]
    contact = manifest.contact
    told = Heading(
        NAME,
        (
            *footer(manifest, verdict).splitlines(),
            f"Series {manifest.series}, edition {manifest.edition_number}",
            sending_words(None, contact.corrections_address, contact.corrections_deadline),
            SOURCE,
        ),
        attention=NAMES_CASES,
        banner=" · ".join(part for part in (banner, NAMES_CASES) if part),
    )
    title = f"{NAME}: {manifest.audit.name}"
    book = new_book(title, manifest.surgeon.name, made_at)
    sheet, row = new_table(book, NAME, told, COLUMNS)
    after = fill(sheet, row, COLUMNS, _lines(queries, manifest, known(extract)))
    sheet.auto_filter.ref = f"A{row - 1}:I{after - 1}"
    return book_bytes(book)


def sealed_queries(
    extract: Extract,
    state: ReviewState,
    made_at: datetime,
    recipient: Recipient | None = None,
    *,
    work_factor: int = 18,
) -> bytes:
    """Return the age file of the workbook, for `recipient` or else for the audit's contact.

    NoRecipientError where neither is known.
    """
    whom = recipient or contact_recipient(extract.manifest.contact)
    if whom is None:
        raise NoRecipientError("The extract names no key for correction requests.")
    return encrypt(queries_workbook(extract, state, made_at), [whom], work_factor=work_factor)


def contact_recipient(contact: Contact) -> X25519Recipient | None:
    """Return for whom the audit wants corrections encrypted; BadRecipientError for no such key."""
    named = contact.corrections_recipient
    return X25519Recipient.parse(named) if named else None


def queries_of(extract: Extract, state: ReviewState) -> tuple[Query, ...]:
    """Return the queries on `extract`: drafts, then those sent, then those answered."""
    mine = archive_id(extract)
    order = list(STATUSES)
    return tuple(
        sorted(
            (query for query in state.queries.values() if query.extract == mine),
            key=lambda query: (order.index(query.status), query.begun_at, query.id),
        )
    )


def is_held(manifest: Manifest, name: str | None) -> bool:
    """Whether a request about `name` is about something that the extract or its audit has."""
    part, _, code = (name or "").partition(".")
    of_outcome = part in PARTS and code in {outcome.code for outcome in manifest.outcomes}
    return name is None or name in FIXED or of_outcome or field_of(manifest, name) is not None


def as_text(value: Value) -> str:
    """Return a value as words to look for identifiers in."""
    return f"{value:.15g}" if isinstance(value, float) else value or ""


def _lines(queries: tuple[Query, ...], manifest: Manifest, against: Known) -> Iterator[Line]:
    for number, query in enumerate(queries, 1):
        held = is_held(manifest, query.field)
        yield (
            number,
            query.case_id or "not in the extract",
            KINDS[query.kind],
            _label(query.field, manifest) if held else UNKNOWN,
            query.field if held else None,
            *(_clean(value, against) for value in _values(query, manifest)),
            _clean(query.evidence, against),
            STATUSES[query.status],
        )


def _values(query: Query, manifest: Manifest) -> tuple[Value, Value]:
    """Return the audit's value and the proposed one; neither of what could identify a patient."""
    field = field_of(manifest, query.field)
    if not is_held(manifest, query.field) or (field is not None and field.identifying):
        return WITHHELD, AT_THE_HOSPITAL
    return query.audit_value, BLANK if query.blank else query.proposed_value


def _clean(value: Value, against: Known) -> Value:
    """Return a value without what never leaves; a request may name its cases."""
    found = scan([("", as_text(value))], against)
    hits = [hit for hit in found if hit.kind in NEVER_LEAVE and hit.kind != "case_id"]
    return redact(as_text(value), hits) if hits else value


def _label(name: str | None, manifest: Manifest) -> Content:
    """Return a column's words: a field's own, or an outcome's with what of it."""
    if name is None:
        return None
    part, _, code = name.partition(".")
    labels = {outcome.code: outcome.label for outcome in manifest.outcomes}
    if code in labels and part in PARTS:
        return f"{labels[code]}: {PARTS[part]}"
    if name in FIXED:
        return FIXED[name]
    field = field_of(manifest, name)
    return field.label if field is not None else name
