"""What the tests of workbooks share: a state with words in every place, and how to look."""

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
from openpyxl import Workbook

from core.report.choices import Choices
from core.review.events import Entry
from core.review.kept import archive_id
from core.review.notes import NoteWritten, OnCase, OnOutcome
from core.review.queries import QueryDrafted
from core.review.reflection import ActionWritten, ReflectionWritten
from core.review.state import ReviewState, replay
from tests.core.made_export import review

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CHOICES = Choices(made_at=AT)


def state_of(*events: Any) -> ReviewState:
    return replay([Entry(id=str(n), at=AT, event=event) for n, event in enumerate(events)])


def written(text: str, case: str = "C1") -> ReviewState:
    """Return a state where `text` stands wherever the surgeon can write."""
    mine = archive_id(review().extract)
    return state_of(
        NoteWritten(note="1", extract=mine, anchor=OnOutcome("death"), text=text, tags=(text,)),
        NoteWritten(note="2", extract=mine, anchor=OnCase(case), text=text),
        ReflectionWritten(extract=mine, outcome=None, part="what", text=text),
        ActionWritten(
            action="a", extract=mine, outcome="death", kind="pdp", text=text, due=date(2027, 1, 2)
        ),
        QueryDrafted(query="q", extract=mine, kind="other", case_id=case, evidence=text),
    )


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def text_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def results_of(book: Workbook) -> dict[str, list[Any]]:
    sheet = book["Results"]
    return {row[0].value: [cell.value for cell in row[2:]] for row in sheet.iter_rows()}
