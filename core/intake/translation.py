"""A foreign table and its mapping to the audit's own table, with every problem marked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.audits.profile import IdentifierKind, Profile
from core.errors import NoFitError, NothingToImportError, WhichSurgeonError
from core.intake.column_reading import Problem, read_column
from core.intake.headings import Sheet
from core.intake.identifiers import Identifier
from core.intake.mapping import Assigned, Mapping
from core.intake.plausibility import implausible
from core.intake.pseudonyms import (
    ages,
    free_of_identifiers,
    link_table,
    private_traces,
    study_numbers,
)
from core.intake.targets import CASE_ID, OPERATED_ON, PROCEDURE, PROVIDER, SURGEON, Target, targets

OWN = "own"
AGE = "age"
HIDDEN = "holds what identifies a patient"
NUMERIC = ("integer", "number", "risk")
HELD: Lookup[IdentifierKind, tuple[str, ...]] = {"birth_date": ("date", "text")}
"""What a column that identifies patients is never read as, since its cells would travel on."""


@dataclass(frozen=True, slots=True, eq=False)
class Translation:
    """The audit's own table as text, made of a foreign one.

    `table` has the audit's column names; `places` are the kept records' places in the sheet.
    `mapped` names the targets that have a column. `unread` rows are no cases since their date
    could not be read; `others` are other surgeons' rows, and `unnamed` those without a surgeon
    where one was chosen. `warnings` are outcomes that can hardly be as they were read. `link` is
    for the vault alone.
    """

    table: pd.DataFrame
    places: NDArray[np.intp]
    mapped: frozenset[str]
    problems: tuple[Problem, ...]
    unread: int
    others: int
    unnamed: int
    remarks: tuple[str, ...]
    warnings: tuple[str, ...]
    link: bytes | None = field(repr=False)


def translate(
    sheet: Sheet, mapping: Mapping, profile: Profile, key: bytes, *,
    link: bool = False, latest: date | None = None,
) -> Translation:  # fmt: skip
    """Return the table that `profile` describes, read from `sheet` as `mapping` says.

    A cell that cannot be read is emptied and marked, as is a date of operation after `latest`.
    Identifying columns are dropped, but for an age and a study number keyed by `key`. Raises
    NoFitError, WhichSurgeonError, NothingToImportError.
    """
    asked = {target.name: target for target in targets(profile)}
    operated = _role(asked, OPERATED_ON)
    readable = dict(_readable(mapping, asked))
    if operated.name not in readable:
        raise NoFitError("No column is read as the date of operation.")
    own, others, unnamed = _own_rows(sheet, mapping, asked)
    read = {
        name: read_column(sheet, found, asked[name], latest) for name, found in readable.items()
    }
    dated = (read[operated.name].cells != "").to_numpy(bool)
    kept = np.flatnonzero(own & dated)
    if not len(kept):
        raise NothingToImportError(_nothing_words(read[operated.name].problems))
    columns = {name: found.cells for name, found in read.items()}
    columns |= _pseudonyms(sheet, mapping, asked, columns, key)
    columns, hidden = _without_identifiers(sheet, mapping, asked, columns)
    table = pd.DataFrame({name: cells.iloc[kept] for name, cells in columns.items()})
    table = table.reset_index(drop=True)
    case_name = _role(asked, CASE_ID).name
    table[case_name], renamed = _case_ids(table.get(case_name), sheet.row_numbers()[kept])
    table[_role(asked, SURGEON).name] = OWN
    problems = [one for found in read.values() for one in found.problems]
    rows = set(sheet.row_numbers()[own].tolist())
    marked = sorted(
        (one for one in (*problems, *hidden) if one.row in rows),
        key=lambda one: (one.row, one.column),
    )
    return Translation(
        table=table,
        places=kept,
        mapped=frozenset(columns) | {case_name},
        problems=tuple(marked),
        unread=int((own & ~dated).sum()),
        others=others,
        unnamed=unnamed,
        remarks=tuple(_remarks(mapping, asked, renamed)),
        warnings=tuple(implausible(table, mapping, profile)),
        link=link_table(sheet, mapping, table[case_name].tolist(), kept.tolist()) if link else None,
    )


def counts(problems: Sequence[Problem]) -> tuple[tuple[str, str, int], ...]:
    """Return (column, why, number of cells) of each kind of problem, the most frequent first."""
    found = Counter((one.column, one.why) for one in problems)
    return tuple((column, why, number) for (column, why), number in found.most_common())


def _nothing_words(problems: Sequence[Problem]) -> str:
    """Say which column was read as the date of operation, and what most of its cells are."""
    said = "No row of the file could be read as a case"
    for column, why, number in counts(problems)[:1]:
        return f"{said}: of column {column!r}, the date of operation, {number:,} cells: {why}."
    return f"{said}."


def _role(asked: Lookup[str, Target], role: str) -> Target:
    return next(target for target in asked.values() if target.role == role)


def _own_rows(
    sheet: Sheet, mapping: Mapping, asked: Lookup[str, Target]
) -> tuple[NDArray[np.bool_], int, int]:
    """Which records are the surgeon's own, how many are another's, and how many are nobody's."""
    found = mapping.of(_role(asked, SURGEON).name)
    everything = np.ones(len(sheet.records), dtype=bool)
    if found is None:
        return everything, 0, 0
    cells = sheet.cells(found.column)
    codes = set(cells[cells != ""])
    if mapping.surgeon is None and len(codes) > 1:
        raise WhichSurgeonError(f"The file holds the cases of {len(codes)} surgeons.")
    if mapping.surgeon is None:
        return everything, 0, 0
    own = (cells == mapping.surgeon).to_numpy(bool)
    unnamed = int((cells == "").sum())
    return own, int((~own).sum()) - unnamed, unnamed


def _readable(mapping: Mapping, asked: Lookup[str, Target]) -> Iterator[tuple[str, Assigned]]:
    """The assigned columns that are read as they are: no surgeon, none that could identify."""
    for found in mapping.columns:
        target = asked.get(found.target)
        if target is None or target.role == SURGEON:
            continue
        known = mapping.identifier(found.column)
        if known is None or target.kind not in HELD.get(known.kind, (*NUMERIC, "text")):
            yield found.target, found


def _pseudonyms(
    sheet: Sheet,
    mapping: Mapping,
    asked: Lookup[str, Target],
    columns: Lookup[str, pd.Series],
    key: bytes,
) -> dict[str, pd.Series]:
    """The study number in each identifying text the audit asks for, and the age from birth."""
    made: dict[str, pd.Series] = {}
    studies = study_numbers(sheet, mapping, key)
    for name, target in asked.items():
        if studies is not None and target.identifying and target.kind == "text":
            made[name] = studies
    born = next((one for one in mapping.identifiers if one.kind == "birth_date"), None)
    if AGE in asked and AGE not in columns and born is not None:
        made[AGE] = _age(sheet, born, asked, columns)
    return made


def _age(
    sheet: Sheet, born: Identifier, asked: Lookup[str, Target], columns: Lookup[str, pd.Series]
) -> pd.Series:
    birth = Target("born", "Date of birth", "field", "date")
    cells = read_column(sheet, Assigned("born", born.column, born.heading, "name"), birth).cells
    operated = columns[_role(asked, OPERATED_ON).name]
    found = pd.Series(ages(cells, operated), dtype=object)
    low, high = asked[AGE].minimum, asked[AGE].maximum
    years = pd.to_numeric(found, errors="coerce")
    fits = years.between(-np.inf if low is None else low, np.inf if high is None else high)
    return found.where(fits, "")


def _without_identifiers(
    sheet: Sheet, mapping: Mapping, asked: Lookup[str, Target], columns: dict[str, pd.Series]
) -> tuple[dict[str, pd.Series], list[Problem]]:
    """Empty each free text that holds what identifies its own patient, and mark it."""
    private = private_traces(sheet, mapping)
    rows, problems, clean = sheet.row_numbers(), [], dict(columns)
    for name, cells in columns.items():
        found = mapping.of(name)
        free = asked[name].kind == "text" and asked[name].role in (
            CASE_ID,
            PROCEDURE,
            PROVIDER,
            "field",
        )
        if not free or found is None or mapping.identifier(found.column) is not None:
            continue
        fine = free_of_identifiers(cells, private)
        clean[name] = cells.where(fine, "")
        at = np.flatnonzero(~fine.to_numpy(bool))
        problems += [Problem(int(rows[one]), found.heading, HIDDEN) for one in at]
    return clean, problems


def _case_ids(cells: "pd.Series | None", rows: NDArray[np.intp]) -> tuple[list[str], int]:
    """A name for each case: the file's, else its row; a name that stands again is numbered."""
    given = [""] * len(rows) if cells is None else cells.tolist()
    seen: Counter[str] = Counter()
    names, renamed = [], 0
    for text, row in zip(given, rows, strict=True):
        name = text or f"row {row}"
        seen[name] += 1
        if seen[name] > 1:
            renamed += 1
            name = f"{name} (row {row})"
        names.append(name)
    return names, renamed


def _remarks(mapping: Mapping, asked: Lookup[str, Target], renamed: int) -> Iterator[str]:
    if mapping.of(_role(asked, SURGEON).name) is None:
        yield "The file names no surgeon: every row is taken as yours."
    if renamed:
        yield _numbered_anew(renamed)
    kinds: set[IdentifierKind] = {one.kind for one in mapping.identifiers}
    if kinds:
        several = f"{len(mapping.identifiers)} identifying columns are not taken over."
        one = "1 identifying column is not taken over."
        yield one if len(mapping.identifiers) == 1 else several


def _numbered_anew(rows: int) -> str:
    if rows == 1:
        return "1 row bears an earlier case's number; it is kept, with its row."
    return f"{rows} rows bear an earlier case's number; they are kept, each with its row."
