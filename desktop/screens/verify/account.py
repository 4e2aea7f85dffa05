"""A verification in the words of the screen: four answers, a fact sheet, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.report.evidence import Value
from core.report.verifying.register import standing
from core.report.verifying.verify_words import QUESTIONS, difference_words
from core.results.wording import stated_day, stated_moment
from core.results.words import POSITION_WORDS
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.report.verifying.verification import ExtractFacts, OutcomeFacts, Verification

SHOWN = {
    "cases": QT_TR_NOOP("cases {n}"),
    "observed": QT_TR_NOOP("observed {n}"),
    "expected": QT_TR_NOOP("expected {n}"),
    "ratio": QT_TR_NOOP("ratio {n}"),
}
NEWEST = QT_TR_NOOP(
    "Whether the audit has issued a newer edition cannot be known on this computer."
)
STATED = QT_TR_NOOP("{time}. The time of signing is stated by the signer; it is not proven.")


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and its answer; one that does not hold asks for attention."""

    question: str
    words: str
    attention: bool


@dataclass(frozen=True, slots=True)
class FactSheet:
    """What one audit's statement says: a heading, its source, its worth, a line an outcome."""

    heading: str
    source: str
    advice: str
    outcomes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that is shown of one document; its sheets of figures say what to rely on."""

    name: str
    title: str
    doctor: str
    answers: tuple[Answer, ...]
    advice: str
    findings: tuple[str, ...]
    differences: tuple[str, ...]
    sheets: tuple[FactSheet, ...]
    left_out: tuple[str, ...]
    signer: tuple[tuple[str, str], ...]
    changed_certificate: bool


def account(name: str, found: Verification) -> Account:
    """Return what is shown of the document called `name`."""
    differences = map(difference_words, found.differences)
    sheets = tuple(_sheet(one) for one in found.extracts)
    return Account(
        name=name,
        title=found.title or name,
        doctor=_doctor(found),
        answers=_answers(found),
        advice="" if any(sheet.advice for sheet in sheets) else found.advice,
        findings=found.findings,
        differences=tuple(words for words in differences if words not in found.findings),
        sheets=sheets,
        left_out=(*found.left_out, *found.changes),
        signer=_signer(found),
        changed_certificate=found.signer.remembered == "changed",
    )


def row(name: str, found: Verification) -> tuple[str, ...]:
    """Return the document's line in a list: attention, doctor, file and short answers."""
    return (
        standing(found).words,
        f"{found.doctor} {found.gmc}".strip() or "–",
        name,
        found.unchanged_words.split(":")[0],
        found.signed_by_words.split(":")[0],
        found.issued_words.split(":")[0],
        found.figures_words.split(":")[0],
    )


def _doctor(found: Verification) -> str:
    if not found.doctor:
        return ""
    return tr("{name}, GMC {gmc}").format(name=found.doctor, gmc=found.gmc)


def _answers(found: Verification) -> tuple[Answer, ...]:
    said = (
        (found.unchanged_words, found.unchanged == "yes"),
        (found.signed_by_words, found.signed_by != "nobody" and not found.other_key),
        (found.issued_words, found.issued in ("yes", "example")),
        (found.figures_words, found.figures == "yes"),
    )
    return tuple(
        Answer(question, words, not holds)
        for question, (words, holds) in zip(QUESTIONS, said, strict=True)
    )


def _sheet(facts: ExtractFacts) -> FactSheet:
    start, end = map(stated_day, facts.period)
    source = [tr("Edition {n}.").format(n=facts.edition_number)]
    if facts.issued_at:
        said = tr("Data as at {day}, follow-up to {followed}.")
        issued, followed = stated_day(facts.issued_at), stated_day(facts.follow_up_to)
        source.append(said.format(day=issued, followed=followed))
    heading = tr("{audit}, {start} to {end}")
    return FactSheet(
        heading=heading.format(audit=facts.audit, start=start, end=end),
        source=" ".join((*source, tr(NEWEST))),
        advice=facts.advice,
        outcomes=tuple(_outcome(one) for one in facts.outcomes),
    )


def _outcome(facts: OutcomeFacts) -> tuple[str, str, str]:
    known = {fact.figure: fact.value for fact in facts.facts}
    stated = [key for key in SHOWN if known.get(key) not in (None, "")]
    said = [tr(SHOWN[key]).format(n=_number(known[key])) for key in stated]
    place = POSITION_WORDS.get(facts.position) if facts.position else None  # type: ignore[call-overload]
    remarks = [place or tr("No position")]
    if not facts.chosen:
        remarks.append(tr("not shown in the document"))
    if facts.reflected is not None:
        reflected, silent = tr("reflected on"), tr("no reflection in the document")
        remarks.append(reflected if facts.reflected else silent)
    return facts.label, " · ".join(said), " · ".join(remarks)


def _number(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _signer(found: Verification) -> tuple[tuple[str, str], ...]:
    signer = found.signer
    if not signer.fingerprint:
        return ()
    mark = " ".join(signer.fingerprint[at : at + 8] for at in range(0, 64, 8))
    rows = [(tr("Name in the certificate"), signer.name), (tr("Certificate SHA-256"), mark)]
    if signer.stated_at:
        rows.append((tr("Signed"), tr(STATED).format(time=stated_moment(signer.stated_at))))
    return tuple(rows)
