"""A mapping: which column became what and why, what was asked, and corrections by hand."""

from collections.abc import Mapping as Lookup
from dataclasses import dataclass, replace
from typing import Literal

from core.errors import BadMappingError
from core.intake.headings import Sheet, plain
from core.intake.identifiers import Identifier

Why = Literal["name", "synonym", "question", "position", "hand"]
DateOrder = Literal["day first", "month first"]
Scale = Literal["fraction", "percent"]
Asked = Literal["date order", "scale", "column", "sense"]

QUESTIONS: dict[Asked, str] = {
    "date order": "Does the day stand before the month? The dates here do not settle it.",
    "scale": "Are these percentages or fractions?",
    "column": "Is this the right column? Another one fits as well.",
    "sense": "The heading says the opposite of what the audit records. Is it to be turned round?",
}
WHY_WORDS: dict[Why, str] = {
    "name": "its name is the audit's own",
    "synonym": "its name is another word for it",
    "question": "it has the question's number",
    "position": "it stands at the place the audit's format gives it",
    "hand": "you chose it",
}


@dataclass(frozen=True, slots=True)
class Assigned:
    """One column of the file as one column of the audit's table.

    `column` is its place among the sheet's columns, from 0. `codes` are readings set by hand, text
    to code. `date_order` and `scale` are what is taken; `factor` multiplies numbers into the
    audit's unit. `opposite` is where the column records the opposite: its yes is read as no.
    `asked` are the questions still open.
    """

    target: str
    column: int
    heading: str
    why: Why
    codes: tuple[tuple[str, str], ...] = ()
    date_order: DateOrder = "day first"
    scale: Scale = "fraction"
    factor: float = 1.0
    opposite: bool = False
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a file is read as an audit's table.

    `audit` is the profile's audit code; `headings` are the sheet's, by which a column is named by
    hand. `surgeon` is the own code where the file holds several surgeons. `models` chooses a risk
    model for an outcome ("" for none).
    """

    audit: str
    headings: tuple[str, ...]
    headed: bool
    columns: tuple[Assigned, ...]
    identifiers: tuple[Identifier, ...] = ()
    surgeon: str | None = None
    models: tuple[tuple[str, str], ...] = ()

    def of(self, target: str) -> Assigned | None:
        """Return what is read as `target`, or None."""
        return next((found for found in self.columns if found.target == target), None)

    @property
    def open_questions(self) -> tuple[tuple[str, Asked], ...]:
        """The headings and questions that nobody has answered."""
        return tuple((found.heading, asked) for found in self.columns for asked in found.asked)

    @property
    def unused(self) -> tuple[str, ...]:
        """The headings of the columns that are neither read nor identify patients."""
        used = {one.column for one in self.columns} | {one.column for one in self.identifiers}
        return tuple(name for at, name in enumerate(self.headings) if at not in used)

    def identifier(self, column: int) -> Identifier | None:
        """Return why the column identifies patients, or None."""
        return next((found for found in self.identifiers if found.column == column), None)


def assign(mapping: Mapping, target: str, column: int | None) -> Mapping:
    """Return the mapping with `column` read as `target`; None reads nothing as it."""
    rest = tuple(found for found in mapping.columns if found.target != target)
    if column is None:
        return replace(mapping, columns=rest)
    if not 0 <= column < len(mapping.headings):
        raise BadMappingError("The file has no column at that place.")
    added = Assigned(target, column, mapping.headings[column], "hand")
    return replace(mapping, columns=(*rest, added))


def set_code(mapping: Mapping, target: str, text: str, code: str) -> Mapping:
    """Return the mapping in which `text` of that column stands for `code` ("" for missing)."""
    found = _assigned(mapping, target)
    return _with(mapping, replace(found, codes=tuple({**dict(found.codes), text: code}.items())))


def set_scale(mapping: Mapping, target: str, scale: Scale) -> Mapping:
    """Return the mapping with percent or fraction answered."""
    return _answered(mapping, target, "scale", scale=scale)


def set_factor(mapping: Mapping, target: str, factor: float) -> Mapping:
    """Return the mapping in which that column's numbers are multiplied into the audit's unit."""
    if not 0 < factor < 1e9:
        raise BadMappingError("A factor is a number above 0.")
    return _with(mapping, replace(_assigned(mapping, target), factor=factor))


def set_date_order(mapping: Mapping, target: str, order: DateOrder) -> Mapping:
    """Return the mapping with the order of day and month answered."""
    return _answered(mapping, target, "date order", date_order=order)


def set_sense(mapping: Mapping, target: str, *, opposite: bool) -> Mapping:
    """Return the mapping with it answered whether that column records the opposite."""
    return _answered(mapping, target, "sense", opposite=opposite)


def confirm_column(mapping: Mapping, target: str) -> Mapping:
    """Return the mapping with a doubtful column confirmed."""
    return _answered(mapping, target, "column")


def choose_surgeon(mapping: Mapping, code: str | None) -> Mapping:
    """Return the mapping that takes the rows of that surgeon alone; None takes every row."""
    return replace(mapping, surgeon=code)


def column_named(sheet: Sheet, heading: str) -> int:
    """Return the place of the one column with that heading; BadMappingError otherwise."""
    places = [at for at, name in enumerate(sheet.names) if plain(name) == plain(heading)]
    if len(places) != 1:
        said = "no column" if not places else "more than one column"
        raise BadMappingError(f"The file has {said} {heading!r}.")
    return places[0]


def _answered(mapping: Mapping, target: str, question: Asked, **taken: str | bool) -> Mapping:
    found = _assigned(mapping, target)
    asked = tuple(one for one in found.asked if one != question)
    values: Lookup[str, object] = {"asked": asked, **taken}
    return _with(mapping, replace(found, **values))  # type: ignore[arg-type]


def _assigned(mapping: Mapping, target: str) -> Assigned:
    found = mapping.of(target)
    if found is None:
        raise BadMappingError(f"No column is read as {target!r}.")
    return found


def _with(mapping: Mapping, changed: Assigned) -> Mapping:
    columns = tuple(
        changed if found.target == changed.target else found for found in mapping.columns
    )
    return replace(mapping, columns=columns)
