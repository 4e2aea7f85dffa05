"""Vectors of the tables: columns and cells that break their contracts."""

from collections.abc import Iterator

from vector_base import ANSWERS, CASES, NATIONAL, TABLES, members
from vector_values import Vector, packed

ROW_1 = b'C1,2022-04-01,"Valve, mitral",North,,71,elective,0.25,1\r\n'


def table_vectors() -> Iterator[Vector]:
    """Yield the vectors of the tables."""
    yield from _texts()
    yield from _columns()
    yield from _cells()
    yield from _national()
    answers = ANSWERS.replace(b"accepted", b"perhaps")
    whole = packed(members({**TABLES, "answers.csv": answers}))
    place = "answers.csv, row 1, column decision"
    yield Vector("bad_answer", "E207", "a decision that does not exist", whole, place)
    doubled = _cases(CASES.replace(b"C3,", b"C1,"))
    place = "cases.csv, row 3"
    yield Vector("duplicate_case", "E208", "the same case on two rows", doubled, place)
    fewer = _cases(CASES.replace(b",0.25,1\r\n", b",0.25,0\r\n"))
    yield Vector("wrong_count", "E209", "an event fewer than was signed", fewer)
    riskier = _cases(CASES.replace(b",0.25,1\r\n", b",0.26,1\r\n"))
    yield Vector("wrong_expected", "E209", "risks that add up to more than was signed", riskier)
    empty = {name: data.split(b"\n")[0] + b"\n" for name, data in TABLES.items()}
    yield Vector("no_rows", "E209", "no case where one was signed", packed(members(empty)))
    lines = {name: data.replace(b"\r\n", b"\n") for name, data in TABLES.items()}
    yield Vector("line_feeds", "verified", "lines end in LF alone", packed(members(lines)))


def _texts() -> Iterator[Vector]:
    for name, cases, comment in (
        ("not_utf8", CASES.replace(b"North", b"N\xf4rth"), "Latin-1"),
        ("control_character", CASES.replace(b"North", b"N\x00rth"), "NUL in a cell"),
        ("open_quote", CASES.replace(b'mitral"', b"mitral"), "a quote that does not close"),
        ("stray_quote", CASES.replace(b"North", b'No"r"th'), "a quote inside a cell"),
        ("carriage_returns", CASES.replace(b"\r\n", b"\r"), "lines end in CR alone"),
        ("no_bytes", b"", "a table of no bytes"),
    ):
        yield Vector(name, "E207", comment, _cases(cases), "cases.csv")


def _columns() -> Iterator[Vector]:
    head, rest = CASES.split(b"\r\n", 1)
    for name, cases, place, comment in (
        ("byte_order_mark", b"\xef\xbb\xbf" + CASES, "column 1", "a byte order mark"),
        ("undeclared_column", _with_column(b"nhs_number"), "column 10", "not in the manifest"),
        ("doubled_column", _with_column(b"age"), "column age", "the same column twice"),
        (
            "renamed_column",
            head.replace(b"risk.death", b"Risk.Death") + b"\r\n" + rest,
            "column 8",
            "another letter case",
        ),
        (
            "missing_column",
            CASES.replace(b"procedure,", b"")
            .replace(b'"Valve, mitral",', b"")
            .replace(b"CABG,", b""),
            "column procedure",
            "procedure is absent",
        ),
        ("short_row", CASES.replace(b",urgent,0.5,0", b",urgent,0.5"), "row 2", "a cell too few"),
        ("long_row", CASES.replace(b",urgent,0.5,0", b",urgent,0.5,0,"), "row 2", "one too many"),
        ("long_first_row", CASES.replace(ROW_1, ROW_1[:-2] + b",9\r\n"), "row 1", "one too many"),
        ("blank_line", CASES + b"\r\n", "row 4", "an empty line"),
    ):
        yield Vector(name, "E207", comment, _cases(cases), place)


def _cells() -> Iterator[Vector]:
    for name, old, new, column, comment in (
        ("bad_number", b",71,", b",seventy,", "age", "a word for a number"),
        ("nan", b"0.25,", b"nan,", "risk.death", "the text nan"),
        ("infinite", b"0.25,", b"inf,", "risk.death", "an infinite number"),
        ("too_large", b"0.25,", b"1e999,", "risk.death", "larger than any number"),
        ("underscore", b",71,", b",7_1,", "age", "digits with an underscore"),
        ("comma_decimal", b",71,", b',"7,1",', "age", "a decimal comma"),
        ("fraction", b",71,", b",71.5,", "age", "a fraction of a year"),
        ("below_range", b",71,", b",17,", "age", "below the field's range"),
        ("above_range", b",71,", b",111,", "age", "above the field's range"),
        ("bad_code", b"elective", b"Elective", "urgency", "not one of the codes"),
        ("bad_flag", b"0.25,1", b"0.25,2", "outcome.death", "neither 0 nor 1"),
        ("bad_risk", b"0.25,1", b"25,1", "risk.death", "a percentage for a fraction"),
        ("bad_date", b"2022-04-01", b"2022-02-29", "operated_on", "not in the calendar"),
        ("british_date", b"2022-04-01", b"01/04/2022", "operated_on", "day before month"),
        ("week_date", b"2022-04-01", b"2022-W13-5", "operated_on", "a week date"),
        ("no_date", b"2022-04-01", b"", "operated_on", "no date"),
        ("no_case_id", b"C1,", b",", "case_id", "no case identifier"),
        ("bad_exclusion", b"North,,", b"North,other,", "excluded", "not a declared exclusion"),
    ):
        place = f"cases.csv, row 1, column {column}"
        yield Vector(name, "E207", comment, _cases(CASES.replace(old, new, 1)), place)


def _national() -> Iterator[Vector]:
    for name, old, new, place, comment in (
        (
            "national_outcome",
            b"death,2022-04-01/2023-03-31,U2",
            b"stroke,2022-04-01/2023-03-31,U2",
            "row 2, column outcome",
            "an outcome that is not declared",
        ),
        (
            "national_period",
            b"2023-03-31,U2",
            b"2024-03-31,U2",
            "row 2, column period",
            "a period other than the signed one",
        ),
        ("national_own_unit", b"U1", b"U3", "national.csv", "the surgeon's own unit is missing"),
        ("national_unit_twice", b"U2", b"U1", "row 2, column unit", "the same unit twice"),
        ("national_events", b"40,1", b"40,41", "row 2, column observed", "more events than cases"),
        ("national_negative", b"1.5", b"-1.5", "row 2, column expected", "expected below 0"),
        ("national_empty", b"40,1", b",1", "row 2, column cases", "no number of cases"),
    ):
        tables = {**TABLES, "national.csv": NATIONAL.replace(old, new)}
        yield Vector(name, "E207", comment, packed(members(tables)), place)


def _cases(cases: bytes) -> bytes:
    return packed(members({**TABLES, "cases.csv": cases}))


def _with_column(name: bytes) -> bytes:
    head, *rows, end = CASES.split(b"\r\n")
    return b"\r\n".join([head + b"," + name, *(row + b",50" for row in rows), end])
