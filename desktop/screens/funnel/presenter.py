"""What the funnel screen says of the chosen outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from core.charts.funnel import describe_funnel, describe_limits, funnel_table, peer_words
from core.charts.provenance import provenance
from core.charts.table import TableTwin
from core.extract.manifest import Level
from core.results.funnel import Funnel
from core.results.how_to_read import Step, how_to_read
from core.results.outcome import OutcomeResult
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
from desktop.screens.funnel.methods import OWN, note, offered, options_of
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.flow import Review

WHOLE = "all"
OTHERS: dict[Level, str] = {
    "surgeon": QT_TR_NOOP("{n} other surgeons, each a dot."),
    "team": QT_TR_NOOP("{n} other teams, each a dot."),
    "hospital": QT_TR_NOOP("{n} other hospitals, each a dot."),
}
OTHERS_AND_YOU: dict[Level, str] = {
    "surgeon": QT_TR_NOOP("{n} other surgeons, each a dot; you are the diamond."),
    "team": QT_TR_NOOP("{n} other teams, each a dot; you are the diamond."),
    "hospital": QT_TR_NOOP("{n} other hospitals, each a dot; you are the diamond."),
}
FEWER_THAN_ONE: dict[Level, str] = {
    "surgeon": QT_TR_NOOP(
        "Among {n} surgeons exactly on the national line, on average fewer than 1 would lie "
        "above the alert line."
    ),
    "team": QT_TR_NOOP(
        "Among {n} teams exactly on the national line, on average fewer than 1 would lie "
        "above the alert line."
    ),
    "hospital": QT_TR_NOOP(
        "Among {n} hospitals exactly on the national line, on average fewer than 1 would lie "
        "above the alert line."
    ),
}
ON_AVERAGE: dict[Level, str] = {
    "surgeon": QT_TR_NOOP(
        "Among {n} surgeons exactly on the national line, on average no more than about {most} "
        "would lie above the alert line; in a single period it can be more."
    ),
    "team": QT_TR_NOOP(
        "Among {n} teams exactly on the national line, on average no more than about {most} "
        "would lie above the alert line; in a single period it can be more."
    ),
    "hospital": QT_TR_NOOP(
        "Among {n} hospitals exactly on the national line, on average no more than about {most} "
        "would lie above the alert line; in a single period it can be more."
    ),
}


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


NO_FUNNEL = QT_TR_NOOP("This outcome is an average, so there are no counts to draw a funnel from.")
EMPTY = QT_TR_NOOP(
    "No counted case has a predicted risk, so there is no funnel to draw. The rate without "
    "adjustment is on the overview."
)


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
        said = note(audits=other.result.line.is_audits)
        self._view.show_page(
            replace(
                own,
                method=key,
                subtitle=subtitle(other, extract.manifest.level),
                funnel=other,
                description=f"{said} {describe_limits(other)}",
                remarks=(said, *other.remarks, *own.remarks),
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
            missed=missed_rows(result),
            missed_note=_missed_note(result),
            lines=line_rows(result),
            lines_note=NOT_A_MARGIN,
            no_picture=no_picture(funnel),
            chance=chance_words(result, len(funnel.unit_expected), extract.manifest.level),
            provenance=provenance(extract.manifest, extract.verdict, result),
            methods=offered(result.kind, audits=result.line.is_audits),
            reading=how_to_read(funnel),
        )

    def _parts(self, code: str) -> tuple[tuple[str, str], ...]:
        found = enumerate(self._review.parts(code))
        return ((WHOLE, tr("All cases")), *((str(at), part.label) for at, part in found))


def part_page(key: str, result: OutcomeResult, part: Subset) -> PartPage:
    """Return what is shown of a part."""
    words = result.words
    noun = words.event if part.observed == 1 else words.events
    return PartPage(
        key=key,
        title=result.label,
        subtitle=tr("Only these cases: {part}.").format(part=part.label),
        ratio="–" if part.ratio is None else ratio(part.ratio),
        observed=f"{count(part.observed)} {noun}",
        expected=tr("{n} expected").format(n=expected_count(part.expected)),
        sentence=subset_words(part),
    )


def no_picture(funnel: Funnel) -> str:
    """Return why there is nothing to draw, or nothing where there is."""
    if funnel.result.kind == "continuous":
        return tr(NO_FUNNEL)
    return tr(EMPTY) if _is_empty(funnel) else ""


def _is_empty(funnel: Funnel) -> bool:
    return not len(funnel.unit_expected) and not funnel.curves and funnel.result.ratio is None


def subtitle(funnel: Funnel, level: Level) -> str:
    """Return what the dots are and how the limits were worked out."""
    units = len(funnel.unit_expected)
    limits = tr("Limits: {method}.").format(method=method(funnel.result))
    own = funnel.result.ratio is not None
    if funnel.result.kind != "continuous" and _is_empty(funnel):
        return ""
    if not units:
        return " ".join((tr("You are the diamond."), limits)) if own else limits
    seen = tr(OTHERS_AND_YOU[level]) if own else tr(OTHERS[level])
    return f"{seen.format(n=count(units))} {limits}"


def _missed_note(result: OutcomeResult) -> str:
    words = tr("At this caseload: {method}.").format(method=method(result))
    return f"{words} {size_words(result)}"


def chance_words(result: OutcomeResult, units: int, level: Level) -> str:
    """Return how many would cross by chance; nothing beside a result above, where it would excuse.

    An expected number: the nominal tail, times the units, is the most that an exact line lets
    through on average, hence "no more than about"; a single period may have more.
    """
    place = result.exact_position or ""
    if not units or result.ratio is None or place.startswith("above"):
        return ""
    crossing = units * (1 - result.alert_level) / 2
    words = tr(FEWER_THAN_ONE[level]) if crossing < 1 else tr(ON_AVERAGE[level])
    return words.format(n=count(units), most=round(crossing))
