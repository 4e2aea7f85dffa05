"""What the file holds, which audit fits it, and what is still asked; plain values."""

from __future__ import annotations

from dataclasses import dataclass

from core.intake.mapping import QUESTIONS, Asked, Assigned
from core.intake.matching import Fit
from core.intake.reading.foreign import PATH, Protection
from core.intake.targets import targets
from core.results.wording import count, spaced
from desktop.screens.import_file.draft import Draft
from desktop.translation import QT_TR_NOOP, tr

PROTECTION: dict[Protection, str] = {
    "strong": QT_TR_NOOP("Encrypted"),
    "weak": QT_TR_NOOP("Weakly encrypted"),
    "none": QT_TR_NOOP("Not encrypted"),
}
ANSWERS: dict[Asked, tuple[str, ...]] = {
    "date order": ("day first", "month first"),
    "scale": ("fraction", "percent"),
    "column": ("yes",),
    "sense": ("opposite", "same"),
}
ANSWER_WORDS = {
    "day first": QT_TR_NOOP("Day first"),
    "month first": QT_TR_NOOP("Month first"),
    "fraction": QT_TR_NOOP("Fractions: 0.02"),
    "percent": QT_TR_NOOP("Percentages: 2"),
    "yes": QT_TR_NOOP("Yes, this column"),
    "opposite": QT_TR_NOOP("Turn it round: yes there is no here"),
    "same": QT_TR_NOOP("Leave it: yes there is yes here"),
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
    facts = tr("{protection} · {rows} rows of {columns} columns · SHA-256 {digest}").format(
        protection=tr(PROTECTION[foreign.protection]),
        rows=count(len(sheet.records)),
        columns=count(len(sheet.names)),
        digest=spaced(foreign.digest),
    )
    unread = tr("Hidden sheets, not read: {sheets}.").format(sheets=", ".join(hidden))
    return FileSaid(
        name=foreign.name,
        facts=facts,
        tables=tuple(
            (one.source, one.source.partition(PATH)[2] or one.source) for one in foreign.tables
        ),
        table=draft.table.source,
        hidden=unread if hidden else "",
        remarks=(*foreign.remarks, *draft.table.remarks, *draft.area),
    )


def audit_said(draft: Draft) -> AuditSaid:
    """Return which audits fit."""
    fit = draft.fit
    found = tr("Found: {columns}.").format(columns=", ".join(fit.found))
    missing = tr("Not found: {columns}.").format(columns=", ".join(fit.missing))
    return AuditSaid(
        offered=tuple((one.name, fit_words(one)) for one in draft.fits),
        chosen=draft.chosen,
        words=fit.words,
        found=found if fit.found else "",
        missing=missing if fit.missing else "",
    )


def fit_words(fit: Fit) -> str:
    """Return an audit, and how many of its columns were found."""
    words = tr("{audit} · {n} of {total}")
    total = len(fit.found) + len(fit.missing)
    return words.format(audit=fit.audit, n=len(fit.found), total=total)


def answers(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return what may be answered, as (key, words)."""
    return tuple((key, tr(ANSWER_WORDS[key])) for key in ANSWERS[asked])


def questions(draft: Draft) -> tuple[Question, ...]:
    """Return what is still to be answered."""
    labels = {one.name: one.label for one in targets(draft.profile)}
    words = tr("“{heading}”, read as {target}: {question}")
    return tuple(
        Question(
            target=found.target,
            asked=asked,
            words=words.format(
                heading=found.heading,
                target=labels.get(found.target, found.target),
                question=QUESTIONS[asked],
            ),
            answers=answers(asked),
            taken=taken(found, asked),
        )
        for found in draft.mapping.columns
        for asked in found.asked
    )


def taken(found: Assigned, asked: Asked) -> str:
    """Return the answer that is taken now."""
    sense = "opposite" if found.opposite else "same"
    answer: dict[Asked, str] = {
        "date order": found.date_order,
        "scale": found.scale,
        "column": "",
        "sense": sense,
    }
    return answer[asked]
