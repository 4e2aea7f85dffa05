"""What the exports screen offers, shows beforehand and writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.results.words import position_label
from desktop.jobs import Job
from desktop.screens.exports.making import SEVERAL, Order, Preview, preview, write
from desktop.session import Session

if TYPE_CHECKING:
    from core.sealing.identities import Signer

PREVIEW_TOPIC = "preview"
UNSIGNED = (
    "Without a vault the document is not signed. A receiver can then only compare its figures with "
    "the audit’s statement inside it."
)
SIGNED = (
    "Signed with the key of your vault. A receiver reads “confirmed by the audit” where the audit "
    "knows this key, and “self-declared” otherwise."
)
OTHER_SURGEON = "Your vault is of another GMC number, so its key does not sign this document."
SENT = "Written on this computer only. Not sent."


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: what it is for, the ending of its file, and whether it has pages."""

    key: str
    ending: str
    label: str
    words: str
    paged: bool = True


KINDS = (
    Kind(
        "appraisal",
        ".pdf",
        "Appraisal document",
        "Your results, pictures, records, notes and reflection, with their evidence inside. "
        "Quality improvement activity in the sense of the GMC’s supporting information.",
    ),
    Kind(
        "revalidation",
        ".pdf",
        "Revalidation summary",
        "Five years over every extract in your vault, each year’s reflection and what was done.",
    ),
    Kind(
        "award",
        ".pdf",
        "Award evidence",
        "The same facts under the headings of the clinical impact awards.",
    ),
    Kind(
        "decision",
        ".pdf",
        "Publication decision",
        "A dated record of what you decided, with your reasons.",
    ),
    Kind(
        "appraisal",
        ".xlsx",
        "Workbook",
        "Results, limits, time in blocks, notes and methods as numbers.",
        paged=False,
    ),
    Kind(
        "queries",
        ".age",
        "Correction requests",
        "Names cases, so it is encrypted for the audit’s contact or with a password you choose.",
        paged=False,
    ),
)


@dataclass(frozen=True, slots=True)
class ExportsPage:
    """What stands beside the choices: how it is signed, and where the words are from."""

    kind: Kind
    signing: str
    can_sign: bool
    asks_password: bool
    locked: bool


class ExportsView(Protocol):
    """What the presenter needs of the screen."""

    def offer(self, kinds: tuple[Kind, ...], outcomes: tuple[tuple[str, str], ...]) -> None:
        """Offer the kinds of documents and the outcomes (code, label and position)."""

    def show_page(self, page: ExportsPage) -> None:
        """Show what goes with the chosen kind."""

    def show_preview(self, found: Preview) -> None:
        """Show the pages as they will be."""

    def show_waiting(self, words: str) -> None:
        """Say that the pages are being laid out, or why there are none."""

    def show_refusal(self, words: str) -> None:
        """Say why there is no such document; nothing can be made."""

    def is_shown(self) -> bool:
        """Whether the screen is looked at now."""

    def ask_where(self, name: str, ending: str) -> Path | None:
        """Ask where the document shall be written."""

    def show_written(self, words: str) -> None:
        """Say what was written and that nothing was sent."""


class ExportsPresenter:
    """Lays out the document at each change of a choice, and writes it when asked."""

    def __init__(self, view: ExportsView, session: Session) -> None:
        from core.report.choices import Choices

        self._view = view
        self._session = session
        self._kind = KINDS[0]
        self._choices = Choices(made_at=session.keeper.time.replace(microsecond=0))
        self._cases = self._beside = False
        self._password = ""
        self._job: Job | None = None
        self._found: Preview | None = None
        self._stale = False

    def show(self) -> None:
        """Offer what can be made and lay out the first."""
        results = self._session.review.results
        outcomes = tuple((one.code, f"{one.label}: {position_label(one)}") for one in results)
        self._view.offer(KINDS, outcomes)
        self.refresh()

    def refresh(self) -> None:
        """Lay the pages out anew."""
        keeper = self._session.keeper
        contact = self._session.review.extract.manifest.contact
        self._view.show_page(
            ExportsPage(
                kind=self._kind,
                signing=self._signing_words(),
                can_sign=keeper.is_open,
                asks_password=self._kind.key == "queries" and not contact.corrections_recipient,
                locked=not keeper.is_open and keeper.exists,
            )
        )
        if self._kind.paged:
            self._lay_out()
        else:
            self._view.show_waiting("This kind has no pages to look at beforehand.")

    def refresh_when_shown(self) -> None:
        """Lay the pages out anew after what stands in the vault changed, now or when looked at."""
        self._stale = True
        self.look()

    def look(self) -> None:
        """Lay the pages out anew where they are out of date and looked at."""
        if self._stale and self._view.is_shown():
            self._stale = False
            self.refresh()

    def choose_kind(self, place: int) -> None:
        """Turn to another kind of document."""
        self._kind = KINDS[place]
        self.refresh()

    def choose(self, **changes: object) -> None:
        """Change what is shown, by the names of `Choices`."""
        self._choices = replace(self._choices, **changes)  # type: ignore[arg-type]
        self.refresh()

    def choose_cases(self, wanted: bool) -> None:
        """Ask for rows of cases in the workbook, or not."""
        self._cases = wanted

    def choose_beside(self, wanted: bool) -> None:
        """Ask for a plain copy with the evidence beside it, or not."""
        self._beside = wanted

    def give_password(self, password: str) -> None:
        """Encrypt correction requests with this password."""
        self._password = password

    def unlock(self) -> None:
        """Open the vault and come back."""
        self._session.keeper.ask(lambda: self._session.go("exports", ""))

    def save(self) -> None:
        """Ask where, and write the document."""
        order = self._order()
        ending = ".xlsx.age" if order.ending == ".age" else order.ending
        path = self._view.ask_where(self._name(ending), ending)
        if path is None:
            return
        self._view.show_written("Making the document")
        job = self._session.runner.start(lambda report: write(order, path, report))
        job.failed.connect(self._failed_to_write)
        job.succeeded.connect(lambda made: self._view.show_written(f"{made.name}: {SENT}"))

    def _failed_to_write(self, error: Exception) -> None:
        self._view.show_written("")
        self._session.tell(error)

    def _name(self, ending: str) -> str:
        if self._kind.paged and self._found is not None:
            return self._found.file_name
        manifest = self._session.review.extract.manifest
        code = "".join(
            one if one.isascii() and one.isalnum() else "-" for one in manifest.audit.code
        )
        what = "requests" if self._kind.key == "queries" else "workbook"
        return f"Plumbline-{what}-{code}-edition-{manifest.edition_number}{ending}"

    def _lay_out(self) -> None:
        order = self._order()
        self._view.show_waiting("Laying out the pages")
        self._job = self._session.runner.start(lambda report: preview(order, report), PREVIEW_TOPIC)
        self._job.succeeded.connect(self._show)
        self._job.failed.connect(self._failed)

    def _show(self, found: Preview) -> None:
        self._found = found
        self._view.show_preview(found)

    def _failed(self, error: Exception) -> None:
        from core.errors import CancelledError, PlumblineError

        if isinstance(error, CancelledError):
            return
        if isinstance(error, PlumblineError):
            self._view.show_refusal(f"{error.message} {error.hint}")
        else:
            self._session.tell(error)

    def _order(self) -> Order:
        from core.sealing.age import Passphrase

        keeper = self._session.keeper
        made_at = keeper.time.replace(microsecond=0)
        return Order(
            kind=self._kind.key,
            ending=self._kind.ending,
            review=self._session.review,
            state=keeper.state,
            choices=replace(self._choices, made_at=made_at),
            vault=keeper.vault if self._kind.key in SEVERAL else None,
            signer=self._signer(),
            cases=self._cases,
            recipient=Passphrase(self._password) if self._password else None,
            beside=self._beside and self._signer() is not None and self._kind.ending == ".pdf",
        )

    def _signing_words(self) -> str:
        if not self._session.keeper.is_open:
            return UNSIGNED
        return SIGNED if self._signer() is not None else OTHER_SURGEON

    def _signer(self) -> Signer | None:
        vault = self._session.keeper.vault
        own = self._session.review.extract.manifest.surgeon.gmc
        return vault.keys.signer if vault is not None and vault.keys.gmc == own else None
