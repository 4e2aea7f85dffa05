"""The part of the self-check that imports: an encrypted workbook of the made-up surgeon's cases."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from msoffcrypto.format.ooxml import OOXMLFile

from core.assets import asset
from core.audits.profile import parse_profile
from core.extract.manifest import Surgeon
from core.intake.headings import sheet_of
from core.intake.matching import propose
from core.intake.reading.foreign import Foreign
from core.intake.reading.opening import open_foreign
from core.intake.table_area import table_area
from core.issuing.example import ISSUED_AT, SEED
from core.issuing.example_cases import national_csv
from core.issuing.imported import Origin, Terms, make_extract
from core.report.workbooks.xlsx import book_bytes, new_book

CASES = 200
FICTIONAL = "FICTIONAL"


def import_made_up() -> int:
    """Return how many cases came out of the workbook; all is in memory."""
    foreign = made_up_file()
    (table,) = foreign.tables
    sheet = sheet_of(table.rows, table_area(table.rows))
    profile = parse_profile(asset("example/profile.toml"), "profile.toml")
    origin = Origin(foreign.name, table.source, foreign.digest, foreign.protection)
    terms = Terms(Surgeon(name=FICTIONAL, gmc="0000000"), FICTIONAL.encode() * 4, ISSUED_AT)
    made = make_extract(sheet, propose(sheet, profile), profile, origin, terms)
    return len(made.translation.places)


def made_up_file() -> Foreign:
    """Return the encrypted workbook, opened in memory."""
    return open_foreign(encrypted(workbook()), "cases.xlsx", [FICTIONAL])


def workbook() -> bytes:
    """Return a workbook of one surgeon's first cases in the made-up nation."""
    lines = csv.reader(StringIO(national_csv(SEED).decode()))
    header = next(lines)
    own = header.index("surgeon")
    first = next(lines)
    rows = [first, *(row for row in lines if row[own] == first[own])]
    return written([header, *rows[:CASES]])


def written(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet that holds these rows."""
    book = new_book(FICTIONAL, FICTIONAL, ISSUED_AT)
    sheet = book.create_sheet("Cases")
    for row in rows:
        sheet.append(row)
    return book_bytes(book)


def encrypted(workbook: bytes) -> bytes:
    """Return the workbook locked with a password, as an office program does."""
    locked = BytesIO()
    OOXMLFile(BytesIO(workbook)).encrypt(FICTIONAL, locked)
    return locked.getvalue()
