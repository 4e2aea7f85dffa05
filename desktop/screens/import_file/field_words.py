"""The columns of the audit’s table, where each is read from, and what does not travel on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from core.intake.headings import compared
from core.intake.identifiers import LABELS, Identifier
from core.intake.mapping import WHY_WORDS, Assigned
from core.intake.preview import labels_of, unread_texts
from core.intake.pseudonyms import NUMBERS
from core.intake.targets import CASE_ID, OPERATED_ON, SURGEON, Target, targets
from core.intake.translation import AGE
from core.results.wording import count
from desktop.screens.import_file.draft import Draft, Reading
from desktop.screens.import_file.file_words import answers, taken
from desktop.translation import tr

MOST_TEXTS = 12
NOT_IN_FILE = ""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One column of the audit's table: where it is read from, why, and what to look at."""

    target: str
    field: str
    column: str
    why: str
    to_check: str


@dataclass(frozen=True, slots=True)
class FieldSaid:
    """One column to be corrected by hand: what may be chosen, and what stands now.

    `texts` are (text, cells) that could not be read, `codes` what each may stand for. `choices`
    is the order of dates, the scale of risks or the sense of an outcome; `factor` is shown for
    numbers.
    """

    target: str
    title: str
    columns: tuple[tuple[str, str], ...]
    column: str
    choices: tuple[tuple[str, str], ...]
    choice: str
    texts: tuple[tuple[str, int], ...]
    more: int
    codes: tuple[tuple[str, str], ...]
    factor: float | None
    unit: str


def field_rows(draft: Draft, reading: Reading | None) -> tuple[FieldRow, ...]:
    """Return every column the audit can use, those in the file first within each kind."""
    made = reading.made if reading is not None else None
    marked = Counter(one.column for one in made.problems) if made is not None else Counter()
    rows = []
    for target in targets(draft.profile):
        found = draft.mapping.of(target.name)
        if found is None:
            rows.append(FieldRow(target.name, target.label, "–", _lacking(target, draft), ""))
            continue
        said = [tr("to be answered")] if found.asked else []
        if cells := marked[found.heading]:
            said.append(tr("⚠ 1 cell") if cells == 1 else tr("⚠ {n} cells").format(n=count(cells)))
        why = why_words(found, target)
        if found.opposite:
            why = tr("{why}; read the other way round").format(why=why)
        rows.append(FieldRow(target.name, target.label, found.heading, why, " · ".join(said)))
    return tuple(rows)


def why_words(found: Assigned, target: Target) -> str:
    """Return why a column was taken; a heading that is the audit's own words is not another."""
    if found.why == "synonym" and compared(found.heading) == compared(target.label):
        return WHY_WORDS["name"]
    return WHY_WORDS[found.why]


def field_said(draft: Draft, name: str) -> FieldSaid:
    """Return what can be corrected of one column."""
    target = next(one for one in targets(draft.profile) if one.name == name)
    found = draft.mapping.of(name)
    texts = unread_texts(draft.sheet, found, target) if _coded(target) and found else ()
    codes = tuple((code, f"{words} ({code})") for code, words in labels_of(target).items())
    choices: tuple[tuple[str, str], ...] = ()
    choice = ""
    if found is not None and target.kind == "date":
        choices, choice = answers("date order"), found.date_order
    if found is not None and target.kind == "risk":
        choices, choice = answers("scale"), found.scale
    if found is not None and target.role == "outcome" and target.kind == "flag":
        choices, choice = answers("sense"), taken(found, "sense")
    measured = found is not None and target.kind in ("number", "integer")
    return FieldSaid(
        target=name,
        title=target.label,
        columns=((NOT_IN_FILE, tr("Not in the file")), *_columns(draft)),
        column=str(found.column) if found is not None else NOT_IN_FILE,
        choices=choices,
        choice=choice,
        texts=texts[:MOST_TEXTS],
        more=len(texts[MOST_TEXTS:]),
        codes=(*codes, ("", tr("nothing known"))) if texts else (),
        factor=found.factor if found is not None and measured else None,
        unit=target.unit or "",
    )


def leaving(draft: Draft) -> tuple[str, ...]:
    """Return, for each column that identifies patients, what becomes of it; then the rest."""
    asked = {one.name for one in targets(draft.profile)}
    takes_number = any(one.identifying and one.kind == "text" for one in targets(draft.profile))
    said = [
        f"“{one.heading}” ({LABELS[one.kind]}): {_becomes(one, draft, asked, takes_number)}."
        for one in draft.mapping.identifiers
    ]
    used = {one.column for one in draft.mapping.columns}
    used |= {one.column for one in draft.mapping.identifiers}
    if others := len(draft.sheet.names) - len(used):
        one = tr("1 more column is not asked for by this audit: left out.")
        several = tr("{n} more columns are not asked for by this audit: left out.")
        said.append(one if others == 1 else several.format(n=count(others)))
    return tuple(said)


def _coded(target: Target) -> bool:
    return target.kind in ("code", "flag")


def _columns(draft: Draft) -> Iterator[tuple[str, str]]:
    used = {one.column for one in draft.mapping.columns}
    for place, heading in enumerate(draft.sheet.names):
        identifier = draft.mapping.identifier(place)
        said = [f"{place + 1}. {heading}"]
        if identifier is not None:
            said.append(LABELS[identifier.kind])
        if place in used:
            said.append(tr("in use"))
        yield str(place), " · ".join(said)


def _lacking(target: Target, draft: Draft) -> str:
    if target.role == OPERATED_ON:
        return tr("needed: nothing can be imported without it")
    if target.role == SURGEON:
        return tr("not in the file: every row is taken as yours")
    if target.role == CASE_ID:
        return tr("not in the file: cases are named by their row")
    born = any(one.kind == "birth_date" for one in draft.mapping.identifiers)
    if target.name == AGE and born:
        return tr("worked out from the date of birth")
    numbered = any(one.kind in NUMBERS for one in draft.mapping.identifiers)
    if target.identifying and target.kind == "text" and numbered:
        return tr("a study number in place of the patient’s")
    return tr("not in the file")


def _becomes(one: Identifier, draft: Draft, asked: set[str], takes_number: bool) -> str:
    if one.kind == "birth_date" and AGE in asked and draft.mapping.of(AGE) is None:
        return tr("becomes the age at the operation")
    if one.kind in NUMBERS and takes_number:
        return tr("becomes a study number that cannot be traced back to the patient")
    return tr("left out")
