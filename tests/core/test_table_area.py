"""Where the table in a grid is: headers of one row and two, titles, totals, notes, no header."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NoTableError
from core.intake.reading.foreign import Cell, Grid
from core.intake.table_area import TableArea, table_area

Line = tuple[Cell, ...]
CASES: tuple[Line, ...] = (
    ("F-001", 71, "M", "2025-04-30", 0.031, "Planned"),
    ("F-002", 64, "F", "2025-05-02", 0.012, "Planned"),
    ("F-003", 83, "M", "2025-05-09", 0.204, "Urgent"),
    ("F-004", 58, "F", "2025-05-10", 0.009, "Planned"),
)
NAMES: Line = ("Case", "Age", "Sex", "Date", "Risk", "Urgency")


def grid(*lines: Line) -> Grid:
    rows = np.full((len(lines), max(map(len, lines))), None, dtype=object)
    for place, line in enumerate(lines):
        rows[place, : len(line)] = line
    return rows


def area(*lines: Line) -> TableArea:
    return table_area(grid(*lines))


def test_a_plain_table() -> None:
    found = area(NAMES, *CASES)
    assert found == TableArea((0,), (0, 1, 2, 3, 4, 5), tuple(map(str, NAMES)), (1, 2, 3, 4), ())


def test_title_blank_rows_and_blank_columns_before_it() -> None:
    lines = [(None, None, *line) for line in (NAMES, *CASES)]
    found = area((None,), ("FICTIONAL audit",), (None,), *lines)
    assert found.header == (3,)
    assert found.columns == (2, 3, 4, 5, 6, 7)
    assert found.records == (4, 5, 6, 7)
    assert found.remarks == (
        "The table begins in row 4, column 3.",
        "Rows above the table, taken as its title and left out: 1.",
    )


def test_group_names_above_the_names() -> None:
    groups = (None, "Patient", None, "Operation", None, None)
    found = area(groups, NAMES, *CASES)
    assert found.header == (0, 1)
    assert found.names == NAMES
    assert found.records == (2, 3, 4, 5)


def test_a_groups_name_tells_equal_names_apart() -> None:
    groups = (None, "Before", None, "After", None)
    names = ("Case", "Score", "Day", "Score", "Day")
    found = area(groups, names, ("F-1", 1, 2, 3, 4), ("F-2", 5, 6, 7, 8))
    assert found.names == ("Case", "Before Score", "Before Day", "After Score", "After Day")


def test_question_numbers_above_the_names() -> None:
    found = area(("1.1", "1.2", "1.3a", "2.1", "2.2", "2.3"), NAMES, *CASES)
    assert found.header == (0, 1)
    assert found.names[:3] == ("1.1 Case", "1.2 Age", "1.3a Sex")


def test_units_below_the_names() -> None:
    found = area(NAMES, ("text", "years", "code", "dd/mm/yyyy", "%", "code"), *CASES)
    assert found.header == (0, 1)
    assert found.names == NAMES


def test_a_first_record_without_numbers_is_no_second_header() -> None:
    found = area(NAMES, ("F-000", None, "M", None, None, None), *CASES)
    assert found.header == (0,)
    assert len(found.records) == 5


def test_header_less_records_are_known_by_position() -> None:
    lines = [("1. Male", "12/03/2024", "", "F-1"), ("2. Female", "13/03/2024", "", "F-2")]
    found = area(*[tuple(cell or None for cell in line) for line in lines])
    assert found.header == ()
    assert found.columns == (0, 1, 2, 3)
    assert found.names == ("", "", "", "")
    assert found.records == (0, 1)
    assert "by their position alone" in found.remarks[0]


def test_a_table_of_words_alone() -> None:
    lines = (("x", "M"), ("y", "F"), ("z", "M"))
    assert area(("Case", "Sex"), *lines).header == (0,)
    assert area(*lines).header == ()


@pytest.mark.parametrize("word", ["Total", "Grand total:", "TOTALS", "Mean", "Average"])
def test_a_totals_row_is_left_out_and_told(word: str) -> None:
    found = area(NAMES, *CASES, (word, 276, None, None, 0.064, None))
    assert found.records == (1, 2, 3, 4)
    assert "Rows taken as totals and left out: 6." in found.remarks


def test_a_full_row_that_begins_with_total_elsewhere_is_a_record() -> None:
    total = ("Total", 71, "M", "2025-04-30", 0.031, "Planned")
    assert len(area(NAMES, total, *CASES).records) == 5


def test_notes_below_are_left_out_and_told() -> None:
    found = area(NAMES, *CASES, (None,), ("Source: FICTIONAL",), ("Printed on Monday",))
    assert found.records == (1, 2, 3, 4)
    assert "Rows taken as notes below the table and left out: 7, 8." in found.remarks


def test_a_header_printed_again_is_left_out_and_told() -> None:
    found = area(NAMES, *CASES[:2], NAMES, *CASES[2:])
    assert found.records == (1, 2, 4, 5)
    assert "Rows that repeat the column names and left out: 4." in found.remarks


def test_repeated_records_are_kept_and_told() -> None:
    found = area(NAMES, *CASES, CASES[1])
    assert len(found.records) == 5
    assert found.remarks == ("Rows that equal an earlier row in every cell, kept: 6.",)


def test_blank_rows_inside_are_passed_over_and_told() -> None:
    found = area(NAMES, *CASES[:2], (None,), *CASES[2:])
    assert found.records == (1, 2, 4, 5)
    assert found.remarks == ("Blank rows within the table, passed over: 1.",)


def test_columns_without_a_name_and_names_used_twice() -> None:
    found = area(("Case", "Age", "Age", None), ("F-1", 1, 2, 3), ("F-2", 1, 2, 3))
    assert found.names == ("Case", "Age", "Age", "")
    assert "Columns without a name: 4." in found.remarks
    assert "Names that stand over more than one column: 1." in found.remarks


@pytest.mark.parametrize("lines", [[(None, None)], [NAMES]])
def test_no_cell_or_no_record_is_told(lines: list[Line]) -> None:
    with pytest.raises(NoTableError):
        area(*lines)


CELL = st.one_of(st.none(), st.text(max_size=5), st.integers(), st.booleans(), st.floats(0, 9))
LINES = st.lists(st.lists(CELL, min_size=1, max_size=6).map(tuple), min_size=1, max_size=12)


@settings(max_examples=150)
@given(LINES)
def test_every_filled_row_is_header_record_or_told(lines: list[Line]) -> None:
    """Nothing is lost in silence: rows that are neither header nor record are all remarked on."""
    rows = grid(*lines)
    try:
        found = table_area(rows)
    except NoTableError:
        return
    filled = {place for place, line in enumerate(lines) if any(cell is not None for cell in line)}
    lost = filled - {*found.header, *found.records}
    assert set(found.records) <= filled
    assert not set(found.header) & set(found.records)
    assert not lost or any("left out" in remark for remark in found.remarks)
    assert len(found.names) == len(found.columns)
