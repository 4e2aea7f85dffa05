"""How long 50,000 rows of 60 columns take to be matched, read and made an extract."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

import numpy as np
from timing import Row, median_seconds

from core.audits.library import load_profile
from core.extract.manifest import Surgeon
from core.intake.headings import sheet_of
from core.intake.matching import propose
from core.intake.reading.foreign import Grid
from core.intake.table_area import table_area
from core.intake.translation import translate
from core.issuing.imported import Origin, Terms, make_extract

ROWS, COLUMNS = 50_000, 60
HEADINGS = ("NHS Number", "Surname", "DOB", "Date of procedure", "Procedure type", "ASA grade",
            "Sex", "Died in hospital", "risk_aaa_death", "Hospital", "Procedure")  # fmt: skip


def rows() -> Iterator[Row]:
    profile = load_profile("vascular")
    cells = made_up()
    sheet = sheet_of(cells, table_area(cells))
    size = f"{ROWS:,} × {COLUMNS}"
    yield Row(f"match the columns of {size}", median_seconds(partial(propose, sheet, profile)), "")
    mapping = propose(sheet, profile)
    reading = partial(translate, sheet, mapping, profile, b"key")
    yield Row(f"read and pseudonymise {size}", median_seconds(reading), "")
    terms = Terms(Surgeon(name="FICTIONAL", gmc="none"), b"key", datetime(2026, 1, 1, tzinfo=UTC))
    origin = Origin("made-up.csv", "made-up.csv", "0" * 64)
    making = partial(make_extract, sheet, mapping, profile, origin, terms)
    yield Row(f"make an extract of {size}", median_seconds(making), "")


def made_up() -> Grid:
    """FICTIONAL cells, every risk another text."""
    chance = np.random.default_rng(1)
    cells = np.full((ROWS + 1, COLUMNS), "FICTIONAL", dtype=object)
    cells[0] = [*HEADINGS, *(f"Extra {at}" for at in range(COLUMNS - len(HEADINGS)))]
    days = np.datetime64("2021-01-01") + chance.integers(0, 1500, ROWS)
    cells[1:, 0] = "943 476 5919"
    cells[1:, 1] = "ZEBEDEE"
    cells[1:, 2] = "01/02/1950"
    cells[1:, 3] = [f"{day[8:]}/{day[5:7]}/{day[:4]}" for day in days.astype(str)]
    cells[1:, 4] = chance.choice(["aaa_open", "aaa_evar"], ROWS)
    cells[1:, 5] = chance.choice(["1", "2", "3", "4"], ROWS)
    cells[1:, 6] = chance.choice(["1. Male", "2. Female"], ROWS)
    cells[1:, 7] = chance.choice(["Yes", "No"], ROWS)
    cells[1:, 8] = [f"{risk:.6f}%" for risk in chance.uniform(0, 9, ROWS)]
    return cells
