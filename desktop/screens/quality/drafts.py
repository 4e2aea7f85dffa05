"""Correction requests drafted from a finding: one for each doubtful case, written together."""

from __future__ import annotations

from core.review.queries import QueryDrafted
from desktop.queries.drafting import for_finding
from desktop.queries.writing import QueryDesk
from desktop.session import Session
from desktop.translation import QT_TR_NOOP, tr

ALL_ASKED = QT_TR_NOOP("Each of these cases has such a correction request already.")


class FindingDrafts:
    """Drafts requests for the cases of a finding and leads to them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._desk = QueryDesk(session)

    def draft(self, number: int) -> None:
        """Draft the requests of a finding by its place among the review's, once a vault is open."""
        self._desk.ask(lambda: self._drafts(number), lambda: self._session.go("queries", ""))

    def _drafts(self, number: int) -> tuple[QueryDrafted, ...]:
        finding = self._session.review.findings[number]
        asked = self._desk.queries.values()
        made = for_finding(self._session.review, self._session.extract, finding, asked)
        if not made:
            self._session.note(tr(ALL_ASKED))
        return made
