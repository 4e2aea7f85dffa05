"""What the file holds, which audit fits it, and what is still asked; plain values."""

from __future__ import annotations

from dataclasses import dataclass

from core.intake.mapping import QUESTIONS, Asked
from core.intake.reading.foreign import PATH, Protection
from core.intake.targets import targets
from core.results.wording import count
from desktop.screens.import_file.draft import Draft

PROTECTION: dict[Protection, str] = {
    "strong": "encrypted",
    "weak": "weakly encrypted",
    "none": "not encrypted",
}
ANSWERS: dict[Asked, tuple[tuple[str, str], ...]] = {
    "date order": (("day first", "Day first"), ("month first", "Month first")),
    "scale": (("fraction", "Fractions: 0.02"), ("percent", "Percentages: 2")),
    "column": (("yes", "Yes, this column"),),
}


@dataclass(frozen=True, slots=True)
class FileSaid:
    """What the file holds; `tables` are offered as (source, label)."""

    name: str
    facts: str
    tables: tuple[tuple[str, str], ...]
    table: str
    hidden: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditSaid:
    """Which audits fit, as (name, label) with the best first, and why the chosen one does."""

    offered: tuple[tuple[str, str], ...]
    chosen: str
    words: str
    found: str
    missing: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question still open: what is asked of which column, the answers, and what is taken now."""

    target: str
    asked: Asked
    words: str
    answers: tuple[tuple[str, str], ...]
    taken: str


def file_said(draft: Draft) -> FileSaid:
    """Return what the file holds."""
    foreign, sheet = draft.foreign, draft.sheet
    hidden = [source.rpartition(PATH)[2] for source in foreign.hidden]
    facts = (
        f"{PROTECTION[foreign.protection]} · {count(len(sheet.records))} rows of "
        f"{count(len(sheet.names))} columns · SHA-256 {spaced(foreign.digest)}"
    )
    return FileSaid(
        name=foreign.name,
        facts=facts[0].upper() + facts[1:],
        tables=tuple(
            (one.source, one.source.partition(PATH)[2] or one.source) for one in foreign.tables
        ),
        table=draft.table.source,
        hidden=f"Hidden sheets, not read: {', '.join(hidden)}." if hidden else "",
        remarks=(*foreign.remarks, *draft.table.remarks, *draft.area),
    )


def spaced(digest: str) -> str:
    """Return a digest in groups of eight, for reading aloud."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def audit_said(draft: Draft) -> AuditSaid:
    """Return which audits fit."""
    fit = draft.fit
    return AuditSaid(
        offered=tuple(
            (one.name, f"{one.audit} · {len(one.found)} of {len(one.found) + len(one.missing)}")
            for one in draft.fits
        ),
        chosen=draft.chosen,
        words=fit.words,
        found=f"Found: {', '.join(fit.found)}." if fit.found else "",
        missing=f"Not found: {', '.join(fit.missing)}." if fit.missing else "",
    )


def questions(draft: Draft) -> tuple[Question, ...]:
    """Return what is still to be answered."""
    labels = {one.name: one.label for one in targets(draft.profile)}
    return tuple(
        Question(
            target=found.target,
            asked=asked,
            words=f"“{found.heading}”, read as {labels.get(found.target, found.target)}: "
            f"{QUESTIONS[asked]}",
            answers=ANSWERS[asked],
            taken={"date order": found.date_order, "scale": found.scale, "column": ""}[asked],
        )
        for found in draft.mapping.columns
        for asked in found.asked
    )
