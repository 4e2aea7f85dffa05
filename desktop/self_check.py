"""`plumbline --self-check`: does each thing once on made-up data, in memory, and says so."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version

from core.charts.funnel import draw_funnel
from core.charts.palette import LIGHT
from core.charts.style import render
from core.flow import Review
from core.issuing.example import example_signer
from core.report.choices import Choices
from core.report.kinds import KINDS, Request
from core.report.verifying.guarded import verify_guarded
from core.report.verifying.requests import Request as ToVerify
from core.results.trust_words import trust_label
from core.results.words import position_label
from core.review.state import replay
from core.sealing.trust import TrustStore, shipped_entries
from desktop.import_check import import_made_up
from desktop.opening import open_example


def self_check(show: Callable[[Review], None]) -> int:
    """Return 0; anything that fails raises. `show` puts the review on screen."""
    say(f"Plumbline {version('plumbline')}")
    review = open_example(lambda done, total, label: None)
    check_figures(review)
    check_documents(review)
    say(f"Imported a made-up encrypted workbook: {import_made_up()} cases")
    show(review)
    say("Showed the screens. Self-check passed.")
    return 0


def check_figures(review: Review) -> None:
    """Say where the example stands, and draw its first funnel."""
    manifest = review.extract.manifest
    say(f"Opened the example: {trust_label(review.extract.verdict, manifest.audit.name)}")
    for result in review.results:
        say(f"{result.label}: {result.cases} cases, {position_label(result)}")
    picture = render(draw_funnel(review.funnel(review.results[0].code), LIGHT), "png")
    say(f"Drew its funnel: {len(picture)} bytes")


def check_documents(review: Review) -> None:
    """Export the signed appraisal document, verify it in the other process; write a workbook.

    RuntimeError where the document does not verify.
    """
    choices = Choices(made_at=datetime.now(UTC).replace(microsecond=0))
    request = Request((review,), (replay(()),), choices, example_signer())
    pdf = KINDS["appraisal"][".pdf"](request)
    say(f"Exported its appraisal document, signed: {len(pdf)} bytes")
    found = verify_guarded(ToVerify(pdf), TrustStore(shipped_entries()))
    for words in (found.unchanged_words, found.issued_words, found.figures_words):
        say(f"Verified it: {words}")
    if not found.holds:
        raise RuntimeError("the document just made does not verify")
    workbook = KINDS["appraisal"][".xlsx"](request)
    say(f"Wrote its workbook: {len(workbook)} bytes")


def say(text: str) -> None:
    """Print a line where there is a terminal; a windowed bundle may have none."""
    print(text, flush=True)  # noqa: T201
