"""`plumb summary`: totals copied from a portal's summary to an unsigned extract."""

import argparse
import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from core.errors import UsageError
from core.storage import replace_file
from core.terminal.console import say, say_json
from core.terminal.import_choices import pair, rate
from core.terminal.import_file import UNKNOWN_SURGEON, profile_called
from core.terminal.sources import openers, recipient_of, refuse_replacing
from core.typed_numbers import read_amount, read_count

if TYPE_CHECKING:
    from core.audits.profile import Profile
    from core.extract.manifest import Manifest
    from core.issuing.typed_summary import TypedFigures

Number = TypeVar("Number", int, float)
ALLOWS = {
    "adjusted": "The funnel, its limits and a position are drawn.",
    "none": "There is no national line, so no position: give --rate.",
    "crude": "Not adjusted for risk: a crude rate alone, without a position.",
}


def add_verbs(verbs: Any) -> None:
    """Add the verb that takes a summary."""
    parser = verbs.add_parser("summary", help="typed totals to an unsigned extract")
    parser.add_argument("--profile", required=True, metavar="P", help="a profile's file or name")
    _add_totals(parser)
    parser.add_argument("--source", required=True, metavar="WORDS", help="the summary and its date")
    parser.add_argument("--from", dest="start", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--to", dest="end", type=date.fromisoformat, metavar="DATE")
    parser.add_argument("--gmc", default="unknown", metavar="N")
    parser.add_argument("--name", default=UNKNOWN_SURGEON, metavar="X")
    parser.add_argument("--out", type=Path, required=True, metavar="X.age")
    parser.add_argument("--passphrase-file", type=Path, metavar="F", help="what X is sealed with")
    parser.add_argument("--identity", type=Path, metavar="F", help="whose recipient X is sealed to")
    parser.add_argument("--identity-passphrase-file", type=Path, metavar="F")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run_summary)


def run_summary(arguments: argparse.Namespace) -> int:
    """Write the sealed extract of the totals; print them, and what they allow."""
    from core.extract.manifest import Surgeon
    from core.extract.writing import seal
    from core.issuing.imported import Terms
    from core.issuing.typed_summary import summary_extract

    secret_files = arguments.passphrase_file, arguments.identity, arguments.identity_passphrase_file
    refuse_replacing(arguments.out, Path(arguments.profile), *secret_files)
    profile = profile_called(arguments.profile)
    figures = figures_of(arguments, profile)
    terms = Terms(
        surgeon=Surgeon(name=arguments.name.strip(), gmc=arguments.gmc.strip()),
        key=secrets.token_bytes(32),
        made_at=datetime.now(UTC).replace(microsecond=0),
        start=arguments.start,
        end=arguments.end,
    )
    archive, manifest = summary_extract(figures, profile, terms)
    recipient = recipient_of(openers(arguments, "Passphrase for the extract")[0])
    replace_file(arguments.out, seal(archive, [recipient]))
    found = account_of_summary(manifest)
    if arguments.json:
        say_json(found)
    else:
        _say(found)
    return 0


def figures_of(arguments: argparse.Namespace, profile: "Profile") -> "dict[str, TypedFigures]":
    """Return what was typed of each outcome; UsageError where a count or the outcome lacks."""
    from core.issuing.typed_summary import TypedFigures

    cases, observed = _once("--cases", arguments.cases), _once("--observed", arguments.observed)
    expected, rates = _once("--expected", arguments.expected), _once("--rate", arguments.rate)
    known = [rule.code for rule in profile.outcomes if rule.kind != "continuous"]
    named = dict.fromkeys((*cases, *observed, *expected, *rates))
    if not named.keys() <= set(known):
        raise UsageError("The audit has no such outcome to type.", f"It has: {', '.join(known)}.")
    if not named or not cases.keys() == observed.keys() == named.keys():
        raise UsageError(
            "A summary needs cases and observed events.", "Give --cases and --observed."
        )
    return {
        code: TypedFigures(
            cases=cases[code],
            observed=observed[code],
            expected=expected.get(code),
            national_rate=rates.get(code),
            source=arguments.source.strip(),
        )
        for code in named
    }


def account_of_summary(manifest: "Manifest") -> dict[str, Any]:
    """Return what `plumb summary` says, as JSON values."""
    totals = [(one, one.typed) for one in manifest.outcomes if one.typed is not None]
    return {
        "audit": manifest.audit.name,
        "surgeon": {"name": manifest.surgeon.name, "gmc": manifest.surgeon.gmc},
        "period": {"start": str(manifest.period.start), "end": str(manifest.period.end)},
        "verification": "unsigned",
        "outcomes": [
            {
                "code": one.code,
                "label": one.label,
                "cases": typed.cases,
                "observed": typed.observed,
                "expected": typed.expected,
                "national_rate": one.published.rate if one.published is not None else None,
                "comparison": one.comparison,
            }
            for one, typed in totals
        ],
        "remarks": list(manifest.source.remarks) if manifest.source else [],
    }


def _add_totals(parser: argparse.ArgumentParser) -> None:
    totals: tuple[tuple[str, str, Callable[[str], tuple[str, float]]], ...] = (
        ("--cases", "OUTCOME=N", _count),
        ("--observed", "OUTCOME=N", _count),
        ("--expected", "OUTCOME=E", _amount),
        ("--rate", "OUTCOME=RATE", rate),
    )
    for word, shape, read in totals:
        parser.add_argument(word, action="append", default=[], type=read, metavar=shape)


def _count(text: str) -> tuple[str, int]:
    code, number = pair(text)
    return code, read_count(number)


def _amount(text: str) -> tuple[str, float]:
    code, number = pair(text)
    return code, read_amount(number)


def _once(word: str, given: Sequence[tuple[str, Number]]) -> dict[str, Number]:
    found = dict(given)
    if len(found) < len(given):
        raise UsageError(f"{word} is given twice for one outcome.", "Give it once.")
    return found


def _say(found: dict[str, Any]) -> None:
    period = found["period"]
    say(f"{found['audit']} · {period['start']} to {period['end']} · typed by the surgeon")
    for one in found["outcomes"]:
        parts = [f"{one['observed']} of {one['cases']} cases"]
        parts += [f"{one['expected']:g} expected"] if one["expected"] is not None else []
        rated = one["national_rate"]
        parts += [f"national rate {rated * 100:g} %"] if rated is not None else []
        say(f"{one['label']}: {', '.join(parts)}")
        say(ALLOWS[one["comparison"]])
    for remark in found["remarks"]:
        say(remark)
