"""What the exports screen offers, shows beforehand and writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from core.results.words import position_alone
from desktop.jobs import Job
from desktop.screens.exports.making import SEVERAL, Order, Preview, preview, write
from desktop.screens.exports.offered import KINDS, ExportsPage, Kind
from desktop.session import Session
from desktop.translation import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from core.sealing.identities import Signer

PREVIEW_TOPIC = "preview"
REST_MS = 250
UNSIGNED = QT_TR_NOOP(
    "Without a vault the document is not signed. A receiver can then only compare its figures with "
    "the audit’s statement inside it."
)
SIGNED = QT_TR_NOOP(
    "Signed with the key of your vault. A receiver reads “confirmed by the audit” where the audit "
    "knows this key, and “self-declared” otherwise."
)
OWN_KEY = QT_TR_NOOP(
    "Signed with the key file of “{name}”. A receiver reads “confirmed by the audit” where the "
    "audit knows this key, and “self-declared” otherwise."
)
LARGEST_KEY = 64 * 1024
OTHER_SURGEON = QT_TR_NOOP(
    "Your vault is of another GMC number, so its key does not sign this document."
)
SEALED = QT_TR_NOOP("Signed by “{name}”.")
NOT_SEALED = QT_TR_NOOP("Not signed.")
ENCRYPTED = QT_TR_NOOP("Encrypted, not signed.")
SENT = QT_TR_NOOP("Written on this computer only. Not sent.")


class ExportsView(Protocol):
    """What the presenter needs of the screen."""

    def show_kinds(self, kinds: tuple[Kind, ...], outcomes: tuple[tuple[str, str], ...]) -> None:
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

    def show_written(self, words: str, made: Path | None = None) -> None:
        """Say what was written and that nothing was sent; offer to open and to verify it."""


class ExportsPresenter:
    """Lays out the document at each change of a choice, and writes it when asked."""

    def __init__(self, view: ExportsView, session: Session) -> None:
        from core.report.choices import Choices

        self._view = view
        self._session = session
        self._kind = KINDS[0]
        self._choices = Choices(made_at=session.keeper.time.replace(microsecond=0))
        self._cases = self._beside = False
        self._password = self._lock = ""
        self._visible_seal = False
        self._own_key: Signer | None = None
        self._job: Job | None = None
        self._found: Preview | None = None
        self._stale = False
        self._rest = QTimer()
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._begin)

    def stop(self) -> None:
        """End what runs or waits, since the screen is no more."""
        if isValid(self._rest):
            self._rest.stop()
        if self._job is not None:
            self._job.stop()

    def show(self) -> None:
        """Offer what can be made and lay out the first."""
        results = self._session.review.results
        outcomes = tuple((one.code, f"{one.label}: {position_alone(one)}") for one in results)
        self._view.show_kinds(KINDS, outcomes)
        self.refresh()

    def refresh(self) -> None:
        """Lay the pages out anew."""
        self._show_page()
        if self._kind.paged:
            self._lay_out()
        else:
            self._view.show_waiting(tr("This kind has no pages to look at beforehand."))

    def _show_page(self) -> None:
        from core.report.signing.sign import SealOptions

        keeper = self._session.keeper
        contact = self._session.review.extract.manifest.contact
        self._view.show_page(
            ExportsPage(
                kind=self._kind,
                signing=self._signing_words(),
                vault_open=keeper.is_open,
                can_sign=self._signer() is not None,
                own_key=self._own_key is not None,
                forfeits=SealOptions(self._visible_seal, self._lock or None).forfeits,
                asks_password=self._kind.key == "queries" and not contact.corrections_recipient,
            )
        )

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
        self._kind, self._found = KINDS[place], None
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

    def choose_seal(self, wanted: bool) -> None:
        """Ask for a seal to be seen, or not."""
        self._visible_seal = wanted
        self._show_page()

    def lock_with(self, password: str) -> None:
        """Lock the PDF with this password; empty for none."""
        self._lock = password
        self._show_page()

    def sign_with(self, path: Path, passphrase: str) -> None:
        """Sign with the key of this file instead of the vault's."""
        from core.errors import PlumblineError
        from core.sealing.identities import load_signer
        from core.storage import read_file

        try:
            self._own_key = load_signer(read_file(path, LARGEST_KEY), passphrase)
        except PlumblineError as error:
            self._session.tell(error)
        self._show_page()

    def drop_key(self) -> None:
        """Sign with the vault's key again."""
        self._own_key = None
        self._show_page()

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
        self._view.show_written(tr("Making the document"))
        job = self._session.runner.start(
            lambda report: write(order, path, report), owner=self._view
        )
        job.failed.connect(self._failed_to_write)
        said = _sealed(order)
        job.succeeded.connect(lambda made: self._view.show_written(_written(made, said), made))

    def _failed_to_write(self, error: Exception) -> None:
        self._view.show_written("")
        self._session.tell(error)

    def _name(self, ending: str) -> str:
        if self._kind.paged and self._found is not None:
            return self._found.file_name
        from core.report.pages.content import file_name

        return file_name(self._kind.called, self._session.review.extract.manifest, ending)

    def _lay_out(self) -> None:
        """Lay the pages out once the choices have rested for a moment."""
        self._view.show_waiting(tr("Laying out the pages"))
        if self._job is not None:
            self._job.stop()
        self._rest.start()

    def _begin(self) -> None:
        if not self._view.is_shown():
            self._stale = True
            return
        order = self._order()
        self._job = self._session.runner.start(
            lambda report: preview(order, report), PREVIEW_TOPIC, self._view
        )
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
        signed_pdf = self._signer() is not None and self._kind.ending == ".pdf"
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
            beside=self._beside and signed_pdf,
            visible_seal=self._visible_seal and signed_pdf,
            password=self._lock if self._lock and signed_pdf else None,
        )

    def _signing_words(self) -> str:
        if self._own_key is not None:
            from core.sealing.signatures import certificate_name

            return tr(OWN_KEY).format(name=certificate_name(self._own_key.certificate_pem))
        if not self._session.keeper.is_open:
            return tr(UNSIGNED)
        return tr(SIGNED) if self._signer() is not None else tr(OTHER_SURGEON)

    def _signer(self) -> Signer | None:
        if self._own_key is not None:
            return self._own_key
        vault = self._session.keeper.vault
        own = self._session.review.extract.manifest.surgeon.gmc
        return vault.keys.signer if vault is not None and vault.keys.gmc == own else None


def _sealed(order: Order) -> str:
    """Return whether what is ordered will be signed, and by whom, in a few words."""
    if order.signer is None or order.ending != ".pdf":
        return tr(ENCRYPTED) if order.ending == ".age" else tr(NOT_SEALED)
    from core.sealing.signatures import certificate_name

    return tr(SEALED).format(name=certificate_name(order.signer.certificate_pem))


def _written(made: Path, sealed: str) -> str:
    """Return which file was made, in which folder and who signed it, not the whole way to it."""
    folder = made.parent.name or str(made.parent)
    place = tr("{name}, in the folder “{folder}”.").format(name=made.name, folder=folder)
    return f"{place} {sealed} {tr(SENT)}"
