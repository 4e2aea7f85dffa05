"""What the cases screen shows: the table for one outcome, narrowed, and one case in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from core.charts.provenance import provenance
from core.results.over_time import OverTime
from core.results.quality.words import TITLES
from core.results.wording import cases as cases_in_words
from core.results.wording import count
from desktop.screens.cases.case_page import CasePage, case_page
from desktop.screens.cases.columns import CaseColumns, case_columns
from desktop.screens.cases.filters import ALL, Filter, filters, searchable
from desktop.screens.cases.marks import CaseMarks
from desktop.translation import tr

if TYPE_CHECKING:
    from core.flow import Review

Mask = NDArray[np.bool_]
NO_CASE = -1


class CasesView(Protocol):
    """What the presenter needs of the screen."""

    def show_outcomes(self, outcomes: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Offer the outcomes (code, label)."""

    def show_filters(self, found: tuple[Filter, ...], chosen: dict[str, str]) -> None:
        """Offer the filters, each with what is chosen."""

    def show_columns(self, columns: CaseColumns, provenance: tuple[str, ...]) -> None:
        """Show the cases of one outcome, and where they are from when they leave."""

    def show_marks(self) -> None:
        """Show the marks anew."""

    def show_only(self, mask: Mask, said: str, finding: str) -> None:
        """Show these cases alone, say how many, and the finding that chose them, if any."""

    def choose(self, position: int) -> None:
        """Choose the row of a case, or none where it is not shown."""

    def show_case(self, page: CasePage) -> None:
        """Show one case in full."""

    def show_no_case(self) -> None:
        """Show that no case is chosen."""


class CasesPresenter:
    """Keeps what is chosen; the extract's cases are never changed."""

    def __init__(self, view: CasesView, review: Review) -> None:
        self._view = view
        self._review = review
        self._code = ""
        self._filters: tuple[Filter, ...] = ()
        self._chosen: dict[str, str] = {}
        self._search = ""
        self._finding: int | None = None
        self._case = NO_CASE
        self._reveal = False
        self._marks: dict[str, CaseMarks] = {}
        self._haystack = searchable(review.extract.cases)
        self._over_time: dict[str, OverTime | None] = {}

    def show(self) -> None:
        """Show the cases for the first outcome."""
        if self._review.results:
            self.choose_outcome(self._review.results[0].code)

    def choose_outcome(self, code: str) -> None:
        """Show risk, outcome and what counts for the outcome `code`."""
        self._code = code
        self._filters = filters(self._review, code)
        self._chosen = {
            one.key: label
            for one in self._filters
            if (label := self._chosen.get(one.key, ALL)) in one.entries
        }
        offered = tuple((one.code, one.label) for one in self._review.results)
        self._view.show_outcomes(offered, code)
        self._view.show_filters(self._filters, self._chosen)
        self._columns = case_columns(self._review, code, self._marks)
        self._view.show_columns(self._columns, self._provenance())
        self._narrow()
        self.choose_case(self._case)

    def mark(self, marks: dict[str, CaseMarks]) -> None:
        """Show these marks of notes and correction requests, by case id."""
        if marks != self._marks:
            self._marks.clear()
            self._marks.update(marks)
            self._view.show_marks()

    def _provenance(self) -> tuple[str, ...]:
        extract = self._review.extract
        return provenance(extract.manifest, extract.verdict, self._review.result(self._code))

    def search(self, text: str) -> None:
        """Show the cases in whose number, date, procedure or provider the text occurs."""
        self._search = text.strip().casefold()
        self._narrow()

    def choose(self, key: str, label: str) -> None:
        """Choose an entry of a filter."""
        self._chosen[key] = label
        self._narrow()

    def see(self, finding: int) -> None:
        """Show the cases of a finding alone, for its outcome."""
        found = self._review.findings[finding]
        self._finding, self._search, self._chosen = finding, "", {}
        self.choose_outcome(found.effect.outcome if found.effect else self._code)
        self._view.choose(int(found.rows[0]) if len(found.rows) else NO_CASE)

    def show_all(self) -> None:
        """Take every filter away."""
        self._finding, self._search, self._chosen = None, "", {}
        self._view.show_filters(self._filters, self._chosen)
        self._narrow()

    def choose_case(self, position: int) -> None:
        """Show a case by its position, or none."""
        self._case = position
        if position == NO_CASE:
            self._view.show_no_case()
            return
        self._view.show_case(
            case_page(
                self._review,
                self._code,
                position,
                self._columns,
                self._place(self._code),
                reveal=self._reveal,
            )
        )

    def reveal(self) -> None:
        """Show or hide what could identify a patient."""
        self._reveal = not self._reveal
        self.choose_case(self._case)

    def _place(self, code: str) -> OverTime | None:
        if code not in self._over_time:
            binary = self._review.result(code).kind == "binary"
            self._over_time[code] = self._review.over_time(code) if binary else None
        return self._over_time[code]

    def _narrow(self) -> None:
        size = len(self._haystack)
        mask = np.ones(size, dtype=bool)
        if self._search:
            hits = (self._search in text for text in self._haystack)
            mask = np.fromiter(hits, dtype=bool, count=size)
        for one in self._filters:
            chosen = one.mask(self._chosen.get(one.key, ALL))
            mask = mask if chosen is None else mask & chosen
        mask &= self._of_finding()
        self._view.show_only(mask, self._said(int(mask.sum())), self._finding_words())
        if self._case != NO_CASE:
            self._view.choose(self._case)

    def _of_finding(self) -> Mask:
        mask = np.ones(len(self._haystack), dtype=bool)
        if self._finding is not None:
            mask[:] = False
            mask[self._review.findings[self._finding].rows] = True
        return mask

    def _said(self, shown: int) -> str:
        size = len(self._haystack)
        if shown == size:
            return cases_in_words(size)
        return tr("{n} of {total}").format(n=count(shown), total=cases_in_words(size))

    def _finding_words(self) -> str:
        if self._finding is None:
            return ""
        found = self._review.findings[self._finding]
        return f"{TITLES[found.code]}. {found.message}"
