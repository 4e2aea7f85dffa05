"""A case's fields in words and units, as a surgeon reads them."""

from datetime import datetime
from typing import Any

import pandas as pd

from core.extract.manifest import Field
from core.results.wording import THIN, day

MISSING = "not recorded"
YES_NO = {1.0: "yes", 0.0: "no"}


def cell_words(field: Field, cell: Any) -> str:
    """Return a cell of `field` in words: a label for a code, a unit after a number."""
    if pd.isna(cell):
        return MISSING
    if field.type == "flag":
        return YES_NO[float(cell)]
    if field.type == "date":
        return date_words(cell)
    if field.type in ("number", "integer"):
        return f"{float(cell):.10g}" + (f"{THIN}{field.unit}" if field.unit else "")
    return code_words(field, str(cell))


def code_words(field: Field, cell: str) -> str:
    """Return the label of a code, or of each where several stand in a cell."""
    words = dict(zip(field.allowed, field.labels, strict=False))
    return ", ".join(words.get(part, part) for part in cell.split(";")) if words else cell


def date_words(cell: Any) -> str:
    """Return a date as 1 April 2023."""
    moment: datetime = pd.Timestamp(cell).to_pydatetime()
    return day(moment.date())
