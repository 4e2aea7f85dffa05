"""Parts of a period add up to the whole and carry no position."""

from datetime import date

import pandas as pd
import pytest
from scipy import stats

from core.extract.manifest import Period
from core.results.inclusion import include
from core.results.subset import procedures, subset, subset_words, years
from tests.core.test_results import UNTIL, cases, outcome


def table() -> pd.DataFrame:
    made = cases([0.1] * 6, [1, 0, 0, 1, 0, 0], procedure=["A", "A", "B", "B", "B", ""])
    made["operated_on"] = pd.to_datetime(
        ["2024-02-29", "2024-12-31", "2025-02-27", "2025-02-28", "2025-03-01", "2026-02-01"]
    )
    return made


def test_years_part_the_period_without_gap_or_overlap():
    parts = years(Period(start=date(2024, 2, 29), end=date(2026, 3, 1)), table())
    assert sum(rows.astype(int) for _, rows in parts).tolist() == [1] * 6
    assert parts[0][0] == "29 February 2024 – 28 February 2025"
    assert parts[-1][0].endswith("1 March 2026")


def test_a_part_has_its_own_exact_interval():
    found = include(table(), outcome(), UNTIL)
    _, rows = procedures(table())[0]
    part = subset("B", outcome(), found, rows)
    assert (part.cases, part.observed) == (3, 1)
    assert part.ratio_interval[1] == pytest.approx(stats.chi2.ppf(0.975, 4) / 2 / 0.3)
    assert "no position" in subset_words(part)


def test_an_empty_part_has_no_ratio():
    found = include(table(), outcome(), UNTIL)
    part = subset("none", outcome(), found, found.included & False)
    assert (part.cases, part.ratio) == (0, None)
