"""A cycle of five years over several extracts: which years they cover, overlaps, and gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from core.extract.manifest import Manifest
from core.results.wording import day

YEARS = 5
HALF = timedelta(days=182)
OVERLAP = (
    "Some of these periods share operations. Their results are not independent and must not be "
    "read as a trend."
)


@dataclass(frozen=True, slots=True)
class Window:
    """The period of one extract; `place` is where it stands among those that were given."""

    place: int
    audit: str
    name: str
    edition: int
    start: date
    end: date

    @property
    def label(self) -> str:
        """The audit and its period in words."""
        return f"{self.name}, {day(self.start)} – {day(self.end)}"

    def overlaps(self, other: "Window") -> bool:
        """Whether both hold operations of the same audit on the same days."""
        same = self.audit == other.audit
        return same and self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Year:
    """A year counted from the first day of a window; years of one audit share no day."""

    window: Window
    start: date
    end: date

    @property
    def label(self) -> str:
        """The year in words."""
        return f"{day(self.start)} – {day(self.end)}"


@dataclass(frozen=True, slots=True)
class Cycle:
    """The cycle that ends on `end`: its windows, the oldest first, and its years that are shown.

    `superseded` are places of extracts that a later edition of the same period replaces; `gaps`
    and `overlaps` are sentences.
    """

    start: date
    end: date
    windows: tuple[Window, ...]
    years: tuple[Year, ...]
    superseded: tuple[int, ...]
    overlaps: tuple[str, ...]
    gaps: tuple[str, ...]


def cycle(manifests: Sequence[Manifest], end: date, *, length: int = YEARS) -> Cycle:
    """Return the cycle of `length` years that ends on `end`, over these extracts.

    Of two editions of one audit, series and period only the later counts. A year of a window is
    left out where a newer window of the same audit already holds some of its days, so that no
    operation is counted in two years.
    """
    every = [_window(place, manifest) for place, manifest in enumerate(manifests)]
    superseded = tuple(sorted(_superseded(every, manifests)))
    windows = sorted(
        (one for one in every if one.place not in superseded), key=lambda one: (one.end, one.place)
    )
    start = _years_before(end, length) + timedelta(days=1)
    return Cycle(
        start=start,
        end=end,
        windows=tuple(windows),
        years=_distinct(windows),
        superseded=superseded,
        overlaps=tuple(_overlaps(windows)),
        gaps=tuple(_gaps(windows, start, end)),
    )


def _window(place: int, manifest: Manifest) -> Window:
    audit, period = manifest.audit, manifest.period
    return Window(place, audit.code, audit.name, manifest.edition_number, period.start, period.end)


def _superseded(windows: Iterable[Window], manifests: Sequence[Manifest]) -> set[int]:
    old: set[int] = set()
    for one, other in combinations(windows, 2):
        series = manifests[one.place].series, manifests[other.place].series
        same = (one.audit, one.start, one.end) == (other.audit, other.start, other.end)
        if same and series[0] == series[1]:
            old.add(min(one, other, key=lambda found: (found.edition, found.place)).place)
    return old


def _distinct(windows: Sequence[Window]) -> tuple[Year, ...]:
    kept: list[Year] = []
    for window in reversed(windows):
        for year in _years(window):
            taken = (other for other in kept if other.window.audit == window.audit)
            if not any(year.start <= other.end and other.start <= year.end for other in taken):
                kept.append(year)
    return tuple(sorted(kept, key=lambda year: (year.start, year.window.audit)))


def _years(window: Window) -> Iterable[Year]:
    start = window.start
    while start <= window.end:
        after = _years_before(start, -1)
        yield Year(window, start, min(window.end, after - timedelta(days=1)))
        start = after


def _overlaps(windows: Sequence[Window]) -> Iterable[str]:
    pairs = [(one, other) for one, other in combinations(windows, 2) if one.overlaps(other)]
    for one, other in pairs:
        first, last = max(one.start, other.start), min(one.end, other.end)
        yield (
            f"Two extracts of {one.name} both hold the operations from {day(first)} to {day(last)}."
        )
    if pairs:
        yield OVERLAP


def _gaps(windows: Sequence[Window], start: date, end: date) -> Iterable[str]:
    """Name each year of the cycle, by audit, of which less than half is covered."""
    names = {window.audit: window.name for window in windows}
    for audit, name in names.items():
        periods = [one for one in windows if one.audit == audit]
        first = start
        while first <= end:
            after = _years_before(first, -1)
            last = min(end, after - timedelta(days=1))
            if sum(_shared(one, first, last) for one in _merged(periods)) < HALF.days:
                yield f"{name}: no result for most of {day(first)} – {day(last)}."
            first = after


def _merged(windows: Iterable[Window]) -> list[tuple[date, date]]:
    spans: list[tuple[date, date]] = []
    for start, end in sorted((one.start, one.end) for one in windows):
        if spans and start <= spans[-1][1] + timedelta(days=1):
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _shared(span: tuple[date, date], first: date, last: date) -> int:
    return max(0, (min(span[1], last) - max(span[0], first)).days + 1)


def _years_before(moment: date, years: int) -> date:
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return date(moment.year - years, 3, 1)
