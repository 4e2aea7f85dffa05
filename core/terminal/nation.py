"""`plumb nation`: what the national units together say; it never changes a position."""

import argparse
from dataclasses import asdict
from typing import Any

from core.errors import UsageError
from core.flow import Review
from core.results.nation import Nation, nation
from core.results.wording import count, ratio, span
from core.terminal.console import say, say_json
from core.terminal.sources import add_opening, review_from

NO_RANK = (
    "No rank or shrunken ratio: the units vary no more than chance, are too few, or the own one "
    "is not among them."
)
NOT_A_POSITION = (
    "None of this changes a position. Ratios of two surgeons are comparable with the standard, "
    "not with each other; a rank is shown only with its interval."
)


def add_verbs(verbs: Any) -> None:
    """Add the verb."""
    parser = verbs.add_parser("nation", help="over-dispersion, flags by chance, rank, shrinkage")
    add_opening(parser)
    parser.add_argument("--outcome", required=True, metavar="O")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run_nation)


def run_nation(arguments: argparse.Namespace) -> int:
    """Print the nation's figures for one outcome."""
    review = review_from(arguments)
    found = nation_of(review, arguments.outcome)
    if arguments.json:
        say_json(asdict(found))
        return 0
    for line in nation_words(found):
        say(line)
    return 0


def nation_of(review: Review, code: str) -> Nation:
    """Return the nation's figures for the outcome `code`."""
    codes = [result.code for result in review.results]
    if code not in codes:
        raise UsageError("The extract has no such outcome.", f"It has: {', '.join(codes)}.")
    result = review.result(code)
    levels = (result.alert_level, result.alarm_level)
    own = review.extract.manifest.self_unit
    return nation(review.units(code), own, result.centre_ratio, levels)


def nation_words(found: Nation) -> tuple[str, ...]:
    """Return the figures in words."""
    said = [
        f"{count(found.units)} units; {count(found.outside)} lie outside the alert limits, where "
        f"chance alone would on average put no more than {found.by_chance:.1f}.",
        f"After Benjamini–Hochberg, {count(found.discoveries)} at a false discovery rate of 5 %.",
    ]
    if found.spread is None:
        said.append("Over-dispersion cannot be worked out.")
    else:
        spread = found.spread
        said.append(
            f"Over-dispersion: φ {spread.phi:.2f} (untrimmed {spread.phi_untrimmed:.2f}; by chance "
            f"up to {spread.phi_95:.2f}), τ² {spread.tau2:.4f} (untrimmed "
            f"{spread.tau2_untrimmed:.4f})."
        )
    if found.own_rank is not None:
        rank = found.own_rank
        interval = span(str(rank.lower), str(rank.upper))
        said.append(f"Own rank {rank.median:.0f} of {rank.units}, 95 % interval {interval}.")
    if found.own_shrunken is not None:
        own = found.own_shrunken
        interval = span(ratio(own.lower), ratio(own.upper))
        said.append(f"Own ratio drawn towards the nation: {ratio(own.ratio)}, 95 % {interval}.")
    if found.own_rank is None or found.own_shrunken is None:
        said.append(NO_RANK)
    return (*said, NOT_A_POSITION)
