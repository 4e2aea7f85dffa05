"""Every kind of outcome and every trust state that an extract may have becomes a document."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.extract.manifest import Limits
from core.flow import Review
from core.report.evidence import evidence_bytes, read_evidence
from core.report.pages.appraisal import appraisal
from core.report.pages.content import BANNERS
from core.report.pages.document import Grid
from core.report.pages.pdf import pdf_bytes
from core.results.options import AUDIT_METHOD as OPTIONS
from core.sealing.trust import TrustState
from tests.core import made_review
from tests.core.made_review import CHOICES, NOTHING, QUICK
from tests.desktop.made_up import emptied_review, made_up_review, varied_review

KINDS: dict[str, Callable[[], Review]] = {
    "no deaths": lambda: made_up_review(events=0),
    "one case": lambda: few(1),
    "nine cases": lambda: few(9),
    "favourable": lambda: varied_review(direction="favourable"),
    "too few": lambda: varied_review(minimum_cases=1000),
    "a count for each case": lambda: varied_review(kind="ratio"),
    "continuous": lambda: varied_review(kind="continuous"),
    "own risks": lambda: varied_review(limits=Limits(model="poisson_binomial")),
    "no outcome known": lambda: emptied_review("outcome.death"),
}
IN_FULL = {"no deaths", "one case", "nine cases", "no outcome known"}


def few(cases: int) -> Review:
    """Return a review of so few cases that hardly anything may be shown over time."""
    found = made_up_review(events=0)
    kept = found.extract.cases.iloc[:cases].reset_index(drop=True)
    fewer = replace(found, extract=replace(found.extract, cases=kept))
    return replace(fewer, results=tuple(fewer.measure(one.code, OPTIONS) for one in found.results))


@pytest.mark.parametrize("rule", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_it_becomes_a_document(kind, rule):
    choices = CHOICES if kind in IN_FULL else QUICK
    made, evidence = appraisal(KINDS[kind](), NOTHING, replace(choices, small_numbers=rule))
    assert pdf_bytes(made, evidence_bytes(evidence)).startswith(b"%PDF-")
    assert read_evidence(evidence_bytes(evidence)) == evidence
    grids = [one for part in made.sections for one in part.blocks if isinstance(one, Grid)]
    cells = " ".join(cell for grid in grids for row in grid.rows for cell in row)
    shown = [one.shown for part in evidence.extracts[0].outcomes for one in part.figures]
    assert [words for words in shown if words is not None and words not in cells] == []


@pytest.mark.parametrize("state", TrustState)
def test_every_state_but_verified_is_said_on_every_page(state):
    review = made_review.review()
    verdict = replace(review.extract.verdict, state=state)
    other = replace(review, extract=replace(review.extract, verdict=verdict))
    made, evidence = appraisal(other, NOTHING, replace(QUICK, outcomes=("death",)))
    assert made.banner == BANNERS[state]
    assert bool(made.banner) == (state is not TrustState.VERIFIED)
    assert evidence.extracts[0].verification == str(state)
