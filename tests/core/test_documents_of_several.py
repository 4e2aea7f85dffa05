"""Revalidation summary, award evidence and decision record: facts, words, refusals, readers."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from shutil import which
from subprocess import run

import msgspec
import pytest
from pikepdf import Pdf

from core.errors import MixedSurgeonsError, NoDecisionError
from core.extract.manifest import Period
from core.flow import Review
from core.report.choices import Choices
from core.report.evidence import evidence_bytes, read_evidence
from core.report.pages.award import EMPTY, award
from core.report.pages.decision_record import decision_record
from core.report.pages.document import Document, Facts, Grid, Paragraph, Points, Section
from core.report.pages.pdf import pdf_bytes
from core.report.pages.revalidation import revalidation
from core.results.cycle import OVERLAP
from core.review.decision import DecisionMade
from core.review.events import Entry, Event
from core.review.kept import archive_id
from core.review.notes import NoteWritten, OnOutcome
from core.review.reflection import ActionWritten, ReflectionWritten
from core.review.state import ReviewState, replay
from tests.desktop.made_up import made_up_review

AT = datetime(2026, 3, 31, 12, tzinfo=UTC)
CHOICES = Choices(made_at=AT)
NOTHING = replay(())


@pytest.fixture(scope="module")
def review() -> Review:
    return made_up_review()


def state(review: Review, *events: Event) -> ReviewState:
    return replay(Entry(str(place), AT, event) for place, event in enumerate(events))


def shifted(review: Review, start: date, end: date, edition: int = 3) -> Review:
    """Return the same review as one of another period."""
    manifest = msgspec.structs.replace(
        review.extract.manifest, period=Period(start=start, end=end), edition_number=edition
    )
    return replace(review, extract=replace(review.extract, manifest=manifest))


def words(document: Document) -> str:
    return "\n".join(part for section in document.sections for part in _of(section))


def _of(section: Section) -> list[str]:
    found = [section.heading]
    for block in section.blocks:
        match block:
            case Paragraph():
                found.append(block.text)
            case Points():
                found += block.items
            case Facts():
                found += [" ".join(pair) for pair in block.pairs]
            case Grid():
                found += [" | ".join(row) for row in (block.headings, *block.rows)]
            case _:
                found.append(block.alternative)
    return found


def test_each_year_holds_its_own_operations_alone(review: Review) -> None:
    document, _ = revalidation([review], [NOTHING], CHOICES)
    (grid,) = (
        block
        for section in document.sections
        if section.heading == "Year by year"
        for block in section.blocks
        if isinstance(block, Grid)
    )
    deaths = [row for row in grid.rows if row[1].startswith("Death")]
    cases = review.extract.cases
    by_year = [
        cases[cases["operated_on"].between(f"{year}-04-01", f"{year + 1}-03-31")]
        for year in (2023, 2024, 2025)
    ]
    assert [int(row[2]) for row in deaths] == [len(part) for part in by_year]
    assert [int(row[3]) for row in deaths] == [int(p["outcome.death"].sum()) for p in by_year]
    assert "Position" not in grid.headings


def test_overlap_gaps_and_replaced_editions_are_told(review: Review) -> None:
    older = shifted(review, date(2022, 4, 1), date(2025, 3, 31))
    replaced = shifted(review, date(2023, 4, 1), date(2026, 3, 31), 2)
    document, evidence = revalidation([review, older, replaced], [NOTHING] * 3, CHOICES)
    said = words(document)
    assert OVERLAP in said
    assert "no result for most of 1 April 2021 – 31 March 2022" in said
    assert len(evidence.extracts) == 2
    assert any("Edition 2" in one and "later edition" in one for one in evidence.left_out)


def test_reflection_and_whether_actions_were_done(review: Review) -> None:
    extract = archive_id(review.extract)
    written = state(
        review,
        ReflectionWritten(extract=extract, outcome=None, part="what", text="What was seen"),
        ActionWritten(
            action="a",
            extract=extract,
            outcome=None,
            kind="action",
            text="One",
            done=date(2026, 1, 2),
        ),
        ActionWritten(action="b", extract=extract, outcome=None, kind="pdp", text="Two"),
    )
    said = words(revalidation([review], [written], CHOICES)[0])
    assert "What? What was seen" in said
    assert "One | – | 2 January 2026" in said
    assert "Two | – | not yet" in said


def test_two_surgeons_never_stand_in_one_document(review: Review) -> None:
    surgeon = msgspec.structs.replace(review.extract.manifest.surgeon, gmc="1111111")
    manifest = msgspec.structs.replace(review.extract.manifest, surgeon=surgeon)
    other = replace(review, extract=replace(review.extract, manifest=manifest))
    with pytest.raises(MixedSurgeonsError):
        revalidation([review, other], [NOTHING, NOTHING], CHOICES)


def test_a_tagged_note_stands_under_its_heading(review: Review) -> None:
    note = NoteWritten(
        note="n",
        extract=archive_id(review.extract),
        anchor=OnOutcome("death"),
        text="Led the unit",
        tags=("Leadership",),
    )
    document, _ = award([review], [state(review, note)], CHOICES)
    by_heading = {section.heading: "\n".join(_of(section)) for section in document.sections}
    assert "Led the unit" in by_heading["Leadership"]
    assert EMPTY in by_heading["Innovation and research"]


def test_no_document_without_a_decision(review: Review) -> None:
    with pytest.raises(NoDecisionError):
        decision_record(review, NOTHING, CHOICES)


def test_the_decision_has_its_date_reason_and_words(review: Review) -> None:
    made = DecisionMade(
        extract=archive_id(review.extract),
        choice="objected",
        reason="records",
        words="C0007 is not mine",
    )
    document, evidence = decision_record(review, state(review, made), CHOICES)
    said = words(document)
    assert "Decided 31 March 2026, 12:00 UTC" in said
    assert "Reason Records are wrong or incomplete" in said
    assert "C0007" not in said
    assert "Not sent." in said
    assert any(one.heading.endswith("in public, were it agreed") for one in document.sections)
    assert evidence.decision is not None
    assert (evidence.decision.standing, evidence.decision.reason) == ("objected", "records")
    assert read_evidence(evidence_bytes(evidence)) == evidence


def test_the_small_number_rule_holds_in_the_decision_too(review: Review) -> None:
    made = DecisionMade(extract=archive_id(review.extract), choice="agreed", reason=None, words="")
    ruled = replace(CHOICES, small_numbers=True)
    document, evidence = decision_record(review, state(review, made), ruled)
    said = words(document)
    assert "patients" not in said
    assert "counts of 1 to 7 are shown as *" in said
    assert evidence.small_numbers is not None
    assert evidence.extracts[0].manifest is None


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is absent")
@pytest.mark.parametrize("kind", [revalidation, award])
def test_every_figure_said_to_be_printed_is_printed(review: Review, kind: object) -> None:
    document, evidence = kind([review], [NOTHING], CHOICES)  # type: ignore[operator]
    pdf = pdf_bytes(document, evidence_bytes(evidence))
    with Pdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "en-GB"
    text = run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    printed = "".join(text.stdout.decode().split())
    figures = [one for part in evidence.extracts for out in part.outcomes for one in out.figures]
    assert any(figure.shown for figure in figures)
    for figure in figures:
        if figure.shown and figure.name != "position":
            assert "".join(figure.shown.split()) in printed


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is absent")
def test_headings_of_a_wide_table_do_not_run_into_each_other(
    review: Review, tmp_path: Path
) -> None:
    path = tmp_path / "cycle.pdf"
    path.write_bytes(pdf_bytes(revalidation((review,), (NOTHING,), CHOICES)[0]))
    done = run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    assert re.search(r"^ *Audit.* Cases +Observed +Expected +Ratio +Position", done.stdout, re.M)
