"""Which rows of a grid name its columns, told by what stands below them."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, time, timedelta

import numpy as np
from numpy.typing import NDArray

from core.intake.reading.foreign import Cell, Grid

_SEARCHED = 60
_SAMPLED = 200
_MOST_TYPED = 0.8
_VALUE = re.compile(
    r"[<>~£]?\s*[+-]?[0-9][0-9,]*\.?[0-9]*(?:[eE][+-]?[0-9]+)?\s*%?"
    r"|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[ T].*)?"
    r"|[0-9]{1,2}[- ][A-Za-z]{3,9}[- ][0-9]{2,4}"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
)
_CODED = re.compile(r"[0-9]{1,2}\s*[.=:)-]\s*[A-Za-z].*")
_QUESTION = re.compile(r"Q?\s*[0-9]+(?:\.[0-9]+)*\.?[a-z]?", re.IGNORECASE)


def header_rows(rows: Grid, filled: NDArray[np.bool_]) -> tuple[int, ...]:
    """Return the rows that name the columns, from 0; none for a header-less table.

    The first row as wide as the table is its header where it holds words above columns of values,
    or, with no such column, texts that do not recur below. A row above it of group names or
    question numbers, and one below it of words above the same values, belong to it.
    """
    widths = filled.sum(axis=1)
    wide = [int(row) for row in np.flatnonzero(widths >= _usual_width(widths) / 2)[:_SEARCHED]]
    first = next((row for row in wide if row < _SEARCHED), None)
    if first is None:
        return ()
    if _is_numbering(rows, first) and first + 1 < len(rows) and _is_header(rows, first + 1):
        return (first, first + 1)
    if not _is_header(rows, first):
        return ()
    if _is_group(rows, filled, first):
        return (first - 1, first)
    return (first, first + 1) if _is_second(rows, first + 1) else (first,)


def names_of(rows: Grid, header: Sequence[int], columns: Sequence[int]) -> tuple[str, ...]:
    """Return a name for each column, from one row of names or two.

    Question numbers stand before the names below them. Of two rows of words the upper one names
    the columns where every column has its own; else it names groups, and stands before names
    that would otherwise be the same.
    """
    if not header:
        return ("",) * len(columns)
    lower = [_text(rows[header[-1], place]) for place in columns]
    if len(header) == 1:
        return tuple(lower)
    upper = [_text(rows[header[0], place]) for place in columns]
    if _is_numbering(rows, header[0]):
        return tuple(f"{number} {name}".strip() for number, name in zip(upper, lower, strict=True))
    if "" not in upper and len(set(upper)) == len(upper):
        return tuple(upper)
    counts, groups = Counter(lower), _carried(upper)
    return tuple(
        f"{group} {name}".strip() if counts[name] > 1 else name or group
        for group, name in zip(groups, lower, strict=True)
    )


def is_value(cell: Cell) -> bool:
    """Say whether a cell holds a number, a date, a time or a coded value, not words."""
    if isinstance(cell, str):
        text = cell.strip()
        return bool(_VALUE.fullmatch(text) or _CODED.fullmatch(text))
    return isinstance(cell, int | float | date | time | timedelta)


def _usual_width(widths: NDArray[np.intp]) -> float:
    return float(np.median(widths[widths > 0]))


def _typed_columns(rows: Grid, start: int) -> list[int]:
    """Return the columns whose cells below `start` are nearly all values."""
    typed = []
    for place in range(rows.shape[1]):
        cells = [cell for cell in rows[start : start + _SAMPLED, place] if cell is not None]
        if cells and sum(map(is_value, cells)) >= _MOST_TYPED * len(cells):
            typed.append(place)
    return typed


def _is_header(rows: Grid, row: int) -> bool:
    cells = [cell for cell in rows[row] if cell is not None]
    texts = [cell for cell in cells if isinstance(cell, str)]
    if not texts or sum(map(is_value, cells)) > (1 - _MOST_TYPED) * len(cells):
        return False
    typed = _typed_columns(rows, row + 1)
    if typed:
        return sum(is_value(rows[row, place]) for place in typed) <= len(typed) * (1 - _MOST_TYPED)
    return len(set(texts)) == len(texts) and not _recurs(rows, row)


def _recurs(rows: Grid, row: int) -> bool:
    """Say whether a cell of the row stands in its own column again, as records' cells do."""
    below = rows[row + 1 : row + 1 + _SAMPLED]
    return any(
        cell is not None and cell in set(below[:, place]) for place, cell in enumerate(rows[row])
    )


def _is_second(rows: Grid, row: int) -> bool:
    """Say whether the row below a header is one too: words wherever values follow."""
    if row + 1 >= len(rows):
        return False
    typed = _typed_columns(rows, row + 1)
    named = [place for place in typed if rows[row, place] is not None]
    words = [place for place in named if not is_value(rows[row, place])]
    return len(typed) >= 1 and len(named) >= len(typed) / 2 and len(words) == len(named)


def _is_group(rows: Grid, filled: NDArray[np.bool_], row: int) -> bool:
    if row == 0 or int(filled[row - 1].sum()) < 2:
        return False
    cells = [cell for cell in rows[row - 1] if cell is not None]
    return all(isinstance(cell, str) for cell in cells) or _is_numbering(rows, row - 1)


def _is_numbering(rows: Grid, row: int) -> bool:
    """Say whether the row holds question numbers: distinct, and most with a point or a letter."""
    texts = [_text(cell) for cell in rows[row] if cell is not None]
    numbers = [text for text in texts if _QUESTION.fullmatch(text)]
    return len(texts) > 1 and len(set(texts)) == len(texts) and len(numbers) == len(texts)


def _carried(texts: list[str]) -> list[str]:
    """Carry each group's name on over the columns right of it, as a merged cell does."""
    held, carried = "", []
    for text in texts:
        held = text or held
        carried.append(held)
    return carried


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())
