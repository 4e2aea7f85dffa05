"""Where a note can be pinned: an outcome, the own mark, a stretch, a signal, a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.results.outcome import OutcomeResult
from core.results.over_time import OverTime, Side
from core.results.wording import count, day
from core.review.notes import Anchor, OnCase, OnMark, OnOutcome, OnSignal, OnStretch
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from datetime import date

HOW_TO_PIN = QT_TR_NOOP(
    "To pin a note to a stretch, hold Shift and drag across the VLAD, or walk it with the "
    "arrow keys while you hold Shift."
)
_SIDES = (
    ("worse", QT_TR_NOOP("more events than expected")),
    ("better", QT_TR_NOOP("fewer events than expected")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a note can be pinned: its name in words, and in `short` to choose by."""

    anchor: Anchor
    words: str
    short: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What one screen shows: where notes can be pinned there, and which notes are its own.

    `key` tells one ground from another. `words` names the place of any note that belongs; `hint`
    says how to find another place.
    """

    key: str
    places: tuple[Place, ...]
    belongs: Callable[[Anchor], bool]
    words: Callable[[Anchor], str]
    hint: str = ""


def on_outcomes(results: Iterable[OutcomeResult]) -> Ground:
    """Return the ground of the overview: each outcome."""
    labels = {one.code: one.label for one in results}
    return Ground(
        key="outcomes",
        places=tuple(Place(OnOutcome(code), label, label) for code, label in labels.items()),
        belongs=lambda anchor: isinstance(anchor, OnOutcome) and anchor.outcome in labels,
        words=lambda anchor: labels[anchor.outcome] if isinstance(anchor, OnOutcome) else "",
    )


def on_mark(result: OutcomeResult) -> Ground:
    """Return the ground of a funnel: the surgeon's own mark, where it has one."""
    words = tr("Your mark in the funnel of {outcome}").format(outcome=result.label)
    anchor = OnMark(result.code)
    places = () if result.ratio is None else (Place(anchor, words, tr("Your mark")),)
    return Ground(f"mark {result.code}", places, lambda found: found == anchor, lambda _: words)


def on_case(case_id: str) -> Ground:
    """Return the ground of one case."""
    anchor, words = OnCase(case_id), tr("Case {name}").format(name=case_id)
    place = Place(anchor, words, words)
    return Ground(f"case {case_id}", (place,), lambda found: found == anchor, lambda _: words)


def on_time(charts: OverTime, stretch: tuple[int, int] | None) -> Ground:
    """Return the ground of charts over time: each signal, and the chosen `stretch` first.

    A stretch is a pair of places in the charts' order, counted from 0, both included.
    """
    signals = tuple(_signals(charts))
    named = {place.anchor: place.words for place in signals}
    code = charts.outcome.code

    def belongs(anchor: Anchor) -> bool:
        return isinstance(anchor, OnStretch | OnSignal) and anchor.outcome == code

    def words(anchor: Anchor) -> str:
        if isinstance(anchor, OnStretch):
            return ", ".join(_stretch_words(charts, anchor))
        return named.get(anchor, tr("A signal of the CUSUM"))

    chosen: tuple[Place, ...] = ()
    if stretch is not None:
        first, last = (int(charts.rows[place]) for place in stretch)
        anchor = OnStretch(code, first, last)
        chosen = (Place(anchor, words(anchor), _stretch_words(charts, anchor)[0]),)
    return Ground(f"time {code}", (*chosen, *signals), belongs, words, tr(HOW_TO_PIN))


def _signals(charts: OverTime) -> Iterable[Place]:
    number = 0
    for name, meaning in _SIDES:
        side: Side | None = getattr(charts, name)
        for index in side.chart.signals.tolist() if side else ():
            number += 1
            anchor = OnSignal(charts.outcome.code, name, int(charts.rows[index]))  # type: ignore[arg-type]
            words = tr("Signal {number}, {day}").format(number=number, day=day(_day(charts, index)))
            yield Place(anchor, f"{words}: {tr(meaning)}", words)


def _stretch_words(charts: OverTime, anchor: OnStretch) -> tuple[str, str]:
    """Name a stretch by its cases and by its dates; rows that are not counted have no place."""
    rows = charts.rows.tolist()
    ends = sorted(rows.index(row) for row in (anchor.first, anchor.last) if row in rows)
    if not ends:
        return tr("Cases that are not on the VLAD"), tr("not counted")
    first, last = ends[0], ends[-1]
    begin, end = (day(_day(charts, place)) for place in (first, last))
    if first == last:
        return tr("Case {name}").format(name=count(first + 1)), begin
    cases = tr("Cases {first} to {last}").format(first=count(first + 1), last=count(last + 1))
    return cases, tr("{begin} to {end}").format(begin=begin, end=end)


def _day(charts: OverTime, place: int) -> date:
    found: date = charts.days[place].astype("datetime64[D]").item()
    return found
