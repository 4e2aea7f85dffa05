"""What-if beside the official result: figures, effects one by one and together, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.charts.funnel import describe_funnel, funnel_table
from core.charts.provenance import provenance
from core.charts.table import TableTwin
from core.results.funnel import Funnel
from core.results.outcome import OutcomeResult
from core.results.wording import IF_ACCEPTED, count, expected_count, ratio, span
from core.results.words import position_alone
from core.review.queries import Query
from core.review.what_if import LABEL
from desktop.queries.naming import name_of
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.flow import Review, WhatIfResults

TOGETHER = ""
ALL = QT_TR_NOOP("All together")
EFFECTS = (
    QT_TR_NOOP("What-if, {if_accepted}"),
    QT_TR_NOOP("Cases counted"),
    QT_TR_NOOP("Observed"),
    QT_TR_NOOP("Expected"),
    QT_TR_NOOP("Ratio"),
    QT_TR_NOOP("Position"),
)
MARKS = QT_TR_NOOP(
    "{label}. Solid diamond: the official result. Hollow diamond: what-if, {if_accepted}."
)
HOLLOW = QT_TR_NOOP("{label} · hollow mark: {if_accepted}")
NO_FUNNEL = QT_TR_NOOP("An average has no funnel; the figures stand beside it.")
POSITIONS = QT_TR_NOOP("Position, official: {official}. What-if, {if_accepted}: {what_if}.")


@dataclass(frozen=True, eq=False)
class Computed:
    """The what-if of all corrections together, and of each alone by the id of its query.

    Those alone that are not worked out yet are absent.
    """

    queries: tuple[Query, ...]
    together: WhatIfResults
    alone: dict[str, WhatIfResults]

    def of(self, key: str) -> WhatIfResults:
        """Return the what-if of one correction, or of all where it is not one of them."""
        return self.alone.get(key, self.together)


@dataclass(frozen=True, slots=True)
class Beside:
    """One outcome's figures, official and what-if, and both positions in a sentence."""

    label: str
    rows: tuple[tuple[str, str, str], ...]
    positions: str


@dataclass(frozen=True, eq=False)
class WhatIfPage:
    """Everything the what-if part of the screen shows."""

    code: str
    label: str
    subtitle: str
    key: str
    choices: tuple[tuple[str, str], ...]
    beside: tuple[Beside, ...]
    funnel: Funnel
    what_if: OutcomeResult
    description: str
    table: TableTwin
    effects: TableTwin
    remarks: tuple[str, ...]
    provenance: tuple[str, ...]
    no_picture: str


def what_if_page(review: Review, computed: Computed, code: str, key: str) -> WhatIfPage:
    """Return the page of the outcome `code` with the correction `key`, or all, granted."""
    chosen = computed.of(key)
    official, what_if = review.result(code), chosen.result(code)
    funnel = review.funnel(code)
    names = {one.id: name_of(review.extract.manifest, one) for one in computed.queries}
    continuous = official.kind == "continuous"
    return WhatIfPage(
        code=code,
        label=official.label,
        subtitle=tr(MARKS).format(label=LABEL, if_accepted=IF_ACCEPTED),
        key=key if key in computed.alone else TOGETHER,
        choices=((TOGETHER, tr(ALL)), *((name, names[name]) for name in computed.alone)),
        beside=tuple(
            beside(one, found) for one, found in zip(review.results, chosen.results, strict=True)
        ),
        funnel=funnel,
        what_if=what_if,
        description=describe_funnel(funnel, what_if),
        table=funnel_table(funnel, what_if),
        effects=effects_table(official, computed, names),
        remarks=remarks(computed.together, names),
        provenance=(
            tr(HOLLOW).format(label=LABEL.upper(), if_accepted=IF_ACCEPTED),
            *provenance(review.extract.manifest, review.extract.verdict, official),
        ),
        no_picture=tr(NO_FUNNEL) if continuous else "",
    )


def beside(official: OutcomeResult, what_if: OutcomeResult) -> Beside:
    """Return the figures of one outcome, official and what-if."""
    lines = [
        (tr("Cases counted"), count(official.cases), count(what_if.cases)),
        _line(_observed_name(official), official, what_if, _observed),
        _line(tr("Expected"), official, what_if, _expected),
        _line(tr("Observed ÷ expected"), official, what_if, _ratio),
        _line(tr("95\u202f% interval"), official, what_if, _interval),
    ]
    if official.kind == "continuous":
        lines = lines[:2]
    said = tr(POSITIONS).format(
        official=position_alone(official),
        if_accepted=IF_ACCEPTED,
        what_if=position_alone(what_if),
    )
    return Beside(official.label, tuple(lines), said)


def effects_table(official: OutcomeResult, computed: Computed, names: dict[str, str]) -> TableTwin:
    """Return the official result, each correction alone, and all together, a row each."""
    code = official.code
    rows = [(tr("Official result"), official)]
    each = tr("Alone: {correction}")
    rows += [
        (each.format(correction=names[name]), found.result(code))
        for name, found in computed.alone.items()
    ]
    rows.append((tr(ALL), computed.together.result(code)))
    headings = tuple(tr(one).format(if_accepted=IF_ACCEPTED) for one in EFFECTS)
    return TableTwin(headings, tuple(_effect(name, found) for name, found in rows))


def remarks(together: WhatIfResults, names: dict[str, str]) -> tuple[str, ...]:
    """Return what was not, or not wholly, computed: which correction, and why."""
    said = (f"{names[one.query]}. {one.words}" for one in together.remarks)
    return tuple(dict.fromkeys(said))


def _effect(name: str, found: OutcomeResult) -> tuple[str | float | None, ...]:
    return name, found.cases, found.observed, found.expected, found.ratio, position_alone(found)


def _observed_name(result: OutcomeResult) -> str:
    if result.kind == "continuous":
        return tr("Average")
    return result.words.events[:1].upper() + result.words.events[1:]


def _line(
    name: str,
    official: OutcomeResult,
    what_if: OutcomeResult,
    words: Callable[[OutcomeResult], str],
) -> tuple[str, str, str]:
    return name, words(official), words(what_if)


def _observed(result: OutcomeResult) -> str:
    return f"{result.observed:.2f}" if result.kind == "continuous" else count(result.observed)


def _expected(result: OutcomeResult) -> str:
    return "–" if result.expected is None else expected_count(result.expected)


def _ratio(result: OutcomeResult) -> str:
    return "–" if result.ratio is None else ratio(result.ratio)


def _interval(result: OutcomeResult) -> str:
    found = result.ratio_interval
    return "–" if found is None else span(ratio(found[0]), ratio(found[1]))
