"""The audit's own answers to correction requests, as an extract brings them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from core.results.wording import day
from core.review.queries import Query

Verdict = Literal["accepted", "declined", "pending"]
VERDICTS: dict[Verdict, str] = {
    "accepted": "accepted",
    "declined": "declined",
    "pending": "not decided yet",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of answers.csv; `query` is the id under which the request was sent."""

    query: str
    case_id: str | None
    field: str | None
    on: date
    verdict: Verdict
    words: str

    @property
    def sentence(self) -> str:
        """The answer in one sentence, the audit's own words last."""
        said = f"The audit’s answer of {day(self.on)}: {VERDICTS[self.verdict]}."
        return f"{said} “{self.words}”" if self.words else said


def read_answers(table: pd.DataFrame | None) -> tuple[Answer, ...]:
    """Return the rows of an extract's answers, none where it brings no table."""
    if table is None:
        return ()
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return tuple(
        Answer(
            query=str(row["query"]),
            case_id=row["case_id"],
            field=row["field"],
            on=pd.Timestamp(row["answered_on"]).date(),
            verdict=row["decision"],
            words=row["words"] or "",
        )
        for row in rows
    )


def answers_by_query(
    answers: Iterable[Answer], queries: Mapping[str, Query]
) -> tuple[dict[str, Answer], tuple[Answer, ...]]:
    """Match answers to queries by id, else by case and field where one query alone is of both.

    Returns the answer of each query by its id, and the answers left over.
    """
    found: dict[str, Answer] = {}
    unknown: list[Answer] = []
    for answer in answers:
        place = answer.case_id, answer.field
        same = [name for name, one in queries.items() if (one.case_id, one.field) == place]
        if answer.query in queries:
            found[answer.query] = answer
        elif answer.case_id and len(same) == 1:
            found[same[0]] = answer
        else:
            unknown.append(answer)
    return found, tuple(unknown)
