"""The terms a score adds up, as data: each gives every case its contribution."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from msgspec import Meta, Struct

from core.risk.fields import Column, Field, Text
from core.risk.steps import Floats, Number

Points = Annotated[dict[Text, Number], Meta(min_length=1)]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What terms read: the number of any name, and the columns behind the fields."""

    numbers: Mapping[str, Floats]
    columns: Mapping[str, Column]
    fields: Mapping[str, Field]


class _Term(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", kw_only=True):
    label: Text
    of: Text


class Linear(_Term, frozen=True, tag="linear", kw_only=True):
    """coefficient × number, and × the number `times` where it is named."""

    coefficient: Number
    times: Text | None = None

    def contribution(self, inputs: Inputs) -> Floats:
        """Return what this term adds for every case; NaN where an input is lacking."""
        amount = self.coefficient * inputs.numbers[self.of]
        return amount if self.times is None else amount * inputs.numbers[self.times]


class Category(_Term, frozen=True, tag="category", kw_only=True):
    """The coefficient of the case's category, × the number `times` where it is named.

    It counts only in cases whose other codes are among those that `when` lists.
    """

    levels: Points
    times: Text | None = None
    when: dict[Text, tuple[Text, ...]] = {}

    def contribution(self, inputs: Inputs) -> Floats:
        """Return what this term adds for every case; NaN where an input is lacking."""
        amount = _look_up(inputs, self.of, self.levels)
        for name, codes in self.when.items():
            amount = amount * _look_up(inputs, name, dict.fromkeys(codes, 1.0))
        return amount if self.times is None else amount * inputs.numbers[self.times]


class Band(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a table: up to and including `to`, or below `below`; the last has neither."""

    value: Number
    to: Number | None = None
    below: Number | None = None

    @property
    def edge(self) -> tuple[float, bool] | None:
        """Return the upper edge and whether it belongs to this band; None for the last."""
        if self.to is not None:
            return self.to, True
        return None if self.below is None else (self.below, False)


class Bands(_Term, frozen=True, tag="bands", kw_only=True):
    """The value of the band that a number falls into."""

    bands: Annotated[tuple[Band, ...], Meta(min_length=1)]

    def contribution(self, inputs: Inputs) -> Floats:
        """Return what this term adds for every case; NaN where an input is lacking."""
        x = inputs.numbers[self.of]
        position = np.zeros(len(x), np.intp)
        for band in self.bands[:-1]:
            edge, inside = band.edge or (np.inf, True)
            position += x > edge if inside else x >= edge
        values = np.array([band.value for band in self.bands])
        return np.where(np.isnan(x), np.nan, values[position])


class Spline(_Term, frozen=True, tag="spline", kw_only=True):
    """A restricted cubic spline: slope·x + Σ cubes[i]·max(x − knots[i], 0)³.

    The cubes are the restated coefficients (Harrell, Regression Modeling Strategies, 2.4.5).
    """

    slope: Number
    knots: Annotated[tuple[Number, ...], Meta(min_length=3, max_length=20)]
    cubes: Annotated[tuple[Number, ...], Meta(min_length=3, max_length=20)]

    def contribution(self, inputs: Inputs) -> Floats:
        """Return what this term adds for every case; NaN where an input is lacking."""
        x = inputs.numbers[self.of]
        total = self.slope * x
        for knot, cube in zip(self.knots, self.cubes, strict=True):
            total = total + cube * np.maximum(x - knot, 0.0) ** 3
        return total


class Codes(_Term, frozen=True, tag="codes", kw_only=True):
    """Points for diagnosis codes that begin with a prefix.

    `count` is "any" (the largest points, once) or "each" (the sum over prefixes found).
    """

    points: Points
    count: Annotated[str, Meta(pattern="^(any|each)$")] = "any"

    def contribution(self, inputs: Inputs) -> Floats:
        """Return what this term adds for every case; NaN where the list is missing."""
        column = inputs.columns[self.of]
        totals = np.array([*(self._points(codes) for codes in column.lists), np.nan])
        return totals[_position(column.values)]

    def _points(self, codes: frozenset[str]) -> float:
        starts = tuple(codes)
        found = [
            points
            for prefix, points in self.points.items()
            if any(code.startswith(prefix) for code in starts)
        ]
        if self.count == "each":
            return float(sum(found))
        return max(found, default=0.0)


Term = Linear | Category | Bands | Spline | Codes


def _look_up(inputs: Inputs, name: str, levels: Mapping[str, float]) -> Floats:
    codes = list(getattr(inputs.fields[name], "codes", ()))
    table = np.array([*(levels.get(code, 0.0) for code in codes), np.nan])
    return table[_position(inputs.columns[name].values)]


def _position(values: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.intp]]:
    return np.where(np.isnan(values), -1, values).astype(np.intp)
