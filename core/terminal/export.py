"""`plumb export`: every kind of document, without a screen."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.errors import BadNotesError, UsageError
from core.flow import Review
from core.report.choices import Choices
from core.report.kinds import KINDS, Request, plain_copy
from core.report.notes_file import LARGEST, read_notes
from core.report.scanned import hit_words, hits, query_hits
from core.report.signing.sign import SealOptions
from core.report.workbooks.case_rows import WARNING
from core.report.workbooks.queries_workbook import is_held
from core.review.decision import sending_words
from core.review.kept import archive_id
from core.review.state import ReviewState, replay
from core.sealing.age import Passphrase, Recipient, X25519Recipient
from core.sealing.identities import Signer, load_signer
from core.storage import read_file, replace_file
from core.terminal.console import SECRET_LIMIT, secret, tell
from core.terminal.sources import add_opening, refuse_inputs, reviews_from

CLEAR = "Attention: this file names cases and is not encrypted. Remove it once it has been sent."
UNSIGNED = "The document is not signed. Give --signer F.p12 to sign it."


def add_verbs(verbs: Any) -> None:
    """Add the verb that makes documents."""
    export = verbs.add_parser("export", help="a document, with its evidence")
    add_opening(export, several=True)
    export.add_argument("--kind", required=True, choices=tuple(KINDS))
    export.add_argument(
        "--notes",
        type=Path,
        action="append",
        default=[],
        metavar="N.json",
        help="what the surgeon wrote; one for each FILE, in order",
    )
    add_choices(export)
    export.add_argument("--at", metavar="ISO-TIME", help="when it is made; now if not given")
    export.add_argument("--signer", type=Path, metavar="F.p12", help="the key that signs it")
    export.add_argument("--signer-passphrase-file", type=Path, metavar="F")
    add_seal(export)
    add_workbooks(export)
    export.add_argument("--out", required=True, type=Path, metavar="X.pdf|.xlsx|.json|.xlsx.age")
    export.set_defaults(run=run_export)


def add_choices(export: argparse.ArgumentParser) -> None:
    """Add what of the results is shown."""
    export.add_argument(
        "--outcome", action="append", metavar="O", help="show this one, again for more; else all"
    )
    export.add_argument(
        "--blocks", type=_block, metavar="N", help="time in blocks of N cases, not by month"
    )
    export.add_argument("--small-numbers", action="store_true", help="hide counts of 1 to 7")


def add_seal(export: argparse.ArgumentParser) -> None:
    """Add the extras of a signed PDF."""
    export.add_argument(
        "--plain", action="store_true", help="no attachment: X.json and X.json.sig beside X.pdf"
    )
    export.add_argument("--visible-seal", action="store_true", help="a seal to be seen; no PDF/A")
    export.add_argument(
        "--pdf-passphrase-file", type=Path, metavar="F", help="lock the PDF (AES-256); no PDF/A"
    )


def add_workbooks(export: argparse.ArgumentParser) -> None:
    """Add what is asked of workbooks alone: rows of cases, and for whom requests are encrypted."""
    export.add_argument(
        "--cases", action="store_true", help="with rows of cases: bands, months, study numbers"
    )
    export.add_argument(
        "--seal-for", metavar="age1…", help="encrypt requests for this key, not the contact's"
    )
    export.add_argument(
        "--seal-passphrase-file", type=Path, metavar="F", help="encrypt requests with this password"
    )
    export.add_argument(
        "--in-the-clear", action="store_true", help="write requests unencrypted, cases and all"
    )


def run_export(arguments: argparse.Namespace) -> int:
    """Write one document, signed where a signer is given."""
    ending = arguments.out.suffix.lower()
    writers = KINDS[arguments.kind]
    if ending not in writers:
        raise UsageError(f"The output's name must end in {' or '.join(writers)}.")
    _refuse_overwriting(arguments)
    if len(arguments.notes) > len(arguments.files):
        raise UsageError("There are more files of notes than extracts.")
    choices, signer = chosen(arguments), signer_from(arguments)
    reviews = reviews_from(arguments)
    for review in reviews:
        _refuse_unknown(review, choices)
    states = tuple(
        _state(arguments, place, review, choices.made_at) for place, review in enumerate(reviews)
    )
    request = Request(
        reviews,
        states,
        choices,
        signer,
        arguments.cases,
        _recipient(arguments),
        arguments.in_the_clear,
        arguments.visible_seal,
        _password(arguments),
    )
    _refuse_unsigned_extras(arguments, request, ending)
    if arguments.plain:
        _write_plain(arguments, request)
    else:
        replace_file(arguments.out, writers[ending](request))
    _tell_after(request, arguments.kind, ending)
    return 0


def _tell_after(request: Request, kind: str, ending: str) -> None:
    """Tell of identifiers in the words, of missing seals, and that nothing was sent."""
    if kind == "queries":
        extract = request.reviews[0].extract
        for hit in query_hits(extract, request.states[0]):
            tell(hit_words(hit))
        contact = extract.manifest.contact
        tell(sending_words(None, contact.corrections_address, contact.corrections_deadline))
        if ending == ".xlsx":
            tell(CLEAR)
        return
    for review, state in zip(request.reviews, request.states, strict=True):
        for hit in hits(review.extract, state, request.choices):
            tell(hit_words(hit))
    if request.cases and ending == ".xlsx":
        tell(WARNING)
    if request.signer is None and ending != ".xlsx":
        tell(UNSIGNED)


def _refuse_overwriting(arguments: argparse.Namespace) -> None:
    read = (
        *arguments.notes,
        arguments.signer,
        arguments.seal_passphrase_file,
        arguments.pdf_passphrase_file,
    )
    refuse_inputs(arguments, arguments.out, *read)
    if arguments.plain:
        refuse_inputs(arguments, arguments.out.with_suffix(".json"), *read)
        refuse_inputs(arguments, arguments.out.with_suffix(".json.sig"), *read)


def _write_plain(arguments: argparse.Namespace, request: Request) -> None:
    pdf, evidence, signature = plain_copy(arguments.kind, request)
    replace_file(arguments.out.with_suffix(".json"), evidence)
    replace_file(arguments.out.with_suffix(".json.sig"), signature)
    replace_file(arguments.out, pdf)


def _refuse_unsigned_extras(arguments: argparse.Namespace, request: Request, ending: str) -> None:
    """Refuse extras of a signed PDF for anything else; tell what they cost."""
    if not (arguments.plain or request.visible_seal or request.password):
        return
    if request.signer is None or ending != ".pdf":
        raise UsageError("These extras are of a signed PDF.", "Give --signer F.p12 and X.pdf.")
    forfeits = SealOptions(request.visible_seal, request.password).forfeits
    if forfeits:
        tell(forfeits)


def _password(arguments: argparse.Namespace) -> str | None:
    if arguments.pdf_passphrase_file is None:
        return None
    return secret(arguments.pdf_passphrase_file, "Password of the PDF")


def _recipient(arguments: argparse.Namespace) -> Recipient | None:
    if arguments.seal_for is not None:
        return X25519Recipient.parse(arguments.seal_for)
    if arguments.seal_passphrase_file is None:
        return None
    return Passphrase(secret(arguments.seal_passphrase_file, "Password of the requests"))


def chosen(arguments: argparse.Namespace) -> Choices:
    """Return the choices that the arguments make."""
    made = Choices(
        made_at=_moment(arguments.at),
        outcomes=tuple(arguments.outcome) if arguments.outcome else None,
        small_numbers=arguments.small_numbers,
    )
    if arguments.blocks is None:
        return made
    return Choices(
        made_at=made.made_at,
        outcomes=made.outcomes,
        small_numbers=made.small_numbers,
        time_unit="cases",
        block=arguments.blocks,
    )


def signer_from(arguments: argparse.Namespace) -> Signer | None:
    """Return the key that signs, or None where none is named."""
    if arguments.signer is None:
        return None
    passphrase = secret(arguments.signer_passphrase_file, "Passphrase of the signing key")
    return load_signer(read_file(arguments.signer, SECRET_LIMIT, "The signing key"), passphrase)


def _state(arguments: argparse.Namespace, place: int, review: Review, at: datetime) -> ReviewState:
    """Return what was written on the extract at `place`; nothing where no file is named for it."""
    if place >= len(arguments.notes):
        return replay(())
    data = read_file(arguments.notes[place], LARGEST, "The file of notes")
    state = read_notes(data, archive_id(review.extract), at)
    about = {reflection.outcome for reflection in state.reflections.values()}
    about |= {action.outcome for action in state.actions.values()}
    about |= {getattr(note.anchor, "outcome", None) for note in state.notes.values()}
    if about - {None, *(result.code for result in review.results)}:
        raise BadNotesError("The file of notes names an outcome that the extract does not have.")
    fields = [query.field for query in state.queries.values()]
    if not all(is_held(review.extract.manifest, name) for name in fields):
        raise BadNotesError("A request in the file of notes is about a field the extract lacks.")
    return state


def _refuse_unknown(review: Review, choices: Choices) -> None:
    known = [result.code for result in review.results]
    if any(code not in known for code in choices.outcomes or ()):
        raise UsageError("The extract has no such outcome.", f"It has: {', '.join(known)}.")


def _moment(text: str | None) -> datetime:
    """Return the moment, to the second; one without a zone is in UTC."""
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        found = datetime.fromisoformat(text).replace(microsecond=0)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError("The time is not an ISO time.", "Write 2026-11-22T09:30.") from None


def _block(text: str) -> int:
    number = int(text)
    if not 10 <= number <= 10_000:
        raise argparse.ArgumentTypeError("10 to 10000 cases")
    return number
