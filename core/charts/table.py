"""The table twin of a chart: the same numbers for reading one by one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableTwin:
    """Column headings and rows of words or numbers; None is shown as a dash."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
