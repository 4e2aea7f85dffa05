"""`plumb verify`: what a receiver can rely on in each document."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from core.errors import UsageError
from core.report.verifying.guarded import verify_many
from core.report.verifying.register import Entry, register
from core.report.verifying.remembered import read_seen, recall, write_seen
from core.report.verifying.requests import OnDisk, read_request
from core.report.verifying.verification import ExtractFacts, OutcomeFacts, Verification
from core.report.verifying.verify_words import QUESTIONS
from core.results.wording import stated_day, stated_moment
from core.storage import replace_file
from core.terminal.console import say, say_json, secret, show_progress
from core.terminal.sources import add_trust, trust_store


def add_verbs(verbs: Any) -> None:
    """Add the verb that verifies documents."""
    parser = verbs.add_parser("verify", help="what a receiver can rely on in exported documents")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="signed PDFs")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--register", type=Path, metavar="X.xlsx", help="write one row a document to a workbook"
    )
    parser.add_argument(
        "--remember", type=Path, metavar="DIR", help="keep signing certificates there"
    )
    parser.add_argument(
        "--accept-changed", action="store_true", help="remember a doctor's changed certificate"
    )
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="what opens documents with a password"
    )
    add_trust(parser)
    parser.set_defaults(run=run_verify)


def run_verify(arguments: argparse.Namespace) -> int:
    """Print the four answers about each document; the exit code is 0 where all hold."""
    if arguments.register is not None and arguments.register in arguments.files:
        raise UsageError("The register would replace a document.", "Name another file.")
    password = None
    if arguments.passphrase_file is not None:
        password = secret(arguments.passphrase_file, "Password of the documents")
    for path in arguments.files:
        if not path.exists():
            read_request(path)
    requests = [OnDisk(path, password) for path in arguments.files]
    found = verify_many(requests, trust_store(arguments.trust), show_progress)
    if arguments.remember is not None:
        seen = read_seen(arguments.remember)
        found, learnt = recall(found, seen, accept_changed=arguments.accept_changed)
        if learnt != seen:
            write_seen(arguments.remember, learnt)
    if arguments.register is not None:
        entries = [Entry(path.name, one) for path, one in zip(arguments.files, found, strict=True)]
        replace_file(arguments.register, register(entries, datetime.now(UTC)))
    _tell(arguments.files, found, as_json=arguments.json)
    return 0 if all(one.holds for one in found) else 1


def verification_as_json(name: str, found: Verification) -> dict[str, Any]:
    """Return one document's answers as JSON values: docs/verifying.md lists the keys."""
    plain = msgspec.to_builtins(found)
    return {"file": name, "holds": found.holds, **plain}


def _tell(files: list[Path], found: list[Verification], *, as_json: bool) -> None:
    if as_json:
        documents = [
            verification_as_json(path.name, one) for path, one in zip(files, found, strict=True)
        ]
        say_json({"holds": all(one.holds for one in found), "documents": documents})
        return
    for path, one in zip(files, found, strict=True):
        _say_document(path.name, one)


def _say_document(name: str, found: Verification) -> None:
    say(f"{name}: {found.title}" if found.title else name)
    if found.doctor:
        say(f"{found.doctor}, GMC {found.gmc}")
    answers = (
        found.unchanged_words,
        found.signed_by_words,
        found.issued_words,
        found.figures_words,
    )
    for question, answer in zip(QUESTIONS, answers, strict=True):
        say(f"  {question} {answer}")
    for finding in found.findings:
        say(f"  ! {finding}")
    for extract in found.extracts:
        _say_extract(extract)
    for words in (*found.changes, *found.left_out):
        say(f"  - {words}")
    if found.signer.stated_at:
        stated = stated_moment(found.signer.stated_at)
        say(f"  Signed on {stated}, as the signer states; this is not proven.")
    if not any(extract.advice for extract in found.extracts):
        say(f"  {found.advice}")
    say()


def _say_extract(extract: ExtractFacts) -> None:
    start, end = map(stated_day, extract.period)
    say(f"  {extract.audit}, {start} to {end}, edition {extract.edition_number}")
    if extract.issued_at:
        issued, followed = stated_day(extract.issued_at), stated_day(extract.follow_up_to)
        say(f"    Data as at {issued}, follow-up to {followed}.")
        say("    A newer edition cannot be known offline.")
    if extract.advice:
        say(f"    {extract.advice}")
    for outcome in extract.outcomes:
        _say_outcome(outcome)


def _say_outcome(outcome: OutcomeFacts) -> None:
    known = {fact.figure: fact.value for fact in outcome.facts}
    say(f"    {outcome.label}: {outcome.position or 'no position stated'}")
    for name in ("cases", "observed", "expected", "ratio"):
        if known.get(name) is not None:
            value = known[name]
            say(
                f"      {name} {value:.4g}" if isinstance(value, float) else f"      {name} {value}"
            )
