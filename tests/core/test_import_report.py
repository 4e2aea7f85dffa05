"""Documents of an import say whence the figures are and what was only guessed."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest

from core.flow import Review
from core.intake.matching import propose
from core.issuing.imported import make_extract
from core.report.choices import Choices
from core.report.pages.content_end import provenance
from core.report.pages.document import Facts, Points
from core.report.workbooks.workbook import workbook_bytes
from core.review.state import replay
from tests.core.made_foreign import as_csv, opened
from tests.core.made_import import NVR, ORIGIN, TERMS, reviewed

GUESS = "Guessed and not confirmed, column 'risk_aaa_death': scale, percent."
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def review() -> Review:
    head = ["Date of procedure", "Died in hospital", "risk_aaa_death"]
    rows = [[f"{day:02d}/02/2024", "No", str(day / 10)] for day in range(1, 29)]
    sheet = opened(as_csv([head, *rows]))
    return reviewed(make_extract(sheet, propose(sheet, NVR), NVR, ORIGIN, TERMS))


def said(review: Review, *, embedded: bool) -> list[str]:
    blocks = provenance(review, embedded=embedded).blocks
    return [point for block in blocks if isinstance(block, Points) for point in block.items]


def test_a_document_names_the_file_its_digest_and_what_was_guessed(review: Review) -> None:
    found = said(review, embedded=True)
    assert GUESS in found
    assert any("0" * 64 in words for words in found)
    facts = provenance(review, embedded=True).blocks[0]
    assert isinstance(facts, Facts)
    assert "Issued by" not in dict(facts.pairs)


def test_no_number_is_told_under_the_small_number_rule(review: Review) -> None:
    found = said(review, embedded=False)
    assert GUESS in found
    assert not [words for words in found if " rows" in words]


@pytest.mark.parametrize("small", [False, True])
def test_a_workbook_says_it_too(review: Review, small: bool) -> None:
    data = workbook_bytes(review, replay(()), Choices(made_at=NOON, small_numbers=small))
    sheet = openpyxl.load_workbook(BytesIO(data))["Provenance"]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert GUESS in cells
    assert any("28 rows" in cell for cell in cells) is not small
