"""Timings of the vault and of a what-if."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from timing import Row, median_seconds

from core.extract.manifest import Outcome
from core.results.inclusion import include
from core.results.measure import measure
from core.review.events import Entry, entry_bytes
from core.review.journal import Journal, head_path, journal_path
from core.review.notes import NoteWritten, OnCase
from core.review.queries import Query
from core.review.records import JournalKey, head_bytes, journal_bytes, read_records
from core.review.state import replay
from core.review.what_if import apply

NOW = datetime(2026, 11, 22, tzinfo=UTC)
RECORDS, CASES, CORRECTIONS = 10_000, 10_000, 50
DAY = date(2026, 12, 31)
UNITS = pd.DataFrame({"cases": [100.0], "observed": [6.0], "expected": [6.2]})
OUTCOME = Outcome(code="death", label="Death", kind="binary", definition="Death")


def rows() -> list[Row]:
    """Return every timing."""
    return [*journal_rows(), what_if_row()]


def journal_rows() -> list[Row]:
    with TemporaryDirectory() as name:
        folder, key = Path(name), JournalKey.generate()
        written(folder, key)
        append = Journal(folder, key, writable=True).append
        return [
            Row(
                f"unlock beyond key derivation, {RECORDS:,} records, replayed",
                median_seconds(partial(read_and_replay, folder, key)),
                "at most 200 ms",
            ),
            Row(
                "append a record, flushed and fsynced",
                median_seconds(partial(append, note(RECORDS), NOW)),
                f"fsync alone {median_seconds(synced(folder)) * 1000:.2f} ms; at most 5 ms more",
            ),
        ]


def what_if_row() -> Row:
    frame, queries = cases(), corrections()

    def corrected() -> None:
        measure(OUTCOME, apply(frame, queries, (OUTCOME,)).cases, DAY, UNITS)

    assert include(frame, OUTCOME, DAY).cases == CASES
    name = f"what-if of {CORRECTIONS} corrections on {CASES:,} cases, measured again"
    alone = median_seconds(partial(apply, frame, queries, (OUTCOME,)))
    return Row(name, median_seconds(corrected), f"corrections {alone * 1000:.1f} ms; at most 200")


def read_and_replay(folder: Path, key: JournalKey) -> None:
    replay(Journal(folder, key, writable=True).entries)


def written(folder: Path, key: JournalKey) -> None:
    texts = [entry_bytes(Entry(str(n), NOW, note(n))) for n in range(RECORDS)]
    data = journal_bytes(texts, key)
    journal_path(folder, key).write_bytes(data)
    last = read_records(data, key).records[-1].digest
    head_path(folder, key).write_bytes(head_bytes(RECORDS, last, key))


def note(number: int) -> NoteWritten:
    return NoteWritten(
        note=f"n{number % 500}",
        extract="0" * 64,
        anchor=OnCase(f"FICTIONAL-{number}"),
        text="A sentence as long as surgeons write, of some eighty characters in all. " * 3,
    )


def synced(folder: Path) -> Callable[[], None]:
    def call() -> None:
        with (folder / "alone").open("wb", buffering=0) as file:
            file.write(bytes(500))
            os.fsync(file.fileno())

    return call


def cases() -> pd.DataFrame:
    random = np.random.default_rng(4)
    risks = random.beta(1, 15, CASES)
    frame = pd.DataFrame(random.random((CASES, 36)), columns=[f"factor_{n}" for n in range(36)])
    return frame.assign(
        case_id=[f"FICTIONAL-{n}" for n in range(CASES)],
        operated_on=pd.date_range("2020-01-01", periods=CASES, freq="h"),
        **{"risk.death": risks, "outcome.death": (random.random(CASES) < risks).astype(float)},
    )


def corrections() -> list[Query]:
    kinds = ("not_my_case", "wrong_outcome", "wrong_risk_factor", "meets_exclusion", "duplicate")
    fields = (None, "outcome.death", "factor_3", None, None)
    return [
        Query(
            id=str(n),
            extract="0" * 64,
            kind=kinds[n % 5],
            case_id=f"FICTIONAL-{n * 31}",
            field=fields[n % 5],
            audit_value=None,
            proposed_value=1.0,
            evidence="",
            begun_at=NOW,
            changed_at=NOW,
        )
        for n in range(CORRECTIONS)
    ]
