"""The sheet of cases over time: in blocks, never case by case, with a chart of the VLAD."""

from collections.abc import Iterator

from openpyxl import Workbook

from core.flow import Review
from core.report.cells import Column, Line, fill, new_table
from core.report.choices import Choices
from core.report.disclosure import withhold
from core.report.native_chart import ROWS_HIGH, Run, line
from core.report.workbook_page import AMOUNT, COUNT, heading, shown
from core.results.blocks import LEAST, TimeBlock, time_blocks
from core.results.outcome import OutcomeResult
from core.results.over_time import RESTART_RULE, OverTime

NAME = "Over time"
HOW = (
    "VLAD is the running total of expected minus observed: it rises where there were fewer events "
    f"than expected. No row holds fewer than {LEAST} cases."
)
HELD = "With the small-number rule expected numbers, VLAD and charts are left out."
COLUMNS = (
    Column("Outcome", 30),
    Column("Block", 30),
    Column("Cases", 10, COUNT),
    Column("Observed (events)", 12, COUNT),
    Column("Expected (events)", 12, AMOUNT),
    Column("VLAD at its end (events)", 12, AMOUNT),
)


def add_over_time(book: Workbook, review: Review, choices: Choices) -> None:
    """Add each chosen outcome that has a risk for each case, in blocks of cases or by month."""
    found = [
        (result, review.over_time(result.code))
        for result in shown(review, choices)
        if result.kind == "binary"
    ]
    hidden = (HELD,) if choices.small_numbers else ()
    told = heading(review, choices, NAME, HOW, *hidden, *_remarks(found))
    sheet, row = new_table(book, NAME, told, COLUMNS)
    anchor = row
    for result, drawn in found:
        blocks = time_blocks(drawn, choices.time_unit, choices.block)
        lines = [_line(result, block, choices) for block in blocks]
        after = fill(sheet, row, COLUMNS, lines)
        if lines and not choices.small_numbers:
            run = Run("VLAD", "line", row, after - 1)
            axes = ("Blocks of cases", f"Expected minus observed {result.words.events}")
            chart = line(sheet, f"VLAD: {result.label}", axes, (2, 6), run)
            sheet.add_chart(chart, f"H{anchor}")
            anchor += ROWS_HIGH
        row = after


def _line(result: OutcomeResult, block: TimeBlock, choices: Choices) -> Line:
    label = (
        f"{block.start:%b %Y}"
        if block.start == block.end
        else (f"{block.start:%b %Y} – {block.end:%b %Y}")
    )
    if choices.small_numbers:
        return (result.label, label, withhold(block.cases), withhold(block.observed), None, None)
    return (result.label, label, block.cases, block.observed, block.expected, block.vlad)


def _remarks(found: list[tuple[OutcomeResult, OverTime]]) -> Iterator[str]:
    """Yield what the CUSUM signalled, by month."""
    for result, drawn in found:
        if not len(drawn.rows):
            continue
        sides = (("more", drawn.worse), ("fewer", drawn.better))
        said = []
        for name, side in sides:
            if side is None:
                said.append(f"no CUSUM for {name} events than expected exists at these risks")
            else:
                months = drawn.days[side.chart.signals].astype("datetime64[M]")
                dates = [f"{month.item():%B %Y}" for month in months]
                when = f"signals in {', '.join(dates)}" if dates else "no signal"
                said.append(f"CUSUM for {name} events than expected: {when}")
        yield f"{result.label}: {'; '.join(said)}."
    if found:
        yield RESTART_RULE
