"""Tables come back exactly as written, and an error names the row that is wrong."""

import csv
import io
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadColumnError, DuplicateCaseError
from core.extract.schema import ColumnContract
from core.extract.tables import check_unique, read_table, table_bytes

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t\r"),
    max_size=12,
)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))
ROW = st.tuples(
    TEXT.filter(bool),
    st.none() | TEXT.filter(bool),
    st.none() | NUMBER,
    st.none() | st.integers(-(2**53), 2**53),
    st.none() | st.integers(0, 1),
    st.none() | DAY,
    st.sampled_from(["", "x", "y@z", "x;y@z"]),
)
CONTRACTS = (
    ColumnContract("case_id", "text", required=True),
    ColumnContract("words", "text"),
    ColumnContract("number", "number"),
    ColumnContract("integer", "integer"),
    ColumnContract("flag", "flag"),
    ColumnContract("day", "date"),
    ColumnContract("excluded", "codes", allowed=("x", "y@z")),
)
NAMES = [contract.name for contract in CONTRACTS]


@given(st.lists(ROW, max_size=8))
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read(rows: list[tuple[object, ...]]) -> None:
    frame = pd.DataFrame(rows, columns=NAMES, dtype=object)
    for name in ("number", "integer", "flag"):
        frame[name] = frame[name].astype(float)
    frame["day"] = pd.to_datetime(frame["day"])
    written = table_bytes(frame, CONTRACTS)
    back = read_table(written, CONTRACTS, "table")
    assert len(back) == len(frame)
    for name in NAMES:
        same = (back[name] == frame[name]) | (back[name].isna() & frame[name].isna())
        assert same.all(), name
    assert table_bytes(back, CONTRACTS) == written


@given(st.lists(ROW, min_size=1, max_size=8))
@settings(max_examples=80, deadline=None)
def test_python_reads_the_same_cells(rows: list[tuple[object, ...]]) -> None:
    frame = pd.DataFrame(rows, columns=NAMES, dtype=object)
    frame["day"] = pd.to_datetime(frame["day"])
    written = table_bytes(frame, CONTRACTS).decode()
    found = list(csv.reader(io.StringIO(written, newline=""), strict=True))
    assert found[0] == NAMES
    assert [row[:2] for row in found[1:]] == [[row[0], row[1] or ""] for row in rows]


@given(st.lists(NUMBER, min_size=1, max_size=200))
@settings(max_examples=60, deadline=None)
def test_floats_keep_every_bit(numbers: list[float]) -> None:
    contracts = (ColumnContract("a", "number"), ColumnContract("b", "number"))
    frame = pd.DataFrame({"a": numbers, "b": numbers[::-1]})
    back = read_table(table_bytes(frame, contracts), contracts, "table")
    assert back["a"].to_numpy().tobytes() == np.array(numbers).tobytes()


@given(st.integers(1, 30), st.integers(0, 29))
@settings(max_examples=40, deadline=None)
def test_the_first_wrong_row_is_named(rows: int, wrong: int) -> None:
    lines = [b"0.5,x"] * rows
    lines[wrong % rows] = b"1.5,x"
    contracts = (ColumnContract("risk", "number", maximum=1), ColumnContract("t", "text"))
    with pytest.raises(BadColumnError, match=rf"t\.csv, row {wrong % rows + 1}, column risk:"):
        read_table(b"risk,t\n" + b"\n".join(lines), contracts, "t.csv")


def test_rows_are_counted_over_line_breaks_in_cells() -> None:
    contracts = (ColumnContract("words", "text"), ColumnContract("n", "number"))
    data = b'words,n\n"two\nlines",1\n"a ""word""\r\n",2\nx,three\n'
    with pytest.raises(BadColumnError, match="row 3, column n: not a number"):
        read_table(data, contracts, "t.csv")
    with pytest.raises(BadColumnError, match="row 3: its cells"):
        read_table(data.replace(b"three", b"3,"), contracts, "t.csv")


def test_what_stands_for_missing_elsewhere_is_text_here() -> None:
    contracts = (ColumnContract("words", "text"), ColumnContract("n", "number"))
    words = ["NA", "null", "None", "nan", "N/A", "-", " "]
    data = b"words,n\n" + "".join(f"{word},\n" for word in words).encode()
    table = read_table(data, contracts, "t.csv")
    assert list(table["words"]) == words
    assert table["n"].isna().all()


def test_required_integers_are_integers() -> None:
    contracts = (ColumnContract("n", "integer", required=True), ColumnContract("t", "text"))
    table = read_table(b"n,t\n9007199254740992,\n", contracts, "t.csv")
    assert table["n"].dtype == np.int64
    assert table["n"][0] == 2**53
    with pytest.raises(BadColumnError, match="row 1, column n"):
        read_table(b"n,t\n9007199254740994,\n", contracts, "t.csv")


def test_duplicates_are_found_by_their_later_row() -> None:
    with pytest.raises(DuplicateCaseError, match="row 4"):
        check_unique(pd.DataFrame({"case_id": ["a", "b", "c", "b", "a"]}), "t.csv")


@pytest.mark.parametrize("columns", [["n"], ["n", "t", "extra"]])
def test_a_table_of_other_columns_is_not_written(columns: list[str]) -> None:
    contracts = (ColumnContract("n", "number"), ColumnContract("t", "text"))
    with pytest.raises(ValueError, match="not those of its contract"):
        table_bytes(pd.DataFrame({name: [1.0] for name in columns}), contracts)
