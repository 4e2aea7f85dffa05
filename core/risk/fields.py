"""The risk factors a model asks of a case: what a cell may hold, and how it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from msgspec import Meta, Struct
from numpy.typing import NDArray

from core.risk.steps import Floats, Number

Mask = NDArray[np.bool_]
Text = Annotated[str, Meta(min_length=1, max_length=2000)]

_YES = frozenset({"1", "yes", "y", "true"})
_NO = frozenset({"0", "no", "n", "false"})


@dataclass(frozen=True, slots=True)
class Column:
    """One field of every case, read: NaN in `values` where it is `missing` or `refused`.

    A code is its position in the field's codes; a list of codes is a position in `lists`.
    """

    values: Floats
    missing: Mask
    refused: Mask
    lists: tuple[frozenset[str], ...] = ()


class _Field(Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", kw_only=True):
    label: Text
    synonyms: tuple[Text, ...] = ()
    note: str = ""


class NumberField(_Field, frozen=True, tag="number", kw_only=True):
    """A number with its unit and the range outside which it is refused."""

    range: tuple[Number, Number]
    unit: str = ""
    default: Number | None = None

    def read(self, cells: pd.Series) -> Column:
        """Read `cells`; text that is no number and numbers out of range are refused."""
        values, missing = _read_numbers(cells)
        low, high = self.range
        return _column(values, missing, (values >= low) & (values <= high))

    def default_value(self) -> float | None:
        """Return the documented default, or None."""
        return self.default

    def rule(self) -> str:
        """Return, in words, what a cell must be."""
        low, high = self.range
        return f"a number from {low:g} to {high:g} {self.unit}".rstrip()

    def words(self, value: float, column: Column) -> str:
        """Return one value in words."""
        return f"{value:g} {self.unit}".rstrip()


class YesNoField(_Field, frozen=True, tag="yes_no", kw_only=True):
    """Present (1, yes, true) or absent (0, no, false)."""

    default: bool | None = None

    def read(self, cells: pd.Series) -> Column:
        """Read `cells`; anything but yes or no is refused."""
        words = {**dict.fromkeys(_YES, 1.0), **dict.fromkeys(_NO, 0.0)}
        return _read_words(cells, words)

    def default_value(self) -> float | None:
        """Return the documented default as 1 or 0, or None."""
        return None if self.default is None else float(self.default)

    def rule(self) -> str:
        """Return, in words, what a cell must be."""
        return "yes (1) or no (0)"

    def words(self, value: float, column: Column) -> str:
        """Return one value in words."""
        return "yes" if value else "no"


class Code(Struct, frozen=True, forbid_unknown_fields=True):
    """One category: its label and the other ways it is written."""

    label: Text
    synonyms: tuple[Text, ...] = ()


class CodeField(_Field, frozen=True, tag="code", kw_only=True):
    """One of a list of categories."""

    codes: Annotated[dict[Text, Code], Meta(min_length=1)]
    default: Text | None = None

    def read(self, cells: pd.Series) -> Column:
        """Read `cells` as positions in `codes`; an unknown category is refused."""
        return _read_words(cells, self.spellings())

    def spellings(self) -> dict[str, float]:
        """Return the position of each code under every way of writing it."""
        found: dict[str, float] = {}
        for position, (code, about) in enumerate(self.codes.items()):
            for word in {_word(one) for one in (code, about.label, *about.synonyms)}:
                if word in found:
                    raise ValueError(f"two codes are written {word!r}")
                found[word] = float(position)
        return found

    def default_value(self) -> float | None:
        """Return the position of the documented default, or None."""
        return None if self.default is None else float(list(self.codes).index(self.default))

    def rule(self) -> str:
        """Return, in words, what a cell must be."""
        return "one of " + ", ".join(self.codes)

    def words(self, value: float, column: Column) -> str:
        """Return one value in words."""
        return list(self.codes.values())[int(value)].label


class CodeListField(_Field, frozen=True, tag="code_list", kw_only=True):
    """Any number of diagnosis codes: a list, or text separated by spaces, commas or semicolons."""

    def read(self, cells: pd.Series) -> Column:
        """Read `cells`; an empty list is an answer, an empty cell is missing."""
        joined = cells.map(_join, na_action="ignore")
        missing = joined.isna().to_numpy(bool)
        positions, texts = pd.factorize(joined.fillna(""))
        lists = tuple(frozenset(_split(text)) for text in texts)
        return _column(positions.astype(np.float64), missing, ~missing, lists)

    def default_value(self) -> float | None:
        """Return None: a list has no default."""
        return None

    def rule(self) -> str:
        """Return, in words, what a cell must be."""
        return "a list of diagnosis codes"

    def words(self, value: float, column: Column) -> str:
        """Return one value in words."""
        return ", ".join(sorted(column.lists[int(value)])) or "none"


Field = NumberField | YesNoField | CodeField | CodeListField


def _column(
    values: Floats, missing: Mask, allowed: Mask, lists: tuple[frozenset[str], ...] = ()
) -> Column:
    usable = allowed & ~missing
    kept = values if usable.all() else np.where(usable, values, np.nan)
    return Column(kept, missing, ~(allowed | missing), lists)


def _read_words(cells: pd.Series, words: Mapping[str, float]) -> Column:
    positions, found = _distinct(cells)
    spelt = [_word(value) for value in found]
    values = np.array([*(words.get(word, np.nan) for word in spelt), np.nan])[positions]
    missing = np.array([*(word == "" for word in spelt), True])[positions]
    return _column(values, missing, ~np.isnan(values))


def _read_numbers(cells: pd.Series) -> tuple[Floats, Mask]:
    if pd.api.types.is_numeric_dtype(cells.dtype):
        values = cells.to_numpy(np.float64, na_value=np.nan)
        return values, np.isnan(values)
    positions, found = _distinct(cells)
    numbers = pd.to_numeric(pd.Series(found, dtype=object), errors="coerce")
    values = np.array([*numbers.to_numpy(np.float64, na_value=np.nan), np.nan])[positions]
    empty = np.array([*(_word(value) == "" for value in found), True])[positions]
    return values, empty


def _distinct(cells: pd.Series) -> tuple[NDArray[np.intp], Iterable[object]]:
    if isinstance(cells.dtype, pd.StringDtype):
        return pd.factorize(cells.to_numpy(object))
    return pd.factorize(cells)


def _word(value: object) -> str:
    if isinstance(value, float | np.floating) and float(value).is_integer():
        value = int(value)
    text = str(value).strip().casefold()
    whole = text.removesuffix(".0")
    return whole if whole.isdigit() else text


def _join(value: object) -> str | None:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return " ".join(str(one) for one in value)
    return str(value).strip() or None


def _split(text: str) -> Iterable[str]:
    for one in text.replace(",", " ").replace(";", " ").split():
        yield one.replace(".", "").upper()
