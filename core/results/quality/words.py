"""What is said of data-quality findings: titles, meaning, effect; neutral, since each is a hint."""

from core.extract.manifest import EventWords
from core.results.quality.finding import Effect, Finding, QualityQuery, Severity
from core.results.wording import count

TITLES = {
    "status_conflict": "Status and outcome do not agree",
    "missing_outcome": "Outcome missing",
    "missing_risk": "Risk missing",
    "outside_period": "Operated outside the period",
    "future_date": "Date in the future",
    "date_order": "Dates in impossible order",
    "duplicate": "Possible duplicate",
    "near_duplicate": "Possible near-duplicate",
    "unmarked_exclusion": "May meet an exclusion",
    "unusual_provider": "Provider outside your pattern",
    "unusual_date": "Date outside your pattern",
    "implausible_value": "Unusual value",
    "volume_jump": "Change in volume",
    "missing_value": "Value not recorded",
}
SEVERITY_WORDS: dict[Severity, str] = {
    "high": "Check first",
    "medium": "Check next",
    "low": "For completeness",
}
QUERY_WORDS: dict[QualityQuery, str] = {
    "not_my_case": "not my case",
    "mine_but_absent": "mine but absent",
    "duplicate": "duplicate",
    "wrong_procedure": "wrong procedure or urgency",
    "wrong_outcome": "wrong outcome or date of death",
    "wrong_risk_factor": "risk factor wrong or missing",
    "meets_exclusion": "meets an exclusion",
    "other": "other",
}
LEAST_SHOWN = 0.005
HINT = "These are hints from the records alone. They do not show that a record is wrong."


def effect_words(effect: Effect | None, words: EventWords, label: str) -> str:
    """Return what leaving the doubtful cases out would do, as one sentence."""
    if effect is None:
        return "This extract has no outcome whose counts this could change."
    if not effect.observed and not effect.expected:
        return f"Without these cases the counts of “{label}” would not change."
    return (
        f"Without these cases, “{label}” has {_observed(-effect.observed, words)} and "
        f"{_expected(-effect.expected)} fewer expected."
    )


def summary_words(findings: tuple[Finding, ...]) -> str:
    """Return how many findings there are, and how many cases they concern."""
    if not findings:
        return "Nothing to check was found in these records."
    rows = {row for finding in findings for row in finding.doubtful.tolist()}
    one = len(findings) == 1
    things = "1 finding concerns" if one else f"{len(findings)} findings concern"
    return f"{things} {count(len(rows))} {'case' if len(rows) == 1 else 'cases'}."


def _observed(fewer: float, words: EventWords) -> str:
    if not fewer:
        return f"as many {words.events}"
    return f"{fewer:.0f} {words.event if fewer == 1 else words.events} fewer"


def _expected(fewer: float) -> str:
    return f"{fewer:.2f}" if fewer >= LEAST_SHOWN else "under 0.01"
