"""Requests in the appraisal document: counted by what they ask, never by case or field."""

from dataclasses import replace

from core.report.evidence import evidence_bytes
from core.report.pages.appraisal import appraisal
from core.report.pages.document import Grid
from core.review.queries import QueryDrafted
from tests.core.made_review import QUICK, extract, review, state


def test_a_value_to_be_left_blank_is_counted_apart_without_the_field() -> None:
    asked = QueryDrafted(
        query="b",
        extract=extract(),
        kind="wrong_risk_factor",
        case_id="CASE-0007",
        field="bmi",
        blank=True,
    )
    made, evidence = appraisal(review(), state(asked), replace(QUICK, what_if=False))
    part = next(one for one in made.sections if one.heading == "Correction requests")
    (grid,) = part.blocks
    assert isinstance(grid, Grid)
    assert [row[0] for row in grid.rows] == [
        "Not my case",
        "Risk factor wrong or missing: leave blank",
    ]
    assert b"CASE-0007" not in evidence_bytes(evidence)
