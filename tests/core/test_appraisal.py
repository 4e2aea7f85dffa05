"""The appraisal document: what it says, what it leaves out, and where each figure is from."""

import base64
import re
from dataclasses import replace

import msgspec
import pytest

from core.charts.funnel import draw_funnel
from core.charts.palette import PRINT
from core.extract.manifest import read_manifest
from core.report.choices import Choices
from core.report.evidence import Evidence, evidence_bytes, read_evidence
from core.report.pages.appraisal import appraisal
from core.report.pages.content_end import LAST_WORDS
from core.report.pages.document import Document, Facts, Grid, Paragraph, Picture, Points
from core.report.pages.marks import funnel_marks, in_blocks, time_marks
from core.results.blocks import LEAST, time_blocks
from core.results.words import position_label
from core.review.what_if import LABEL
from tests.core.made_review import AT, CHOICES, NOTHING, QUICK, SECRET_NOTE, document, review, state

SMALL = re.compile(r"\b(409|403|24 (?:returns|of))\b")


def words(made: Document) -> str:
    """Return all that the document prints, pictures by their alternatives."""
    found = [made.title, made.subtitle, made.footer, made.portal_words]
    for section in made.sections:
        found.append(section.heading)
        for block in section.blocks:
            match block:
                case Paragraph():
                    found.append(block.text)
                case Points():
                    found += block.items
                case Facts():
                    found += [part for pair in block.pairs for part in pair]
                case Grid():
                    found += [block.caption, *block.headings]
                    found += [cell for row in block.rows for cell in row]
                case Picture():
                    found += [block.caption, block.alternative]
    return "\n".join(found)


def page_one(made: Document) -> str:
    return words(replace(made, sections=made.sections[:2]))


def pictures(made: Document) -> list[Picture]:
    return [one for part in made.sections for one in part.blocks if isinstance(one, Picture)]


def test_page_one_lists_every_outcome_with_its_position():
    made, _ = appraisal(review(), NOTHING, replace(QUICK, outcomes=("death",)))
    text = page_one(made)
    for result in review().results:
        assert result.label in text
        assert position_label(result) in text
    assert text.count("Not shown in this document") == len(review().results) - 1
    manifest = review().extract.manifest
    for said in (manifest.surgeon.gmc, manifest.surgeon.name, manifest.audit.name, "FICTIONAL"):
        assert said in text


def test_the_audits_words_are_quoted():
    text = words(document()[0])
    manifest = review().extract.manifest
    assert manifest.attribution in text
    assert all(outcome.definition in text for outcome in manifest.outcomes)


@pytest.mark.parametrize(("rule", "least"), [(False, 50), (True, 25)])
def test_every_figure_shown_is_in_a_table(rule, least):
    made, evidence = appraisal(review(), state(), replace(CHOICES, small_numbers=rule))
    grids = [one for part in made.sections for one in part.blocks if isinstance(one, Grid)]
    cells = " ".join(cell for grid in grids for row in grid.rows for cell in row)
    shown = [
        figure.shown
        for part in evidence.extracts[0].outcomes
        for figure in part.figures
        if figure.shown is not None
    ]
    assert len(shown) > least
    assert [words for words in shown if words not in cells] == []


def test_issued_figures_are_those_of_the_signed_manifest():
    part = document()[1].extracts[0]
    assert base64.b64decode(part.manifest or "") == review().extract.manifest_bytes
    assert base64.b64decode(part.signature or "") == review().extract.signature
    manifest = read_manifest(base64.b64decode(part.manifest or ""))
    for outcome in part.outcomes:
        issued = manifest.outcome(outcome.code).issued
        assert issued is not None
        by_name = {figure.name: figure for figure in outcome.figures}
        assert outcome.position == issued.position
        for name in ("cases", "observed", "expected", "p_upper", "position"):
            assert by_name[name].standing == "issued"
            assert by_name[name].value == pytest.approx(getattr(issued, name))
        assert by_name["ratio"].standing == "derived"
        assert by_name["power.double_rate_alert"].standing == "surgeon"


def test_a_figure_that_differs_from_the_manifest_is_not_called_issued():
    extract = review().extract
    first, *rest = extract.manifest.outcomes
    assert first.issued is not None
    other = msgspec.structs.replace(first.issued, p_upper=first.issued.p_upper / 2)
    outcomes = (msgspec.structs.replace(first, issued=other), *rest)
    manifest = msgspec.structs.replace(extract.manifest, outcomes=outcomes)
    changed = replace(review(), extract=replace(extract, manifest=manifest))
    _, evidence = appraisal(changed, NOTHING, QUICK)
    figures = {figure.name: figure for figure in evidence.extracts[0].outcomes[0].figures}
    assert figures["p_upper"].standing == "surgeon"
    assert figures["p_lower"].standing == "issued"


def test_an_unsigned_extract_has_no_issued_figure():
    unsigned = replace(review(), extract=replace(review().extract, signature=None))
    _, evidence = appraisal(unsigned, NOTHING, QUICK)
    figures = [one for part in evidence.extracts[0].outcomes for one in part.figures]
    assert {figure.standing for figure in figures} == {"surgeon"}


def test_an_outcome_that_is_not_chosen_gives_its_position_alone():
    _, evidence = appraisal(review(), NOTHING, replace(QUICK, outcomes=("death",)))
    hidden = next(part for part in evidence.extracts[0].outcomes if not part.chosen)
    assert [figure.name for figure in hidden.figures] == ["position"]
    assert any(hidden.label in said for said in evidence.left_out)


def test_evidence_survives_reading():
    _, evidence = document()
    assert read_evidence(evidence_bytes(evidence)) == evidence


def leaves() -> str:
    made, evidence = document()
    drawn = "".join(picture.svg.decode() for picture in pictures(made))
    told = msgspec.structs.replace(evidence.extracts[0], manifest=None)
    slim: Evidence = msgspec.structs.replace(evidence, extracts=(told,))
    return words(made) + drawn + evidence_bytes(slim).decode()


def test_no_case_id_and_no_identifying_value_leaves():
    cases, fields = review().extract.cases, review().extract.manifest.fields
    text = leaves()
    assert not [case for case in cases["case_id"] if case in text]
    for field in fields:
        if field.identifying and field.type in ("text", "code"):
            values = cases[field.name].dropna().astype(str)
            assert len(values) > 0
            assert not [value for value in values if value in text]


def test_a_note_on_a_case_leaves_in_its_wording_alone():
    text = words(document()[0])
    assert "was a redo." in text
    assert "On the mark." in text


@pytest.mark.parametrize("choice", [{}, {"small_numbers": True}, {"over_time": False}])
def test_every_chosen_note_is_printed_once(choice):
    text = words(appraisal(review(), state(), replace(CHOICES, **choice))[0])
    for said in ("On the mark.", "On a stretch.", "On a signal.", "was a redo."):
        assert text.count(said) == 1


def test_a_note_that_is_left_out_leaves_no_trace():
    assert SECRET_NOTE not in leaves()
    assert any("notes" in said for said in document()[1].left_out)


def test_reflection_is_told_by_outcome():
    told = {part.code: part.reflected for part in document()[1].extracts[0].outcomes}
    assert told == {"death": True, "return_bleeding": False}


def test_no_block_holds_few_cases_and_none_is_lost():
    shown = review().over_time("death")
    for unit, size in (("month", 25), ("cases", 10), ("cases", 40), ("cases", 3)):
        blocks = time_blocks(shown, unit, size)
        assert min(block.cases for block in blocks) >= LEAST
        assert sum(block.cases for block in blocks) == len(shown.rows)
        assert sum(block.observed for block in blocks) == shown.events.sum()
        assert sum(block.expected for block in blocks) == pytest.approx(shown.risks.sum())
        assert blocks[-1].vlad == pytest.approx(shown.risks.sum() - shown.events.sum())
        assert [block.after for block in blocks[:-1]] == [block.first for block in blocks[1:]]


def test_a_month_is_never_cut():
    shown = review().over_time("death")
    months = shown.days.astype("datetime64[M]")
    edges = [block.first for block in time_blocks(shown, "month")[1:]]
    assert all(months[edge - 1] != months[edge] for edge in edges)


def test_a_printed_mark_covers_whole_blocks():
    shown = review().over_time("death")
    blocks = time_blocks(shown, "month")
    edges = {block.first for block in blocks} | {block.after for block in blocks}
    marks = in_blocks(time_marks(state().notes.values(), shown), blocks)
    assert {mark.number for mark in marks} == {2, 3}
    for mark in marks:
        assert {mark.x0, mark.x1} <= edges
        assert mark.x1 - mark.x0 >= LEAST


def test_pinned_notes_are_numbered_on_the_pictures():
    drawn = [picture.svg.decode() for picture in pictures(document()[0])]
    for number in (1, 2, 3):
        assert sum(f'id="note-{number}"' in svg for svg in drawn) == 1
    assert not any('id="note-5"' in svg for svg in drawn)


def test_no_picture_holds_as_many_points_as_there_are_cases():
    cases = len(review().over_time("death").rows)
    for picture in pictures(document()[0]):
        if "Funnel plot" in picture.alternative:
            continue
        paths = re.findall(r' d="([^"]*)"', picture.svg.decode())
        assert max(len(re.findall("[ML]", path)) for path in paths) < cases / 2


def test_the_small_number_rule_hides_counts_pictures_and_the_manifest():
    made, evidence = appraisal(review(), state(), replace(CHOICES, small_numbers=True))
    assert pictures(made) == []
    assert evidence.small_numbers is not None
    part = evidence.extracts[0]
    assert (part.manifest, part.signature, part.issuer) == (None, None, None)
    for outcome in part.outcomes:
        figures = {figure.name: figure for figure in outcome.figures}
        assert "expected" not in figures
        assert "crude_rate" not in figures
        for name in ("cases", "observed", "left_out.missing_outcome"):
            value = str(figures[name].value).replace(",", "")
            assert value == "*" or int(value) % 5 == 0
    text = words(made)
    assert "10 of your" not in text
    assert SMALL.search(text) is None


def test_everything_can_be_left_away():
    bare = Choices(
        made_at=AT,
        over_time=False,
        case_mix=False,
        quality=False,
        notes=False,
        reflection=False,
        queries=False,
        what_if=False,
    )
    made, evidence = appraisal(review(), state(), bare)
    headings = [section.heading for section in made.sections]
    shown = {"Over time", "Case-mix", "Data quality", "Reflection", "Correction requests"}
    assert not shown & set(headings)
    assert len(evidence.left_out) >= 6
    assert evidence.changes == ()


def test_a_what_if_is_labelled():
    made, evidence = document()
    part = next(section for section in made.sections if section.heading == "What-if")
    first = part.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text.startswith(LABEL)
    assert len(evidence.changes) == len(review().results)
    assert all(said.startswith(LABEL) for said in evidence.changes)


def test_the_last_words_are_for_a_reader_without_plumbline():
    last = document()[0].sections[-1].blocks[-1]
    assert isinstance(last, Paragraph)
    assert last.text == LAST_WORDS


def test_the_file_name_is_ascii():
    assert re.fullmatch(r"[A-Za-z0-9.-]+\.pdf", document()[0].file_name)


def test_a_mark_on_the_funnel_adds_itself_alone():
    shown = review().funnel("death")
    marks = funnel_marks(state().notes.values(), "death")
    without = draw_funnel(shown, PRINT).axes[0].texts
    assert len(draw_funnel(shown, PRINT, marks=marks).axes[0].texts) == len(without) + 1
