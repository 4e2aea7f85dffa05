"""Works out the what-if of the requests in the background, and shows one outcome of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from core.errors import CancelledError
from core.flow import what_if_review
from core.results.wording import IF_ACCEPTED
from core.review.queries import Query
from desktop.queries.writing import QueryDesk
from desktop.screens.queries.comparison import TOGETHER, Computed, WhatIfPage, what_if_page
from desktop.session import Session
from desktop.translation import tr

if TYPE_CHECKING:
    from core.flow import Review, WhatIfResults
    from desktop.jobs import Report

TOPIC = "what-if"
Correction = tuple[object, ...]


class WhatIfView(Protocol):
    """What the presenter needs of the screen."""

    def show_working(self) -> None:
        """Say that the what-if is being worked out."""

    def show_what_if(self, page: WhatIfPage | None) -> None:
        """Show the what-if, or nothing where there is nothing to grant."""


class WhatIfPresenter:
    """Keeps what was worked out; the session's review stays the official one.

    Requests the audit rejected are not granted; a change of evidence words alone changes nothing.
    """

    def __init__(self, view: WhatIfView, session: Session) -> None:
        self._view = view
        self._session = session
        self._desk = QueryDesk(session)
        self._computed: Computed | None = None
        self._known: dict[Correction, WhatIfResults] = {}
        self._asked: tuple[Query, ...] = ()
        self._code = session.review.results[0].code if session.review.results else ""
        self._key = TOGETHER

    def refresh(self) -> None:
        """Work the what-if out again where what it grants has changed."""
        granted = tuple(one for one in self._desk.queries.values() if one.status != "rejected")
        same = [*map(correction, granted)] == [*map(correction, self._asked)]
        self._asked = granted
        if not granted or not self._code:
            self._computed = None
            self._view.show_what_if(None)
        elif not same:
            self._start(granted)

    def choose_outcome(self, code: str) -> None:
        """Show another outcome."""
        self._code = code
        self._show()

    def choose_correction(self, key: str) -> None:
        """Show one correction alone, or all together."""
        self._key = key
        self._show()

    def _start(self, queries: tuple[Query, ...]) -> None:
        """Work out all together, which is soon shown, and then each alone."""
        self._view.show_working()
        review, known = self._session.review, dict(self._known)
        self._run(
            lambda _: Computed(queries, what_if_review(review, queries), alone(queries, known))
        )

    def _run(self, work: Callable[[Report], Computed]) -> None:
        job = self._session.runner.start(work, TOPIC, self._view)
        job.succeeded.connect(self._take)
        job.failed.connect(self._fail)

    def _take(self, computed: Computed) -> None:
        if [*map(correction, computed.queries)] != [*map(correction, self._asked)]:
            return
        self._computed = computed
        found = ((one, computed.alone.get(one.id)) for one in computed.queries)
        self._known = {correction(one): result for one, result in found if result is not None}
        self._show()
        if len(computed.alone) < len(computed.queries):
            self._view.show_working()
            review = self._session.review
            self._run(lambda report: each_alone(review, computed, report))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CancelledError):
            self._view.show_what_if(None)
            self._session.tell(error)

    def _show(self) -> None:
        if self._computed is not None:
            page = what_if_page(self._session.review, self._computed, self._code, self._key)
            self._view.show_what_if(page)


def correction(query: Query) -> Correction:
    """Return what of a request a what-if depends on."""
    return query.id, query.kind, query.case_id, query.field, query.proposed_value, query.blank


def alone(
    queries: tuple[Query, ...], known: dict[Correction, WhatIfResults]
) -> dict[str, WhatIfResults]:
    """Return what is known already of each query alone, by its id."""
    found = ((one.id, known.get(correction(one))) for one in queries)
    return {name: result for name, result in found if result is not None}


def each_alone(review: Review, computed: Computed, report: Report) -> Computed:
    """Return the what-if with the result of each query alone, in their order."""
    results: dict[str, WhatIfResults] = {}
    label = tr("What-if: results {if_accepted}").format(if_accepted=IF_ACCEPTED)
    for at, query in enumerate(computed.queries):
        report(at, len(computed.queries), label)
        results[query.id] = computed.alone.get(query.id) or what_if_review(review, (query,))
    return replace(computed, alone=results)
