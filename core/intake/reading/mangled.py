"""What a spreadsheet program did to text before it was saved: told, never undone.

Source: Ziemann, Eren & El-Osta, Gene name errors are widespread in the scientific literature,
Genome Biology 2016;17:177 (dates); the 15-digit limit of IEEE 754 cells (numbers).
"""

import re
from collections.abc import Iterator

from core.intake.reading.foreign import Grid

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_SIGNS = {
    "hold a long number cut to a few digits, as 1.23E+11": re.compile(
        r"[+-]?\d(?:\.\d+)?E\+\d{2,3}"
    ),
    "hold a number of 15 digits or more that ends in zeros, as a spreadsheet cuts them": re.compile(
        r"\d{12,}0{3,}"
    ),
    "hold a day and month without a year, which may have been a code or a range": re.compile(
        rf"(?:\d{{1,2}}-(?:{_MONTHS})|(?:{_MONTHS})-\d{{1,2}})", re.IGNORECASE
    ),
    "hold only #### (the column was too narrow when it was saved)": re.compile(r"#{2,}"),
    "hold a formula's error, as #N/A": re.compile(
        r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)"
    ),
}
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[ T].*)?")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}(?: .*)?")


def mangled(grid: Grid) -> tuple[str, ...]:
    """Return a sentence for each column and sign of change; columns are numbered from 1."""
    return tuple(
        sentence
        for place in range(grid.shape[1])
        for sentence in _column(place + 1, grid[:, place].tolist())
    )


def _column(number: int, cells: list[object]) -> Iterator[str]:
    rows = {}
    for row, cell in enumerate(cells, start=1):
        if isinstance(cell, str) and cell not in rows:
            rows[cell] = row
    counts = {}
    for what, sign in _SIGNS.items():
        found = {text for text in rows if sign.fullmatch(text)}
        if found:
            counts[what] = found
    for what, found in counts.items():
        total = sum(cell in found for cell in cells)
        first = min(rows[text] for text in found)
        yield f"Column {number}, cells that {what}: {total:,}, the first in row {first}."
    yield from _mixed_dates(number, rows)


def _mixed_dates(number: int, rows: dict[str, int]) -> Iterator[str]:
    slashed = [match for text in rows if (match := _SLASHED.fullmatch(text))]
    if slashed and any(_ISO.fullmatch(text) for text in rows):
        yield f"Column {number}: dates are written in more than one way."
    day_first = any(int(match[1]) > 12 for match in slashed)
    month_first = any(int(match[2]) > 12 for match in slashed)
    if day_first and month_first:
        yield f"Column {number}: some dates have the day first and some the month."
