"""How long a table of 100,000 cases takes to check, sort and narrow."""

import os
from collections.abc import Iterator
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from bench_extract import MANIFEST, made_up_cases, made_up_units
from PySide6.QtCore import Qt
from timing import Row, median_seconds

from core.extract.opening import Extract
from core.flow import Review
from core.results.quality.findings import quality
from core.sealing.trust import TrustState, TrustVerdict
from desktop.screens.cases.columns import case_columns
from desktop.screens.cases.filters import searchable
from desktop.screens.cases.model import CasesModel

CASES = 100_000


def rows() -> Iterator[Row]:
    review = made_up_review()
    cases = review.extract.cases
    checking = median_seconds(partial(quality, cases, MANIFEST))
    yield Row("look for what to check in 100,000 × 40", checking, "aim: 1 s")
    model = CasesModel()
    model.show_columns(case_columns(review, "death", {}))
    for column, name in ((0, "case"), (1, "mark"), (2, "date"), (4, "risk")):
        sorting = median_seconds(partial(model.sort, column, Qt.SortOrder.DescendingOrder))
        yield Row(f"sort 100,000 cases by {name}", sorting, "aim: 300 ms")
    narrowing = median_seconds(partial(narrow, model, searchable(cases)))
    yield Row("narrow 100,000 cases by a keystroke", narrowing, "aim: 50 ms")


def narrow(model: CasesModel, haystack: list[str]) -> None:
    hits = ("c99" in text for text in haystack)
    model.show_only(np.fromiter(hits, dtype=bool, count=len(haystack)))


def made_up_review() -> Review:
    extract = Extract(
        manifest=MANIFEST,
        manifest_bytes=b"",
        signature=None,
        issuer_pem=None,
        verdict=TrustVerdict(TrustState.EXAMPLE, ""),
        cases=made_up_cases(CASES),
        national=made_up_units(0),
        answers=None,
        models={},
        archive=b"",
        digest="",
    )
    return Review(extract, ())
