"""One outcome in the appraisal document: figures, pictures with their words, notes, method."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.figure import Figure as Drawing

from core.charts.blocks import describe_blocks, draw_blocks
from core.charts.calibration import describe_calibration, draw_calibration
from core.charts.case_mix import describe_case_mix, draw_case_mix
from core.charts.funnel import describe_funnel, draw_funnel
from core.charts.palette import PRINT
from core.charts.power import describe_power, draw_power
from core.charts.style import render
from core.extract.manifest import Outcome
from core.flow import Review
from core.report.choices import Choices
from core.report.evidence import OutcomeEvidence
from core.report.own_words import OwnWords
from core.report.pages.document import Block, Facts, Grid, Paragraph, Picture, Section
from core.report.pages.figures import STANDING_NOTE, figure_grid
from core.report.pages.marks import funnel_marks, in_blocks, time_marks
from core.results.blocks import LEAST, time_blocks
from core.results.case_mix import CaseMix
from core.results.origin_words import risk_words
from core.results.outcome import OutcomeResult
from core.results.over_time import OverTime, Side
from core.results.subset import Subset, subset, years
from core.results.wording import count, expected_count, month, ratio, span
from core.results.words import (
    bounds_words,
    centre_words,
    facts,
    method,
    missed,
    missed_rows,
    position_label,
    size_words,
)
from core.review.notes import Note, OnMark, OnSignal, OnStretch

ENOUGH_FOR_RISKS = 50
"""Fewer cases give no picture of risks: each mark would tell of too few."""
PARTS = (
    "Another selection than the audit’s: parts of the period. The audit gives limits for the whole "
    "only, so a part has no position; parts of few cases scatter widely by chance."
)
NO_PICTURES = "Pictures are not shown: they would tell the counts that the small-number rule hides."


def outcome_sections(
    review: Review, said: OwnWords, choices: Choices, evidence: OutcomeEvidence
) -> tuple[Section, ...]:
    """Return the sections of one chosen outcome."""
    result = review.result(evidence.code)
    outcome = review.extract.manifest.outcome(evidence.code)
    first = (
        Paragraph(position_label(result), "lead"),
        *_facts_line(result, choices),
        _method(review, result, outcome),
        figure_grid(result, evidence.figures),
        Paragraph(STANDING_NOTE, "small"),
        *_remarks(review, result),
    )
    sections = [Section(result.label, first, new_page=True)]
    if result.kind != "continuous" and not choices.small_numbers:
        sections += _pictures(review, result, said, choices)
    elif choices.small_numbers:
        sections.append(Section("Pictures", (Paragraph(NO_PICTURES),), level=2))
    pinned = _pinned(result, choices)
    rest = [note for note in said.about(result.code) if not isinstance(note.anchor, pinned)]
    if general := _notes(rest, object):
        sections.append(Section("Your notes on this outcome", general, level=2))
    return tuple(sections)


def _pinned(result: OutcomeResult, choices: Choices) -> tuple[type, ...]:
    """Return the anchors whose notes stand beside a picture; the others stand together."""
    if choices.small_numbers or result.kind == "continuous":
        return ()
    over_time = result.kind == "binary" and choices.over_time
    return (OnMark, OnStretch, OnSignal) if over_time else (OnMark,)


def _facts_line(result: OutcomeResult, choices: Choices) -> tuple[Block, ...]:
    return () if choices.small_numbers else (Paragraph(facts(result)),)


def _remarks(review: Review, result: OutcomeResult) -> tuple[Block, ...]:
    said = (review.issued_words(result.code), centre_words(result), bounds_words(result))
    styles = ("attention", "plain", "plain")
    return tuple(Paragraph(words, how) for words, how in zip(said, styles, strict=True) if words)


def _pictures(
    review: Review, result: OutcomeResult, said: OwnWords, choices: Choices
) -> list[Section]:
    notes = said.about(result.code)
    sections = [_funnel(review, result, notes), _missed(review, result)]
    if result.kind == "binary":
        if choices.over_time:
            sections.append(_over_time(review, result, notes, choices))
        if choices.case_mix:
            sections.append(_case_mix(review.case_mix(result.code)))
    parts = _parts(review, result.code)
    if parts is not None:
        sections.append(parts)
    return sections


def _svg(figure: Drawing) -> bytes:
    return render(figure, "svg")


def _notes(notes: Sequence[Note], *kinds: type) -> tuple[Block, ...]:
    """Return the notes of these anchors, each beside its number."""
    pairs = tuple(
        (f"Note {note.number}", note.text) for note in notes if isinstance(note.anchor, kinds)
    )
    return (Facts(pairs),) if pairs else ()


def _funnel(review: Review, result: OutcomeResult, notes: Sequence[Note]) -> Section:
    shown = review.funnel(result.code)
    drawn = draw_funnel(shown, PRINT, (7.6, 4.7), marks=funnel_marks(notes, result.code))
    caption = (
        f"{result.label}: observed ÷ expected against expected, with limits. "
        f"A diamond is you, dots are others in the audit. Limits: {method(result)}."
    )
    blocks = (Picture(_svg(drawn), describe_funnel(shown), caption), *_notes(notes, OnMark))
    return Section("The funnel", blocks, level=2)


def _missed(review: Review, result: OutcomeResult) -> Section:
    words = missed(result)
    blocks: list[Block] = [Paragraph(f"{words[0].upper()}{words[1:]} {size_words(result)}".strip())]
    rows = missed_rows(result)
    if rows:
        headings = ("Were the true rate", "No alert", "No alarm")
        lines = tuple((row.label, *row.values) for row in rows)
        blocks.append(Grid("How often this chart would have missed it", headings, lines, (1, 2)))
    power = review.detectability(result.code) if result.kind == "binary" else None
    if power is not None:
        caption = "How often the funnel would cross its lines, by the true rate"
        drawn = draw_power(power, PRINT, (6.6, 3.0))
        blocks.append(Picture(_svg(drawn), describe_power(power), caption, 0.86))
    return Section("What this chart would have missed", tuple(blocks), level=2)


def _over_time(
    review: Review, result: OutcomeResult, notes: Sequence[Note], choices: Choices
) -> Section:
    shown = review.over_time(result.code)
    blocks = time_blocks(shown, choices.time_unit, choices.block)
    if not blocks:
        words = f"Fewer than {LEAST} cases count, too few to show over time without showing cases."
        beside = _notes(notes, OnStretch, OnSignal)
        return Section("Over time", (Paragraph(words), *beside), level=2)
    marks = in_blocks(time_marks(notes, shown), blocks)
    drawn = draw_blocks(blocks, result, PRINT, (7.6, 5.0), marks=marks)
    unit = "months" if choices.time_unit == "month" else f"blocks of {choices.block} cases"
    caption = f"{result.label} over time, by {unit}; every block holds at least {LEAST} cases."
    said: list[Block] = [Picture(_svg(drawn), describe_blocks(blocks, result), caption)]
    said += _notes(notes, OnStretch, OnSignal)
    said.append(Paragraph(_signals(shown)))
    return Section("Over time", tuple(said), level=2)


def _signals(shown: OverTime) -> str:
    """Say in which months the CUSUM signalled."""
    parts = []
    sides: tuple[tuple[str, Side | None], ...] = (
        ("more events than expected", shown.worse),
        ("fewer events than expected", shown.better),
    )
    for meaning, side in sides:
        if side is None:
            parts.append(f"For {meaning} no CUSUM limit exists at these risks.")
            continue
        months = [
            month(one) for one in shown.days[side.chart.signals].astype("datetime64[D]").tolist()
        ]
        found = f"a signal in {', '.join(months)}" if months else "no signal"
        parts.append(f"CUSUM for {meaning}, case by case: {found}.")
    return " ".join(parts)


def _case_mix(mix: CaseMix) -> Section:
    blocks: list[Block] = [Paragraph(describe_case_mix(mix))]
    if len(mix.risks) >= ENOUGH_FOR_RISKS:
        coarse = replace(mix, risks=np.quantile(mix.risks, np.arange(1, 20) / 20))
        caption = "Predicted risk in twentieths of the cases, beside the nation’s"
        drawn = draw_case_mix(coarse, PRINT, (6.6, 3.2))
        blocks.append(Picture(_svg(drawn), describe_case_mix(mix), caption, 0.86))
        caption = "Observed against predicted, by fifths of the cases by risk"
        drawn = draw_calibration(mix, PRINT, (6.6, 3.6))
        blocks.append(Picture(_svg(drawn), describe_calibration(mix), caption, 0.86))
    return Section("Case-mix", tuple(blocks), level=2)


def _parts(review: Review, code: str) -> Section | None:
    extract = review.extract
    outcome, inclusion = extract.manifest.outcome(code), review.inclusion(code)
    named = years(extract.manifest.period, extract.cases)
    found = [subset(label, outcome, inclusion, rows) for label, rows in named]
    if len(found) < 2 or any(part.cases < LEAST for part in found):
        return None
    headings = ("Operated on", "Cases", "Observed", "Expected", "Ratio", "95\u202f% interval")
    rows = tuple(_part_row(part) for part in found)
    grid = Grid("Another selection: each year of the period", headings, rows, (1, 2, 3, 4, 5))
    return Section("By year", (Paragraph(PARTS), grid), level=2)


def _part_row(part: Subset) -> tuple[str, ...]:
    numbers = (part.label, count(part.cases), count(part.observed), expected_count(part.expected))
    if part.ratio is None or part.ratio_interval is None:
        return (*numbers, "–", "–")
    return (*numbers, ratio(part.ratio), span(*map(ratio, part.ratio_interval)))


def _method(review: Review, result: OutcomeResult, outcome: Outcome) -> Facts:
    manifest = review.extract.manifest
    risk = risk_words(outcome, manifest)
    step = outcome.recalibration
    if step is not None:
        risk += f", {result.line.recalibrated} ({step.source})"
    pairs = [
        ("The audit’s definition", f"“{outcome.definition}”"),
        ("The audit’s attribution", f"“{manifest.attribution}”"),
        ("Limits", method(result)),
        ("Risk", risk),
        ("Minimum number", f"{outcome.minimum_cases} cases" if outcome.minimum_cases else "none"),
    ]
    if outcome.follow_up_days is not None:
        pairs.insert(2, ("Follow-up", f"{outcome.follow_up_days} days"))
    return Facts(tuple(pairs))
