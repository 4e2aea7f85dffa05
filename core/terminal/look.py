"""`plumb inspect`, `results` and `chart`: who issued it, where the surgeon stands, a picture."""

import argparse
from pathlib import Path
from typing import Any

from core.errors import UsageError
from core.flow import Review
from core.results.account import account
from core.results.as_json import result_as_json
from core.results.options import Options
from core.results.origin_words import origin_words
from core.results.outcome import OutcomeResult
from core.results.trust_words import trust_label
from core.results.wording import day, expected_count, level_in_words, ratio
from core.results.words import (
    NOT_A_MARGIN,
    bounds_words,
    centre_words,
    facts,
    footnote,
    line_rows,
    position_label,
)
from core.storage import replace_file
from core.terminal.console import say, say_json, say_table, tell
from core.terminal.sources import add_opening, refuse_inputs, review_from

KINDS = ("png", "svg", "pdf")
PICTURE_KINDS = ("funnel", "vlad", "cusum", "calibration", "power")


def add_verbs(verbs: Any) -> None:
    """Add the verbs that look at one extract."""
    inspect = verbs.add_parser("inspect", help="who issued a file, for whom, and what is in it")
    add_opening(inspect)
    inspect.add_argument("--json", action="store_true")
    inspect.set_defaults(run=run_inspect)
    results = verbs.add_parser("results", help="where the surgeon stands, every outcome")
    add_opening(results)
    add_method(results)
    results.add_argument("--json", action="store_true")
    results.set_defaults(run=run_results)
    chart = verbs.add_parser("chart", help="one picture")
    add_opening(chart)
    add_method(chart)
    chart.add_argument("--outcome", required=True, metavar="O")
    chart.add_argument("--kind", required=True, choices=PICTURE_KINDS)
    chart.add_argument("--out", required=True, type=Path, metavar="X.png|.svg|.pdf")
    chart.set_defaults(run=run_chart)


def add_method(parser: argparse.ArgumentParser) -> None:
    """Add the choices of method; without them everything is as the audit does it."""
    parser.add_argument("--interval", choices=("exact", "byar"), default="exact")
    parser.add_argument("--limits", choices=("exact", "interpolated", "quantile", "normal"))
    parser.add_argument(
        "--model", choices=("poisson", "binomial", "poisson_binomial", "negative_binomial")
    )
    parser.add_argument("--overdispersion", choices=("audit", "none", "additive"), default="audit")


def options(arguments: argparse.Namespace) -> Options:
    """Return the method the arguments ask for."""
    refuse_contradiction(arguments)
    return Options(arguments.interval, arguments.limits, arguments.model, arguments.overdispersion)


def refuse_contradiction(arguments: argparse.Namespace) -> None:
    """Refuse a count model and a choice of over-dispersion that contradict each other."""
    widened = arguments.model == "negative_binomial"
    named = arguments.model is not None and not widened
    choice = arguments.overdispersion
    if (named and choice == "additive") or (widened and choice == "none"):
        raise UsageError(
            "--model and --overdispersion contradict each other.",
            "Over-dispersion is the negative binomial model; give one of the two.",
        )


def run_inspect(arguments: argparse.Namespace) -> int:
    """Print who issued the file, for whom, what is in it and its trust state."""
    review = review_from(arguments)
    found = inspection(review)
    if arguments.json:
        say_json(found)
    else:
        say_table(("", ""), [(key, str(value)) for key, value in found.items()])
    return 0


def inspection(review: Review) -> dict[str, Any]:
    """Return what `plumb inspect` says."""
    extract = review.extract
    manifest, verdict = extract.manifest, extract.verdict
    return {
        "format": manifest.format,
        "audit": manifest.audit.name,
        "organisation": manifest.audit.organisation,
        "series": manifest.series,
        "edition_number": manifest.edition_number,
        "level": manifest.level,
        "surgeon": manifest.surgeon.name,
        "gmc": manifest.surgeon.gmc,
        "period": f"{manifest.period.start} to {manifest.period.end}",
        "follow_up_to": str(manifest.follow_up_to),
        "issued_at": manifest.issued_at.isoformat(),
        "verification": str(verdict.state),
        "trust": trust_label(verdict, manifest.audit.name),
        "issuer": verdict.issuer_name,
        "fingerprint": verdict.fingerprint,
        "cases": len(extract.cases),
        "national_rows": len(extract.national),
        "outcomes": ", ".join(outcome.code for outcome in manifest.outcomes),
        "publication": manifest.publication.regime,
        "digest": extract.digest,
        "source": " ".join(origin_words(manifest)) or "issued by the audit",
    }


def run_results(arguments: argparse.Namespace) -> int:
    """Print where the surgeon stands on every outcome."""
    review = review_from(arguments)
    results = [review.measure(found.code, options(arguments)) for found in review.results]
    manifest = review.extract.manifest
    if arguments.json:
        say_json(
            {
                "audit": manifest.audit.name,
                "surgeon": {"name": manifest.surgeon.name, "gmc": manifest.surgeon.gmc},
                "level": manifest.level,
                "period": {"start": str(manifest.period.start), "end": str(manifest.period.end)},
                "edition_number": manifest.edition_number,
                "verification": str(review.extract.verdict.state),
                "outcomes": [_outcome_json(result) for result in results],
            }
        )
        return 0
    period = manifest.period
    say(f"{manifest.audit.name} · {day(period.start)} – {day(period.end)}")
    say(trust_label(review.extract.verdict, manifest.audit.name))
    for words in origin_words(manifest):
        say(words)
    for result in results:
        _say_result(result)
        if remark := review.issued_words(result.code):
            say(remark)
    return 0


def _outcome_json(result: OutcomeResult) -> dict[str, Any]:
    """The contract's keys, and what the figures of a file that no audit issued allow."""
    typed = {"rate_source": result.rate_source, "typed": result.typed}
    line = {"line": result.line.state, "line_words": result.line.words}
    return {**result_as_json(result), "comparison": result.comparison, **typed, **line}


def _say_result(result: OutcomeResult) -> None:
    say()
    say(f"{result.label}: {position_label(result)}")
    say(facts(result))
    say(account(result).text)
    for limit in result.limits if result.comparison == "adjusted" else ():
        ends = " to ".join(
            "none" if end is None else ratio(end) for end in (limit.lower, limit.upper)
        )
        say(f"{level_in_words(limit.level)} limits: {ends}")
    for row in line_rows(result):
        say(f"{row.label}: {row.values[0]}")
    if line_rows(result):
        say(NOT_A_MARGIN)
    if result.expected is not None:
        say(f"Expected: {expected_count(result.expected)}")
    for remark in (footnote(result), bounds_words(result), centre_words(result)):
        if remark:
            say(remark)


def run_chart(arguments: argparse.Namespace) -> int:
    """Write one picture with its provenance, and tell it in words."""
    kind = arguments.out.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise UsageError("The picture's name must end in .png, .svg or .pdf.")
    refuse_inputs(arguments, arguments.out)
    review = review_from(arguments)
    if arguments.outcome not in {found.code for found in review.results}:
        codes = ", ".join(found.code for found in review.results)
        raise UsageError("The extract has no such outcome.", f"It has: {codes}.")
    from core.terminal.pictures import picture

    data, words = picture(review, arguments.outcome, arguments.kind, options(arguments), kind)
    replace_file(arguments.out, data)
    tell(words)
    return 0
