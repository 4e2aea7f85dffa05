"""What the funnel screen says of the chosen outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from core.charts.funnel import describe_funnel, describe_limits, funnel_table, peer_words
from core.charts.provenance import provenance
from core.charts.table import TableTwin
from core.extract.manifest import Level
from core.results.funnel import Funnel
from core.results.outcome import OutcomeResult
from core.results.reading import Step, how_to_read
from core.results.subset import Subset, subset_words
from core.results.wording import WHO, count, expected_count, ratio
from core.results.words import (
    NOT_A_MARGIN,
    Row,
    centre_words,
    in_words,
    line_rows,
    method,
    missed_rows,
    own_words,
    size_words,
)
from desktop.screens.funnel.methods import NOTE, OWN, offered, options_of

if TYPE_CHECKING:
    from core.flow import Review

WHOLE = "all"
PEOPLE: dict[Level, str] = {"surgeon": "surgeons", "team": "teams", "hospital": "hospitals"}


@dataclass(frozen=True, eq=False)
class FunnelPage:
    """One outcome's funnel with everything said beside it."""

    code: str
    label: str
    subtitle: str
    funnel: Funnel
    description: str
    table: TableTwin
    parts: tuple[tuple[str, str], ...]
    own: str
    in_words: str
    remarks: tuple[str, ...]
    missed: tuple[Row, ...]
    missed_note: str
    lines: tuple[Row, ...]
    lines_note: str
    chance: str
    provenance: tuple[str, ...]
    methods: tuple[tuple[str, str], ...]
    method: str = OWN
    no_picture: str = ""
    reading: tuple[Step, ...] = ()

    def words(self, point: int) -> str:
        """Return what is said of a point; the surgeon's own stands after all others."""
        if point < len(self.funnel.unit_expected):
            return peer_words(self.funnel, point)
        return f"{self.own}: {own_words(self.funnel.result)}"


@dataclass(frozen=True, slots=True)
class PartPage:
    """The numbers of one year or one procedure."""

    key: str
    title: str
    subtitle: str
    ratio: str
    observed: str
    expected: str
    sentence: str


NO_FUNNEL = "This outcome is an average, so there are no counts to draw a funnel from."


class FunnelView(Protocol):
    """What the presenter needs of the screen."""

    def show_choice(self, outcomes: tuple[tuple[str, str], ...]) -> None:
        """Offer the outcomes (code, label)."""

    def show_page(self, page: FunnelPage) -> None:
        """Show one outcome."""

    def show_part(self, part: PartPage) -> None:
        """Show the numbers of a part of the outcome's cases."""


class FunnelPresenter:
    """Shows one outcome at a time."""

    def __init__(self, view: FunnelView, review: Review) -> None:
        self._view = view
        self._review = review
        self._code = ""

    def show(self) -> None:
        """Offer the outcomes and show the first."""
        results = self._review.results
        self._view.show_choice(tuple((one.code, one.label) for one in results))
        if results:
            self.choose(results[0].code)

    def choose(self, code: str) -> None:
        """Show the outcome of that code."""
        self._code = code
        self._view.show_page(self._page(self._review.funnel(code)))

    def choose_part(self, key: str) -> None:
        """Show a part by its place among the outcome's parts, or the whole again."""
        if key == WHOLE:
            self.choose(self._code)
            return
        part = self._review.parts(self._code)[int(key)]
        self._view.show_part(part_page(key, self._review.result(self._code), part))

    def choose_method(self, key: str) -> None:
        """Draw the outcome by another method; what is said of the surgeon stays the audit's."""
        own = self._page(self._review.funnel(self._code))
        if key == OWN:
            self._view.show_page(own)
            return
        extract = self._review.extract
        other = self._review.funnel(self._code, options_of(key))
        self._view.show_page(
            replace(
                own,
                method=key,
                subtitle=subtitle(other, extract.manifest.level),
                funnel=other,
                description=f"{NOTE} {describe_limits(other)}",
                remarks=(NOTE, *other.remarks, *own.remarks),
                provenance=provenance(extract.manifest, extract.verdict, other.result),
            )
        )

    def _page(self, funnel: Funnel) -> FunnelPage:
        extract = self._review.extract
        result = funnel.result
        remarks = (self._review.issued_words(result.code), *funnel.remarks, centre_words(result))
        return FunnelPage(
            code=result.code,
            label=result.label,
            subtitle=subtitle(funnel, extract.manifest.level),
            funnel=funnel,
            description=describe_funnel(funnel),
            table=funnel_table(funnel),
            parts=self._parts(result.code),
            own=WHO[result.level],
            in_words=in_words(result),
            remarks=tuple(one for one in remarks if one),
            missed=tuple(_narrow(row) for row in missed_rows(result)),
            missed_note=f"At this caseload: {method(result)}. {size_words(result)}",
            lines=line_rows(result),
            lines_note=NOT_A_MARGIN,
            no_picture=NO_FUNNEL if result.kind == "continuous" else "",
            chance=chance_words(result, len(funnel.unit_expected), extract.manifest.level),
            provenance=provenance(extract.manifest, extract.verdict, result),
            methods=offered(result.kind),
            reading=how_to_read(funnel),
        )

    def _parts(self, code: str) -> tuple[tuple[str, str], ...]:
        found = enumerate(self._review.parts(code))
        return ((WHOLE, "All cases"), *((str(at), part.label) for at, part in found))


def part_page(key: str, result: OutcomeResult, part: Subset) -> PartPage:
    """Return what is shown of a part."""
    words = result.words
    noun = words.event if part.observed == 1 else words.events
    return PartPage(
        key=key,
        title=result.label,
        subtitle=f"Only these cases: {part.label}.",
        ratio="–" if part.ratio is None else ratio(part.ratio),
        observed=f"{count(part.observed)} {noun}",
        expected=f"{expected_count(part.expected)} expected",
        sentence=subset_words(part),
    )


def subtitle(funnel: Funnel, level: Level) -> str:
    """Return what the dots are and how the limits were worked out."""
    units = len(funnel.unit_expected)
    dots = f"{count(units)} other {PEOPLE[level]}, each a dot" if units else ""
    own = "you are the diamond" if funnel.result.ratio is not None else ""
    seen = "; ".join(part for part in (dots, own) if part)
    return f"{seen[:1].upper()}{seen[1:]}{'. ' if seen else ''}Limits: {method(funnel.result)}."


def _narrow(row: Row) -> Row:
    """Say "under 1" for "under 1 in 100", so that two columns stand beside each other."""
    values = (
        value.removesuffix(" in 100") if value.startswith(("under", "over")) else value
        for value in row.values
    )
    return Row(row.label, tuple(values))


def chance_words(result: OutcomeResult, units: int, level: Level) -> str:
    """Return how many would cross by chance; nothing beside a result above, where it would excuse.

    The nominal tail is the most an exact line lets through, hence "at most".
    """
    place = result.exact_position or ""
    if not units or result.ratio is None or place.startswith("above"):
        return ""
    crossing = units * (1 - result.alert_level) / 2
    most = "fewer than 1" if crossing < 1 else f"at most {round(crossing)}"
    return (
        f"Among {count(units)} {PEOPLE[level]} exactly on the national line, {most} "
        "would lie above the alert line."
    )
