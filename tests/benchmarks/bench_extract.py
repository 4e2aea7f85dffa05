"""How long an extract takes to write, to open, and its tables to read."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial

import numpy as np
import pandas as pd
from timing import Row, beside_peer, median_seconds

from core.extract.manifest import Audit, Field, Manifest, Outcome, Period, Surgeon
from core.extract.opening import open_extract
from core.extract.schema import cases_contract
from core.extract.tables import read_table, table_bytes
from core.extract.writing import build_archive, seal
from core.sealing.age import X25519Identity
from core.sealing.trust import TrustStore

CODES = ("one", "two", "three")
FIELDS = (
    *(Field(name=f"number{place}", label="Number", type="number") for place in range(14)),
    *(Field(name=f"integer{place}", label="Integer", type="integer") for place in range(10)),
    *(Field(name=f"code{place}", label="Code", type="code", allowed=CODES) for place in range(10)),
)
MANIFEST = Manifest(
    format="plumbline-extract/1",
    audit=Audit(code="FICTIONAL", name="FICTIONAL", organisation="FICTIONAL"),
    series="FICTIONAL",
    edition_number=1,
    level="surgeon",
    surgeon=Surgeon(name="FICTIONAL", gmc="0000000"),
    period=Period(start=date(2021, 4, 1), end=date(2024, 3, 31)),
    follow_up_to=date(2024, 3, 31),
    issued_at=datetime(2024, 9, 1, tzinfo=UTC),
    attribution="FICTIONAL",
    outcomes=(Outcome(code="death", label="Death", kind="binary", definition="Death."),),
    fields=FIELDS,
    files={},
)


def rows() -> Iterator[Row]:
    identity = X25519Identity.generate()
    cases, units = made_up_cases(3_000), made_up_units(3_000)
    building = median_seconds(partial(build_archive, MANIFEST, cases, units))
    yield Row("write an extract: 3,000 cases, 3,000 units", building, "")
    sealed = seal(build_archive(MANIFEST, cases, units), [identity.recipient])
    opening = median_seconds(partial(open_extract, sealed, [identity], TrustStore()))
    yield Row("open it, the key derivation apart", opening, "aim: 500 ms")
    contracts = cases_contract(MANIFEST)
    table = table_bytes(made_up_cases(100_000), contracts)
    reading = median_seconds(partial(read_table, table, contracts, "cases.csv"))
    text = table.decode()
    beside = beside_peer(reading, "csv.reader, cells as text", partial(plain_cells, text))
    yield Row("read and check a table of 100,000 × 40", reading, beside)


def plain_cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def made_up_cases(count: int) -> pd.DataFrame:
    chance = np.random.default_rng(7)
    days = pd.to_timedelta(chance.integers(0, 1000, count), unit="D")
    fixed = {
        "case_id": [f"C{number}" for number in range(count)],
        "operated_on": pd.Timestamp("2021-04-01") + days,
        "procedure": "Operation",
        "provider": "Hospital",
        "risk.death": chance.random(count),
        "outcome.death": chance.integers(0, 2, count),
    }
    return pd.DataFrame(fixed | {field.name: cells(field, chance, count) for field in FIELDS})


def cells(field: Field, chance: np.random.Generator, count: int) -> object:
    if field.type == "number":
        return chance.random(count)
    if field.type == "integer":
        return chance.integers(0, 100, count)
    return chance.choice(CODES, count)


def made_up_units(count: int) -> pd.DataFrame:
    chance = np.random.default_rng(8)
    return pd.DataFrame(
        {
            "outcome": "death",
            "period": "2021-04-01/2024-03-31",
            "unit": [f"U{number}" for number in range(count)],
            "cases": 100,
            "observed": chance.integers(0, 9, count),
            "expected": chance.random(count) * 5,
        }
    )
