"""The command line as a whole: verbs, exit codes, and errors in one line."""

import argparse
from collections.abc import Sequence
from importlib.metadata import version

from core.errors import PlumblineError
from core.terminal import (
    benchmark,
    check,
    export,
    import_file,
    issue,
    look,
    nation,
    reference,
    summary,
    trust,
    verify,
)
from core.terminal.console import finish, tell
from core.terminal.options import told

FINE, FINDING, USAGE, FAILED = 0, 1, 2, 3


def run(words: Sequence[str]) -> int:
    """Return the exit code: 0 fine, 1 a finding, 2 usage, 3 an error told in one line."""
    parser = build_parser()
    try:
        arguments = parser.parse_args(words)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    try:
        code = int(arguments.run(arguments))
        finish()
        return code
    except PlumblineError as error:
        tell(f"plumb: {told(error)}")
        return FAILED
    except KeyboardInterrupt:
        tell("plumb: stopped")
        return FAILED


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every verb."""
    parser = argparse.ArgumentParser(
        prog="plumb",
        description="Risk-adjusted surgical results against the national funnel, offline.",
        epilog="Exit codes: 0 fine, 1 a finding, 2 usage, 3 an error. Nothing is ever sent.",
    )
    parser.add_argument("--version", action="version", version=f"Plumbline {version('plumbline')}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    making = (issue, benchmark, import_file, summary)
    for group in (look, check, export, nation, reference, *making, trust, verify):
        group.add_verbs(verbs)
    return parser
