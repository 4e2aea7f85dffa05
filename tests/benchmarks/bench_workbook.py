"""How long the workbook of a large extract takes to make."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import numpy as np
import pandas as pd
from timing import Row, median_seconds

from core.flow import Review, open_review
from core.issuing.example import example_extract
from core.report.choices import Choices
from core.report.disclosure import known, scan
from core.report.workbooks.workbook import workbook_bytes
from core.results.options import AUDIT_METHOD
from core.review.state import replay
from core.sealing.age import Passphrase
from core.sealing.trust import TrustStore, shipped_entries

SIZE = 3_000
CHOICES = Choices(made_at=datetime(2026, 11, 22, tzinfo=UTC))
WORDS = "I looked at the notes of these patients again, and asked for two corrections. " * 20


def rows() -> Iterator[Row]:
    review, nothing = large_review(), replay(())
    making = partial(workbook_bytes, review, nothing, CHOICES)
    yield Row(f"workbook, {SIZE:,} cases and {SIZE:,} units", median_seconds(making), "at most 1 s")
    rows_too = median_seconds(partial(making, cases=True))
    yield Row(f"the same with {SIZE:,} rows of cases", rows_too, "asked for rarely")
    scanning = median_seconds(partial(scan, [("note", WORDS)], known(review.extract)))
    yield Row("scan 1,600 letters for identifiers", scanning, "while typing: at most 50 ms")


def large_review() -> Review:
    """Return the example's review, its cases and units drawn again and again."""
    sealed, passphrase = example_extract()
    opened = open_review(
        sealed, [Passphrase(passphrase)], TrustStore(shipped_entries()), lambda *_: None
    )
    chance = np.random.default_rng(20260401)
    cases = drawn(chance, opened.extract.cases).sort_values("operated_on")
    cases["case_id"] = [f"K{number:06d}" for number in range(SIZE)]
    national = opened.extract.national
    units = pd.concat([drawn(chance, part) for _, part in national.groupby("outcome")])
    large = replace(opened, extract=replace(opened.extract, cases=cases, national=units))
    codes = [outcome.code for outcome in opened.extract.manifest.outcomes]
    return replace(large, results=tuple(large.measure(code, AUDIT_METHOD) for code in codes))


def drawn(chance: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    return table.iloc[chance.integers(0, len(table), SIZE)].reset_index(drop=True)
