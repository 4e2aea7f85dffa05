"""The workbook: results, funnel, over time, the surgeon's words, methods and provenance."""

from dataclasses import replace

from openpyxl import Workbook

from core.flow import Review
from core.report.choices import Choices
from core.report.own_words import own_words
from core.report.pages.content import BANNERS
from core.report.workbooks.case_rows import RULES, WARNING, Shown, case_rows
from core.report.workbooks.cells import Column, fill, new_table
from core.report.workbooks.workbook_funnel import add_funnel
from core.report.workbooks.workbook_page import heading
from core.report.workbooks.workbook_results import add_results
from core.report.workbooks.workbook_time import add_over_time
from core.report.workbooks.workbook_words import add_actions, add_methods, add_notes, add_provenance
from core.report.workbooks.xlsx import book_bytes, new_book
from core.review.state import ReviewState

CASES = "Cases"
TITLE = "Surgical outcomes"
NARROWEST, WIDEST = 12, 60


def workbook_bytes(
    review: Review, state: ReviewState, choices: Choices, *, cases: bool = False
) -> bytes:
    """Return the XLSX of a review as `choices` asks; equal input gives equal bytes.

    It holds no identifier. Rows of cases stand in it only with `cases`: in bands and months, under
    study numbers, with a warning above them. Nothing is put on the disk on the way.
    """
    manifest, verdict = review.extract.manifest, review.extract.verdict
    banner = BANNERS[verdict.state]
    title = f"{TITLE}: {manifest.audit.name}" + (f" ({banner})" if banner else "")
    book = new_book(title, manifest.surgeon.name, choices.made_at)
    said = own_words(review, state, choices)
    add_results(book, review, choices)
    add_funnel(book, review, choices)
    if choices.over_time:
        add_over_time(book, review, choices)
    add_notes(book, review, choices, said)
    add_actions(book, review, choices, said)
    add_methods(book, review, choices)
    add_provenance(book, review, choices)
    if cases:
        _add_cases(book, review, choices)
    return book_bytes(book)


def _add_cases(book: Workbook, review: Review, choices: Choices) -> None:
    extract = review.extract
    released = case_rows(extract.cases, extract.manifest, small_numbers=choices.small_numbers)
    columns = tuple(
        Column(label, _width([row[place] for row in released.rows]))
        for place, label in enumerate(released.headings)
    )
    told = heading(review, choices, CASES, RULES)
    told = replace(told, attention=" · ".join(part for part in (told.banner, WARNING) if part))
    sheet, row = new_table(book, CASES, told, columns)
    fill(sheet, row, columns, released.rows)
    sheet.auto_filter.ref = f"A{row - 1}:{sheet.cell(row - 1, len(columns)).coordinate}"


def _width(values: list[Shown]) -> float:
    """Return how wide a column is for all of its texts to stand on one line."""
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    return float(min(max(longest, NARROWEST), WIDEST))
