"""Patients without their names: keyed study numbers, ages for birth dates, and the link table."""

import csv
import hmac
import io
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pandas as pd

from core.audits.profile import IdentifierKind
from core.intake.headings import Sheet
from core.intake.identifiers import LABELS, holds_identifier
from core.intake.mapping import Mapping
from core.intake.traces import Traces, traces_by_cell, traces_of

STUDY_LENGTH = 12
NUMBERS: tuple[IdentifierKind, ...] = ("nhs_number", "hospital_number")


def study_numbers(sheet: Sheet, mapping: Mapping, key: bytes) -> "pd.Series[str] | None":
    """Return a keyed number for each record's patient ("" where no number stands), or None.

    HMAC-SHA-256 of the NHS number, else of the hospital number: the same patient has the same
    study number under the same key, and whoever lacks the key cannot go back.
    """
    studies: pd.Series | None = None
    for kind in NUMBERS:
        cells = _first(sheet, mapping, kind)
        if cells is None:
            continue
        keyed = _keyed(cells, kind, key, None if studies is None else studies == "")
        studies = keyed if studies is None else studies.where(studies != "", keyed)
    return studies


def _keyed(
    cells: pd.Series, kind: IdentifierKind, key: bytes, wanted: "pd.Series[bool] | None"
) -> pd.Series:
    asked = cells if wanted is None else cells.where(wanted, "")
    which, texts = pd.factorize(asked)
    made = [study_number(kind, text, key) if text else "" for text in texts]
    return pd.Series(np.array(made, dtype=object)[which], index=cells.index)


def study_number(kind: IdentifierKind, text: str, key: bytes) -> str:
    """Return the study number of one patient's number under `key`."""
    bare = "".join(sign for sign in text.casefold() if sign.isalnum())
    digest = hmac.digest(key, f"plumbline study\0{kind}\0{bare}".encode(), "sha256")
    return "S" + digest.hex()[: STUDY_LENGTH - 1].upper()


def ages(born: Iterable[str], operated: Iterable[str]) -> list[str]:
    """Return whole years from one ISO date to the other; "" where one lacks or is before it."""
    return [_years(first, last) for first, last in zip(born, operated, strict=True)]


def free_of_identifiers(cells: pd.Series, private: Sequence[Sequence[Traces]]) -> "pd.Series[bool]":
    """Return which texts hold no trace of their own record's patient and no known number."""
    which, texts = pd.factorize(cells)
    fine = ~np.array([holds_identifier(text) for text in texts], dtype=bool)[which]
    seen = [traces_of(text) for text in texts]
    own = zip(which, *private, strict=True)
    told = np.array([any(map(seen[at].shows, row)) for at, *row in own], dtype=bool)
    return pd.Series(fine & ~told, index=cells.index)


def private_traces(sheet: Sheet, mapping: Mapping) -> list[list[Traces]]:
    """Return what would give each record's patient away, by identifying column and record."""
    return [list(traces_by_cell(sheet.cells(one.column), one.kind)) for one in mapping.identifiers]


def link_table(
    sheet: Sheet, mapping: Mapping, case_ids: Sequence[str], kept: Sequence[int]
) -> bytes:
    """Return which case is which patient, as CSV for the vault alone; never write it elsewhere.

    It holds the row in the file, the NHS number and the hospital number, and nothing more.
    `kept` are the records' places among the sheet's, one for each of `case_ids`.
    """
    numbered = [one for one in mapping.identifiers if one.kind in NUMBERS]
    columns = [sheet.cells(one.column).tolist() for one in numbered]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["case_id", "row in the file", *(LABELS[one.kind] for one in numbered)])
    numbers = sheet.row_numbers()
    for case_id, place in zip(case_ids, kept, strict=True):
        writer.writerow([case_id, int(numbers[place]), *(cells[place] for cells in columns)])
    return text.getvalue().encode("utf-8")


def _first(sheet: Sheet, mapping: Mapping, kind: IdentifierKind) -> "pd.Series[str] | None":
    for one in mapping.identifiers:
        if one.kind == kind:
            return sheet.cells(one.column)
    return None


def _years(born: str, operated: str) -> str:
    if not born or not operated:
        return ""
    first, last = date.fromisoformat(born), date.fromisoformat(operated)
    years = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    return str(years) if years >= 0 else ""
