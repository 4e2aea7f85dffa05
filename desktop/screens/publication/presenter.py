"""What the publication screen says, and the decision it writes down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from core.errors import PlumblineError
from core.results.public import REGIMES, PublicView, public_view
from core.results.wording import count, day
from core.review.decision import (
    CHECKS,
    STANDINGS,
    Check,
    Choice,
    Decision,
    DecisionChecked,
    DecisionMade,
    DecisionSent,
    DecisionWithdrawn,
    Reason,
    consequence,
    sending_words,
    standing,
    step_words,
)
from desktop.session import Session
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.review.events import Event

CHOICES: dict[Choice, str] = {
    "agreed": QT_TR_NOOP("Agree"),
    "agreed_with_queries": QT_TR_NOOP("Agree, with queries outstanding"),
    "objected": QT_TR_NOOP("Object"),
}
NOTHING_SENT = QT_TR_NOOP(
    "Nothing is sent by this program. What you decide is saved on this computer."
)
LOCKED = QT_TR_NOOP("Locked: a decision you made is in the vault")


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """Everything the screen shows beside the public view.

    `choices` are (key, label, consequence); `checks` (key, words, ticked); `steps` the history.
    """

    regime: str
    rows: tuple[tuple[str, str], ...]
    silence: str
    standing: str
    sending: str
    choices: tuple[tuple[Choice, str, str], ...]
    chosen: Choice | None
    reason: Reason | None
    words: str
    checks: tuple[tuple[Check, str, bool], ...]
    steps: tuple[tuple[str, str], ...]
    can_withdraw: bool
    can_send: bool


class PublicationView(Protocol):
    """What the presenter needs of the screen."""

    def show_public(self, view: PublicView) -> None:
        """Show what the public would see."""

    def show_decision(self, page: DecisionPage) -> None:
        """Show where the decision stands and what can be done."""


class PublicationPresenter:
    """Shows what would be published and writes the surgeon's decision down."""

    def __init__(self, view: PublicationView, session: Session) -> None:
        self._view = view
        self._session = session
        self._manifest = session.review.extract.manifest

    def show(self) -> None:
        """Show the public view once, and the decision as it stands."""
        self._view.show_public(public_view(self._manifest, self._session.review.results))
        self.show_decision()

    def show_decision(self) -> None:
        """Show the decision as it stands."""
        self._view.show_decision(self._page())

    def decide(self, choice: Choice, reason: Reason | None, words: str) -> None:
        """Write the decision down, asking for the vault first where it is locked."""
        self._write(
            DecisionMade(
                extract=self._session.extract,
                choice=choice,
                reason=reason if choice == "objected" else None,
                words=words,
            )
        )

    def withdraw(self, words: str) -> None:
        """Take the decision back; it stays in the history."""
        self._write(DecisionWithdrawn(extract=self._session.extract, words=words))

    def record_sent(self, on: date, to: str, how: str) -> None:
        """Record when, to whom and how it went."""
        self._write(DecisionSent(extract=self._session.extract, on=on, to=to, how=how))

    def check(self, check: Check, done: bool) -> None:
        """Tick a line of the checklist, or take the tick away."""
        self._write(DecisionChecked(extract=self._session.extract, check=check, done=done))

    def _write(self, event: Event) -> None:
        def act() -> None:
            try:
                self._session.keeper.write_about(self._session.review.extract, event)
            except PlumblineError as error:
                self._session.tell(error)
                self.show_decision()

        self._session.keeper.ask(act)

    @property
    def _locked(self) -> bool:
        return not self._session.keeper.is_open and self._session.keeper.exists

    def _decision(self) -> Decision | None:
        return self._session.keeper.state.decisions.get(self._session.extract)

    def _page(self) -> DecisionPage:
        decision, publication = self._decision(), self._manifest.publication
        made = decision.made if decision else None
        stands = standing(decision, publication, self._session.keeper.today)
        checks = decision.checks if decision else frozenset()
        return DecisionPage(
            regime=REGIMES[self._manifest.publication.regime],
            rows=self._rows(),
            silence=self._silence(),
            standing=tr(LOCKED) if self._locked else STANDINGS[stands],
            sending=self._sending(decision),
            choices=tuple(
                (key, tr(CHOICES[key]), consequence(publication, key)) for key in CHOICES
            ),
            chosen=made.choice if made else None,
            reason=made.reason if made else None,
            words=made.words if made else "",
            checks=tuple((key, words, key in checks) for key, words in CHECKS.items()),
            steps=tuple(
                (day(at.astimezone().date()), step_words(event)) for at, event in decision.steps
            )
            if decision
            else (),
            can_withdraw=made is not None,
            can_send=bool(decision and decision.steps and decision.sent is None),
        )

    def _sending(self, decision: Decision | None) -> str:
        if decision is None or not decision.steps:
            return tr(NOTHING_SENT)
        contact = self._manifest.contact
        address = contact.corrections_address or contact.questions
        sent_on = decision.sent.on if decision.sent else None
        return sending_words(sent_on, address, self._manifest.publication.deadline)

    def _rows(self) -> tuple[tuple[str, str], ...]:
        state, publication = self._session.keeper.state, self._manifest.publication
        own = [one for one in state.queries.values() if one.extract == self._session.extract]
        waiting = sum(one.status == "drafted" for one in own)
        rows = [
            (tr("Findings in the records"), count(len(self._session.review.findings))),
            (tr("Correction requests"), count(len(own))),
            (tr("of these not sent"), count(waiting)),
        ]
        if publication.deadline:
            left = (publication.deadline - self._session.keeper.today).days
            rows.append((tr("Deadline"), day(publication.deadline)))
            rows.append((tr("Days left"), count(left) if left >= 0 else tr("passed")))
        return tuple(rows)

    def _silence(self) -> str:
        """Say what silence leads to, in the extract's words."""
        publication = self._manifest.publication
        lapsed = publication.consequences.get("lapsed", "")
        said = [part for part in (publication.default or "", lapsed) if part]
        words = tr("Without an answer: {consequence}")
        return words.format(consequence=" ".join(said)) if said else ""


def badge(session: Session) -> str:
    """Return what waits: a file not sent, or the days that are left for a decision."""
    publication = session.review.extract.manifest.publication
    decision = session.keeper.state.decisions.get(session.extract)
    if decision and decision.steps:
        return "" if decision.sent else tr("Not sent")
    if publication.deadline is None or session.keeper.today > publication.deadline:
        return ""
    left = (publication.deadline - session.keeper.today).days
    return tr("1 day") if left == 1 else tr("{n} days").format(n=left)
