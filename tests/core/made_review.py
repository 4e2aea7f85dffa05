"""What the tests of documents share: the example's review, and notes of a made-up surgeon."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from core.flow import Review
from core.report.choices import Choices
from core.report.evidence import Evidence, evidence_bytes
from core.report.pages.appraisal import appraisal
from core.report.pages.document import Document
from core.report.pages.pdf import pdf_bytes
from core.review.events import Entry, Event
from core.review.kept import archive_id
from core.review.notes import NoteWritten, OnCase, OnMark, OnOutcome, OnSignal, OnStretch
from core.review.queries import QueryDrafted
from core.review.reflection import ActionWritten, ReflectionWritten
from core.review.state import ReviewState, replay
from tests.core import made_export

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NOTHING = replay(())
SECRET_NOTE = "This note stays at home."


def review() -> Review:
    """Return the review of the example's first surgeon."""
    return made_export.review()


def state(*further: Event) -> ReviewState:
    """Return a review with one of everything, and `further`."""
    return replay(
        Entry(str(place), AT, event) for place, event in enumerate((*_everything(), *further))
    )


def note(text: str, name: str = "further") -> NoteWritten:
    """Return a note on the first outcome."""
    return NoteWritten(note=name, extract=extract(), anchor=OnOutcome("death"), text=text)


def extract() -> str:
    """Return the id of the example's extract."""
    return archive_id(review().extract)


def _everything() -> tuple[Event, ...]:
    about, case = extract(), str(review().extract.cases["case_id"].iloc[40])
    notes = (
        NoteWritten(note="m", extract=about, anchor=OnMark("death"), text="On the mark."),
        NoteWritten(
            note="s",
            extract=about,
            anchor=OnStretch("death", 150, 210),
            text="On a stretch.",
            domains=("knowledge",),
        ),
        NoteWritten(
            note="g", extract=about, anchor=OnSignal("death", "worse", 240), text="On a signal."
        ),
        NoteWritten(note="c", extract=about, anchor=OnCase(case), text=f"Case {case} was a redo."),
        NoteWritten(note="h", extract=about, anchor=OnOutcome("death"), text=SECRET_NOTE),
    )
    reflections = tuple(
        ReflectionWritten(extract=about, outcome="death", part=part, text=text)
        for part, text in (("what", "What I saw."), ("now_what", "What I shall do."))
    )
    return (
        *notes,
        *reflections,
        ActionWritten(
            action="a",
            extract=about,
            outcome=None,
            kind="pdp",
            text="Attend the course.",
            due=date(2027, 3, 1),
        ),
        QueryDrafted(query="q", extract=about, kind="not_my_case", case_id=case),
    )


CHOICES = Choices(made_at=AT, left_out_notes=frozenset({"h"}))
QUICK = replace(CHOICES, over_time=False, case_mix=False)
"""Without the pictures that take longest."""


@cache
def document() -> tuple[Document, Evidence]:
    """Return the whole appraisal document with one of everything."""
    return appraisal(review(), state(), CHOICES)


@cache
def pdf() -> bytes:
    """Return it as a PDF."""
    made, evidence = document()
    return pdf_bytes(made, evidence_bytes(evidence))
