"""Where the audit's own signed figures differ from those computed here, and in what."""

from core.extract.manifest import IssuedFigures
from core.results.outcome import Limit, OutcomeResult
from core.results.wording import level_in_words
from core.results.words import POSITION_WORDS

TOLERANCE = 1e-6


def issued_words(issued: IssuedFigures | None, result: OutcomeResult) -> str:
    """Return what the audit states otherwise than computed here, or nothing.

    Totals that differ are refused at opening; this is about position, limits and tails. Limits and
    tails may differ by one part in a million. A result by another method is not compared.
    """
    if issued is None or result.kind == "continuous" or not result.audit_method:
        return ""
    differing = []
    if issued.position is not None and issued.position != result.position:
        differing.append("the position")
    differing += [
        f"the {level_in_words(limit.level)} limits"
        for limit in issued.limits
        if not any(_same(limit.lower, limit.upper, own) for own in result.limits)
        and any(own.level == limit.level for own in result.limits)
    ]
    if not (_near(issued.p_upper, result.p_upper) and _near(issued.p_lower, result.p_lower)):
        differing.append("the tail probabilities")
    if not differing:
        return ""
    return (
        f"The audit’s signed figures differ from those computed here in {', '.join(differing)}"
        f"{_stated(issued)}. Ask the audit which holds; its records and totals agree."
    )


def _stated(issued: IssuedFigures) -> str:
    if issued.position is None:
        return ""
    return f" (it states “{POSITION_WORDS[issued.position]}”)"


def _same(lower: float | None, upper: float | None, own: Limit) -> bool:
    return _near(lower, own.lower) and _near(upper, own.upper)


def _near(stated: float | None, found: float | None) -> bool:
    """An absent statement is no disagreement."""
    if stated is None:
        return True
    return found is not None and abs(stated - found) <= TOLERANCE * max(1.0, abs(stated))
