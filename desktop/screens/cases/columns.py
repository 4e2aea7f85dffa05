"""The columns of the table of cases: what is shown in a cell, and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.results.case_words import date_words
from core.results.counted import COUNTED, WORDS, counted
from core.results.wording import percent
from desktop.screens.cases.marks import NO_MARKS, CaseMarks
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.flow import Review

Numbers = NDArray[np.float64]
HEADINGS = (
    QT_TR_NOOP("Case"),
    QT_TR_NOOP("Marks"),
    QT_TR_NOOP("Operated"),
    QT_TR_NOOP("Procedure"),
    QT_TR_NOOP("Risk"),
    QT_TR_NOOP("Outcome"),
    QT_TR_NOOP("Counted"),
    QT_TR_NOOP("To check"),
    QT_TR_NOOP("Provider"),
)
MARKS = 1
AT_RIGHT = frozenset((4,))


@dataclass(frozen=True, eq=False)
class CaseColumns:
    """Cells by position in the extract's cases; nothing is made before it is asked for."""

    size: int
    words: tuple[Callable[[int], str], ...]
    keys: tuple[Callable[[], Numbers], ...]


def case_columns(review: Review, code: str, marks: Mapping[str, CaseMarks]) -> CaseColumns:
    """Return the columns for the outcome `code`; `marks` by case id are read at each showing."""
    cases = review.extract.cases
    outcome = review.extract.manifest.outcome(code)
    inclusion = review.inclusion(code)
    why, checks = counted(cases, outcome, inclusion), checks_of(review)
    days = cases["operated_on"]
    texts = [text_column(cases[name]) for name in ("case_id", "procedure", "provider")]
    happened = outcome.words.event if outcome.kind == "binary" else ""
    risk = _risk_words(inclusion.risk, binary=outcome.kind == "binary")
    return CaseColumns(
        size=len(cases),
        words=(
            texts[0].__getitem__,
            lambda row: marks.get(texts[0][row], NO_MARKS).words,
            lambda row: date_words(days.iat[row]),
            texts[1].__getitem__,
            risk,
            lambda row: event_words(float(inclusion.event[row]), happened),
            lambda row: (
                COUNTED if why[row] == 0 else tr("no: {reason}").format(reason=WORDS[why[row]])
            ),
            lambda row: str(checks[row]) if checks[row] else "",
            texts[2].__getitem__,
        ),
        keys=(
            lambda: ranks(texts[0]),
            lambda: _marked(texts[0], marks),
            lambda: days.to_numpy().astype("datetime64[D]").astype(float),
            lambda: ranks(texts[1]),
            lambda: inclusion.risk,
            lambda: inclusion.event,
            lambda: why.astype(float),
            lambda: checks.astype(float),
            lambda: ranks(texts[2]),
        ),
    )


def checks_of(review: Review) -> NDArray[np.intp]:
    """Return, for each case, in how many findings it is."""
    found = np.zeros(len(review.extract.cases), dtype=np.intp)
    for finding in review.findings:
        found[finding.rows] += 1
    return found


def _marked(ids: list[str], marks: Mapping[str, CaseMarks]) -> Numbers:
    """Return how many marks each case bears."""
    found = (marks.get(case, NO_MARKS).count for case in ids)
    return np.fromiter(found, dtype=float, count=len(ids))


def text_column(column: pd.Series) -> list[str]:
    """Return the cells as text, a dash where missing."""
    return column.astype(object).where(column.notna(), "–").tolist()


def ranks(cells: list[str]) -> Numbers:
    """Return each cell's place in alphabetical order; missing cells are NaN and come last."""
    found = pd.factorize(np.array(cells, dtype=object), sort=True)[0].astype(float)
    found[[at for at, cell in enumerate(cells) if cell == "–"]] = np.nan
    return found


def event_words(event: float, happened: str) -> str:
    """Return what was recorded: the event, its absence, or a number."""
    if np.isnan(event):
        return tr("missing")
    if happened:
        return happened if event else "–"
    return f"{event:g}"


def _risk_words(risks: Numbers, *, binary: bool) -> Callable[[int], str]:
    def words(row: int) -> str:
        risk = float(risks[row])
        if np.isnan(risk):
            return tr("missing")
        return percent(risk, 2) if binary else f"{risk:.3f}"

    return words
