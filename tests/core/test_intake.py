"""A national table to typed cases: what is read, and what is refused by row and column alone."""

import csv
import io
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.audits.profile import (
    DateColumn,
    ExclusionRule,
    FieldRule,
    OutcomeRule,
    Profile,
    Recorded,
    parse_profile,
)
from core.errors import BadProfileError, BadTableError, PlumblineError
from core.intake.cases import cases_from
from core.intake.cells import dates, numbers, typed
from core.intake.exclusions import excluded_codes
from core.intake.recorded import recorded_outcome
from core.intake.table import read_table

ISO = DateColumn(column="day")
CELL = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]))
PROFILE = b"""
specialty = "s"
series = "s"
attribution = "a"
audit = { code = "T", name = "T", organisation = "T" }
window = { years = 1 }
columns = { surgeon = "surgeon", operated_on = { column = "day" } }
fields = [{ name = "age", label = "Age", type = "number" }]
exclusions = [{ code = "young", words = "Under 18.", field = "age", below = 18 }]
outcomes = [{ code = "died", label = "D", kind = "binary", definition = "d" }]
"""


@pytest.fixture
def small_profile() -> Profile:
    return parse_profile(PROFILE, "profile.toml")


@pytest.fixture
def small_table() -> pd.DataFrame:
    rows = b"surgeon,day,age,died\nA,2025-01-01,60,0\nB,2025-01-02,70,1\nA,2025-01-02,17,\n"
    return read_table(rows)


def cells(*texts: str) -> pd.Series:
    return pd.Series(list(texts), dtype=object, name="column")


def test_a_table_is_read_as_text_with_or_without_a_byte_order_mark() -> None:
    data = 'a,b\r\n1,"x, ""y"""\r\n,é\r\n'.encode()
    for prefix in (b"", b"\xef\xbb\xbf"):
        table = read_table(prefix + data)
        assert table.to_dict("list") == {"a": ["1", ""], "b": ['x, "y"', "é"]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The table is empty."),
        (b"a,b\n", "The table has no rows."),
        (b"a,a\n1,2\n", "Column 2 has no name, or the name of an earlier one."),
        (b"a,\n1,2\n", "Column 2 has no name, or the name of an earlier one."),
        (b"a,b\n1,2\n3\n", "Row 2 has 1 cells; the header has 2."),
        (b"a,b\n1,2,3\n", "Row 1 has 3 cells; the header has 2."),
        (b"a\n1\x002\n", "The table holds control characters."),
        (b"a\n\xff\n", "The table is not text in UTF-8."),
        (b'a\n"x"y\n', "Line 2 is not well-formed CSV."),
    ],
)
def test_a_malformed_table_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(BadTableError) as error:
        read_table(data)
    assert error.value.message == message


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_any_bytes_are_a_table_or_a_named_error(data: bytes) -> None:
    try:
        table = read_table(data)
    except PlumblineError:
        return
    assert len(table) > 0


@given(
    st.lists(
        st.lists(CELL, min_size=3, max_size=3),
        min_size=1,
        max_size=5,
    )
)
def test_what_python_writes_as_csv_is_read_back(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["a", "b", "c"])
    writer.writerows(rows)
    assert read_table(text.getvalue().encode()).to_numpy().tolist() == rows


def test_numbers_are_read_and_empty_cells_are_missing() -> None:
    found = numbers(cells("1", "", "-2.5", ".5", "1e3", "+4."))
    np.testing.assert_array_equal(found, [1, np.nan, -2.5, 0.5, 1000, 4])


@pytest.mark.parametrize("text", ["x", "1,5", "0x1", "nan", "inf", "1_000", "1e999", "١", "1 2"])
def test_what_is_no_number_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(BadTableError, match=r"^Row 2, column 'column'") as error:
        numbers(cells("1", text))
    assert text not in error.value.message.replace("'column'", "")


def test_dates_in_three_layouts() -> None:
    expected = pd.Timestamp("1992-03-01")
    assert dates(cells("1992-03-01"), ISO)[0] == expected
    assert dates(cells("1/3/1992"), DateColumn(column="d", format="dmy"))[0] == expected
    first_day = DateColumn(column="d", format="day_number", epoch=date(1992, 1, 1))
    assert dates(cells("61", "1.0"), first_day).tolist() == [expected, pd.Timestamp("1992-01-01")]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (ISO, "01/03/1992"),
        (ISO, "1992-02-30"),
        (ISO, "1992-3-1"),
        (DateColumn(column="d", format="dmy"), "31/02/1992"),
        (DateColumn(column="d", format="dmy"), "1/13/1992"),
        (DateColumn(column="d", format="day_number", epoch=date(1992, 1, 1)), "0"),
        (DateColumn(column="d", format="day_number", epoch=date(1992, 1, 1)), "1.5"),
    ],
)
def test_a_wrong_date_is_refused(rule: DateColumn, text: str) -> None:
    with pytest.raises(BadTableError, match=r"^Row 1, column 'column'"):
        dates(cells(text), rule)


def test_a_day_number_needs_an_epoch() -> None:
    with pytest.raises(BadProfileError):
        dates(cells("1"), DateColumn(column="d", format="day_number"))


def test_fields_are_typed_by_their_rule() -> None:
    sex = FieldRule(
        name="sex", label="Sex", type="code", allowed=("m", "f"), codes={"1. Male": "m", "9": ""}
    )
    assert typed(cells("1. Male", "f", "9", ""), sex, ISO).tolist() == ["m", "f", None, None]
    flag = FieldRule(name="x", label="X", type="flag", codes={"Yes": "1", "No": "0"})
    np.testing.assert_array_equal(typed(cells("Yes", "No", ""), flag, ISO), [1, 0, np.nan])


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (FieldRule(name="a", label="A", type="integer"), "1.5"),
        (FieldRule(name="a", label="A", type="flag"), "2"),
        (FieldRule(name="a", label="A", type="number", minimum=0), "-0.1"),
        (FieldRule(name="a", label="A", type="number", maximum=120), "121"),
        (FieldRule(name="a", label="A", type="code", allowed=("m",)), "f"),
        (FieldRule(name="a", label="A", type="date"), "yesterday"),
    ],
)
def test_a_cell_outside_its_contract_is_refused(rule: FieldRule, text: str) -> None:
    with pytest.raises(BadTableError, match=r"^Row 1, column 'column'"):
        typed(cells(text), rule, ISO)


def outcome(**recorded: object) -> OutcomeRule:
    return OutcomeRule(
        code="death", label="D", kind="binary", definition="d", recorded=Recorded(**recorded)
    )


def test_an_event_within_days_needs_follow_up_to_that_day() -> None:
    table = pd.DataFrame(
        {
            "time": ["0", "30", "31", "30", "29", "90", "5", ""],
            "status": ["1", "1", "1", "0", "0", "0", "", "1"],
        }
    )
    found = recorded_outcome(table, outcome(time="time", status="status", within_days=30))
    np.testing.assert_array_equal(found, [1, 1, 0, 0, np.nan, 0, np.nan, np.nan])


def test_a_binary_outcome_is_0_or_1_or_missing() -> None:
    table = pd.DataFrame({"died": ["0", "1", ""]})
    np.testing.assert_array_equal(recorded_outcome(table, outcome(column="died")), [0, 1, np.nan])
    with pytest.raises(BadTableError, match=r"^Row 1, column 'died'"):
        recorded_outcome(pd.DataFrame({"died": ["2"]}), outcome(column="died"))


def test_half_a_rule_for_an_outcome_is_refused() -> None:
    with pytest.raises(BadProfileError):
        recorded_outcome(pd.DataFrame({"time": ["1"]}), outcome(time="time"))


def test_exclusions_name_each_rule_a_case_meets() -> None:
    cases = pd.DataFrame({"urgency": ["emergency", "elective", None], "age": [17.0, 40.0, 95.0]})
    rules = (
        ExclusionRule(code="e", words="w", field="urgency", one_of=("emergency",)),
        ExclusionRule(code="m", words="w", field="urgency", missing=True, outcomes=("a", "b")),
        ExclusionRule(code="y", words="w", field="age", below=18, above=90),
    )
    assert excluded_codes(cases, rules).tolist() == ["e;y", "", "m@a;m@b;y"]


def test_an_exclusion_of_an_unknown_field_is_refused() -> None:
    rule = ExclusionRule(code="e", words="w", field="nowhere")
    with pytest.raises(BadProfileError):
        excluded_codes(pd.DataFrame({"a": [1]}), (rule,))


def test_the_whole_table(small_profile: Profile, small_table: pd.DataFrame) -> None:
    national = cases_from(small_table, small_profile)
    assert national.cases["case_id"].tolist() == ["1", "2", "3"]
    assert national.surgeons.tolist() == ["A", "B", "A"]
    assert national.cases["excluded"].tolist() == ["", "", "young"]


@pytest.mark.parametrize(
    ("name", "cell"), [("surgeon", ""), ("day", ""), ("day", "soon"), ("age", "old"), ("died", "y")]
)
def test_a_wrong_cell_is_named_by_row_and_column(
    small_profile: Profile, small_table: pd.DataFrame, name: str, cell: str
) -> None:
    small_table.loc[1, name] = cell
    with pytest.raises(BadTableError, match=f"^Row 2, column '{name}'"):
        cases_from(small_table, small_profile)


def test_a_missing_column_is_named(small_profile: Profile, small_table: pd.DataFrame) -> None:
    with pytest.raises(BadTableError, match="'age'"):
        cases_from(small_table.drop(columns="age"), small_profile)
