"""The part of a grid that is an audit's table, found by the headings the audit knows."""

import re
from collections.abc import Sequence

import numpy as np

from core.intake.headings import plain, question_of, text_of, wordings
from core.intake.reading.foreign import Grid
from core.intake.table_area import TableArea
from core.intake.targets import Target

LOOKED_AT = 20
FEWEST_KNOWN = 2
MOST_FIGURES = 0.2
TOTALS = re.compile(r"(?:grand )?totals?|sum|overall")


def named_area(rows: Grid, known: Sequence[Target]) -> TableArea:
    """Return the area under the rows that name columns `known`; the whole grid without such rows.

    Blank rows and rows of totals hold no record; the remarks count them.
    """
    header = _header(rows, known)
    below = range(header[-1] + 1 if header else 0, len(rows))
    filled = (rows != None).any(axis=1)  # noqa: E711
    blank = [at for at in below if not filled[at]]
    totals = [at for at in below if filled[at] and _is_total(rows[at])]
    out = {*blank, *totals}
    width = rows.shape[1] if rows.ndim == 2 else 0
    remarks = []
    if len(header) > 1:
        remarks.append(f"{len(header)} rows were taken as headings.")
    if totals:
        remarks.append(f"{len(totals)} rows of totals were left out.")
    return TableArea(
        header=tuple(header),
        columns=tuple(range(width)),
        names=tuple(_name(rows, header, column) for column in range(width)),
        records=tuple(at for at in below if at not in out),
        remarks=tuple(remarks),
    )


def _name(rows: Grid, header: Sequence[int], column: int) -> str:
    parts = dict.fromkeys(text_of(rows[row, column]) for row in header)
    return " / ".join(part for part in parts if part)


def _header(rows: Grid, known: Sequence[Target]) -> list[int]:
    """The row among the first that names most, and its neighbours that name some too."""
    words = {plain(name) for target in known for name in (target.name, *target.synonyms)}
    questions = {target.question.lower() for target in known if target.question}
    scores = [_score(row, words, questions) for row in rows[:LOOKED_AT]]
    if max(scores, default=0) < FEWEST_KNOWN:
        return []
    first = last = int(np.argmax(scores))
    while first > 0 and scores[first - 1] >= FEWEST_KNOWN:
        first -= 1
    while last + 1 < len(scores) and scores[last + 1] >= FEWEST_KNOWN:
        last += 1
    return list(range(first, last + 1))


def _score(row: Sequence[object], words: set[str], questions: set[str]) -> int:
    """How many cells name a known column; 0 for a row with figures, as records have."""
    texts = [text for cell in row if (text := text_of(cell))]
    known = [
        text
        for text in texts
        if words.intersection(wordings(text)) or question_of(text) in questions
    ]
    figures = sum(text[0].isdigit() and question_of(text) is None for text in texts)
    return len(known) if figures <= MOST_FIGURES * len(texts) else 0


def _is_total(row: Sequence[object]) -> bool:
    first = next((cell for cell in row if cell is not None and cell != ""), None)
    return isinstance(first, str) and bool(TOTALS.fullmatch(plain(first)))
