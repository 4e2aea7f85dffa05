"""`plumb example`, `keygen` and `issue`: the audit office's side of the road."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.audits.profile import parse_profile
from core.storage import read_file
from core.terminal.console import SECRET_LIMIT, say, secret, show_progress

UNNAMED = "UNNAMED"
CASES, PROFILE = "The table of cases", "The audit's profile"
RECIPIENTS, PASSPHRASE = "The table of recipients", "The passphrase file"


def add_verbs(verbs: Any) -> None:
    """Add the verbs that make files."""
    example = verbs.add_parser("example", help="write a made-up national audit")
    example.add_argument("folder", type=Path, metavar="DIR")
    example.add_argument("--all", action="store_true", help="seal everyone's extract, not six")
    example.add_argument("--regime", choices=("not_published", "presumed"), default="not_published")
    example.set_defaults(run=run_example)
    keygen = verbs.add_parser("keygen", help="make keys for an audit office or a surgeon")
    keygen.add_argument("who", choices=("issuer", "surgeon"))
    keygen.add_argument("--out", type=Path, required=True, metavar="DIR")
    keygen.add_argument("--name", help="the audit's or the surgeon's name")
    keygen.add_argument("--code", action="append", default=[], help="an audit code (issuer)")
    keygen.add_argument("--gmc", help="the surgeon's GMC number (surgeon)")
    keygen.add_argument(
        "--passphrase-file", "--key-passphrase-file", "--identity-passphrase-file",
        dest="passphrase_file", type=Path, metavar="F", help="what the new keys open with",
    )  # fmt: skip
    keygen.set_defaults(run=run_keygen)
    issue = verbs.add_parser("issue", help="seal one extract per surgeon")
    issue.add_argument("cases", type=Path, metavar="CASES.csv")
    issue.add_argument("--audit", type=Path, required=True, metavar="PROFILE")
    issue.add_argument("--key", type=Path, required=True, metavar="K")
    issue.add_argument("--key-passphrase-file", type=Path, metavar="F")
    issue.add_argument("--certificate", type=Path, metavar="PEM", help="default: beside the key")
    issue.add_argument("--recipients", type=Path, required=True, metavar="R.csv")
    issue.add_argument("--out", type=Path, required=True, metavar="DIR")
    issue.add_argument("--accept-changed", action="store_true")
    issue.add_argument("--issued-at", type=moment, metavar="TIME")
    issue.set_defaults(run=run_issue)


def moment(text: str) -> datetime:
    """Return a time with its zone; argparse tells a ValueError as usage."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a time zone is missing")
    if not 1900 <= found.year <= 2199:
        raise ValueError("outside the years 1900 to 2199")
    return found


def run_example(arguments: argparse.Namespace) -> int:
    """Write the example and say where."""
    from core.issuing.example import write_example

    made = write_example(
        arguments.folder,
        everyone=arguments.all,
        regime=arguments.regime,
        report=show_progress,
    )
    say("A made-up national audit (FICTIONAL) has been written.")
    opener = arguments.folder / "passphrase.txt"
    say(f"Look at the first extract: plumb results {made.extracts[0]} --passphrase-file {opener}")
    return 0


def run_keygen(arguments: argparse.Namespace) -> int:
    """Write an issuer's or a surgeon's keys."""
    from core.errors import UsageError
    from core.issuing.keys import write_issuer_keys, write_surgeon_keys

    name = arguments.name or UNNAMED
    if not all(text.isprintable() for text in (name, *arguments.code)):
        raise UsageError("A name or code holds a character that cannot be seen.")
    if arguments.who == "surgeon" and not (arguments.gmc and arguments.name):
        raise UsageError("A surgeon's keys need a name and a GMC number.", "Give --name and --gmc.")
    passphrase = secret(arguments.passphrase_file, "Passphrase for the new keys")
    if arguments.who == "issuer":
        codes = arguments.code or [UNNAMED]
        entry = write_issuer_keys(arguments.out, name, codes, passphrase)
        say(f"Trusted for the audit codes: {', '.join(codes)} (--code names others)")
        say(f"Root fingerprint, to be given by another route: {entry.fingerprint}")
        return 0
    digest = write_surgeon_keys(arguments.out, name, arguments.gmc, passphrase)
    say(f"Fingerprint, to be read to the audit by telephone: {digest}")
    return 0


def run_issue(arguments: argparse.Namespace) -> int:
    """Seal one extract for each surgeon who has cases and a recipient."""
    from core.intake.table import read_table
    from core.issuing.edition import prepare
    from core.issuing.issue import issue
    from core.issuing.keys import read_issuer
    from core.issuing.recipients import read_recipients

    profile = parse_profile(read_file(arguments.audit, called=PROFILE), arguments.audit.name)
    issuer = read_issuer(
        arguments.key,
        arguments.certificate,
        lambda: secret(arguments.key_passphrase_file, "Passphrase of the issuing key"),
    )
    beside = arguments.recipients.parent
    addressees = read_recipients(
        read_file(arguments.recipients, called=RECIPIENTS),
        lambda name: read_file(beside / name, SECRET_LIMIT, PASSPHRASE),
    )
    table = read_table(read_file(arguments.cases, called=CASES))
    issued_at = arguments.issued_at or datetime.now(UTC).replace(microsecond=0)
    edition = prepare(table, profile, issuer, issued_at, show_progress)
    done = issue(
        edition,
        addressees,
        arguments.out,
        show_progress,
        accept_changed=arguments.accept_changed,
    )
    say(f"{len(done.files)} extracts sealed.")
    if done.surgeons_without_recipient:
        say(f"{done.surgeons_without_recipient} surgeons have cases but no recipient.")
    if done.recipients_without_cases:
        say(f"{done.recipients_without_cases} recipients have no cases.")
    return 0
