"""`plumb trust`: the issuers that are trusted, in a folder of trust files."""

import argparse
from pathlib import Path
from typing import Any

from core.errors import BadTrustEntryError, UsageError
from core.sealing.trust import (
    TrustEntry,
    parse_trust_entry,
    shipped_entries,
    trust_entry_bytes,
    with_revocations,
)
from core.sealing.trust_entry import TRUST_SUFFIX
from core.storage import make_folder, read_file, remove_file, replace_file
from core.terminal.console import SECRET_LIMIT, say, say_json, say_table
from core.terminal.sources import TRUSTED, entries_in


def add_verbs(verbs: Any) -> None:
    """Add the verbs of trust."""
    parser = verbs.add_parser("trust", help="issuers: list, add, remove, revocations")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="the issuers that are trusted")
    listing.add_argument("--trust", type=Path, metavar="DIR")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=run_list)
    adding = actions.add_parser("add", help="trust the issuer of a trust file")
    adding.add_argument("file", type=Path, metavar="FILE")
    adding.add_argument("--trust", type=Path, metavar="DIR", required=True)
    adding.add_argument(
        "--fingerprint", required=True, metavar="HEX", help="as the audit gave it by another route"
    )
    adding.set_defaults(run=run_add)
    removing = actions.add_parser("remove", help="no longer trust an issuer")
    removing.add_argument("fingerprint", metavar="FINGERPRINT")
    removing.add_argument("--trust", type=Path, metavar="DIR", required=True)
    removing.set_defaults(run=run_remove)
    revoking = actions.add_parser("revocations", help="take in an audit's revocation list")
    revoking.add_argument("file", type=Path, metavar="FILE")
    revoking.add_argument("--trust", type=Path, metavar="DIR", required=True)
    revoking.set_defaults(run=run_revocations)


def run_list(arguments: argparse.Namespace) -> int:
    """Print each trusted issuer: name, kind, audits, fingerprint, revocation list."""
    found = [*shipped_entries(), *(entry for _, entry in entries_in(arguments.trust))]
    rows = [_row(entry) for entry in found]
    if arguments.json:
        say_json({"issuers": [dict(zip(HEADINGS, row, strict=True)) for row in rows]})
    else:
        say_table(HEADINGS, rows)
    return 0


HEADINGS = ("name", "kind", "audits", "revocations", "fingerprint")


def _row(entry: TrustEntry) -> tuple[str, ...]:
    return (
        entry.name,
        str(entry.kind),
        ", ".join(sorted(entry.audit_codes)),
        str(entry.revocations.number),
        entry.fingerprint,
    )


def run_add(arguments: argparse.Namespace) -> int:
    """Add a trust file whose root has the fingerprint that the user was told."""
    entry = parse_trust_entry(read_file(arguments.file, SECRET_LIMIT, TRUSTED))
    found = entry.fingerprint
    if _digits(found) != _digits(arguments.fingerprint):
        raise UsageError(
            "The trust file's fingerprint is not the one you gave.",
            "Do not trust it; ask the audit for its fingerprint by another route.",
        )
    make_folder(arguments.trust)
    replace_file(arguments.trust / f"{_digits(found)[:16]}{TRUST_SUFFIX}", trust_entry_bytes(entry))
    say(f"Trusted: {entry.name}")
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Remove the trust file whose root has that fingerprint."""
    path, entry = _find(arguments.trust, arguments.fingerprint)
    remove_file(path)
    say(f"No longer trusted: {entry.name}")
    return 0


def run_revocations(arguments: argparse.Namespace) -> int:
    """Take in a revocation list for the issuer whose root signed it; numbers never go back."""
    data = read_file(arguments.file, SECRET_LIMIT, TRUSTED)
    for path, entry in entries_in(arguments.trust):
        renewed = _renewed(entry, data)
        if renewed is not None:
            replace_file(path, trust_entry_bytes(renewed))
            say(f"{entry.name}: revocation list {renewed.revocations.number}")
            return 0
    raise UsageError("No trusted issuer signed this revocation list.", "Add the issuer first.")


def _renewed(entry: TrustEntry, data: bytes) -> TrustEntry | None:
    try:
        return with_revocations(entry, data)
    except BadTrustEntryError:
        return None


def _find(folder: Path, wanted: str) -> tuple[Path, TrustEntry]:
    for path, entry in entries_in(folder):
        if _digits(entry.fingerprint) == _digits(wanted):
            return path, entry
    raise UsageError("No trusted issuer has that fingerprint.")


def _digits(text: str) -> str:
    return "".join(character for character in text.lower() if character in "0123456789abcdef")
