"""What is said where a result has no national line, or one that the surgeon typed in."""

from core.results.outcome import OutcomeResult
from core.results.wording import THIN, WHOSE, about, cases, count, percent, span

NO_POSITION = {
    "crude": "No position: not adjusted for risk",
    "none": "No position: the file gives no national line",
}
NO_LINE = (
    "There is no national line: the file gives none. Add the audit’s benchmark pack, or a "
    "published national rate with its source."
)
NOT_ADJUSTED = (
    "Not adjusted for risk: the file gives no risks and no model fits it, so no point is placed."
)
UNRISKED = "Not adjusted for risk: what needs each case’s risk cannot be drawn."
TYPED = "typed by the surgeon from a summary; no cases are given"


def source_words(result: OutcomeResult) -> str:
    """Return who typed what, or nothing where all comes from a file."""
    parts = []
    if result.typed:
        parts.append(TYPED)
    if result.line_from is not None:
        parts.append(f"national line from {result.line_from}")
    if result.rate_source is not None:
        parts.append(f"national rate typed by the surgeon, from: {result.rate_source}")
    return " · ".join(parts)


def whose_line(result: OutcomeResult) -> str:
    """Return in a few words where the line of a position is from; nothing of an issued one."""
    return result.line.words if result.position is not None else ""


def unvouched_sentence(result: OutcomeResult) -> str:
    """Return whose the line of a position is, where no audit gives it, as a sentence."""
    words = "" if result.line.is_audits else whose_line(result)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def line_remarks(result: OutcomeResult) -> tuple[str, ...]:
    """Return what a funnel says of its line: why it is missing, or who typed it."""
    found = {"none": [NO_LINE], "crude": [NOT_ADJUSTED]}.get(result.comparison, [])
    said = source_words(result)
    return (*found, f"{said[0].upper()}{said[1:]}.") if said else tuple(found)


def people_words(result: OutcomeResult) -> str:
    """Return what happened, without a comparison that the figures do not allow."""
    words, whose = result.words, WHOSE[result.level]
    if result.kind == "ratio":
        events = words.event if result.observed == 1 else words.events
        said = f"{count(result.observed)} {events} in {whose} {cases(result.cases)}"
    else:
        said = f"{count(result.observed)} of {whose} {count(result.cases)} patients"
        said += f" {words.happened}"
    if result.comparison == "none" and result.expected:
        return f"{said}; {about(result.expected)} would be expected from the risks alone."
    return f"{said}{_rates(result)}."


def _rates(result: OutcomeResult) -> str:
    if result.crude_rate is None or result.kind == "ratio":
        return ""
    said = f", a crude rate of {percent(result.crude_rate)}"
    if result.crude_rate_interval is not None:
        low, high = result.crude_rate_interval
        said += f" (95{THIN}% interval {span(percent(low), percent(high))})"
    if result.national_rate is not None:
        said += f"; the national rate is {percent(result.national_rate)}"
    return said
