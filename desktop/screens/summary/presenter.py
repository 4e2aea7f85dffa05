"""What the summary screen does: totals typed from a portal or a report, to an unsigned extract."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from core.audits.library import load_profile, profile_names
from core.audits.profile import Profile
from core.errors import BadSummaryError, PlumblineError
from core.extract.manifest import Surgeon
from core.flow import review_made
from core.issuing.imported import Terms
from core.issuing.typed_summary import TypedFigures, summary_extract
from core.typed_numbers import read_amount, read_count, read_rate
from desktop.jobs import Report
from desktop.session import Desk
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.flow import Review

Number = TypeVar("Number", int, float)
KEY_LENGTH = 32
BAD_CASES = QT_TR_NOOP("“{outcome}”: the number of cases must be a whole number.")
BAD_OBSERVED = QT_TR_NOOP("“{outcome}”: the observed events must be a whole number.")
BAD_EXPECTED = QT_TR_NOOP("“{outcome}”: the expected events are not a number.")
BAD_RATE = QT_TR_NOOP("“{outcome}”: the national rate is not a number.")
NO_NUMBER = QT_TR_NOOP("Type it as a number, as the summary has it.")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """What was typed of one outcome, as text; the national rate is in per cent."""

    cases: str = ""
    observed: str = ""
    expected: str = ""
    rate: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.cases + self.observed + self.expected + self.rate).strip()


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything that was typed, the outcomes by their code."""

    rows: dict[str, TypedRow]
    source: str
    name: str
    gmc: str
    start: date | None
    end: date | None


class SummaryView(Protocol):
    """What the presenter needs of the screen."""

    def offer_audits(self, audits: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Offer the audits."""

    def show_outcomes(self, outcomes: tuple[tuple[str, str, str], ...]) -> None:
        """Ask for the totals of these outcomes: code, label, and what one event is called."""

    def show_surgeon(self, name: str, gmc: str) -> None:
        """Show who the surgeon is."""

    @property
    def typed(self) -> Typed:
        """What was typed."""


class SummaryPresenter:
    """Holds the audit; the figures are read when the surgeon presses Open."""

    def __init__(self, view: SummaryView, desk: Desk) -> None:
        self._view = view
        self._desk = desk
        self._profiles = {name: load_profile(name) for name in profile_names()}
        self._chosen = next(iter(self._profiles))
        self.choose(self._chosen)
        self.name_surgeon()

    @property
    def profile(self) -> Profile:
        """The audit that was chosen."""
        return self._profiles[self._chosen]

    def choose(self, name: str) -> None:
        """Take another audit."""
        self._chosen = name
        audits = ((key, one.audit.name) for key, one in self._profiles.items())
        self._view.offer_audits(tuple(sorted(audits, key=lambda one: one[1])), name)
        counted = (one for one in self.profile.outcomes if one.kind != "continuous")
        self._view.show_outcomes(tuple((one.code, one.label, one.words.events) for one in counted))

    def name_surgeon(self) -> None:
        """Show whose vault is open, unless a name was typed."""
        vault, typed = self._desk.keeper.vault, self._view.typed
        if vault is not None and not (typed.name or typed.gmc):
            self._view.show_surgeon(vault.keys.name, vault.keys.gmc)

    def open(self) -> None:
        """Make the extract of what was typed, and show it."""
        try:
            figures, terms = self._read(self._view.typed)
            archive, _ = summary_extract(figures, self.profile, terms)
        except PlumblineError as error:
            self._desk.tell(error)
            return
        job = self._desk.runner.start(partial(_review, archive), topic="open")
        job.succeeded.connect(self._desk.open_review)
        job.failed.connect(self._desk.tell)

    def _read(self, typed: Typed) -> tuple[dict[str, TypedFigures], Terms]:
        labels = {one.code: one.label for one in self.profile.outcomes}
        figures = {
            code: _figures(labels[code], row, typed.source)
            for code, row in typed.rows.items()
            if not row.empty
        }
        if not figures:
            raise BadSummaryError(
                tr("No figures were typed."), tr("Type the totals of one outcome.")
            )
        return figures, _terms(typed, self._desk.keeper.time)


def _review(archive: bytes, report: Report) -> Review:
    return review_made(archive, report)


def _terms(typed: Typed, made_at: datetime) -> Terms:
    name, gmc = typed.name.strip(), typed.gmc.strip()
    if not name or not gmc:
        raise BadSummaryError(tr("Your name and GMC number are missing."), tr("Type them below."))
    if not (name + gmc).isprintable():
        raise BadSummaryError(
            tr("The name or GMC number contains a character that cannot be seen."),
            tr("Type it again."),
        )
    return Terms(
        surgeon=Surgeon(name=name, gmc=gmc),
        key=secrets.token_bytes(KEY_LENGTH),
        made_at=made_at,
        start=typed.start,
        end=typed.end,
    )


def _figures(label: str, row: TypedRow, source: str) -> TypedFigures:
    def read(text: str, reader: Callable[[str], Number], otherwise: str) -> Number:
        try:
            return reader(text)
        except ValueError:
            raise BadSummaryError(otherwise.format(outcome=label), tr(NO_NUMBER)) from None

    percents = partial(read_rate, per_cent=True)
    return TypedFigures(
        cases=read(row.cases, read_count, tr(BAD_CASES)),
        observed=read(row.observed, read_count, tr(BAD_OBSERVED)),
        expected=read(row.expected, read_amount, tr(BAD_EXPECTED))
        if row.expected.strip()
        else None,
        national_rate=read(row.rate, percents, tr(BAD_RATE)) if row.rate.strip() else None,
        source=source.strip(),
    )
