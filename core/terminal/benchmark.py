"""`plumb benchmark` and `plumb line`: an audit's national line, for files that have none."""

import argparse
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.audits.profile import parse_profile
from core.flow import open_review
from core.storage import read_file, replace_file
from core.terminal.console import say, secret, show_progress
from core.terminal.import_choices import PACK
from core.terminal.issue import CASES, PROFILE, moment
from core.terminal.sources import (
    add_opening,
    openers,
    recipient_of,
    refuse_inputs,
    refuse_replacing,
    trust_store,
)


def add_verbs(verbs: Any) -> None:
    """Add the verbs that make a benchmark pack, and add one to an import."""
    pack = verbs.add_parser("benchmark", help="make a signed benchmark pack, without patients")
    pack.add_argument("cases", type=Path, metavar="CASES.csv")
    pack.add_argument("--audit", type=Path, required=True, metavar="PROFILE")
    pack.add_argument("--key", type=Path, required=True, metavar="K")
    pack.add_argument("--key-passphrase-file", type=Path, metavar="F")
    pack.add_argument("--certificate", type=Path, metavar="PEM", help="default: beside the key")
    pack.add_argument("--out", type=Path, required=True, metavar="X.pack")
    pack.add_argument("--issued-at", type=moment, metavar="TIME")
    pack.set_defaults(run=run_benchmark)
    line = verbs.add_parser("line", help="add a benchmark pack to an import that has no line")
    add_opening(line)
    line.add_argument("--benchmark", type=Path, required=True, metavar="PACK")
    line.add_argument("--out", type=Path, required=True, metavar="X.age")
    line.set_defaults(run=run_line)


def run_benchmark(arguments: argparse.Namespace) -> int:
    """Write the pack and say what it holds."""
    from core.intake.table import read_table
    from core.issuing.benchmark_pack import benchmark_pack
    from core.issuing.edition import prepare
    from core.issuing.keys import read_issuer

    refuse_replacing(
        arguments.out,
        *(arguments.cases, arguments.audit, arguments.key),
        *(arguments.key_passphrase_file, arguments.certificate),
    )
    profile = parse_profile(read_file(arguments.audit, called=PROFILE), arguments.audit.name)
    issuer = read_issuer(
        arguments.key,
        arguments.certificate,
        lambda: secret(arguments.key_passphrase_file, "Passphrase of the issuing key"),
    )
    table = read_table(read_file(arguments.cases, called=CASES))
    issued_at = arguments.issued_at or datetime.now(UTC).replace(microsecond=0)
    edition = prepare(table, profile, issuer, issued_at, show_progress)
    replace_file(arguments.out, benchmark_pack(edition), private=False)
    units = edition.nation.units
    say(f"A benchmark pack with {units['unit'].nunique()} national units has been written.")
    say("It holds no patient and no surgeon, and is signed with the issuing key.")
    return 0


def run_line(arguments: argparse.Namespace) -> int:
    """Write the import with the pack's line, sealed as the import is, which stays as it was."""
    from core.extract.writing import seal
    from core.issuing.later_line import add_pack
    from core.issuing.national_line import open_pack
    from core.results.origin_words import pack_words

    refuse_inputs(arguments, arguments.out, arguments.benchmark)
    keys, trust = openers(arguments), trust_store(arguments.trust)
    sealed = read_file(arguments.file, called="The import")
    extract = open_review(sealed, keys, trust, show_progress).extract
    pack = open_pack(read_file(arguments.benchmark, called=PACK), trust)
    added_at = datetime.now(UTC).replace(microsecond=0)
    archive = add_pack(extract, pack, added_at)
    replace_file(arguments.out, seal(archive, [recipient_of(keys[0])]))
    say(f"National line: {pack_words(replace(pack, added_at=added_at).source)}.")
    say("The import it was added to stays as it is.")
    return 0
