"""One case in words: its fields, its result, where its risk comes from, its place in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.results.case_risk import FOR_RECORDED_CASES, case_risk, factor_words
from core.results.case_words import cell_words
from core.results.counted import COUNTED
from core.results.over_time import OverTime
from core.results.quality.words import TITLES
from core.results.wording import MINUS, count
from desktop.screens.cases.columns import CaseColumns
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.flow import Review

HIDDEN = QT_TR_NOOP("hidden")


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A risk factor: what it is, what it does in words, and its bar from -1 to 1."""

    label: str
    effect: str
    bar: float


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the panel shows of one case."""

    title: str
    subtitle: str
    result: tuple[tuple[str, str], ...]
    checks: tuple[str, ...]
    factors: tuple[FactorRow, ...]
    risk_words: tuple[str, ...]
    note: str
    place: str
    fields: tuple[tuple[str, str], ...]
    identifying: bool
    revealed: bool


def case_page(
    review: Review,
    code: str,
    row: int,
    columns: CaseColumns,
    over_time: OverTime | None,
    *,
    reveal: bool,
) -> CasePage:
    """Return what is said of the case at position `row` for the outcome `code`."""
    extract = review.extract
    case, _, operated, procedure, risk, event, why, _, provider = (
        words(row) for words in columns.words
    )
    outcome = extract.manifest.outcome(code)
    none = tr("no {event}").format(event=outcome.words.event)
    came = case_risk(outcome, extract.models, extract.cases, row)
    most = max((abs(one.amount) for one in came.factors), default=1.0)
    return CasePage(
        title=case,
        subtitle=f"{procedure} · {operated} · {provider}",
        result=(
            (outcome.label, none if event == "–" else event),
            (tr("Predicted risk") if outcome.kind == "binary" else tr("Expected"), risk),
            (tr("Counts for this outcome"), tr("yes") if why == COUNTED else why),
        ),
        checks=tuple(
            f"{TITLES[found.code]}: {found.message}"
            for found in review.findings
            if row in found.rows
        ),
        factors=tuple(
            FactorRow(
                f"{one.label}: {one.value}" if one.value else one.label,
                factor_words(one),
                one.amount / most,
            )
            for one in came.factors
        ),
        risk_words=came.said,
        note=FOR_RECORDED_CASES if came.factors else "",
        place=place_words(over_time, row),
        fields=tuple(_fields(review, row, reveal=reveal)),
        identifying=any(field.identifying for field in extract.manifest.fields),
        revealed=reveal,
    )


def place_words(over_time: OverTime | None, row: int) -> str:
    """Return where the case stands on the VLAD, and by how much it moved it."""
    if over_time is None:
        return tr("This outcome has no VLAD.")
    found = np.flatnonzero(over_time.rows == row)
    if not len(found):
        return tr("The case is not counted, so it is not on the VLAD.")
    at = int(found[0])
    moved = float(over_time.risks[at] - over_time.events[at])
    return tr(
        "Case {n} of {total} in order of date. It moved the VLAD by {step}, to {height}."
    ).format(
        n=count(at + 1),
        total=count(len(over_time.rows)),
        step=_signed(moved),
        height=_signed(float(over_time.vlad[at])),
    )


def _fields(review: Review, row: int, *, reveal: bool) -> list[tuple[str, str]]:
    cases = review.extract.cases
    return [
        (
            field.label,
            tr(HIDDEN)
            if field.identifying and not reveal
            else cell_words(field, cases[field.name].iat[row]),
        )
        for field in review.extract.manifest.fields
    ]


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", MINUS)
