"""`plumb benchmark`: the national line of an audit, for files that have none."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.audits.profile import parse_profile
from core.storage import read_file, replace_file
from core.terminal.console import say, secret, show_progress
from core.terminal.issue import moment
from core.terminal.sources import refuse_replacing


def add_verbs(verbs: Any) -> None:
    """Add the verb that makes a benchmark pack."""
    pack = verbs.add_parser("benchmark", help="make a signed benchmark pack, without patients")
    pack.add_argument("cases", type=Path, metavar="CASES.csv")
    pack.add_argument("--audit", type=Path, required=True, metavar="PROFILE")
    pack.add_argument("--key", type=Path, required=True, metavar="K")
    pack.add_argument("--key-passphrase-file", type=Path, metavar="F")
    pack.add_argument("--certificate", type=Path, metavar="PEM", help="default: beside the key")
    pack.add_argument("--out", type=Path, required=True, metavar="X.pack")
    pack.add_argument("--issued-at", type=moment, metavar="TIME")
    pack.set_defaults(run=run_benchmark)


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
    profile = parse_profile(read_file(arguments.audit), arguments.audit.name)
    issuer = read_issuer(
        arguments.key,
        arguments.certificate,
        lambda: secret(arguments.key_passphrase_file, "Passphrase of the issuing key"),
    )
    table = read_table(read_file(arguments.cases))
    issued_at = arguments.issued_at or datetime.now(UTC).replace(microsecond=0)
    edition = prepare(table, profile, issuer, issued_at, show_progress)
    replace_file(arguments.out, benchmark_pack(edition), private=False)
    units = edition.nation.units
    say(f"A benchmark pack with {units['unit'].nunique()} national units has been written.")
    say("It holds no patient and no surgeon, and is signed with the issuing key.")
    return 0
