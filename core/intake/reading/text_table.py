"""Text tables: CSV and its kin, whatever their characters, separator and line ends."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from core.errors import BadTextError, FileLimitError, NoTableError
from core.intake.reading.foreign import ForeignTable, Grid
from core.intake.reading.limits import Limits
from core.intake.reading.mangled import mangled

_MARKS = {
    b"\xef\xbb\xbf": ("utf-8-sig", ""),
    b"\xff\xfe": ("utf-16", "The text is UTF-16."),
    b"\xfe\xff": ("utf-16", "The text is UTF-16."),
}
_WINDOWS = "The text is not UTF-8; it was read as Windows-1252 (Western European)."
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE_ROWS = 200
_SAMPLE_SIZE = 4 * 1024 * 1024
_TICK = 2_000


def read_text_table(
    data: bytes, source: str, limits: Limits, tick: Callable[[int, int], None]
) -> ForeignTable:
    """Return the one table in the text `data`; every cell is text, None where empty.

    The separator is the one that gives most rows the same number of cells. `tick(done, total)` is
    called as bytes are read and may raise to stop. Raises BadTextError, NoTableError or
    FileLimitError.
    """
    text, told = _decoded(data)
    if not text.strip():
        raise NoTableError("The file is empty.")
    declared = re.match(r"sep=(.)\r?\n", text)
    separator = declared[1] if declared else _separator(text)
    rows = _rows(text, separator, limits, tick)
    if declared:
        rows[0] = []
    grid = _grid(rows)
    name = _SEPARATORS.get(separator, "another character")
    remarks = (*told, f"The cells are separated by {name}.", *_ragged(rows), *mangled(grid))
    return ForeignTable(source, grid, remarks)


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    encoding, told = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise BadTextError("The text's characters are of no encoding that is known.") from None
    if _CONTROLS.search(text):
        raise BadTextError("The file is not a text table: it holds control characters.")
    return text, (told,) if told else ()


def _encoding(data: bytes) -> tuple[str, str]:
    for mark, found in _MARKS.items():
        if data.startswith(mark):
            return found
    start = data[:4096]
    if b"\0" in start[1::2] and b"\0" not in start[::2]:
        return "utf-16-le", "The text is UTF-16."
    if b"\0" in start[::2] and b"\0" not in start[1::2]:
        return "utf-16-be", "The text is UTF-16."
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", _WINDOWS
    return "utf-8", ""


def _separator(text: str) -> str:
    """Return the separator under which most rows have one same number of cells, above one."""
    sample = text[:_SAMPLE_SIZE]
    return max(_SEPARATORS, key=lambda separator: _agreement(sample, separator))


def _agreement(sample: str, separator: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=True)
    widths: Counter[int] = Counter()
    try:
        for row, _ in zip(reader, range(_SAMPLE_ROWS), strict=False):
            widths[len(row)] += bool(row)
    except csv.Error:
        return (0.0, 0)
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return (0.0, 0)
    width = max(several, key=lambda each: (several[each], each))
    return (several[width] / sum(widths.values()), width)


def _rows(
    text: str, separator: str, limits: Limits, tick: Callable[[int, int], None]
) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(_lines(text, rows, limits), delimiter=separator, strict=True)
    known: dict[str, str] = {}
    total = text.count("\n") + 1
    try:
        for row in reader:
            rows.append([known.setdefault(cell, cell) for cell in row])
            if len(rows) % _TICK == 0:
                tick(min(reader.line_num, total), total)
                limits.check_table(len(rows), len(row))
    except csv.Error:
        raise BadTextError(f"Line {reader.line_num} is not well-formed: see its quotes.") from None
    limits.check_table(len(rows), max(map(len, rows)))
    return rows


def _lines(text: str, rows: Sequence[object], limits: Limits) -> Iterator[str]:
    """Yield the lines of `text`; FileLimitError where those of one row grow beyond `limits`."""
    complete, size = 0, 0
    for line in io.StringIO(text, newline=""):
        size = len(line) if len(rows) > complete else size + len(line)
        complete = len(rows)
        if size > limits.row:
            raise FileLimitError("A row of the table is longer than is read.")
        yield line


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    grid = np.full((len(rows), max(map(len, rows))), None, dtype=object)
    for place, row in enumerate(rows):
        grid[place, : len(row)] = [cell or None for cell in row]
    return grid


def _ragged(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    widths = [len(row) for row in rows if row]
    usual = Counter(widths).most_common(1)[0][0]
    others = [place for place, row in enumerate(rows, start=1) if row and len(row) != usual]
    if not others:
        return ()
    first = ", ".join(map(str, others[:5]))
    more = f" … ({len(others):,} in all)" if len(others) > 5 else ""
    return (f"Rows that have not {usual} cells, as most have: {first}{more}.",)
