"""What the scanner finds and lets be, and the rule of small numbers."""

from dataclasses import replace
from itertools import pairwise
from time import process_time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.extract.manifest import Field
from core.extract.opening import Extract
from core.report.disclosure import (
    Hit,
    Known,
    identifies,
    is_nhs_number,
    known,
    redact,
    scan,
    withhold,
    without_identifiers,
)
from tests.core.made_export import review

NOTHING = Known({}, frozenset(), frozenset(), frozenset())

# 943 476 5919 is the worked example of the NHS Data Dictionary; the others are test numbers that
# NHS England and others publish.
VALID = ("9434765919", "9990548609", "9876543210", "4505577104")

SEPARATORS = st.sampled_from(["", " ", "-", ".", "  ", " - ", "\u00a0", "\u2013", "\n", "\u200b"])


def hits(text: str, against: Known | Extract = NOTHING) -> list[tuple[str, str]]:
    return [(hit.kind, text[hit.start : hit.end]) for hit in scan([("note", text)], against)]


def check_digit(first: str) -> str | None:
    """The check digit by the NHS Data Dictionary's steps, written anew for the test."""
    total = 0
    for place in range(9):
        total += int(first[place]) * (10 - place)
    rest = 11 - total % 11
    return {11: "0", 10: None}.get(rest, str(rest))


@pytest.mark.parametrize("number", VALID)
def test_published_numbers_are_valid(number: str) -> None:
    assert is_nhs_number(number)
    assert hits(f"NHS {number}.") == [("nhs_number", number)]


@pytest.mark.parametrize("sign", ["−", "—", "·", "/", ","])
def test_a_number_is_found_with_any_sign_between_its_groups(sign: str) -> None:
    written = sign.join(("943", "476", "5919"))
    assert hits(f"NHS {written}.") == [("nhs_number", written)]


@given(st.text("0123456789", min_size=9, max_size=9), st.lists(SEPARATORS, min_size=9, max_size=9))
def test_valid_numbers_are_found_however_spaced(first: str, gaps: list[str]) -> None:
    last = check_digit(first)
    if last is None:
        assert not any(is_nhs_number(first + str(digit)) for digit in range(10))
        return
    digits = first + last
    spaced = digits[0] + "".join(gap + digit for gap, digit in zip(gaps, digits[1:], strict=True))
    found = [part for kind, part in hits(f"seen {spaced} again") if kind == "nhs_number"]
    assert any(spaced in part for part in found)


@given(
    st.from_regex(r"[0-9]{10}", fullmatch=True), st.sampled_from(["{}{}{}", "{} {} {}", "{}-{}-{}"])
)
def test_a_wrong_check_digit_is_no_nhs_number(digits: str, form: str) -> None:
    text = form.format(digits[:3], digits[3:6], digits[6:])
    told = any(kind == "nhs_number" for kind, _ in hits(text))
    assert told == (check_digit(digits[:9]) == digits[9])


@pytest.mark.parametrize(
    "digits", ["\uff19\uff14\uff13\uff14\uff17\uff16\uff15\uff19\uff11\uff19", "٩٤٣٤٧٦٥٩١٩"]
)
def test_digits_of_other_scripts_count(digits: str) -> None:
    assert hits(digits) == [("nhs_number", digits)]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("born 03/05/1950", "date", "03/05/1950"),
        ("born 3.5.50, then", "date", "3.5.50"),
        ("on 1950-05-03", "date", "1950-05-03"),
        ("on 3rd of May, 1950", "date", "3rd of May, 1950"),
        ("on May 3, 1950", "date", "May 3, 1950"),
        ("on 03 05 1950", "date", "03 05 1950"),
        ("d.o.b.: 01-Feb-50", "date", "d.o.b.: 01-Feb-50"),
        ("lives in SW1A 1AA", "postcode", "SW1A 1AA"),
        ("lives in m1 1ae", "postcode", "m1 1ae"),
        ("wrote to a.b@example.nhs.uk", "email", "a.b@example.nhs.uk"),
        ("rang 020 7946 0958", "phone", "020 7946 0958"),
        ("rang +44 7700 900123", "phone", "+44 7700 900123"),
        ("spoke to Mr Smith", "name", "Mr Smith"),
        ("spoke to Prof. A. B. Smith-Jones", "name", "Prof. A. B. Smith-Jones"),
        ("spoke to Mrs van der Berg", "name", "Mrs van der Berg"),
        ("spoke to Dr O’Brien", "name", "Dr O’Brien"),
        ("spoke to dr smith", "name", "dr smith"),
        ("record RX1234567", "number", "RX1234567"),
        ("hospital number 4421-7", "number", "hospital number 4421-7"),
        ("MRN: 44217", "number", "MRN: 44217"),
        ("see K1234567", "number", "K1234567"),
        ("see 12345678", "number", "12345678"),
    ],
)
def test_identifiers_are_found(text: str, kind: str, found: str) -> None:
    assert hits(text) == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "The MR scan showed T4 disease, 3 cm.",
        "12 of 409 (2.9 %; 95 % CI 1.5 to 5.1) died against 14.02 expected.",
        "Lancet 2013;382:1674, and the 2024 edition.",
        "Between April 2023 and March 2026 I did 1,234 operations.",
        "OPCS K40.1 and ICD I25.1; NYHA class IV; grade 3a.",
        "I will ask my registrar to check the next 30 notes by March 2027.",
    ],
)
def test_plain_words_are_let_be(text: str) -> None:
    assert hits(text) == []


def identified(**values: list[str]) -> Extract:
    """Return the example's extract with further identifying text fields."""
    extract = review().extract
    named = tuple(Field(name=name, label=name, type="text", identifying=True) for name in values)
    manifest = msgspec.structs.replace(extract.manifest, fields=named)
    cases = extract.cases.head(max(map(len, values.values()))).assign(**values)
    return replace(extract, manifest=manifest, cases=cases)


def test_values_of_the_extract_are_found_however_written() -> None:
    extract = identified(patient=["Anne-Marie Doe", "Zoë Brown"], number=["AB-1234", "7731/X"])
    text = "anne marie doe; Doe; Zoe Brown, Zoe\u0308 Brown; ab 1234, AB1234; 7731X; the brown dog"
    found = [part for kind, part in hits(text, extract) if kind == "extract_value"]
    assert found == [
        "anne marie doe",
        "Doe",
        "Zoe Brown",
        "Zoe\u0308 Brown",
        "ab 1234",
        "AB1234",
        "7731X",
    ]


def test_case_ids_are_found_and_short_ones_only_where_named() -> None:
    extract = identified(number=["AB-1234", "AB-1235"])
    extract = replace(extract, cases=extract.cases.assign(case_id=["2024", "EX-000123"]))
    found = hits("In 2024, case 2024 and EX 000123.", extract)
    assert found == [("case_id", "2024"), ("case_id", "EX 000123")]


def test_the_surgeon_may_name_themselves() -> None:
    extract = review().extract
    surgeon = msgspec.structs.replace(extract.manifest.surgeon, name="Jane Doe", gmc="1234567")
    manifest = msgspec.structs.replace(extract.manifest, surgeon=surgeon)
    own = known(replace(extract, manifest=manifest))
    assert hits("Miss Doe, GMC 1234567", own) == []
    assert hits("Mr Roe, GMC 7654321", own) == [("name", "Mr Roe"), ("number", "7654321")]


def test_a_hit_gives_nothing_away() -> None:
    text = "Mr Smith, 943 476 5919, a.b@example.org"
    for hit in scan([("note", text)], NOTHING):
        assert not set(text[hit.start : hit.end].split()[-1:]) & set(hit.shown.split())
        assert sum(sign.isalnum() for sign in hit.shown) <= 1
        assert text[hit.start : hit.end] not in repr(hit)
    assert "Doe" not in repr(known(identified(patient=["Anne Doe"])))


def test_what_is_found_can_be_taken_out() -> None:
    text = "Saw Mr Smith (943 476 5919) on 3 May 1950"
    assert redact(text, scan([("", text)], NOTHING)) == (
        "Saw [name of a person removed] ([NHS number removed]) on [full date removed]"
    )
    assert without_identifiers(text, NOTHING) == "Saw Mr Smith ([NHS number removed]) on 3 May 1950"


@given(st.text(max_size=80))
def test_any_text_is_scanned_and_hits_lie_in_order(text: str) -> None:
    found: tuple[Hit, ...] = scan([("note", text)], NOTHING)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, 0), (1, "*"), (7, "*"), (8, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1234, 1235)],
)
def test_small_numbers(number: int, shown: float | str) -> None:
    assert withhold(number) == shown


@pytest.mark.parametrize(
    ("name", "label", "told"),
    [
        ("nhs_number", "NHS number", True),
        ("dob", "Date of birth", True),
        ("consultant", "Consultant", True),
        ("patient_id", "Patient", True),
        ("age", "Age", False),
        ("urgency", "Urgency", False),
        ("chip", "Chip", False),
    ],
)
def test_fields_that_identify_by_their_names(name: str, label: str, told: bool) -> None:
    assert identifies(Field(name=name, label=label, type="text")) is told


@pytest.mark.parametrize("part", ["9 4 3 4 7 6 5 9 1 9 ", "a", "a.b-", "Mr A. ", "0 1 ", "1 may "])
def test_long_texts_take_time_in_proportion(part: str) -> None:
    text = part * (50_000 // len(part))
    begun = process_time()
    scan([("note", text)], NOTHING)
    assert process_time() - begun < 5
