"""What a draft gives: its counts, every problem, and the first rows; plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.intake.preview import PreviewCell, labels_of
from core.intake.sense import adverse_label
from core.intake.targets import Target, targets
from core.intake.translation import HIDDEN
from core.results.wording import count, day, percent
from desktop.screens.import_file.draft import Draft, Reading
from desktop.translation import tr

MOST_PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class PreviewSaid:
    """The first rows: headings with the file's own below, and cells as (words, what is wrong)."""

    headings: tuple[str, ...]
    rows: tuple[int, ...]
    cells: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class ReadingSaid:
    """What the draft gives; `problems` are (row, column, words)."""

    outcome: str
    ready: bool
    counts: tuple[str, ...]
    problems: tuple[tuple[int, str, str], ...]
    more: int
    preview: PreviewSaid


def reading_said(draft: Draft, reading: Reading) -> ReadingSaid:
    """Return what the draft gives."""
    made = reading.made
    problems = made.problems if made is not None else ()
    return ReadingSaid(
        outcome="\n".join(filter(None, (_outcome(draft, reading), *_warnings(reading)))),
        ready=made is not None and _counts(draft),
        counts=tuple(_counts_words(reading)),
        problems=tuple((one.row, one.column, one.why) for one in problems[:MOST_PROBLEMS]),
        more=len(problems[MOST_PROBLEMS:]),
        preview=_preview(reading),
    )


def outcomes(draft: Draft) -> tuple[tuple[str, str], ...]:
    """Return the counted outcomes of the audit as (code, its adverse event's name)."""
    rules = draft.profile.outcomes
    return tuple((one.code, adverse_label(one)) for one in rules if one.kind != "continuous")


def _counts(draft: Draft) -> bool:
    """Whether an outcome has a column, by now perhaps by hand."""
    return any(
        one.role == "outcome" and draft.mapping.of(one.name) for one in targets(draft.profile)
    )


def _outcome(draft: Draft, reading: Reading) -> str:
    if reading.problem is not None:
        return f"{reading.problem.message} {reading.problem.hint}"
    if not _counts(draft):
        return tr("No column is read as an outcome of this audit. Choose one under Columns.")
    return ""


def _counts_words(reading: Reading) -> Iterator[str]:
    made = reading.made
    if made is None:
        return
    said = (
        (len(made.places), tr("1 case is yours."), tr("{n} cases are yours.")),
        (
            made.others,
            tr("1 row is another surgeon’s and is left out."),
            tr("{n} rows are other surgeons’ and are left out."),
        ),
        (
            made.unnamed,
            tr("1 row names no surgeon and is left out."),
            tr("{n} rows name no surgeon and are left out."),
        ),
        (
            made.unread,
            tr("1 row has no readable date of operation and is left out."),
            tr("{n} rows have no readable date of operation and are left out."),
        ),
        (len(made.problems), tr("⚠ 1 cell is marked."), tr("⚠ {n} cells are marked.")),
    )
    for place, (number, one, several) in enumerate(said):
        if number or not place:
            yield one if number == 1 else several.format(n=count(number))
    yield from made.remarks


def _warnings(reading: Reading) -> Iterator[str]:
    for words in reading.made.warnings if reading.made is not None else ():
        yield f"⚠ {words}"


def _preview(reading: Reading) -> PreviewSaid:
    shown = reading.preview
    targets = [target for target, _ in shown.columns]
    return PreviewSaid(
        headings=tuple(target.label for target in targets),
        rows=shown.rows,
        cells=tuple(
            tuple(
                (_words(cell, target), cell.why) for cell, target in zip(row, targets, strict=True)
            )
            for row in shown.cells
        ),
    )


def _words(cell: PreviewCell, target: Target) -> str:
    """What stands in the file, and what it is read as where that is other."""
    if cell.why:
        words = tr("emptied") if cell.why == HIDDEN else cell.text or tr("empty")
        return f"⚠ {words}"
    read = cell.read and _read_words(cell.read, target)
    same = read.casefold() in ("", cell.text.casefold())
    return cell.text if same else f"{cell.text} → {read}"


def _read_words(read: str, target: Target) -> str:
    if target.kind == "date":
        return day(date.fromisoformat(read))
    return percent(float(read), 2) if target.kind == "risk" else labels_of(target).get(read, read)
