"""What every sheet of the workbook says alike: its title, whose it is, and where from."""

from core.flow import Review
from core.report.choices import Choices
from core.report.disclosure import SMALL_NUMBERS
from core.report.pages.content import BANNERS, footer
from core.report.workbooks.cells import Heading
from core.results.outcome import OutcomeResult

COUNT, AMOUNT, RATE, PROBABILITY = "#,##0", "#,##0.00", "0.0%", "0.0000"


def heading(review: Review, choices: Choices, title: str, *sentences: str) -> Heading:
    """Return the heading of a sheet."""
    extract = review.extract
    banner = BANNERS[extract.verdict.state]
    rule = (SMALL_NUMBERS,) if choices.small_numbers else ()
    whose = footer(extract.manifest, extract.verdict).splitlines()
    return Heading(title, (*whose, *sentences, *rule), banner=banner, attention=banner)


def shown(review: Review, choices: Choices) -> tuple[OutcomeResult, ...]:
    """Return the results of the chosen outcomes, in the audit's order."""
    return tuple(result for result in review.results if choices.shows(result.code))
