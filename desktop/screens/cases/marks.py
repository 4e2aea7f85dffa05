"""What the table shows of notes and correction requests: a mark a case, by its id."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from core.review.notes import OnCase
from core.review.state import ReviewState
from desktop.translation import tr


@dataclass(frozen=True, slots=True)
class CaseMarks:
    """The numbers of the notes on a case, and how many correction requests name it."""

    notes: tuple[int, ...] = ()
    queries: int = 0

    @property
    def count(self) -> int:
        """How many there are of both."""
        return len(self.notes) + self.queries

    @property
    def words(self) -> str:
        """What the table says; nothing where there is none."""
        said = []
        if self.notes:
            words = tr("notes {numbers}") if len(self.notes) > 1 else tr("note {numbers}")
            said.append(words.format(numbers=", ".join(map(str, self.notes))))
        if self.queries:
            words = tr("correction request")
            if self.queries > 1:
                words = tr("{n} correction requests")
            said.append(words.format(n=self.queries))
        return " · ".join(said)


NO_MARKS = CaseMarks()


def case_marks(state: ReviewState, extract: str) -> dict[str, CaseMarks]:
    """Return the marks of the cases of an extract that bear any, by case id."""
    notes: defaultdict[str, list[int]] = defaultdict(list)
    queries: defaultdict[str, int] = defaultdict(int)
    for note in state.notes.values():
        if note.extract == extract and isinstance(note.anchor, OnCase):
            notes[note.anchor.case_id].append(note.number)
    for query in state.queries.values():
        if query.extract == extract and query.case_id:
            queries[query.case_id] += 1
    cases = notes.keys() | queries.keys()
    return {
        case: CaseMarks(tuple(sorted(notes.get(case, ()))), queries.get(case, 0)) for case in cases
    }
