"""Text cells to numbers, dates and codes, as a profile's rules describe them."""

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.audits.profile import DateColumn, FieldRule
from core.errors import BadProfileError
from core.intake.table import refuse

Numbers = NDArray[np.float64]

_NUMBER = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
_LAYOUT = {
    "iso": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "%Y-%m-%d"),
    "dmy": (r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", "%d/%m/%Y"),
}
_LAYOUT_WORDS = {"iso": "a date as 2025-04-30", "dmy": "a date as 30/04/2025"}


def numbers(cells: pd.Series) -> Numbers:
    """Return the numbers in `cells`, NaN where empty."""
    kinds, texts = pd.factorize(cells)
    known = pd.Series(texts, dtype=object)
    well_formed = known.str.fullmatch(_NUMBER).to_numpy(dtype=bool)
    blank = (known == "").to_numpy(dtype=bool)
    refuse((~well_formed & ~blank)[kinds], cells.name, "must be a number or empty")
    values = np.where(well_formed, known.where(well_formed, "nan"), "nan").astype(float)
    refuse(np.isinf(values)[kinds], cells.name, "must be a finite number")
    return np.asarray(values[kinds], dtype=float)


def dates(cells: pd.Series, rule: DateColumn) -> pd.Series:
    """Return the dates in `cells`, NaT where empty."""
    if rule.format == "day_number":
        return _from_day_numbers(cells, rule.epoch)
    pattern, layout = _LAYOUT[rule.format]
    which, known = pd.factorize(cells)
    texts = pd.Series(known, dtype=object)
    shaped = texts.where(texts.str.fullmatch(pattern), None)
    found = pd.to_datetime(shaped, format=layout, errors="coerce")
    wrong = (found.isna() & (texts != "")).to_numpy(dtype=bool)
    refuse(wrong[which], cells.name, f"must be {_LAYOUT_WORDS[rule.format]}")
    return pd.Series(found.to_numpy()[which], index=cells.index)


def _from_day_numbers(cells: pd.Series, epoch: date | None) -> pd.Series:
    if epoch is None:
        raise BadProfileError(f"Column {str(cells.name)!r} holds day numbers but has no epoch.")
    days = numbers(cells)
    present = ~np.isnan(days)
    wrong = present & ((np.floor(days) != days) | (days < 1) | (days > 100_000))
    refuse(wrong, cells.name, "must be a whole day number from 1")
    offsets = pd.to_timedelta(pd.Series(days - 1, index=cells.index), unit="D")
    return pd.Timestamp(epoch) + offsets


def typed(cells: pd.Series, rule: FieldRule, date_format: DateColumn) -> pd.Series:
    """Return `cells` as the field `rule` types them, missing as None, NaN or NaT.

    Dates stand as `date_format` says, or in ISO form where that counts days.
    """
    if rule.codes:
        cells = cells.map(lambda cell: rule.codes.get(cell, cell))
    if rule.type in ("text", "code"):
        return _words(cells, rule)
    if rule.type == "date":
        layout = "iso" if date_format.format == "day_number" else date_format.format
        return dates(cells, DateColumn(column=rule.name, format=layout))
    return pd.Series(_bounded(cells, rule), index=cells.index)


def _words(cells: pd.Series, rule: FieldRule) -> pd.Series:
    present = cells != ""
    if rule.type == "code":
        unknown = present & ~cells.isin(rule.allowed)
        refuse(unknown.to_numpy(dtype=bool), cells.name, "must be one of the profile's codes")
    return cells.astype(object).where(present, None)


def _bounded(cells: pd.Series, rule: FieldRule) -> Numbers:
    found = numbers(cells)
    present = ~np.isnan(found)
    if rule.type == "flag":
        refuse(present & ~np.isin(found, (0.0, 1.0)), cells.name, "must be 0 or 1")
    if rule.type == "integer":
        refuse(present & (np.floor(found) != found), cells.name, "must be a whole number")
    if rule.minimum is not None:
        refuse(present & (found < rule.minimum), cells.name, f"must be {rule.minimum:g} or more")
    if rule.maximum is not None:
        refuse(present & (found > rule.maximum), cells.name, f"must be {rule.maximum:g} or less")
    return found
