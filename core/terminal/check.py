"""`plumb check`: what to check in the records of one extract."""

import argparse
from typing import Any

from core.flow import Review
from core.results.quality.finding import Finding
from core.results.quality.words import HINT, SEVERITY_WORDS, TITLES, effect_words, summary_words
from core.terminal.console import say, say_json
from core.terminal.sources import add_opening, review_from


def add_verbs(verbs: Any) -> None:
    """Add the verb that looks for what to check."""
    check = verbs.add_parser("check", help="what to check in the records, with its effect")
    add_opening(check)
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=run_check)


def run_check(arguments: argparse.Namespace) -> int:
    """Print the findings; the exit code is 1 where there are any."""
    review = review_from(arguments)
    findings = review.findings
    if arguments.json:
        say_json({"findings": [finding_as_json(finding) for finding in findings]})
    else:
        say(summary_words(findings))
        for finding in findings:
            _say_finding(review, finding)
        if findings:
            say()
            say(HINT)
    return 1 if findings else 0


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON values; it names no case. The effect is a change of O and E."""
    effect = finding.effect
    return {
        "code": finding.code,
        "severity": finding.severity,
        "query": finding.query,
        "field": finding.field,
        "count": finding.count,
        "effect": {
            "outcome": effect.outcome if effect else None,
            "observed": effect.observed if effect else None,
            "expected": effect.expected if effect else None,
        },
        "message": finding.message,
    }


def _say_finding(review: Review, finding: Finding) -> None:
    say()
    say(f"{TITLES[finding.code]} · {SEVERITY_WORDS[finding.severity]}")
    say(finding.message)
    effect = finding.effect
    outcome = review.extract.manifest.outcome(effect.outcome) if effect else None
    if outcome is not None:
        say(effect_words(effect, outcome.words, outcome.label))
