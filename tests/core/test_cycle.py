"""The five-year cycle: no operation in two years, every gap named, later editions win."""

from datetime import date, timedelta
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from core.extract.manifest import Manifest, Period
from core.results.cycle import OVERLAP, cycle
from tests.desktop.made_up import made_up_review

BASE = made_up_review().extract.manifest
END = date(2026, 3, 31)


def manifest(start: date, end: date, edition: int = 1, audit: str = "EXAMPLE") -> Manifest:
    named = msgspec.structs.replace(BASE.audit, code=audit, name=f"{audit} audit")
    return msgspec.structs.replace(
        BASE, audit=named, period=Period(start=start, end=end), edition_number=edition
    )


def test_a_later_edition_of_the_same_period_replaces_the_earlier() -> None:
    found = cycle([manifest(date(2023, 4, 1), END, 2), manifest(date(2023, 4, 1), END, 1)], END)
    assert found.superseded == (1,)
    assert [one.place for one in found.windows] == [0]


def test_overlapping_windows_are_told_and_their_years_counted_once() -> None:
    old = manifest(date(2021, 4, 1), date(2024, 3, 31))
    new = manifest(date(2023, 4, 1), END)
    found = cycle([new, old], END)
    assert found.overlaps == (
        "Two extracts of EXAMPLE audit both hold the operations from 1 April 2023 to 31 March"
        " 2024.",
        OVERLAP,
    )
    assert [(year.start.year, year.window.place) for year in found.years] == [
        (2021, 1),
        (2022, 1),
        (2023, 0),
        (2024, 0),
        (2025, 0),
    ]
    assert found.gaps == ()


def test_a_year_without_results_is_named_for_each_audit() -> None:
    found = cycle([manifest(date(2023, 4, 1), END)], END)
    assert found.start == date(2021, 4, 1)
    assert found.gaps == (
        "EXAMPLE audit: no result for most of 1 April 2021 – 31 March 2022.",
        "EXAMPLE audit: no result for most of 1 April 2022 – 31 March 2023.",
    )


def test_two_audits_do_not_overlap() -> None:
    found = cycle([manifest(date(2023, 4, 1), END), manifest(date(2023, 4, 1), END, 1, "B")], END)
    assert found.overlaps == ()
    assert len(found.years) == 6


days = st.dates(date(2015, 1, 1), date(2026, 1, 1))


@given(st.lists(st.tuples(days, st.integers(1, 2000), st.sampled_from("AB")), max_size=6))
def test_no_day_of_an_audit_stands_in_two_years(
    windows: list[tuple[date, int, str]],
) -> None:
    given_ = [manifest(start, start + timedelta(days=n), 1, audit) for start, n, audit in windows]
    found = cycle(given_, END)
    for audit in "AB":
        spans = sorted((y.start, y.end) for y in found.years if y.window.audit == audit)
        assert all(first[1] < second[0] for first, second in pairwise(spans))
        assert all(start <= end for start, end in spans)
    assert all(gap.endswith(".") for gap in found.gaps)
