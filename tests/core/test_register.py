"""The register: one row a document, what needs attention first, never by ratio."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.report.verifying.register import COLUMNS, Entry, missing, register, standing
from core.report.verifying.verification import ExtractFacts, Verification
from core.report.verifying.verify import verify
from tests.core.made_export import TRUST, evidence, export
from tests.core.test_verify import changed

AT = datetime(2026, 11, 22, tzinfo=UTC)
HEADINGS = [column.heading for column in COLUMNS]


@pytest.fixture(scope="module")
def true() -> Verification:
    return verify(export(), TRUST)


def reflected(found: Verification, value: bool | None) -> Verification:
    (extract,) = found.extracts
    outcomes = tuple(replace(one, reflected=value) for one in extract.outcomes)
    return replace(found, extracts=(replace(extract, outcomes=outcomes),))


def table(data: bytes) -> list[dict[str, object]]:
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = lines.index(HEADINGS)
    return [dict(zip(HEADINGS, line, strict=True)) for line in lines[first + 1 :]]


def test_a_row_holds_the_answers_and_the_flags(true: Verification) -> None:
    (row,) = table(register([Entry("one.pdf", reflected(true, True))], AT))
    assert row["File"] == "one.pdf"
    assert row["GMC number"] == "FICT001"
    assert row["Edition"] == 1
    assert row["Period from"] == datetime(2023, 4, 1)
    assert row["Data as at"] == datetime(2026, 10, 5)
    assert row["Follow-up to"] == datetime(2026, 4, 14)
    assert row["1. Unchanged?"] == true.unchanged_words
    assert "Surgeon 001" in str(row["2. Signed by"])
    assert row["Flags raised"] == "Return to theatre for bleeding: above the alert line"
    assert row["Reflected on"] == "Return to theatre for bleeding: yes"
    assert row["Missing for the cycle"] == "Example Cardiac Audit (FICTIONAL): 2021, 2022"


def test_what_needs_attention_comes_first_and_no_ratio_is_there(true: Verification) -> None:
    broken = verify(export(changed(evidence(), "observed", 0)), TRUST)
    settled = replace(reflected(true, True), doctor="Aaron (FICTIONAL)")
    resaved = replace(true, unchanged="seal_lost", signed_by="nobody")
    covered = replace(
        settled, gmc="FICT009", doctor="Zoe (FICTIONAL)", extracts=five_years(settled)
    )
    found = [covered, settled, reflected(true, None), resaved, broken]
    rows = table(register([Entry(str(place), one) for place, one in enumerate(found)], AT))
    assert [row["Needs attention"] for row in rows] == [
        "Does not hold",
        "Not shown to hold",
        "Flag without reflection",
        "Something is missing",
        "Nothing found",
    ]
    assert [bool(row["Missing for the cycle"]) for row in rows[3:]] == [True, False]
    assert not any("ratio" in heading.lower() for heading in HEADINGS)


def five_years(found: Verification) -> tuple[ExtractFacts, ...]:
    (extract,) = found.extracts
    return (replace(extract, period=("2021-01-01", "2025-12-31")),)


def test_flags_nobody_can_rely_on_are_not_called_none(true: Verification) -> None:
    (extract,) = true.extracts
    hidden = replace(true, issued="not_provable", extracts=(replace(extract, outcomes=()),))
    for found in (hidden, verify(b"no document", TRUST)):
        (row,) = table(register([Entry("x", found)], AT))
        assert row["Flags raised"] == "not known: no audit’s statement to rely on"
    unstated = replace(extract, outcomes=(replace(extract.outcomes[0], position=None),))
    (row,) = table(register([Entry("x", replace(true, extracts=(unstated,)))], AT))
    assert row["Flags raised"] == "Death in hospital: no position stated"


def test_a_favourable_flag_is_a_flag_too(true: Verification) -> None:
    (extract,) = true.extracts
    outcomes = (replace(extract.outcomes[0], position="below_alarm"), extract.outcomes[1])
    found = replace(true, extracts=(replace(extract, outcomes=outcomes),))
    (row,) = table(register([Entry("x", found)], AT))
    assert "Death in hospital: below the alarm line" in str(row["Flags raised"])


def test_the_cycle_is_filled_by_the_doctors_other_documents_that_hold(true: Verification) -> None:
    (extract,) = true.extracts
    earlier = replace(true, extracts=(replace(extract, period=("2020-04-01", "2023-03-31")),))
    assert missing(true, [true], AT.date()) == ("Example Cardiac Audit (FICTIONAL): 2021, 2022",)
    assert missing(true, [true, earlier], AT.date()) == ()
    broken = replace(earlier, unchanged="no")
    assert missing(true, [true, broken], AT.date()) != ()
    another = replace(earlier, gmc="FICT002")
    assert missing(true, [true, another], AT.date()) != ()


def test_a_refused_document_has_its_row() -> None:
    found = verify(b"no document", TRUST)
    (row,) = table(register([Entry("=1+1.pdf", found)], AT))
    assert standing(found).rank == 0
    assert row["File"] == "=1+1.pdf"
    assert row["2. Signed by"] == "Nobody"


def test_no_text_becomes_a_formula(true: Verification) -> None:
    book = load_workbook(BytesIO(register([Entry("=1+1.pdf", true)], AT)))
    assert book.active is not None
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_the_same_entries_give_the_same_bytes(true: Verification) -> None:
    entries = [Entry("x.pdf", true)]
    assert register(entries, AT) == register(entries, AT)
