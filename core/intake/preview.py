"""The first rows of a foreign table beside what they were read as, and the texts not understood."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.audits.profile import Profile
from core.intake.column_reading import Problem
from core.intake.headings import Sheet
from core.intake.mapping import Assigned, Mapping
from core.intake.spelling import Unreadable, reader
from core.intake.targets import SURGEON, Target, targets
from core.intake.translation import HIDDEN, Translation

ROWS = 12


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """A cell as the file has it, what the audit's table holds for it, and what is wrong with it."""

    text: str
    read: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The surgeon's first rows: their numbers in the file, and a column for each target.

    Columns that identify patients are not among them, and a text that does is empty.
    """

    columns: tuple[tuple[Target, Assigned], ...]
    rows: tuple[int, ...]
    cells: tuple[tuple[PreviewCell, ...], ...]


def preview(
    sheet: Sheet, mapping: Mapping, profile: Profile, made: Translation | None, most: int = ROWS
) -> Preview:
    """Return the first `most` rows of the surgeon's own, with the marks that `made` gave them."""
    columns = tuple(_shown(mapping, profile))
    places = _own(sheet, mapping, profile)[:most]
    rows = tuple(int(row) for row in sheet.row_numbers()[places])
    marks = {(one.row, one.column): one for one in made.problems} if made is not None else {}
    kept = {int(place): at for at, place in enumerate(made.places)} if made is not None else {}
    texts = [sheet.cells(found.column) for _, found in columns]
    cells = []
    for place, row in zip(places, rows, strict=True):
        at = kept.get(int(place))
        cells.append(
            tuple(
                _cell(text.iloc[place], _read(made, target, at), marks.get((row, found.heading)))
                for (target, found), text in zip(columns, texts, strict=True)
            )
        )
    return Preview(columns, rows, tuple(cells))


def unread_texts(sheet: Sheet, found: Assigned, target: Target) -> tuple[tuple[str, int], ...]:
    """Return the texts of a column that cannot be read and how often each stands there."""
    standing = Counter(sheet.cells(found.column))
    read = reader(target, found, standing.keys())
    unread = {
        text: number for text, number in standing.items() if isinstance(read(text), Unreadable)
    }
    return tuple(sorted(unread.items(), key=lambda one: (-one[1], one[0])))


def _shown(mapping: Mapping, profile: Profile) -> Iterator[tuple[Target, Assigned]]:
    for target in targets(profile):
        found = mapping.of(target.name)
        if found is None or target.identifying or target.role == SURGEON:
            continue
        if mapping.identifier(found.column) is None:
            yield target, found


def _own(sheet: Sheet, mapping: Mapping, profile: Profile) -> NDArray[np.intp]:
    name = next(one.name for one in targets(profile) if one.role == SURGEON)
    found = mapping.of(name)
    if found is None or mapping.surgeon is None:
        return np.arange(len(sheet.records))
    return np.flatnonzero((sheet.cells(found.column) == mapping.surgeon).to_numpy(bool))


def _read(made: Translation | None, target: Target, at: int | None) -> str:
    if made is None or at is None or target.name not in made.table:
        return ""
    return str(made.table[target.name].iloc[at])


def _cell(text: str, read: str, mark: Problem | None) -> PreviewCell:
    why = mark.why if mark is not None else ""
    return PreviewCell("" if why == HIDDEN else text, read, why)


def labels_of(target: Target) -> Lookup[str, str]:
    """Return what each code of a column means, in words."""
    if target.kind == "flag":
        return {"1": "yes", "0": "no"}
    return dict(zip(target.allowed, target.labels or target.allowed, strict=False))
