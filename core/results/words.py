"""What is said of a result, on screen and on paper: people first, the miss before comfort."""

from dataclasses import dataclass

from core.extract.manifest import Position
from core.results.line_words import NO_POSITION, source_words, unvouched_sentence, whose_line
from core.results.outcome import OutcomeResult
from core.results.wording import (
    THIN,
    WHO,
    WHOSE,
    cases,
    count,
    expected_count,
    in_100,
    level_in_words,
    operations,
    percent,
    ratio,
    span,
    times_in_100,
)

MODEL_WORDS = {
    "poisson": "exact Poisson",
    "binomial": "exact binomial",
    "poisson_binomial": "exact, from each patient's own risk",
    "negative_binomial": "exact negative binomial, widened for variation beyond chance",
}
STYLE_WORDS = {
    "exact": "",
    "interpolated": "; drawn lines interpolated (approximate: they do not decide the position)",
    "quantile": "; drawn lines by whole counts (approximate: they do not decide the position)",
    "normal": "; drawn lines by the normal approximation (they do not decide the position)",
}
POSITION_WORDS: dict[Position, str] = {
    "within": "Within both limits",
    "above_alert": "▲ Above the alert line",
    "above_alarm": "▲ Above the alarm line",
    "below_alert": "▼ Below the alert line",
    "below_alarm": "▼ Below the alarm line",
    "too_few": "Below this audit’s minimum number",
}
CENTRE_TOLERANCE = 0.02
TOO_FEW_TO_TELL = 0.5
NOT_A_MARGIN = "This describes the chart; it is not a margin."


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a small table: what it is, and its values."""

    label: str
    values: tuple[str, ...]


def position_label(result: OutcomeResult) -> str:
    """Return the position in words, and whose the line is where no audit issued it."""
    return " · ".join(part for part in (position_alone(result), whose_line(result)) if part)


def position_alone(result: OutcomeResult) -> str:
    """Return the position in words; a chart that tells little says so in the label itself.

    Only for a place where `whose_line` stands beside it.
    """
    if result.comparison != "adjusted":
        return NO_POSITION[result.comparison]
    if result.position is None and result.kind == "continuous":
        return "No position: the audit gives no limits for this outcome"
    if result.position is None:
        return "No position: no events are expected in these cases"
    label = POSITION_WORDS[result.position]
    if result.alert_level == result.alarm_level:
        label = label.replace("both limits", "the limits").replace("alarm line", "limit")
    if result.position == "within" and tells_little(result):
        return f"{label} · too few cases to tell"
    return label


def tells_little(result: OutcomeResult) -> bool:
    """Whether the chart would miss a doubled rate more often than not."""
    found = result.power.double_rate_alert
    return found is not None and found < TOO_FEW_TO_TELL


def needs_attention(result: OutcomeResult) -> bool:
    """Whether the exact position lies outside the limits, also below the audit’s minimum."""
    return (result.exact_position or result.position) not in (None, "within", "too_few")


def missed(result: OutcomeResult, chart: str = "this chart") -> str:
    """Return what the chart would have missed, as a natural frequency."""
    found = result.power.double_rate_alert
    if found is None:
        return f"what {chart} would miss cannot be worked out for this outcome."
    often = times_in_100(1 - found)
    return f"had the rate truly been double, {chart} would have missed it {often}."


def size_words(result: OutcomeResult) -> str:
    """Return how often the chart would alert although the truth lies on the national line."""
    found = result.power.size_alert
    if found is None:
        return ""
    return f"Were the truth exactly on the line, it would still alert {times_in_100(found)}."


def own_words(result: OutcomeResult) -> str:
    """Return what is read beside the own mark."""
    if result.ratio is None or result.expected is None:
        return "no ratio"
    events = result.words.event if result.observed == 1 else result.words.events
    return (
        f"{count(result.observed)} {events} where {expected_count(result.expected)} were expected, "
        f"a ratio of {ratio(result.ratio)}"
    )


def missed_rows(result: OutcomeResult) -> tuple[Row, ...]:
    """Return the table of misses: were the rate truly double or triple, no alert and no alarm."""
    power = result.power
    rows = (
        ("double", power.double_rate_alert, power.double_rate_alarm),
        ("three times", power.triple_rate_alert, power.triple_rate_alarm),
    )
    return tuple(
        Row(label, (in_100(1 - alert), in_100(1 - alarm)))
        for label, alert, alarm in rows
        if alert is not None and alarm is not None
    )


def line_rows(result: OutcomeResult) -> tuple[Row, ...]:
    """Return where the upper lines lie at this caseload, in events; none without a ratio."""
    if result.ratio is None or result.kind == "continuous" or result.comparison != "adjusted":
        return ()
    lines = (
        ("Alert", result.alert_level, result.events_to_alert),
        ("Alarm", result.alarm_level, result.events_to_alarm),
    )
    return tuple(
        Row(f"{name} ({level_in_words(level)})", (_events(result, needed),))
        for name, level, needed in lines
    )


def facts(result: OutcomeResult) -> str:
    """Return the line under the title: operations, crude, adjusted and national rates."""
    parts = [operations(result.cases)]
    if result.crude_rate is not None:
        of = f" of {result.words.events}" if result.direction == "favourable" else ""
        parts.append(f"crude rate{of} {_rate(result, result.crude_rate)}")
    if result.adjusted_rate is not None and result.national_rate is not None:
        cut = ", cut there" if result.kind == "binary" and result.adjusted_rate == 1 else ""
        parts.append(
            f"adjusted {_rate(result, result.adjusted_rate)}{cut} "
            f"(national {_rate(result, result.national_rate)})"
        )
    elif result.comparison == "crude" and result.national_rate is not None:
        parts.append(f"national {_rate(result, result.national_rate)} · not adjusted for risk")
    return " · ".join(parts)


def _rate(result: OutcomeResult, value: float) -> str:
    """A share of the cases as a percentage; a count for each case as a number."""
    return f"{value:.2f} a case" if result.kind == "ratio" else percent(value)


def footnote(result: OutcomeResult) -> str:
    """Return the small print of a card: interval, what is missing, method."""
    how = f"method: {method(result)}" if result.comparison == "adjusted" else ""
    parts = [interval_words(result), left_out_words(result), how, source_words(result)]
    return " · ".join(part for part in parts if part)


def interval_words(result: OutcomeResult) -> str:
    """Return the 95 % interval of the ratio; an approximate one is said to be so."""
    if result.ratio_interval is None:
        return ""
    low, high = result.ratio_interval
    words = f"95{THIN}% interval {span(ratio(low), ratio(high))}"
    if result.interval_method == "byar":
        words += " (Byar, approximate: does not decide the position)"
    return words


def method(result: OutcomeResult) -> str:
    """Return the method in words and whose it is."""
    if result.kind == "continuous":
        return result.line.rules
    words = MODEL_WORDS[result.limits_model] + STYLE_WORDS[result.limits_drawn]
    return f"{words}, {result.line.rules if result.audit_method else 'not the audit’s method'}"


def left_out_words(result: OutcomeResult) -> str:
    """Return which cases are not counted and why, in the order in which they are sorted out."""
    left = result.left_out
    kinds = (
        (left.excluded, "meets an exclusion", "meet an exclusion"),
        (left.follow_up_incomplete, "follow-up not complete", "follow-up not complete"),
        (left.missing_outcome, "outcome missing", "outcome missing"),
        (left.missing_risk, "risk missing", "risk missing"),
    )
    found = [(number, one if number == 1 else many) for number, one, many in kinds if number]
    if not found:
        return "no case left out"
    if len(found) == 1:
        return f"{cases(left.total)} left out: {found[0][1]}"
    return f"{cases(left.total)} left out: {', '.join(f'{number} {why}' for number, why in found)}"


def bounds_words(result: OutcomeResult) -> str:
    """Return how far the ratio could move if what is missing were known, or nothing."""
    left = result.left_out
    if not left.missing_outcome + left.missing_risk:
        return ""
    if result.missing_bounds is None:
        return "How far this could move the ratio cannot be worked out from this extract."
    low, high = result.missing_bounds
    taken = []
    if left.missing_outcome:
        taken.append("every missing outcome absent or present")
    if left.missing_risk:
        taken.append("every missing risk high or low")
    return f"With {' and '.join(taken)}, the ratio would be {ratio(low)} to {ratio(high)}."


def centre_words(result: OutcomeResult) -> str:
    """Return the remark that the nation itself does not lie at 1, where it matters."""
    national = result.national_ratio
    if national is None:
        return ""
    if result.centre == "national":
        return f"The national line lies at {ratio(result.centre_ratio)}, as the nation itself does."
    if abs(national - 1) <= CENTRE_TOLERANCE:
        return ""
    does = ", as the audit does" if result.line.is_audits else ""
    return (
        f"The national line is drawn at 1{does}; the nation itself lies at "
        f"{ratio(national)}. Near a limit this can decide the position."
    )


def in_words(result: OutcomeResult) -> str:
    """Return observed, expected, ratio and interval as one sentence beside the funnel."""
    if result.kind == "continuous":
        return f"{average_words(result)} {place_words(result)}"
    if result.ratio is None or result.expected is None:
        return "There is no ratio to show for this outcome."
    words = result.words
    events = words.event if result.observed == 1 else words.events
    said = (
        f"{WHO[result.level]} had {count(result.observed)} {events} where "
        f"{expected_count(result.expected)} were expected, a ratio of {ratio(result.ratio)}"
    )
    if result.ratio_interval:
        low, high = result.ratio_interval
        said += f" (95{THIN}% interval {ratio(low)} to {ratio(high)})"
    parts = (f"{said}.", place_words(result), unvouched_sentence(result))
    return " ".join(part for part in parts if part)


def average_words(result: OutcomeResult) -> str:
    """Return the mean of a continuous outcome beside the audit's figure."""
    if not result.cases:
        return "No counted case has a recorded value."
    average = f"{WHOSE[result.level].capitalize()} average over {cases(result.cases)}"
    said = f"{average} is {result.observed:.2f}."
    if result.expected is not None:
        said += f" The audit gives {result.expected:.2f} for comparison."
    return said


def place_words(result: OutcomeResult) -> str:
    """Return where the point lies as a sentence: by the exact tail, else as the audit states."""
    place = result.exact_position or result.position
    if place is None or place == "too_few":
        return "It has no position."
    said = {
        "within": "That lies within both limits",
        "above_alert": "That lies above the alert line",
        "above_alarm": "That lies above the alarm line",
        "below_alert": "That lies below the alert line",
        "below_alarm": "That lies below the alarm line",
    }[place]
    if result.position == "too_few":
        return f"{said}; the audit’s minimum number for showing it is {result.minimum_cases} cases."
    return f"{said}."


def _events(result: OutcomeResult, needed: int | None) -> str:
    if needed is None:
        return "cannot be reached"
    return f"{count(needed)} {result.words.event if needed == 1 else result.words.events}"
