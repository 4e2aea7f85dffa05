"""What the screen of results over time says of the chosen outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from core.charts.over_time import SIDES, describe_over_time, over_time_table
from core.charts.provenance import provenance
from core.charts.table import TableTwin
from core.results.over_time import ARL, RESTART_RULE, OverTime, Side
from core.results.subset import Subset
from core.results.wording import count, day, expected_count, percent, ratio, times_in_100
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.flow import Review

READING = QT_TR_NOOP(
    "The VLAD rises by the risk of a patient who came through and falls by the rest where the "
    "event happened: up is fewer events than expected. It has no limits; the RA-CUSUM beneath "
    "has, and it asks whether the odds were doubled or halved."
)
PARTS_NOTE = QT_TR_NOOP(
    "Observed, expected and their ratio. A part of the period has no limits and no position."
)
EMPTY = QT_TR_NOOP(
    "No counted case has a predicted risk, so there is nothing to follow over time: both charts "
    "compare each case with its risk."
)


@dataclass(frozen=True, eq=False)
class OverTimePage:
    """One outcome over time with everything said beside it."""

    code: str
    label: str
    subtitle: str
    charts: OverTime
    description: str
    table: TableTwin
    signals: tuple[tuple[str, ...], ...]
    limits: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    provenance: tuple[str, ...]
    no_picture: str

    def words(self, point: int) -> str:
        """Return what is said of the case at a place in the order."""
        charts = self.charts
        when = day(charts.days[point].astype("datetime64[D]").item())
        happened = charts.outcome.words.event if charts.events[point] else tr("no event")
        return tr("Case {n}, {day}: risk {risk}, {happened}; VLAD {vlad}").format(
            n=point + 1,
            day=when,
            risk=percent(float(charts.risks[point])),
            happened=happened,
            vlad=f"{float(charts.vlad[point]):+.2f}",
        )


class OverTimeView(Protocol):
    """What the presenter needs of the screen."""

    def show_choice(self, outcomes: tuple[tuple[str, str], ...]) -> None:
        """Offer the outcomes (code, label)."""

    def show_page(self, page: OverTimePage) -> None:
        """Show one outcome."""


class OverTimePresenter:
    """Shows one outcome at a time; only those with a risk for each case have time charts."""

    def __init__(self, view: OverTimeView, review: Review) -> None:
        self._view = view
        self._review = review

    def show(self) -> None:
        """Offer the outcomes and show the first."""
        found = [one for one in self._review.results if one.kind == "binary"]
        self._view.show_choice(tuple((one.code, one.label) for one in found))
        if found:
            self.choose(found[0].code)

    def choose(self, code: str) -> None:
        """Show the outcome of that code."""
        charts = self._review.over_time(code)
        extract, result = self._review.extract, self._review.result(code)
        self._view.show_page(
            OverTimePage(
                code=code,
                label=result.label,
                subtitle=tr("{n} counted cases in order of operation.").format(
                    n=count(len(charts.rows))
                ),
                charts=charts,
                description=describe_over_time(charts),
                table=over_time_table(charts),
                signals=signal_rows(charts),
                limits=limit_words(charts),
                parts=tuple(part_row(part) for part in self._review.parts(code)),
                provenance=provenance(extract.manifest, extract.verdict, result),
                no_picture="" if len(charts.rows) else tr(EMPTY),
            )
        )


def signal_rows(charts: OverTime) -> tuple[tuple[str, ...], ...]:
    """Return each signal, numbered as in the picture: its date and side."""
    rows: list[tuple[str, ...]] = []
    for name, meaning, _ in SIDES:
        side: Side | None = getattr(charts, name)
        if side is None:
            continue
        for index, tied in zip(side.chart.signals.tolist(), side.tied.tolist(), strict=True):
            when = day(charts.days[index].astype("datetime64[D]").item())
            said = (
                tr("Signal {n}: {meaning}; depends on the order within that day")
                if tied
                else tr("Signal {n}: {meaning}")
            )
            rows.append((said.format(n=len(rows) + 1, meaning=meaning), when))
    return tuple(rows)


def limit_words(charts: OverTime) -> tuple[str, ...]:
    """Return what each limit means, and the rule after a signal."""
    said = []
    for name, meaning, _ in SIDES:
        side: Side | None = getattr(charts, name)
        if side is None:
            said.append(
                tr("For {meaning} there is no limit at these risks.").format(meaning=meaning)
            )
            continue
        words = tr(
            "For {meaning} the limit is {limit}: for a surgeon on the national line, one false "
            "signal in {n} cases on average. In as many cases as yours one comes {times}."
        )
        limit, times = f"{side.chart.limit:.2f}", times_in_100(side.false_signal)
        said.append(words.format(meaning=meaning, limit=limit, n=count(ARL), times=times))
    if charts.two_sided_arl is not None:
        both = tr("Both sides together: one in {n} cases.")
        said.append(both.format(n=count(charts.two_sided_arl)))
    return (*said, RESTART_RULE)


def part_row(part: Subset) -> tuple[str, ...]:
    """Return a part of the period as a row."""
    shown = "–" if part.ratio is None else ratio(part.ratio)
    return part.label, str(part.observed), expected_count(part.expected), shown
