"""The sheets of words: notes and reflection, actions, methods, and where the figures are from."""

from collections.abc import Iterator

from openpyxl import Workbook

from core.extract.manifest import Manifest, Outcome
from core.flow import Review
from core.report.choices import Choices
from core.report.disclosure import withhold
from core.report.own_words import OwnWords
from core.report.pages.content import LEVELS, period, program
from core.report.workbooks.cells import Column, Line, fill, new_table
from core.report.workbooks.workbook_page import heading, shown
from core.results.line_words import whose_line
from core.results.origin_words import origin_words, without_numbers
from core.results.outcome import OutcomeResult
from core.results.trust_words import TOOLTIP, trust_label
from core.results.wording import level_in_words, moment
from core.results.words import centre_words, interval_words, method, missed
from core.review.notes import DOMAINS
from core.review.reflection import ACTION_KINDS, PARTS

NOTES, ACTIONS, METHODS, PROVENANCE = "Notes", "Actions", "Methods", "Provenance"
OWN = "The words on this sheet are the surgeon’s own. The audit’s figures are not changed by them."
NO_NOTES = "No note or reflection is shown."
NO_ACTIONS = "No action is shown."
HIDDEN = "There are notes or reflections that this workbook does not show."
RELY = (
    "This workbook is for working with the figures. It carries no seal and no evidence: a receiver "
    "can rely on the signed document alone."
)
PLACES = {
    "OnCase": "on one case",
    "OnOutcome": "on the outcome",
    "OnStretch": "on a stretch of cases over time",
    "OnSignal": "on a signal over time",
    "OnMark": "on the own point in the funnel",
}


def add_notes(book: Workbook, review: Review, choices: Choices, said: OwnWords) -> None:
    """Add the notes and reflections that the choices let be shown."""
    columns = (
        Column("What", 18),
        Column("Outcome", 26),
        Column("About", 26),
        Column("Words", 90),
        Column("Tags", 20),
        Column("Domains", 30),
    )
    lines = [*_notes(review, said), *_reflections(review, said)]
    hidden = (HIDDEN,) if said.hidden_notes or said.hidden_reflections else ()
    told = heading(review, choices, NOTES, OWN, *hidden, *(() if lines else (NO_NOTES,)))
    sheet, row = new_table(book, NOTES, told, columns)
    fill(sheet, row, columns, lines)


def add_actions(book: Workbook, review: Review, choices: Choices, said: OwnWords) -> None:
    """Add the actions and items of the development plan."""
    columns = (
        Column("Kind", 18),
        Column("Outcome", 26),
        Column("What", 90),
        Column("By", 18),
        Column("Done", 18),
    )
    labels = _labels(review)
    lines = [
        (ACTION_KINDS[action.kind], labels[action.outcome], action.text, action.due, action.done)
        for action in said.actions
    ]
    told = heading(review, choices, ACTIONS, OWN, *(() if lines else (NO_ACTIONS,)))
    sheet, row = new_table(book, ACTIONS, told, columns)
    fill(sheet, row, columns, lines)


def add_methods(book: Workbook, review: Review, choices: Choices) -> None:
    """Add how each chosen outcome is defined and measured, in the audit's words."""
    columns = (Column("Outcome", 30), Column("What", 30), Column("Words", 100))
    manifest = review.extract.manifest
    lines: list[Line] = [("All outcomes", "Attribution", manifest.attribution)]
    for rule in manifest.exclusions:
        number = withhold(rule.count) if choices.small_numbers else rule.count
        which = ", ".join(_labels(review).get(code, code) for code in rule.outcomes)
        cases = f"Cases: {number:.0f}" if isinstance(number, float | int) else f"Cases: {number}"
        lines.append((which or "All outcomes", "Exclusion", f"{rule.words} {cases}."))
    for result in shown(review, choices):
        lines += _method(result, manifest.outcome(result.code))
    sheet, row = new_table(book, METHODS, heading(review, choices, METHODS), columns)
    fill(sheet, row, columns, lines)


def add_provenance(book: Workbook, review: Review, choices: Choices) -> None:
    """Add where the figures are from and what was chosen."""
    columns = (Column("What", 34), Column("Words", 110))
    told = heading(review, choices, PROVENANCE, RELY, TOOLTIP)
    sheet, row = new_table(book, PROVENANCE, told, columns)
    fill(sheet, row, columns, [*_origin(review, choices), *_chosen(review, choices)])


def _labels(review: Review) -> dict[str | None, str]:
    return {None: "All", **{result.code: result.label for result in review.results}}


def _notes(review: Review, said: OwnWords) -> Iterator[Line]:
    labels = _labels(review)
    for note in said.notes:
        outcome = labels.get(getattr(note.anchor, "outcome", None), "")
        domains = ", ".join(DOMAINS[domain] for domain in note.domains)
        about = PLACES[type(note.anchor).__name__]
        yield f"Note {note.number}", outcome, about, note.text, ", ".join(note.tags), domains


def _reflections(review: Review, said: OwnWords) -> Iterator[Line]:
    for code, label in _labels(review).items():
        found = said.reflections.get(code)
        for part, words in PARTS.items():
            if found is not None and (text := getattr(found, part)).strip():
                yield "Reflection", label, words, text, None, None


def _method(result: OutcomeResult, outcome: Outcome) -> Iterator[Line]:
    complement = (
        "Numbers are those of its adverse complement." if outcome.direction == "favourable" else ""
    )
    risk = outcome.risk_source
    levels = ", ".join(level_in_words(limit.level) for limit in result.limits)
    step = outcome.recalibration
    facts = (
        ("Definition", outcome.definition),
        ("Direction", complement),
        ("Follow-up", f"{outcome.follow_up_days} days" if outcome.follow_up_days else ""),
        ("Risk", _supplied(result) if risk == "supplied" else f"model {risk}"),
        (
            "Recalibration",
            f"logit p′ = {step.intercept:g} + {step.slope:g} × logit p; "
            f"{result.line.recalibrated} ({step.source})"
            if step
            else "",
        ),
        ("Limits", f"{levels}: {method(result)}"),
        ("Interval", interval_words(result)),
        ("National line", centre_words(result)),
        ("Whose national line", _sentence(whose_line(result))),
        ("Minimum number of cases", str(outcome.minimum_cases or "")),
        ("What the chart would miss", _sentence(missed(result))),
    )
    return ((result.label, name, words) for name, words in facts if words)


def _supplied(result: OutcomeResult) -> str:
    issued = result.line.state == "issued"
    return "as the audit supplied it" if issued else "supplied by the imported file"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _origin(review: Review, choices: Choices) -> Iterator[Line]:
    extract = review.extract
    manifest, verdict = extract.manifest, extract.verdict
    yield "Surgeon", manifest.surgeon.name
    yield "GMC number", manifest.surgeon.gmc
    yield "Whose cases", LEVELS[manifest.level]
    yield "Audit", f"{manifest.audit.name}, {manifest.audit.organisation}"
    yield "Series", manifest.series
    yield "Edition", _edition(manifest)
    yield "Period of operation", period(manifest)
    yield "Follow-up to", manifest.follow_up_to
    yield "Data as at", manifest.issued_at.date()
    yield "Trust state", trust_label(verdict, manifest.audit.name)
    yield "Issuing certificate", verdict.issuer_name or "none: the extract is not signed"
    yield "Its fingerprint", verdict.fingerprint or "none"
    yield "SHA-256 of the sealed file", extract.digest
    said = origin_words(manifest)
    for words in without_numbers(said) if choices.small_numbers else said:
        yield "The imported file", words
    yield "Questions to the audit", manifest.contact.questions or "The extract names no contact."
    yield "Workbook made", moment(choices.made_at)
    yield "Made with", program()


def _edition(manifest: Manifest) -> str:
    instead = manifest.supersedes
    return f"{manifest.edition_number}" + (
        f", in place of {instead}" if instead is not None else ""
    )


def _chosen(review: Review, choices: Choices) -> Iterator[Line]:
    away = [result.label for result in review.results if not choices.shows(result.code)]
    yield "Outcomes not shown", ", ".join(away) or "none: every outcome is shown"
    for result in review.results:
        if remark := review.issued_words(result.code):
            yield f"Differs: {result.label}", remark
