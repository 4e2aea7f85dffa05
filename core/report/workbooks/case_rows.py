"""Rows of cases that may leave: bands, months and study numbers, never an identifier."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.extract.manifest import Field, Manifest
from core.report.disclosure import STAR, identifies
from core.results.case_words import YES_NO, code_words

Shown = str | float | None

FEWEST = 8
"""A value that fewer cases hold is not shown."""
_AGE = re.compile(r"(?<![a-z])age(?![a-z])", re.IGNORECASE)
YOUNGEST, OLDEST, BAND = 20, 90, 10
WARNING = (
    "Attention: each row is one patient. Names, numbers and dates are left out, ages are bands and "
    "dates are months, yet somebody who knows a patient may still recognise them. Keep this sheet "
    "out of a portfolio and send it to nobody who has no right to see these records."
)
RULES = (
    f"A value that fewer than {FEWEST} cases hold is shown as {STAR}, and a second one where it "
    "could be worked out. Numbers have two figures, and the extreme ones are drawn in. Rows stand "
    "in the order of what they show, and study numbers count them: they follow no record."
)


@dataclass(frozen=True, slots=True)
class CaseRows:
    """What may leave of the cases: headings, and a row a case, the study number first."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]


def case_rows(cases: pd.DataFrame, manifest: Manifest, *, small_numbers: bool) -> CaseRows:
    """Return the cases as they may leave.

    Identifying fields, free text, the provider and the case id stay. With `small_numbers` rare
    outcomes are withheld too, as rare values of every other column always are, and predicted risks,
    whose sum times the ratio would tell the count observed.
    """
    headings, columns = zip(*_columns(cases, manifest, small_numbers), strict=True)
    released = sorted(zip(*columns, strict=True), key=_by_what_is_shown)
    numbered = tuple((float(number), *row) for number, row in enumerate(released, 1))
    return CaseRows(("Study number", *headings), numbered)


def _columns(
    cases: pd.DataFrame, manifest: Manifest, small_numbers: bool
) -> Iterator[tuple[str, list[Shown]]]:
    yield "Month of operation", _rare(_months(cases["operated_on"]))
    yield "Procedure", _rare(_words(cases["procedure"]))
    for field in manifest.fields:
        if field.name in cases and not identifies(field) and field.type != "text":
            yield field.label, _field(field, cases[field.name])
    for outcome in manifest.outcomes:
        for part, words in (("risk", "predicted risk"), ("expected", "expected")):
            name = f"{part}.{outcome.code}"
            if name in cases and not small_numbers:
                yield f"{outcome.label}: {words}", _rounded(cases[name])
        recorded = _numbers(cases[f"outcome.{outcome.code}"])
        yield f"{outcome.label}: recorded", _rare(recorded) if small_numbers else recorded


def _field(field: Field, column: pd.Series) -> list[Shown]:
    if field.type == "date":
        return _rare(_months(column))
    if field.type == "flag":
        return _rare([YES_NO.get(value) for value in column])
    if field.type == "code":
        return _rare([word and code_words(field, str(word)) for word in _words(column)])
    if _AGE.search(field.name) or _AGE.search(field.label):
        return _rare([_band(value) for value in column])
    return _rounded(column)


def _months(column: pd.Series) -> list[Shown]:
    return [None if pd.isna(value) else f"{value:%Y-%m}" for value in column]


def _words(column: pd.Series) -> list[Shown]:
    return [None if pd.isna(value) else str(value) for value in column]


def _numbers(column: pd.Series) -> list[Shown]:
    return [None if pd.isna(value) else float(value) for value in column]


def _band(age: float) -> str | None:
    if np.isnan(age):
        return None
    if age < YOUNGEST:
        return f"under {YOUNGEST}"
    if age >= OLDEST:
        return f"{OLDEST} and over"
    low = int(age // BAND) * BAND
    return f"{low}–{low + BAND - 1}"


def _rounded(column: pd.Series) -> list[Shown]:
    """Return numbers to two figures, none beyond the eighth lowest or the eighth highest."""
    known = np.sort(column.dropna().to_numpy(float))
    if len(known) < 2 * FEWEST:
        return [None if pd.isna(value) else STAR for value in column]
    drawn_in = column.clip(known[FEWEST - 1], known[-FEWEST])
    return [None if pd.isna(value) else float(f"{value:.2g}") for value in drawn_in]


def _rare(values: list[Shown]) -> list[Shown]:
    """Return the values with rare ones withheld, and one more where it could be worked out."""
    counts = pd.Series(values, dtype=object).value_counts()
    held = counts[counts < FEWEST].index.tolist()
    if len(held) == 1 and len(counts) > 1:
        held.append(counts.index[-2])
    hidden = set(held)
    return [STAR if value in hidden else value for value in values]


def _by_what_is_shown(row: tuple[Shown, ...]) -> tuple[str, ...]:
    return tuple(
        "" if value is None else f"{value:.9g}".rjust(12) if isinstance(value, float) else value
        for value in row
    )
